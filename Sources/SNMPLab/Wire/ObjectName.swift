/// Object names as BER content octets: reading, writing and comparing in sub-identifier order (RFC 3416 section 4.2.2).
enum ObjectName {
    /// RFC 2578 section 3.5: at most 128 sub-identifiers.
    static let subidentifiersMax = 128

    /// The content octets of a name given as sub-identifiers; nil where it cannot be encoded.
    ///
    /// One sub-identifier alone (`1`) is encoded as net-snmp does: `1` stands for `1.0`.
    static func encode(_ arcs: [UInt32]) -> [UInt8]? {
        guard let first = arcs.first, first <= 2, arcs.count <= subidentifiersMax else { return nil }
        let second = arcs.count > 1 ? arcs[1] : 0
        guard first == 2 || second < 40 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(arcs.count + 4)
        append(UInt64(first) * 40 + UInt64(second), to: &bytes)
        for arc in arcs.dropFirst(2) { append(UInt64(arc), to: &bytes) }
        return bytes
    }

    /// Adds one sub-identifier in base 128.
    static func append(_ arc: UInt64, to bytes: inout [UInt8]) {
        var shift = 0
        while arc >> UInt64(shift + 7) != 0 { shift += 7 }
        while shift > 0 {
            bytes.append(0x80 | UInt8(truncatingIfNeeded: arc >> UInt64(shift)))
            shift -= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: arc) & 0x7F)
    }

    /// The content octets of dotted text, with or without a leading dot; nil where it is no object name.
    static func parse(_ text: some Sequence<UInt8>) -> [UInt8]? {
        var arcs: [UInt32] = []
        var arc: UInt64 = 0
        var digits = 0
        var position = 0
        for byte in text {
            defer { position += 1 }
            if byte == UInt8(ascii: ".") {
                if position == 0 { continue }
                guard digits > 0 else { return nil }
                arcs.append(UInt32(arc))
                (arc, digits) = (0, 0)
            } else {
                guard byte >= 0x30, byte <= 0x39 else { return nil }
                arc = arc * 10 + UInt64(byte - 0x30)
                digits += 1
                guard arc <= UInt64(UInt32.max) else { return nil }
            }
        }
        guard digits > 0 else { return nil }
        arcs.append(UInt32(arc))
        return encode(arcs)
    }

    /// Dotted text of content octets, for reports.
    static func text(_ bytes: some Sequence<UInt8>) -> String {
        var parts: [String] = []
        var arc: UInt64 = 0
        for byte in bytes {
            arc = arc << 7 | UInt64(byte & 0x7F)
            if byte & 0x80 != 0 { continue }
            if parts.isEmpty {
                let first = min(arc / 40, 2)
                parts = [String(first), String(arc - first * 40)]
            } else {
                parts.append(String(arc))
            }
            arc = 0
        }
        return parts.joined(separator: ".")
    }

    /// Negative, zero or positive as the left name stands before, at or after the right one.
    ///
    /// Octets are compared, not numbers: at the first difference the sub-identifier with more octets left is the
    /// larger, because base 128 is written in its shortest form.
    @inline(__always)
    static func compare(
        _ left: UnsafePointer<UInt8>, _ leftCount: Int, _ right: UnsafePointer<UInt8>, _ rightCount: Int
    ) -> Int {
        let shared = min(leftCount, rightCount)
        var index = 0
        while index < shared, left[index] == right[index] { index += 1 }
        if index == shared { return leftCount - rightCount }
        let (a, b) = (left[index], right[index])
        if (a | b) & 0x80 == 0 { return Int(a) - Int(b) }
        let leftRest = octetsLeft(left, index, leftCount)
        let rightRest = octetsLeft(right, index, rightCount)
        return leftRest == rightRest ? Int(a) - Int(b) : leftRest - rightRest
    }

    @inline(__always)
    private static func octetsLeft(_ name: UnsafePointer<UInt8>, _ start: Int, _ count: Int) -> Int {
        var index = start
        while index < count, name[index] & 0x80 != 0 { index += 1 }
        return index - start
    }

    /// The same order for arrays.
    static func compare(_ left: [UInt8], _ right: [UInt8]) -> Int {
        left.withUnsafeBufferPointer { leftBuffer in
            right.withUnsafeBufferPointer { rightBuffer in
                guard let a = leftBuffer.baseAddress, let b = rightBuffer.baseAddress else {
                    return left.count - right.count
                }
                return compare(a, left.count, b, right.count)
            }
        }
    }
}
