/// An oddity of one line.
struct RecordingRemark: Equatable {
    let text: String
    var isClamp = false

    static func clamp(_ text: String) -> RecordingRemark {
        RecordingRemark(text: text, isClamp: true)
    }
}

/// One line of a recording, read.
enum RecordingLine {
    case row(MIBRow, RecordingRemark?)
    case broken(RecordingRemark)

    /// Reads `OID|tag|value`; the value may itself hold bars.
    static func parse(_ line: ArraySlice<UInt8>) -> RecordingLine {
        let fields = line.split(separator: UInt8(ascii: "|"), maxSplits: 2, omittingEmptySubsequences: false)
        guard fields.count == 3 else { return broken("a line is OID|tag|value, this one has \(fields.count) fields") }
        guard let name = ObjectName.parse(fields[0]) else {
            return broken("'\(shown(fields[0]))' is no object name")
        }
        guard let (tag, form) = tag(fields[1]) else { return broken("'\(shown(fields[1]))' is no tag") }
        let content: ArraySlice<UInt8>
        switch form {
        case .plain: content = fields[2]
        case .hex:
            guard let bytes = unhex(fields[2]) else { return broken("broken hex value") }
            content = bytes[...]
        case .escaped: content = unescape(fields[2])[...]
        }
        switch RecordingValue.encode(tag: tag, content, isRaw: form != .plain) {
        case .value(let value, let remark): return row(MIBRow(name: name, value: value), remark)
        case .broken(let problem): return broken(problem)
        }
    }

    private enum Form {
        case plain, hex, escaped
    }

    private static func broken(_ text: String) -> RecordingLine {
        .broken(RecordingRemark(text: text + "; the line is left out"))
    }

    private static func shown(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes.prefix(60), as: UTF8.self)
    }

    /// A tag number with an optional `x` (hex) or `e` (escaped); `xx` occurs as a typing error for `x`.
    private static func tag(_ text: ArraySlice<UInt8>) -> (tag: UInt8, form: Form)? {
        let digits = text.prefix { $0 >= 0x30 && $0 <= 0x39 }
        guard let number = Int(String(decoding: digits, as: UTF8.self)), number <= 255 else { return nil }
        switch String(decoding: text.dropFirst(digits.count), as: UTF8.self) {
        case "": return (UInt8(number), .plain)
        case "x", "xx": return (UInt8(number), .hex)
        case "e": return (UInt8(number), .escaped)
        default: return nil
        }
    }

    private static func nibble(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }

    /// Pairs of hex digits; blanks between them are passed over.
    private static func unhex(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 2)
        var high: UInt8?
        for byte in text where byte != 0x20 {
            guard let digit = nibble(byte) else { return nil }
            if let first = high {
                bytes.append(first << 4 | digit)
                high = nil
            } else {
                high = digit
            }
        }
        return high == nil ? bytes : nil
    }

    /// Backslash escapes as Python writes them: `\n \r \t \0 \\ \' \" \xHH`; anything else stays as it is.
    private static func unescape(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = text
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\"), let next = rest.popFirst() else {
                bytes.append(byte)
                continue
            }
            switch next {
            case UInt8(ascii: "n"): bytes.append(0x0A)
            case UInt8(ascii: "r"): bytes.append(0x0D)
            case UInt8(ascii: "t"): bytes.append(0x09)
            case UInt8(ascii: "0"): bytes.append(0x00)
            case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""): bytes.append(next)
            case UInt8(ascii: "x"):
                let digits = rest.prefix(2)
                if digits.count == 2, let value = unhex(digits)?.first {
                    bytes.append(value)
                    rest = rest.dropFirst(2)
                } else {
                    bytes.append(contentsOf: [byte, next])
                }
            default: bytes.append(contentsOf: [byte, next])
            }
        }
        return bytes
    }
}
