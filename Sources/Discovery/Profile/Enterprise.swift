/// Makers by their IANA private enterprise number, the sub-identifier after 1.3.6.1.4.1 in sysObjectID.
enum Enterprise {
    /// Number of net-snmp: an agent on many systems, not a maker.
    static let netSNMP: UInt32 = 8072

    /// The enterprise number in a dotted sysObjectID; nil where it is not below 1.3.6.1.4.1.
    static func number(inObjectID dotted: String?) -> UInt32? {
        guard let dotted else { return nil }
        let parts = dotted.split(separator: ".")
        guard parts.count > 6, parts[..<6].elementsEqual(["1", "3", "6", "1", "4", "1"]) else { return nil }
        return UInt32(parts[6])
    }

    /// The maker's name; nil for numbers not in the table and for agents that are not makers.
    static func vendor(_ number: UInt32) -> String? {
        vendors[number]
    }

    private static let vendors: [UInt32: String] = [
        2: "IBM", 9: "Cisco", 11: "HP", 42: "Oracle", 43: "3Com", 45: "Nortel", 63: "Apple", 94: "Nokia",
        111: "Oracle", 119: "NEC", 161: "Motorola", 171: "D-Link", 193: "Ericsson", 207: "Allied Telesis",
        232: "HPE", 236: "Samsung", 259: "Edgecore", 272: "bintec elmeg", 311: "Microsoft", 318: "APC", 343: "Intel",
        367: "Ricoh", 534: "Eaton", 562: "Mitel", 637: "Nokia", 641: "Lexmark", 664: "Adtran", 674: "Dell",
        789: "NetApp", 800: "Alcatel", 850: "Tripp Lite", 890: "Zyxel", 1248: "Epson", 1286: "BDCOM", 1347: "Kyocera",
        1588: "Brocade", 1602: "Canon", 1718: "Server Technology", 1916: "Extreme Networks", 1991: "Brocade",
        2007: "Teldat", 2011: "Huawei", 2021: "Net-SNMP", 2272: "Avaya", 2356: "LANCOM", 2435: "Brother",
        2604: "Sophos", 2620: "Check Point", 2636: "Juniper", 3003: "Alcatel-Lucent", 3076: "Cisco", 3224: "NetScreen",
        3320: "BDCOM", 3375: "F5", 3417: "Blue Coat", 3582: "LSI", 3709: "Datacom", 3807: "Cambium", 3854: "Sixnet",
        3902: "ZTE", 3955: "Linksys", 4329: "Siemens", 4413: "Ubiquiti", 4458: "Ribbon", 4515: "PacketLight",
        4526: "Netgear", 4881: "Ruijie", 4998: "ARRIS", 5227: "Comtech", 5624: "Enterasys", 5651: "Maipu",
        5951: "Citrix", 6027: "Dell", 6141: "Ciena", 6296: "Dasan", 6321: "Calix", 6339: "DCN", 6486: "Alcatel-Lucent",
        6527: "Nokia", 6574: "Synology", 6876: "VMware", 6889: "Avaya", 7501: "BKtel", 7779: "Infoblox",
        8691: "Moxa", 8741: "SonicWall", 8886: "Raisecom", 9694: "Arbor", 10002: "Ubiquiti", 10418: "Avocent",
        10734: "TippingPoint", 11129: "Google", 11863: "TP-Link", 12148: "Eltek", 12325: "FreeBSD",
        12356: "Fortinet", 12532: "Pulse Secure", 14179: "Cisco", 14501: "Blue Coat", 14525: "Trapeze",
        14823: "Aruba", 14988: "MikroTik", 15497: "Cisco", 17163: "Riverbed", 17420: "MRV", 17713: "Cambium",
        18334: "Konica Minolta", 21239: "Vertiv", 21839: "Force10", 22610: "A10 Networks", 23867: "Silver Peak",
        24681: "QNAP", 25053: "Ruckus", 25461: "Palo Alto Networks", 25506: "H3C", 26928: "Aerohive",
        26543: "Lenovo", 26866: "Gude", 29671: "Meraki", 30005: "BTI Systems", 30065: "Arista", 33049: "Mellanox",
        35047: "Sophos", 35265: "Eltex", 37049: "Rohde & Schwarz", 40310: "Cumulus", 40808: "SNR", 41112: "Ubiquiti",
        41916: "Viptela", 42229: "Infinera", 47196: "Aruba", 47952: "Dell", 50536: "TrueNAS", 52642: "FS",
        39165: "Hikvision", 1004849: "Hikvision", 368: "Axis",
    ]
}
