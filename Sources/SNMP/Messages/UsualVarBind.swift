/// A variable binding of the usual shape: a column's name with one more sub-identifier, every length in one octet.
struct UsualVarBind {
    /// The sub-identifier after the column's name.
    let index: UInt32
    /// The element that holds the value.
    let value: BERElement
    /// The octets of the whole variable binding.
    let octetCount: Int
}

/// A column's name of 8 to 16 octets, in two words: compared without touching an array.
struct ColumnPrefix: Hashable, Sendable {
    let count: Int
    private let head: UInt64
    private let tail: UInt64

    /// Nil for a name that is shorter or longer; `readVarBindView` serves those.
    init?(_ name: [UInt8]) {
        guard (8...16).contains(name.count) else { return nil }
        count = name.count
        (head, tail) = name.withUnsafeBytes { octets in
            (
                octets.loadUnaligned(as: UInt64.self),
                octets.loadUnaligned(fromByteOffset: name.count - 8, as: UInt64.self)
            )
        }
    }

    /// Whether the octets from a place on, of which there are at least `count`, begin with the name.
    @inline(__always)
    func matches(_ octets: UnsafeRawBufferPointer, at place: Int) -> Bool {
        octets.loadUnaligned(fromByteOffset: place, as: UInt64.self) == head
            && octets.loadUnaligned(fromByteOffset: place + count - 8, as: UInt64.self) == tail
    }
}

extension BERReader {
    /// Reads the next variable binding if it has the usual shape and lies in the given column, and steps over it.
    ///
    /// Nil for any other, however valid: the reader has not moved, and `readVarBindView` decides. Nearly every row of a
    /// table has this shape, and its name needs no checking beyond the comparison with the column's.
    @inline(__always)
    mutating func readUsualVarBind(of column: ColumnPrefix) -> UsualVarBind? {
        let at = offset
        guard end - at >= 8 + column.count, octets[at] == BERTag.sequence, octets[at + 1] < 0x80 else { return nil }
        let stop = at + 2 + Int(octets[at + 1])
        guard stop <= end, octets[at + 2] == BERTag.objectIdentifier, octets[at + 3] < 0x80 else { return nil }
        let nameEnd = at + 4 + Int(octets[at + 3])
        let suffix = at + 4 + column.count
        guard suffix < nameEnd, nameEnd - suffix <= 5, nameEnd + 2 <= stop else { return nil }
        guard column.matches(octets, at: at + 4), let index = singleSubIdentifier(from: suffix, to: nameEnd)
        else { return nil }
        let count = Int(octets[nameEnd + 1])
        guard count < 0x80, nameEnd + 2 + count == stop, octets[nameEnd] & 0x1F != 0x1F else { return nil }
        offset = stop
        let value = BERElement(tag: octets[nameEnd], start: nameEnd + 2, end: stop)
        return UsualVarBind(index: index, value: value, octetCount: stop - at)
    }

    /// The octets as exactly one sub-identifier of at most 32 bits, unpadded; nil for anything else.
    @inline(__always)
    private func singleSubIdentifier(from start: Int, to end: Int) -> UInt32? {
        let first = octets[start]
        if first < 0x80 { return end - start == 1 ? UInt32(first) : nil }
        guard first > 0x80, octets[end - 1] < 0x80, end - start < 5 || first <= 0x8F else { return nil }
        var value: UInt32 = 0
        for position in start..<end {
            guard position == end - 1 || octets[position] >= 0x80 else { return nil }
            value = value << 7 | UInt32(octets[position] & 0x7F)
        }
        return value
    }
}
