public import Inventory

/// Writes JSON (RFC 8259) to a byte buffer, without intermediate values.
///
/// Commas are placed by the writer; the caller pairs `begin` with `end` and writes a key before each member.
public struct JSONWriter: Sendable {
    /// What was written so far.
    public private(set) var bytes: [UInt8] = []
    private var needsComma = false
    private static let hexDigits = Array("0123456789abcdef".utf8)

    /// An empty document.
    public init(reserving capacity: Int = 0) {
        if capacity > 0 { bytes.reserveCapacity(capacity) }
    }

    /// Begins an object.
    public mutating func beginObject() { open(123) }
    /// Ends an object.
    public mutating func endObject() { close(125) }
    /// Begins an array.
    public mutating func beginArray() { open(91) }
    /// Ends an array.
    public mutating func endArray() { close(93) }

    /// Writes a member's name.
    public mutating func key(_ name: String) {
        string(name)
        bytes.append(58)
        needsComma = false
    }

    /// Writes `"name":` as prepared before.
    mutating func rawKey(_ key: [UInt8]) {
        if needsComma { bytes.append(44) }
        bytes.append(contentsOf: key)
        needsComma = false
    }

    /// Writes a value that is JSON already.
    public mutating func raw(_ json: [UInt8]) {
        separate()
        bytes.append(contentsOf: json)
    }

    /// Writes `null`.
    public mutating func null() {
        separate()
        bytes.append(contentsOf: "null".utf8)
    }

    /// Writes `true` or `false`.
    public mutating func boolean(_ value: Bool) {
        separate()
        bytes.append(contentsOf: (value ? "true" : "false").utf8)
    }

    /// Writes a whole number.
    public mutating func integer(_ value: Int64) {
        separate()
        appendDecimal(value)
    }

    /// Writes a number; `null` where it is not finite, which JSON cannot say.
    public mutating func real(_ value: Double) {
        guard value.isFinite else { return null() }
        separate()
        bytes.append(contentsOf: value.description.utf8)
    }

    /// Writes a text, escaped as RFC 8259 section 7 asks.
    public mutating func string(_ value: String) {
        separate()
        bytes.append(34)
        var value = value
        value.withUTF8 { appendEscaped($0) }
        bytes.append(34)
    }

    /// Writes a moment as RFC 3339 text.
    public mutating func time(_ value: Timestamp) {
        separate()
        bytes.append(34)
        TimeText.append(value, to: &bytes)
        bytes.append(34)
    }

    /// Writes an identity as text.
    public mutating func identifier(_ value: RowID) {
        separate()
        bytes.append(34)
        value.write(to: &bytes)
        bytes.append(34)
    }

    private mutating func open(_ bracket: UInt8) {
        if needsComma { bytes.append(44) }
        bytes.append(bracket)
        needsComma = false
    }

    private mutating func close(_ bracket: UInt8) {
        bytes.append(bracket)
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { bytes.append(44) }
        needsComma = true
    }

    private mutating func appendDecimal(_ value: Int64) {
        if value < 0 { bytes.append(45) }
        var rest = value.magnitude
        let start = bytes.count
        repeat {
            bytes.append(48 + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        } while rest > 0
        bytes[start...].reverse()
    }

    private mutating func appendEscaped(_ text: UnsafeBufferPointer<UInt8>) {
        var start = 0
        for (position, byte) in text.enumerated() where byte < 32 || byte == 34 || byte == 92 || byte == 127 {
            bytes.append(contentsOf: text[start..<position])
            appendEscape(byte)
            start = position + 1
        }
        bytes.append(contentsOf: text[start...])
    }

    private mutating func appendEscape(_ byte: UInt8) {
        switch byte {
        case 34, 92: bytes += [92, byte]
        case 8: bytes += [92, 98]
        case 9: bytes += [92, 116]
        case 10: bytes += [92, 110]
        case 12: bytes += [92, 102]
        case 13: bytes += [92, 114]
        default:
            bytes.append(contentsOf: "\\u00".utf8)
            bytes += [Self.hexDigits[Int(byte >> 4)], Self.hexDigits[Int(byte & 15)]]
        }
    }
}

extension JSONWriter {
    /// Writes a value of a table.
    public mutating func cell(_ cell: Cell) {
        switch cell {
        case .null: null()
        case .text(let text): string(text)
        case .identifier(let id): identifier(id)
        case .integer(let number): integer(number)
        case .real(let number): real(number)
        case .boolean(let flag): boolean(flag)
        case .time(let moment): time(moment)
        case .list(let texts):
            beginArray()
            for text in texts { string(text) }
            endArray()
        case .counts(let counts):
            beginObject()
            for (name, count) in counts.sorted(by: { $0.key < $1.key }) {
                key(name)
                integer(count)
            }
            endObject()
        }
    }
}
