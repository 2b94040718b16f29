/// Turns the octets of a DisplayString, as devices really send them, into clean text without losing any of it.
///
/// 1. NULs are removed: they pad, end or fill text, and say nothing.
/// 2. Valid UTF-8 is kept; each octet that is not part of valid UTF-8 becomes the Windows-1252 character of that
///    number (which is Latin-1 wherever that is printable), so that the octets can be told from the text.
/// 3. Other control characters are written `\xNN`; where controls are more than a quarter of the octets the value is
///    not text, and all of it is written in hex: `0x00e083f61200`.
/// 4. White space is trimmed outside; inside, a run with anything but spaces in it becomes one space. Spaces between
///    words are kept, and so are quotation marks and backslashes, which some devices send as part of the text.
public enum MIBText {
    /// The text of the octets by the rules above; empty where there is nothing but white space and NULs.
    public static func clean(_ octets: [UInt8]) -> String {
        if isPlain(octets) { return String(decoding: octets, as: UTF8.self) }
        let padded = octets.reversed().drop { $0 == 0 || isWhiteSpace($0) }
        let meaningful = Array(padded.reversed())
        if isBinary(meaningful) { return hex(octets) }
        return joinLines(escaped(decodeLeniently(meaningful.filter { $0 != 0 })))
    }

    /// Space, tab, line feed, vertical tab, form feed, carriage return.
    static func isWhiteSpace(_ octet: UInt8) -> Bool {
        octet == 32 || (octet >= 9 && octet <= 13)
    }

    /// Whether nothing has to be done: printable ASCII without white space at its ends.
    private static func isPlain(_ octets: [UInt8]) -> Bool {
        guard let first = octets.first, let last = octets.last else { return true }
        return first != 32 && last != 32 && octets.allSatisfy { $0 >= 32 && $0 < 127 }
    }

    /// Whether more than a quarter of the octets are C0 controls or DEL.
    ///
    /// NULs count too, unless all else is ASCII text: then they only fill it, as in text of two octets a character.
    private static func isBinary(_ octets: [UInt8]) -> Bool {
        let controls = octets.count { ($0 < 32 && $0 != 0 && !isWhiteSpace($0)) || $0 == 127 }
        let isASCIIText = controls == 0 && octets.allSatisfy { $0 < 128 }
        let nuls = isASCIIText ? 0 : octets.count { $0 == 0 }
        return (controls + nuls) * 4 > octets.count
    }

    private static func hex(_ octets: [UInt8]) -> String {
        octets.reduce(into: "0x") { $0 += twoDigits($1) }
    }

    /// Two lower-case hexadecimal digits.
    static func twoDigits(_ octet: UInt8) -> String {
        let digits = String(octet, radix: 16)
        return octet < 16 ? "0" + digits : digits
    }

    private static func decodeLeniently(_ octets: [UInt8]) -> [Unicode.Scalar] {
        var scalars: [Unicode.Scalar] = []
        scalars.reserveCapacity(octets.count)
        var position = 0
        while position < octets.count {
            if let (scalar, length) = sequence(in: octets, at: position) {
                scalars.append(scalar)
                position += length
            } else {
                scalars.append(windows1252(octets[position]))
                position += 1
            }
        }
        return scalars
    }

    /// The UTF-8 sequence that begins here and its length in octets; nil where there is no valid one (RFC 3629).
    private static func sequence(in octets: [UInt8], at position: Int) -> (Unicode.Scalar, Int)? {
        let first = octets[position]
        if first < 0x80 { return (Unicode.Scalar(first), 1) }
        let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
        guard first >= 0xC2, first <= 0xF4, position + length <= octets.count else { return nil }
        var value = UInt32(first) & (0x7F >> UInt32(length))
        for octet in octets[position + 1..<position + length] {
            guard octet & 0xC0 == 0x80 else { return nil }
            value = value << 6 | UInt32(octet & 0x3F)
        }
        let smallest: UInt32 = length == 4 ? 0x10000 : length == 3 ? 0x800 : 0x80
        guard value >= smallest, let scalar = Unicode.Scalar(value) else { return nil }
        return (scalar, length)
    }

    /// Code page 1252, 0x80 to 0x9F; 0 where it has no character.
    private static let windows1252Upper: [UInt16] = [
        0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
        0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E,
        0x0178,
    ]

    private static func windows1252(_ octet: UInt8) -> Unicode.Scalar {
        guard octet >= 0x80, octet < 0xA0 else { return Unicode.Scalar(octet) }
        let code = windows1252Upper[Int(octet) - 0x80]
        return code == 0 ? Unicode.Scalar(octet) : Unicode.Scalar(code) ?? Unicode.Scalar(octet)
    }

    /// Writes controls that are not white space as `\xNN`.
    private static func escaped(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
        var result: [Unicode.Scalar] = []
        result.reserveCapacity(scalars.count)
        for scalar in scalars {
            let isPlainSpace = scalar.value < 128 && isWhiteSpace(UInt8(scalar.value))
            if scalar.properties.generalCategory == .control, !isPlainSpace {
                result += Array("\\x\(twoDigits(UInt8(truncatingIfNeeded: scalar.value)))".unicodeScalars)
            } else {
                result.append(scalar)
            }
        }
        return result
    }

    /// Trims outer white space and makes one space of each inner run that has more than spaces in it.
    private static func joinLines(_ scalars: [Unicode.Scalar]) -> String {
        var result = String.UnicodeScalarView()
        var gap: [Unicode.Scalar] = []
        for scalar in scalars {
            if scalar.properties.isWhitespace {
                gap.append(scalar)
                continue
            }
            if !result.isEmpty { result.append(contentsOf: gap.contains { $0 != " " } ? [" "] : gap) }
            gap.removeAll(keepingCapacity: true)
            result.append(scalar)
        }
        return String(result)
    }
}
