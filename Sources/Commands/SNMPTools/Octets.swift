import ObjectNames

/// Octets and ticks as text.
enum Octets {
    /// ASCII text; nil where an octet is neither printable nor white space.
    static func ascii(_ octets: [UInt8]) -> String? {
        let isText = octets.allSatisfy { (0x20..<0x7F).contains($0) || (9...13).contains($0) }
        return isText ? String(decoding: octets, as: UTF8.self) : nil
    }

    /// UTF-8 text without control characters other than white space; nil for anything else.
    static func text(_ octets: [UInt8]) -> String? {
        guard let text = String(validating: octets, as: UTF8.self) else { return nil }
        let isText = text.unicodeScalars.allSatisfy { scalar in
            (9...13).contains(scalar.value) || scalar.properties.generalCategory != .control
        }
        return isText ? text : nil
    }

    /// The text with quotes and backslashes escaped, as net-snmp does, and characters that steer terminals replaced.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x22, 0x5C:
                escaped += "\\"
                escaped.unicodeScalars.append(scalar)
            case 0x80..<0xA0, 0x202A...0x202E, 0x2066...0x2069: escaped += "\u{FFFD}"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    /// Hexadecimal digits, two for each octet.
    static func hex(_ octets: some Sequence<UInt8>, separator: String, uppercase: Bool = true) -> String {
        octets.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: uppercase) }.joined(separator: separator)
    }

    /// Hexadecimal octets as net-snmp writes them: a space after each, sixteen a line.
    static func hexLines(_ octets: [UInt8]) -> String {
        stride(from: 0, to: octets.count, by: 16).map { start in
            hex(octets[start..<min(start + 16, octets.count)], separator: " ") + " "
        }.joined(separator: "\n")
    }

    /// `10.0.0.1`.
    static func dotted(_ octets: [UInt8]) -> String { octets.map { String($0) }.joined(separator: ".") }

    /// What a textual convention makes of octets: a physical address, a date; nil where it does not apply.
    static func conventional(_ octets: [UInt8], _ syntax: ObjectSyntax) -> String? {
        switch syntax {
        case .physicalAddress: octets.isEmpty ? nil : hex(octets, separator: ":", uppercase: false)
        case .dateAndTime: date(octets)
        default: nil
        }
    }

    /// `2026-3-1,4:30:9.0,+2:0`: DateAndTime by its display hint (RFC 2579); nil unless 8 or 11 octets.
    private static func date(_ octets: [UInt8]) -> String? {
        guard octets.count == 8 || octets.count == 11 else { return nil }
        let year = Int(octets[0]) << 8 | Int(octets[1])
        let local =
            "\(year)-\(octets[2])-\(octets[3]),\(octets[4]):\(octets[5]):\(octets[6]).\(octets[7])"
        guard octets.count == 11, octets[8] == 0x2B || octets[8] == 0x2D else { return local }
        return local + ",\(octets[8] == 0x2B ? "+" : "-")\(octets[9]):\(octets[10])"
    }

    /// `12 days, 4:30:09.15`, as net-snmp writes TimeTicks.
    static func clock(_ ticks: UInt32) -> String {
        func two(_ number: UInt32) -> String { (number < 10 ? "0" : "") + String(number) }
        let seconds = ticks / 100
        let clock =
            "\(seconds % 86_400 / 3600):\(two(seconds % 3600 / 60)):\(two(seconds % 60)).\(two(ticks % 100))"
        switch seconds / 86_400 {
        case 0: return clock
        case 1: return "1 day, " + clock
        case let days: return "\(days) days, " + clock
        }
    }
}
