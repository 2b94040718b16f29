import Inventory

/// Ids of chassis and ports as agents really give them: the subtype that was sent is a hint, the octets decide.
extension NeighbourID {
    /// lldpRemChassisId or its like, with LldpChassisIdSubtype; nil where it says nothing (empty, all zero).
    static func chassis(subtype: Int?, _ value: MIBValue?) -> NeighbourID? {
        decode(value, subtype: subtype, as: subtype == 4 ? .mac : subtype == 5 ? .address : .text)
    }

    /// lldpRemPortId or its like, with LldpPortIdSubtype; nil where it says nothing (empty, all zero).
    static func port(subtype: Int?, _ value: MIBValue?) -> NeighbourID? {
        decode(value, subtype: subtype, as: subtype == 3 ? .mac : subtype == 4 ? .address : .text)
    }

    /// A MAC address in place of an id, as octets or as text, bare twelve digits included; nil for anything else.
    static func hardwareAddress(_ value: MIBValue?) -> NeighbourID? {
        guard case .octets(let octets) = value else { return nil }
        if octets.count == 6, !NeighbourText.isText(octets) { return mac(octets, subtype: nil) }
        return HardwareAddressText.octets(inText: octets, allowsBare: true).flatMap { mac($0, subtype: nil) }
    }

    private static func decode(_ value: MIBValue?, subtype: Int?, as kind: Kind) -> NeighbourID? {
        guard let value else { return nil }
        guard case .octets(let sent) = value else {
            return NeighbourText.clean(value).map { NeighbourID(subtype: subtype, kind: .text, text: $0) }
        }
        let octets = NeighbourText.bounded(sent, NeighbourText.nameOctetsMax)
        if octets.allSatisfy({ $0 == 0 }) { return nil }
        switch kind {
        case .mac: return decodeMAC(octets, subtype: subtype)
        case .address: return decodeAddress(octets, subtype: subtype)
        case .text: return decodeText(octets, subtype: subtype, allowsBare: false)
        }
    }

    /// Six octets; text of any writing; some agents add a NUL, others send a name, or fewer octets than a MAC has.
    private static func decodeMAC(_ octets: [UInt8], subtype: Int?) -> NeighbourID? {
        if octets.count == 6, !isNameOfSix(octets) { return mac(octets, subtype: subtype) }
        if octets.count == 7, octets.last == 0, !NeighbourText.isText(octets) {
            return mac(octets.dropLast(), subtype: subtype)
        }
        if NeighbourText.isText(octets) { return decodeText(octets, subtype: subtype, allowsBare: true) }
        let text = octets.map(MIBText.twoDigits).joined(separator: ":")
        return NeighbourID(subtype: subtype, kind: .text, text: text)
    }

    /// Whether six octets that should be a MAC address are text: all printable, and a group address, which no port has.
    private static func isNameOfSix(_ octets: [UInt8]) -> Bool {
        octets[0] & 1 == 1 && octets.allSatisfy { $0 > 32 && $0 < 127 }
    }

    /// IANA's address family (1 = IPv4, 2 = IPv6, 6 = MAC) before the address (IEEE 802.1AB 8.5.2.3); some omit it.
    private static func decodeAddress(_ octets: [UInt8], subtype: Int?) -> NeighbourID? {
        switch (octets.count, octets[0]) {
        case (5, 1), (17, 2): return address(octets.dropFirst(), subtype: subtype)
        case (7, 6): return mac(octets.dropFirst(), subtype: subtype)
        case (4, _): return address(octets[...], subtype: subtype)
        case (16, _) where !NeighbourText.isText(octets): return address(octets[...], subtype: subtype)
        default: break
        }
        // A family and its address as text, as some telephones have it.
        if octets[0] == 1 || octets[0] == 2, NeighbourText.isText(Array(octets.dropFirst())) {
            return decodeText(Array(octets.dropFirst()), subtype: subtype, allowsBare: false)
        }
        return decodeText(octets, subtype: subtype, allowsBare: false)
    }

    private static func decodeText(_ octets: [UInt8], subtype: Int?, allowsBare: Bool) -> NeighbourID? {
        if let found = HardwareAddressText.octets(inText: octets, allowsBare: allowsBare) {
            return mac(found, subtype: subtype)
        }
        if octets.count == 6, !NeighbourText.isText(octets) { return mac(octets, subtype: subtype) }
        guard let text = NeighbourText.clean(.octets(octets)) else { return nil }
        if let address = NetworkAddress(text) {
            return address.number == 0
                ? nil : NeighbourID(subtype: subtype, kind: .address, text: address.unmapped.description)
        }
        return NeighbourID(subtype: subtype, kind: .text, text: text)
    }

    private static func mac(_ octets: some Collection<UInt8>, subtype: Int?) -> NeighbourID? {
        HardwareAddressText.written(octets).map { NeighbourID(subtype: subtype, kind: .mac, text: $0) }
    }

    private static func address(_ octets: ArraySlice<UInt8>, subtype: Int?) -> NeighbourID? {
        NetworkAddress(octets: octets).flatMap {
            $0.number == 0 ? nil : NeighbourID(subtype: subtype, kind: .address, text: $0.unmapped.description)
        }
    }
}

extension NetworkAddress {
    /// The address that 4 or 16 octets are; nil for another number of octets.
    init?(octets: some Collection<UInt8>) {
        guard octets.count == 4 || octets.count == 16 else { return nil }
        self.init(isIPv6: octets.count == 16, number: octets.reduce(0) { $0 << 8 | UInt128($1) })
    }

    /// Whether a device can be told by it: not unspecified, not loopback's, not multicast.
    var tellsDevice: Bool {
        let plain = unmapped
        if plain.isIPv6 { return plain.number > 1 && plain.number >> 120 != 0xFF }
        return plain.number >> 24 != 0 && plain.number >> 24 != 127 && plain.number >> 28 < 14
    }
}
