/// Management addresses of neighbours, from indexes and from values.
enum NeighbourAddresses {
    /// The most management addresses kept of one neighbour.
    static let countMax = 16

    /// The address in the index of lldpRemManAddrTable and its like: subtype, length, octets; nil for other families.
    ///
    /// Some agents leave out the length, count the subtype in it, or put the subtype behind it.
    static func inIndex(_ parts: some Collection<UInt32>) -> String? {
        guard parts.count >= 5, parts.count <= 34, parts.allSatisfy({ $0 <= 255 }) else { return nil }
        let octets = parts.map { UInt8(truncatingIfNeeded: $0) }
        for (family, length) in [(UInt8(1), 4), (2, 16)] {
            let address = octets.suffix(length)
            switch octets.count - length {
            case 1 where octets[0] == family: return text(address)
            case 2 where octets[0] == family && (Int(octets[1]) == length || Int(octets[1]) == length + 1):
                return text(address)
            case 2 where Int(octets[0]) == length + 1 && octets[1] == family: return text(address)
            default: continue
            }
        }
        return nil
    }

    /// The address in a value: 4 or 16 octets, its text, or its octets in hex text; nil where it tells no device.
    static func inValue(_ value: MIBValue?) -> String? {
        guard case .octets(let octets) = value else { return nil }
        if octets.count == 4 || octets.count == 16 && !NeighbourText.isText(octets) { return text(octets) }
        guard octets.count >= 2, octets.count <= 64, let words = NeighbourText.clean(value) else { return nil }
        if let address = NetworkAddress(words) { return text(address) }
        let digits = words.filter { $0 != " " && $0 != ":" }
        guard digits.allSatisfy(\.isHexDigit), [8, 32].contains(digits.utf8.count),
            let number = UInt128(digits, radix: 16)
        else {
            return nil
        }
        return text(NetworkAddress(isIPv6: digits.utf8.count == 32, number: number))
    }

    private static func text(_ octets: some Collection<UInt8>) -> String? {
        NetworkAddress(octets: octets).flatMap { text($0) }
    }

    /// Of loopback's addresses only those are left out that every host has: the others are told apart, as in a network
    /// that is simulated on one host.
    private static func text(_ address: NetworkAddress) -> String? {
        let plain = address.unmapped
        let isLoopbacks = !plain.isIPv6 && plain.number >> 24 == 127 && plain.number & 0xFF_FFFF > 1
        return address.tellsDevice || isLoopbacks ? plain.description : nil
    }
}
