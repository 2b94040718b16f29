import Inventory

extension NeighbourCapability {
    /// LldpSystemCapabilitiesMap: BITS, the first bit the highest of the first octet (IEEE 802.1AB-2005, LLDP-MIB).
    ///
    /// Met besides: the bits as text (`28 2 4`, `39 00 2 3 4 7`: octets in hex, then bit numbers; `2800`), as words
    /// (`Bridge, Router`), and in the second octet of two or in an INTEGER.
    static func lldp(_ value: MIBValue?) -> Set<NeighbourCapability> {
        switch value {
        case .integer(let number):
            let bits = UInt16(truncatingIfNeeded: number)
            return lldp(bits: [UInt8(bits >> 8), UInt8(bits & 0xFF)])
        case .octets(let octets): return lldp(octets: Array(octets.prefix(lettersMax)))
        default: return []
        }
    }

    /// What is enabled; what is supported where nothing is said to be enabled.
    static func lldp(enabled: MIBValue?, supported: MIBValue?) -> Set<NeighbourCapability> {
        let found = lldp(enabled)
        return found.isEmpty ? lldp(supported) : found
    }

    /// cdpCacheCapabilities: a 32-bit number, highest octet first, as octets or as hex text (`00000026`, `0x26`).
    ///
    /// Access points announce a transparent bridge and nothing else; their platform tells them.
    static func cdp(_ value: MIBValue?, platform: String?) -> Set<NeighbourCapability> {
        let bits = cdpBits(value)
        var found: Set<NeighbourCapability> = []
        if bits & 0x01 != 0 { found.insert(.router) }
        if bits & 0x0E != 0 { found.insert(.bridge) }
        if bits & 0x10 != 0 { found.insert(.station) }
        if bits & 0x40 != 0 { found.insert(.repeater) }
        if bits & 0x80 != 0 { found.insert(.telephone) }
        if found.isEmpty, bits != 0 { found.insert(.other) }
        if let platform, isAccessPoint(platform: platform), !found.contains(.telephone) { found.insert(.wlanAP) }
        return found
    }

    private static let lettersMax = 256

    /// In the order of LLDP's bits.
    private static let lldpOrder: [NeighbourCapability] = [
        .other, .repeater, .bridge, .wlanAP, .router, .telephone, .docsis, .station,
    ]

    private static func lldp(octets: [UInt8]) -> Set<NeighbourCapability> {
        guard let words = capabilityWords(octets) else { return lldp(bits: octets) }
        let named = words.compactMap { word(String($0)) }
        return named.isEmpty ? lldp(bits: hexOctets(words)) : Set(named)
    }

    /// Where only the second octet has bits, it is either those of the first octet, shifted by a 16-bit number, or the
    /// number as it stands in the frame, whose lowest bit is the first one; the reading that makes sense is taken.
    private static func lldp(bits octets: [UInt8]) -> Set<NeighbourCapability> {
        guard let first = octets.first else { return [] }
        guard first == 0, octets.count >= 2, octets[1] != 0 else { return lldp(highestFirst: first) }
        let shifted = lldp(highestFirst: octets[1])
        let isOdd = shifted == [.other] || shifted.contains(.telephone) && !shifted.contains(.bridge)
        guard isOdd else { return shifted }
        return Set(lldpOrder.enumerated().filter { octets[1] & (1 << UInt8($0.offset)) != 0 }.map(\.element))
    }

    private static func lldp(highestFirst octet: UInt8) -> Set<NeighbourCapability> {
        Set(lldpOrder.enumerated().filter { octet & (0x80 >> UInt8($0.offset)) != 0 }.map(\.element))
    }

    /// The words of a text, lower-cased; nil where the octets are bits.
    ///
    /// Two octets that are both hex digits are text: as bits they would have some set that the standard reserves.
    private static func capabilityWords(_ octets: [UInt8]) -> [Substring]? {
        guard octets.count >= 2, octets.allSatisfy({ $0 == 0 || ($0 >= 9 && $0 < 127) }) else { return nil }
        let text = String(decoding: octets.filter { $0 != 0 }, as: UTF8.self).lowercased()
        let words = text.split { !$0.isLetter && !$0.isNumber }
        guard text.utf8.count >= 2, let first = words.first else { return nil }
        let isHex = first.utf8.count.isMultiple(of: 2) && words.allSatisfy { $0.allSatisfy(\.isHexDigit) }
        return isHex || words.contains { word(String($0)) != nil } ? words : nil
    }

    /// The first two octets of `39 00 2 3 4 7` or `2800`.
    private static func hexOctets(_ words: [Substring]) -> [UInt8] {
        let digits = words.prefix { $0.utf8.count.isMultiple(of: 2) }.joined().prefix(4)
        return [digits.prefix(2), digits.dropFirst(2)].compactMap { UInt8($0, radix: 16) }
    }

    private static func word(_ word: String) -> NeighbourCapability? {
        switch word {
        case "bridge", "switch": .bridge
        case "router": .router
        case "telephone", "phone": .telephone
        case "wlan", "wlanap", "wlanaccesspoint": .wlanAP
        case "station", "stationonly": .station
        case "repeater": .repeater
        case "docsis", "docsiscabledevice": .docsis
        case "other": .other
        default: nil
        }
    }

    private static func cdpBits(_ value: MIBValue?) -> UInt64 {
        switch value {
        case .integer(let number): return UInt64(clamping: number)
        case .octets(let octets):
            // A number's first octet is 0; hex digits are none of it.
            return octets.count > 4 || (octets.count > 1 && octets.allSatisfy(isHexText))
                ? hexNumber(octets) : octets.reduce(0) { $0 << 8 | UInt64($1) }
        default: return 0
        }
    }

    private static func isHexText(_ octet: UInt8) -> Bool {
        Character(Unicode.Scalar(octet)).isHexDigit || [UInt8(ascii: "x"), UInt8(ascii: "X"), 32].contains(octet)
    }

    /// `00000026`, `0x26`, `00 00 00 26`; 0 for anything else.
    private static func hexNumber(_ octets: [UInt8]) -> UInt64 {
        let text = String(decoding: octets.prefix(lettersMax).filter { $0 != 0 && $0 != 32 }, as: UTF8.self)
        return UInt64(text.lowercased().hasPrefix("0x") ? String(text.dropFirst(2)) : text, radix: 16) ?? 0
    }

    /// Platforms of access points: AIR- but the controllers', Catalyst 91xx, Meraki MR.
    private static func isAccessPoint(platform: String) -> Bool {
        let text = platform.prefix(64).uppercased()
        if let air = text.firstRange(of: "AIR-") {
            let model = text[air.upperBound...]
            return !model.hasPrefix("CT") && !model.hasPrefix("WLC")
        }
        if text.contains("MERAKI MR") || text.contains("MERAKI CW") { return true }
        return text.contains("C91") && text.contains("AX") || text.contains("CW91")
    }
}
