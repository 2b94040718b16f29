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
        // Enough for the headers of name and value, after an index of one or two octets.
        guard limit &- at >= 8 &+ column.count else { return false }
        // SEQUENCE, its length, OBJECT IDENTIFIER, its length: both lengths below 128.
        let head = base.loadUnaligned(fromByteOffset: at, as: UInt32.self).littleEndian
        guard head & 0x80FF_80FF == 0x0006_0030 else { return false }
        end = at &+ 2 &+ Int(truncatingIfNeeded: head &>> 8 & 0x7F)
        let suffix = at &+ 4 &+ column.count
        let indexCount = Int(truncatingIfNeeded: head &>> 24) &- column.count
        guard end <= limit, column.matches(base, at: at &+ 4) else { return false }
        let first = base.load(fromByteOffset: suffix, as: UInt8.self)
        if indexCount == 1 {
            guard first < 0x80 else { return false }
            index = UInt32(first)
        } else if indexCount == 2 {
            let last = base.load(fromByteOffset: suffix &+ 1, as: UInt8.self)
            guard first > 0x80, last < 0x80 else { return false }
            index = UInt32(first & 0x7F) &<< 7 | UInt32(last)
        } else {
            guard indexCount > 2, indexCount <= 5, suffix &+ indexCount &+ 2 <= end else { return false }
            let value = Self.longIndex(base, suffix, suffix &+ indexCount)
            guard value >= 0 else { return false }
            index = UInt32(truncatingIfNeeded: value)
        }
        let header = suffix &+ indexCount
        tag = base.load(fromByteOffset: header, as: UInt8.self)
        let count = Int(base.load(fromByteOffset: header &+ 1, as: UInt8.self))
        valueStart = header &+ 2
        guard valueStart &+ count == end else { return false }
        readNumber(base, count)
        return true
    }

    /// The sub-identifier of three to five octets; negative where it is none.
    @inline(never)
    private static func longIndex(_ base: UnsafeRawPointer, _ start: Int, _ stop: Int) -> Int64 {
        let first = base.load(fromByteOffset: start, as: UInt8.self)
        guard first > 0x80, stop - start < 5 || first <= 0x8F else { return -1 }
        var value: Int64 = 0
        for position in start..<stop {
            let octet = base.load(fromByteOffset: position, as: UInt8.self)
            guard (octet >= 0x80) == (position < stop - 1) else { return -1 }
            value = value << 7 | Int64(octet & 0x7F)
        }
        return value
    }

    /// Reads a number of one to eight octets in one load: the eight octets that end with it lie in the variable
    /// binding.
    @inline(__always)
    private mutating func readNumber(_ base: UnsafeRawPointer, _ count: Int) {
        isNumber = false
        guard UInt(bitPattern: count &- 1) < 8 else { return }
        let octets = UInt64(bigEndian: base.loadUnaligned(fromByteOffset: end &- 8, as: UInt64.self))
        let shift = UInt64(truncatingIfNeeded: 64 &- 8 &* count)
        // The number's own octets, its sign first.
        let bits = octets &<< shift
        switch tag {
        case BERTag.counter64:
            payload = bits &>> shift
            isNumber = Int64(bitPattern: bits) >= 0
        case BERTag.counter32, BERTag.gauge32, BERTag.timeTicks:
            payload = bits &>> shift
            isNumber = Int64(bitPattern: bits) >= 0 && payload <= 0xFFFF_FFFF
        case BERTag.integer:
            payload = UInt64(bitPattern: Int64(bitPattern: bits) &>> Int64(bitPattern: shift))
            isNumber = count <= 4
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

/// Usual rows whose values are numbers and whose indexes take one or two octets: nearly all rows of counters.
///
/// The same checks as `UsualVarBind`, in the fewest steps.
struct UsualNumbers {
    /// The next octet to read.
    var at: UnsafeRawPointer
    /// The greatest index so far.
    var last: Int64

    /// Reads rows for as long as they come and their indexes increase; answers how many.
    ///
    /// Stops before the first other variable binding, or when the places are full.
    @inline(never)
    mutating func read(
        _ end: UnsafeRawPointer, of column: ColumnPrefix, into places: UnsafeMutablePointer<ColumnStorage.Cell>,
        _ count: Int
    ) -> Int {
        var (at, last, place) = (at, last, places)
        let limit = places + count
        let suffix = 4 &+ column.count
        // Enough for the headers of name and value, after an index of two octets.
        while place < limit, end - at >= suffix &+ 4 {
            let head = at.loadUnaligned(as: UInt32.self).littleEndian
            guard head & 0x80FF_80FF == 0x0006_0030, column.matches(at, at: 4) else { break }
            let stop = at + (2 &+ Int(truncatingIfNeeded: head &>> 8 & 0x7F))
            var header = at + suffix
            var index = Int64(header.load(as: UInt8.self))
            if index >= 0x80 {
                let low = Int64(header.load(fromByteOffset: 1, as: UInt8.self))
                guard index > 0x80, low < 0x80 else { break }
                index = (index & 0x7F) &<< 7 | low
                header += 1
            }
            header += 1
            // The name ends with the index, and the value with the variable binding.
            let length = Int(header.load(fromByteOffset: 1, as: UInt8.self))
            guard header == at + (4 &+ Int(truncatingIfNeeded: head &>> 24)), header + (2 &+ length) == stop,
                stop <= end, UInt(bitPattern: length &- 1) < 8, index > last
            else { break }
            let shift = UInt64(truncatingIfNeeded: 64 &- 8 &* length)
            let bits = UInt64(bigEndian: stop.loadUnaligned(fromByteOffset: -8, as: UInt64.self)) &<< shift
            let tag = header.load(as: UInt8.self)
            var payload = bits &>> shift
            if tag != BERTag.counter64 {
                if tag == BERTag.integer {
                    guard length <= 4 else { break }
                    payload = UInt64(bitPattern: Int64(bitPattern: bits) &>> Int64(bitPattern: shift))
                } else {
                    guard tag &- BERTag.counter32 < 3, Int64(bitPattern: bits) >= 0, payload <= 0xFFFF_FFFF else {
                        break
                    }
                }
            } else if Int64(bitPattern: bits) < 0 {
                break
            }
            place.initialize(
                to: ColumnStorage.Cell(
                    payload: payload, index: UInt32(truncatingIfNeeded: index), indexCount: 0, tag: tag))
            place += 1
            last = index
            at = stop
            if tag == BERTag.counter64, suffix <= 16 {
                var run = AlikeRows(at: at, last: last, place: place)
                run.read(end, after: stop - (2 &+ Int(truncatingIfNeeded: head &>> 8 & 0x7F)), suffix, header, limit)
                (at, last, place) = (run.at, run.last, run.place)
            }
        }
        self.at = at
        self.last = last
        return place - places
    }
}

/// Rows of a Counter64 that have the very shape of the one before, as most have: equally long in all their parts.
///
/// What was checked of that one and is the same octets here is not checked again.
private struct AlikeRows {
    /// The next octet to read.
    var at: UnsafeRawPointer
    /// The greatest index so far.
    var last: Int64
    var place: UnsafeMutablePointer<ColumnStorage.Cell>

    /// Reads rows like the one between `before` and `at`, for as long as they come and their indexes increase.
    ///
    /// `suffix` is where the index begins in each, 12 to 16, and `header` the value's identifier octet in that one.
    @inline(__always)
    mutating func read(
        _ end: UnsafeRawPointer, after before: UnsafeRawPointer, _ suffix: Int, _ header: UnsafeRawPointer,
        _ limit: UnsafeMutablePointer<ColumnStorage.Cell>
    ) {
        let octets = at - before
        let value = header - before
        // All octets of the row up to its index, which are 12 to 16, and the value's identifier and length octets.
        let head = before.loadUnaligned(as: UInt64.self)
        let tail = before.loadUnaligned(fromByteOffset: suffix &- 8, as: UInt64.self)
        let kind = header.loadUnaligned(as: UInt16.self)
        let shift = UInt64(truncatingIfNeeded: 64 &- 8 &* (octets &- value &- 2))
        let rows = min(limit - place, Int(UInt32(truncatingIfNeeded: end - at) / UInt32(truncatingIfNeeded: octets)))
        let stop = at + rows &* octets
        let hasLongIndex = value > suffix &+ 1
        var (row, place, last) = (at, place, last)
        while row != stop, row.loadUnaligned(as: UInt64.self) == head,
            row.loadUnaligned(fromByteOffset: suffix &- 8, as: UInt64.self) == tail,
            row.loadUnaligned(fromByteOffset: value, as: UInt16.self) == kind
        {
            var index = Int64(row.load(fromByteOffset: suffix, as: UInt8.self))
            if hasLongIndex {
                let low = Int64(row.load(fromByteOffset: suffix &+ 1, as: UInt8.self))
                guard index > 0x80, low < 0x80 else { break }
                index = (index & 0x7F) &<< 7 | low
            } else if index >= 0x80 {
                break
            }
            row += octets
            let bits = UInt64(bigEndian: row.loadUnaligned(fromByteOffset: -8, as: UInt64.self)) &<< shift
            guard index > last, Int64(bitPattern: bits) >= 0 else {
                row -= octets
                break
            }
            place.initialize(
                to: ColumnStorage.Cell(
                    payload: bits &>> shift, index: UInt32(truncatingIfNeeded: index), indexCount: 0,
                    tag: BERTag.counter64))
            place += 1
            last = index
        }
        (at, self.place, self.last) = (row, place, last)
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
