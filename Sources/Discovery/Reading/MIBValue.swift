/// One value as an agent answered it, reduced to the shapes that interpretation needs.
///
/// Built from an SNMP answer or from a recording, so that decoding is tested without a network.
public enum MIBValue: Sendable, Hashable {
    /// INTEGER, Counter, Gauge, TimeTicks.
    case integer(Int64)
    /// OCTET STRING, Opaque or IpAddress, as sent.
    case octets([UInt8])
    /// OBJECT IDENTIFIER, dotted.
    case objectIdentifier(String)
    /// NULL: the agent has the row and no value for it.
    case null
}

extension MIBValue {
    /// The value as a number; an agent that writes numbers as text (`"1500"`) is understood.
    ///
    /// Nil for anything that is not a number.
    var number: Int64? {
        switch self {
        case .integer(let number): return number
        case .octets(let octets): return MIBValue.number(inText: octets)
        case .objectIdentifier, .null: return nil
        }
    }

    /// The value as a number that cannot be negative: one that was sent as a negative INTEGER keeps its 32 bits.
    var unsignedNumber: Int64? {
        guard let number else { return nil }
        if number >= 0 { return number }
        return number >= Int64(Int32.min) ? number + (1 << 32) : nil
    }

    /// Whether a number was sent as text.
    var isNumberAsText: Bool {
        if case .octets(let octets) = self { return MIBValue.number(inText: octets) != nil }
        return false
    }

    /// The value as cleaned text, see `MIBText`; numbers and object identifiers in their usual writing, nil for NULL.
    var text: String? {
        switch self {
        case .octets(let octets): return MIBText.clean(octets)
        case .integer(let number): return String(number)
        case .objectIdentifier(let dotted): return dotted
        case .null: return nil
        }
    }

    /// A decimal number written in ASCII, with an optional sign, white space and NULs around it.
    private static func number(inText octets: [UInt8]) -> Int64? {
        guard octets.count <= 24 else { return nil }
        var digits = octets[...]
        while let last = digits.last, last == 0 || MIBText.isWhiteSpace(last) { digits.removeLast() }
        while let first = digits.first, MIBText.isWhiteSpace(first) { digits.removeFirst() }
        guard let last = digits.last, last >= 48, last <= 57 else { return nil }
        return Int64(String(decoding: digits, as: UTF8.self))
    }
}
