/// MAC addresses in the one writing that neighbours are matched by: `00:1b:21:00:00:01`.
///
/// As text they come in many: `ac:a3:1e:00:00:01`, `AC A3 1E 00 00 01`, `00-1E-94-00-00-01`, `0:e:83:f6:12:0`,
/// `aca3.1e00.0001`, `aca3-1e00-0001`, `aca31e-000001`, `0xaca31e000001`, `aca31e000001`.
enum HardwareAddressText {
    /// The address that six octets are; nil for another number of octets, and for all zero or all one.
    static func written(_ octets: some Collection<UInt8>) -> String? {
        guard octets.count == 6, !octets.allSatisfy({ $0 == 0 }), !octets.allSatisfy({ $0 == 0xFF }) else {
            return nil
        }
        return octets.map(MIBText.twoDigits).joined(separator: ":")
    }

    /// The six octets that a text names; nil where it is not the text of a MAC address.
    ///
    /// Twelve digits without separators are an address only where `allowsBare`, or where a letter among them says that
    /// they are no serial number.
    static func octets(inText text: [UInt8], allowsBare: Bool) -> [UInt8]? {
        var digits = trimmed(text)
        guard digits.count >= 11, digits.count <= 19 else { return nil }
        let isPrefixed = digits.starts(with: Array("0x".utf8)) || digits.starts(with: Array("0X".utf8))
        if isPrefixed { digits = digits.dropFirst(2) }
        let separators = digits.filter { hexValue($0) == nil }
        guard let separator = separators.first else {
            let saysHex = isPrefixed || allowsBare || digits.contains { $0 > UInt8(ascii: "9") }
            return saysHex && digits.count == 12 ? joined(digits) : nil
        }
        guard Array(":- .".utf8).contains(separator), separators.allSatisfy({ $0 == separator }) else { return nil }
        let groups = digits.split(separator: separator, omittingEmptySubsequences: false)
        switch (groups.count, groups.map(\.count).max(), groups.map(\.count).min()) {
        case (6, 1?, _), (6, 2?, 1?), (6, 2?, 2?):
            return groups.map { $0.reduce(0) { $0 << 4 | (hexValue($1) ?? 0) } }
        case (3, 4?, 4?), (2, 6?, 6?): return joined(groups.joined())
        default: return nil
        }
    }

    private static func trimmed(_ text: [UInt8]) -> ArraySlice<UInt8> {
        var text = text[...]
        while let last = text.last, last == 0 || MIBText.isWhiteSpace(last) { text.removeLast() }
        while let first = text.first, MIBText.isWhiteSpace(first) { text.removeFirst() }
        return text
    }

    private static func joined(_ digits: some Sequence<UInt8>) -> [UInt8]? {
        var octets: [UInt8] = []
        var high: UInt8?
        for digit in digits {
            guard let value = hexValue(digit) else { return nil }
            if let upper = high {
                octets.append(upper << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        return octets.count == 6 && high == nil ? octets : nil
    }

    private static func hexValue(_ octet: UInt8) -> UInt8? {
        switch octet {
        case 48...57: octet - 48
        case 65...70: octet - 55
        case 97...102: octet - 87
        default: nil
        }
    }
}
