/// A variable binding of the usual shape: a column's name with one more sub-identifier, every length in one octet.
///
/// Nearly every row of a table has this shape. Reading it checks all that the general reader checks, in fewer steps:
/// its name needs no checking beyond the comparison with the column's.
struct UsualVarBind {
    /// The sub-identifier after the column's name.
    var index: UInt32 = 0
    /// The identifier octet of the value.
    var tag: UInt8 = 0
    /// Whether the value is a number without any anomaly; it then is in `payload`.
    var isNumber = false
    /// The number; an INTEGER's sign is extended.
    var payload: UInt64 = 0
    /// Where the value's content begins.
    var valueStart = 0
    /// Where the variable binding ends.
    var end = 0

    /// Reads the variable binding at a place of the octets, if it lies in the column, has the usual shape, and ends
    /// before `limit`; false for any other, however valid.
    @inline(__always)
    mutating func read(_ base: UnsafeRawPointer, _ at: Int, _ limit: Int, of column: ColumnPrefix) -> Bool {
        guard limit &- at >= 8 &+ column.count else { return false }
        // SEQUENCE, its length, OBJECT IDENTIFIER, its length: both lengths below 128.
        let head = base.loadUnaligned(fromByteOffset: at, as: UInt32.self).littleEndian
        guard head & 0x80FF_80FF == 0x0006_0030 else { return false }
        end = at &+ 2 &+ Int(head >> 8 & 0x7F)
        let suffix = at &+ 4 &+ column.count
        let nameEnd = at &+ 4 &+ Int(head >> 24)
        guard end <= limit, suffix < nameEnd, nameEnd &- suffix <= 5, nameEnd &+ 2 <= end else { return false }
        guard column.matches(base, at: at &+ 4), readIndex(base, suffix, nameEnd) else { return false }
        tag = base.load(fromByteOffset: nameEnd, as: UInt8.self)
        valueStart = nameEnd &+ 2
        guard valueStart &+ Int(base.load(fromByteOffset: nameEnd &+ 1, as: UInt8.self)) == end else { return false }
        readNumber(base)
        return true
    }

    /// The octets as exactly one sub-identifier of at most 32 bits, unpadded.
    @inline(__always)
    private mutating func readIndex(_ base: UnsafeRawPointer, _ start: Int, _ stop: Int) -> Bool {
        let first = base.load(fromByteOffset: start, as: UInt8.self)
        if stop &- start == 1 {
            index = UInt32(first)
            return first < 0x80
        }
        return readLongIndex(base, start, stop, first)
    }

    private mutating func readLongIndex(
        _ base: UnsafeRawPointer, _ start: Int, _ stop: Int, _ first: UInt8
    ) -> Bool {
        guard first > 0x80, stop - start < 5 || first <= 0x8F else { return false }
        var value: UInt32 = 0
        for position in start..<stop {
            let octet = base.load(fromByteOffset: position, as: UInt8.self)
            guard (octet >= 0x80) == (position < stop - 1) else { return false }
            value = value << 7 | UInt32(octet & 0x7F)
        }
        index = value
        return true
    }

    /// Reads a number of at most 64 bits in one load: the eight octets that end with it lie in the variable binding.
    @inline(__always)
    private mutating func readNumber(_ base: UnsafeRawPointer) {
        let count = end &- valueStart
        let bits = UInt64(bigEndian: base.loadUnaligned(fromByteOffset: end &- 8, as: UInt64.self))
        isNumber = false
        switch tag {
        case BERTag.counter64:
            guard count &- 1 < 9, count > 0 else { return }
            // Nine octets: the first is the sign octet and must be 0.
            if count == 9 {
                isNumber = base.load(fromByteOffset: valueStart, as: UInt8.self) == 0
                payload = bits
                return
            }
            payload = bits & (UInt64.max &>> UInt64(64 &- 8 &* count))
            isNumber = payload &>> UInt64(8 &* count &- 1) == 0
        case BERTag.counter32, BERTag.gauge32, BERTag.timeTicks:
            guard count > 0, count <= 5 else { return }
            payload = bits & (UInt64.max &>> UInt64(64 &- 8 &* count))
            isNumber = payload &>> UInt64(8 &* count &- 1) == 0 && payload <= 0xFFFF_FFFF
        case BERTag.integer:
            guard count > 0, count <= 4 else { return }
            let shift = Int64(64 &- 8 &* count)
            payload = UInt64(bitPattern: (Int64(bitPattern: bits) &<< shift) &>> shift)
            isNumber = true
        default: break
        }
    }

    /// Whether the value is octets to be kept as they are: an OCTET STRING, Opaque, or a valid IpAddress or OBJECT
    /// IDENTIFIER.
    @inline(__always)
    func isOctets(_ base: UnsafeRawPointer) -> Bool {
        switch tag {
        case BERTag.octetString, BERTag.opaque: true
        case BERTag.ipAddress: end - valueStart == 4
        case BERTag.objectIdentifier:
            end > valueStart
                && ObjectIdentifier.fault(
                    in: UnsafeRawBufferPointer(start: base + valueStart, count: end - valueStart)) == nil
        default: false
        }
    }
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
    func matches(_ octets: UnsafeRawPointer, at place: Int) -> Bool {
        octets.loadUnaligned(fromByteOffset: place, as: UInt64.self) == head
            && octets.loadUnaligned(fromByteOffset: place &+ count &- 8, as: UInt64.self) == tail
    }
}
