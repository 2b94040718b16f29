import Inventory

/// Puts integers after each other, the lowest octet first.
struct LittleEndianWriter {
    /// What was written.
    var octets: [UInt8]

    /// Appends an integer.
    mutating func write<Number: FixedWidthInteger>(_ number: Number) {
        withUnsafeBytes(of: number.littleEndian) { octets.append(contentsOf: $0) }
    }

    /// Appends four numbers.
    mutating func write(_ first: Double, _ second: Double, _ third: Double, _ fourth: Double) {
        let words = SIMD4(
            first.bitPattern.littleEndian, second.bitPattern.littleEndian, third.bitPattern.littleEndian,
            fourth.bitPattern.littleEndian)
        withUnsafeBytes(of: words) { octets.append(contentsOf: $0) }
    }
}

/// Takes integers off octets, the lowest octet first; every end is checked.
struct LittleEndianReader {
    /// What is still to be read.
    private(set) var rest: ArraySlice<UInt8>

    /// A reader at the front of octets.
    init(octets: ArraySlice<UInt8>) {
        rest = octets
    }

    /// The next integer; `field` names it where the octets end before it does.
    mutating func read<Number: FixedWidthInteger>(
        _ type: Number.Type, _ field: String
    ) throws(ClassicDecodingError) -> Number {
        let size = MemoryLayout<Number>.size
        guard rest.count >= size else { throw refusal(field, "cut short") }
        let number = rest.withUnsafeBytes { $0.loadUnaligned(as: Number.self) }
        rest = rest.dropFirst(size)
        return Number(littleEndian: number)
    }

    /// The next number: finite, and not negative, as rates and their spread are.
    mutating func readNumber(_ field: String) throws(ClassicDecodingError) -> Double {
        let number = Double(bitPattern: try read(UInt64.self, field))
        guard number.isFinite, number >= 0 else { throw refusal(field, "\(number)") }
        return number
    }

    /// The next moment: no farther from 1970 than whole milliseconds are exact in a number, so that moments have
    /// differences.
    mutating func readMoment(_ field: String) throws(ClassicDecodingError) -> Timestamp {
        guard let moment = try readMomentIfAny(field) else { throw refusal(field, "none") }
        return moment
    }

    /// The same, or none, which is the least number.
    mutating func readMomentIfAny(_ field: String) throws(ClassicDecodingError) -> Timestamp? {
        let milliseconds = try read(Int64.self, field)
        guard milliseconds != .min else { return nil }
        guard milliseconds.magnitude <= 1 << 53 else { throw refusal(field, "\(milliseconds) ms since 1970") }
        return Timestamp(milliseconds: milliseconds)
    }

    /// What is told of a field that cannot be.
    func refusal(_ field: String, _ reason: String) -> ClassicDecodingError {
        ClassicDecodingError(field: field, reason: reason, octetsLeft: rest.count)
    }
}
