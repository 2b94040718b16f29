/// A device's name in the forms by which it can be recognised.
struct DeviceName: Hashable {
    /// Longer ones are no names: LLDP and sysName end at 255 octets.
    static let longest = 255

    /// The whole name: lower case, without a trailing dot and without a domain that is configured to mean nothing.
    let whole: String
    /// The same without a serial number in parentheses; nil where there is none.
    let withoutSerial: String?
    /// The first label where there are more; nil for single labels, IP addresses and MAC addresses.
    let short: String?
    /// Whether it is what devices are called before anybody names them, or what names are made anonymous to.
    let isDefault: Bool
    /// Whether what remains without a domain is such a name.
    let isShortDefault: Bool

    /// The name without a serial number, whether or not it had one.
    var base: String { withoutSerial ?? whole }

    /// Takes a name as a device gives it; nil where it is empty or longer than names are.
    init?(_ text: String, domains: [String] = []) {
        guard text.utf8.count <= Self.longest else { return nil }
        var whole = Substring(text.lowercased())
        while let last = whole.last, last == "." || last.isWhitespace { whole.removeLast() }
        while let first = whole.first, first.isWhitespace { whole.removeFirst() }
        guard !whole.isEmpty else { return nil }
        if let bare = Self.withoutSerial(whole) {
            self.whole = String(whole)
            withoutSerial = Self.stripped(bare, of: domains)
        } else {
            self.whole = Self.stripped(whole, of: domains)
            withoutSerial = nil
        }
        let base = withoutSerial ?? self.whole
        short = Self.firstLabel(of: base)
        isShortDefault = Self.defaults.contains(short ?? base)
        isDefault = Self.defaults.contains(base) || short == "localhost"
    }

    /// `core1` of `core1(FDO21000K10)`, the manner of NX-OS and of wireless controllers.
    private static func withoutSerial(_ name: Substring) -> Substring? {
        guard name.utf8.last == 0x29, let open = name.lastIndex(of: "(") else { return nil }
        let bare = name[..<open]
        let serial = name[name.index(after: open)...].dropLast()
        let isSerial = !serial.isEmpty && serial.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
        guard isSerial, !bare.isEmpty, let last = bare.last, !last.isWhitespace else { return nil }
        return bare
    }

    private static func stripped(_ name: Substring, of domains: [String]) -> String {
        for domain in domains where name.count > domain.count + 1 && name.hasSuffix(domain) {
            let rest = name.dropLast(domain.count)
            if rest.last == "." { return String(rest.dropLast()) }
        }
        return String(name)
    }

    /// The label before the first dot, where the whole is a name with a domain.
    private static func firstLabel(of name: String) -> String? {
        let bytes = name.utf8
        guard let dot = bytes.firstIndex(of: 0x2E), !bytes.contains(0x3A) else { return nil }
        let label = name[..<dot]
        guard label.utf8.count >= 2, !label.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
        let isDottedMAC =
            bytes.count == 14 && bytes.allSatisfy { $0 == 0x2E || isHex($0) } && label.utf8.count == 4
        return isDottedMAC ? nil : String(label)
    }

    private static func isHex(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
    }

    /// Names that say nothing of who bears them.
    private static let defaults: Set<String> = [
        "switch", "router", "firewall", "localhost", "mikrotik", "routeros", "ubnt", "unifi", "edgeswitch", "openwrt",
        "lede", "hp", "cisco", "huawei", "juniper", "dlink", "d-link", "tp-link", "tplink", "zyxel", "netgear", "ap",
        "accesspoint", "access-point", "default", "none", "null", "n/a", "unknown", "unnamed", "noname", "no-name",
        "not configured", "not set", "not received", "not advertised", "not provided", "system name", "system-name",
        "sysname", "hostname", "host", "name", "device", "server", "linux", "debian", "ubuntu", "raspberrypi",
        "alpine", "freebsd", "windows", "phone", "printer", "camera", "port-description", "port description",
        "localdomain", "amnesiac", "vyos", "sonic", "cumulus", "dell", "arista", "fortigate", "pa-vm", "pfsense",
        "opnsense", "proxmox", "esxi", "s5720", "hpe", "procurve switch", "switch1", "ruijie", "h3c", "comware",
    ]
}
