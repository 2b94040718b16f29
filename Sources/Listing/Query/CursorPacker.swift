import Inventory

/// Writes the octets of a cursor.
struct CursorPacker {
    private(set) var bytes: [UInt8] = []

    mutating func byte(_ value: UInt8) { bytes.append(value) }

    mutating func word(_ value: UInt64) {
        for shift in stride(from: 56, through: 0, by: -8) { bytes.append(UInt8(truncatingIfNeeded: value >> shift)) }
    }

    mutating func text(_ value: String) {
        word(UInt64(value.utf8.count))
        bytes.append(contentsOf: value.utf8)
    }

    mutating func cell(_ cell: Cell) {
        switch cell {
        case .null, .counts: byte(0)
        case .text(let value): tagged(1) { $0.text(value) }
        case .identifier(let value):
            tagged(2) {
                $0.word(value.high)
                $0.word(value.low)
            }
        case .integer(let value): tagged(3) { $0.word(UInt64(bitPattern: value)) }
        case .real(let value): tagged(4) { $0.word(value.bitPattern) }
        case .boolean(let value): tagged(5) { $0.byte(value ? 1 : 0) }
        case .time(let value): tagged(6) { $0.word(UInt64(bitPattern: value.milliseconds)) }
        case .list(let values):
            tagged(7) {
                $0.word(UInt64(values.count))
                for value in values { $0.text(value) }
            }
        }
    }

    private mutating func tagged(_ tag: UInt8, _ write: (inout CursorPacker) -> Void) {
        byte(tag)
        write(&self)
    }

    /// FNV-1a: tells a mangled cursor from a good one; not a protection, a cursor holds nothing a reader may not see.
    static func checksum(_ bytes: [UInt8]) -> UInt64 {
        bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
}

/// Reads the octets of a cursor; each step is nil where they do not fit.
struct CursorUnpacker {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) {
        rest = bytes[...]
    }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func byte() -> UInt8? { rest.popFirst() }

    mutating func word() -> UInt64? {
        guard rest.count >= 8 else { return nil }
        let value = rest.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        rest.removeFirst(8)
        return value
    }

    mutating func text() -> String? {
        guard let count = word(), count <= UInt64(rest.count) else { return nil }
        let bytes = rest.prefix(Int(count))
        rest.removeFirst(Int(count))
        return String(validating: bytes, as: UTF8.self)
    }

    mutating func cell() -> Cell? {
        switch byte() {
        case 0: return .null
        case 1: return text().map(Cell.text)
        case 2:
            guard let high = word(), let low = word() else { return nil }
            return .identifier(RowID(high: high, low: low))
        case 3: return word().map { .integer(Int64(bitPattern: $0)) }
        case 4: return word().map { .real(Double(bitPattern: $0)) }
        case 5: return byte().map { .boolean($0 == 1) }
        case 6: return word().map { .time(Timestamp(milliseconds: Int64(bitPattern: $0))) }
        case 7:
            guard let count = word(), count <= 1024 else { return nil }
            let texts = (0..<count).map { _ in text() }
            return texts.contains(nil) ? nil : .list(texts.compactMap { $0 })
        default: return nil
        }
    }
}
