extension [UInt8] {
    mutating func append(number: some FixedWidthInteger) {
        for shift in stride(from: number.bitWidth - 8, through: 0, by: -8) {
            append(UInt8(truncatingIfNeeded: number >> shift))
        }
    }

    /// Octets with their count in front; more than 65535 are left out, since none of them would be of use in part.
    mutating func append(counted octets: [UInt8]) {
        let kept = octets.count <= Int(UInt16.max) ? octets : []
        append(number: UInt16(kept.count))
        append(contentsOf: kept)
    }
}

/// Takes numbers and octets off the front.
struct NumberReader {
    var rest: ArraySlice<UInt8>

    mutating func number<Number: FixedWidthInteger & UnsignedInteger>(_ type: Number.Type) -> Number? {
        let count = Number.bitWidth / 8
        guard rest.count >= count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count).reduce(0) { Number(truncatingIfNeeded: UInt64($0) << 8 | UInt64($1)) }
    }

    mutating func counted() -> ArraySlice<UInt8>? {
        guard let count = number(UInt16.self), rest.count >= Int(count) else { return nil }
        defer { rest = rest.dropFirst(Int(count)) }
        return rest.prefix(Int(count))
    }
}
