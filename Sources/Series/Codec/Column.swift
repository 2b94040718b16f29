/// One column of a `ReadingBlock`: a first value, and how much each rises from there.
///
/// Octets: a tag; unless all is 0, the first value (varint); unless nothing changes, the reference (signed varint),
/// the exceptions where the tag has them (octets they take as a varint, then gap and high bits of each as varints),
/// and what each rise is above the reference, `width` bits each. An exception's low bits stand among the others. All
/// arithmetic is modulo 2^64, so any sequence of any words can be written; only its size differs.
enum Column {
    /// The tag's low bits are the width, 0 to 64, but for these two.
    enum Tag {
        static let zero: UInt8 = 0x7E
        static let unchanged: UInt8 = 0x7F
        static let exceptions: UInt8 = 0x80
    }

    /// What a column of so many values takes at most.
    static func octetsMax(count: Int) -> Int { 40 + 8 * count }
}

/// Writes columns; keeps its working memory from one to the next.
struct ColumnWriter {
    private var rises: [Int64] = []
    private var histogram = [Int](repeating: 0, count: 65)

    /// How the rises of a column are written.
    private struct Plan {
        var reference: Int64
        var width: Int
        var exceptions: Int
        var cost: Int
    }

    /// References tried: the lowest rise, and the next ones, so that a reset (a fall) can be an exception too.
    private static let references = 4

    /// Writes a column of at least one value.
    mutating func write(_ values: UnsafeBufferPointer<UInt64>, _ writer: inout OctetWriter) {
        writer.reserve(Column.octetsMax(count: values.count))
        let first = values[0]
        var changes: Int64 = 0
        rises.removeAll(keepingCapacity: true)
        for index in 1..<max(1, values.count) {
            let rise = Int64(bitPattern: values[index] &- values[index - 1])
            changes |= rise
            rises.append(rise)
        }
        guard changes != 0 else {
            writer.put(first == 0 ? Column.Tag.zero : Column.Tag.unchanged)
            if first != 0 { writer.putVarint(first) }
            return
        }
        let plan = cheapest()
        writer.put(UInt8(plan.width) | (plan.exceptions > 0 ? Column.Tag.exceptions : 0))
        writer.putVarint(first)
        writer.putSigned(plan.reference)
        if plan.exceptions > 0 { putExceptions(plan, &writer) }
        putPacked(plan, &writer)
    }

    private mutating func cheapest() -> Plan {
        var best = Plan(reference: 0, width: 64, exceptions: 0, cost: Int.max)
        for reference in lowestRises() {
            count(above: reference)
            guard let longest = histogram.lastIndex(where: { $0 > 0 }) else { continue }
            for width in 0...longest where width == 0 || histogram[width] > 0 {
                let plan = plan(reference, width, longest)
                if plan.cost < best.cost { best = plan }
            }
        }
        return best
    }

    /// The lowest rises that differ, ascending, at most `references` of them.
    private func lowestRises() -> [Int64] {
        var lowest: [Int64] = []
        for rise in rises {
            if lowest.count == Self.references, let last = lowest.last, rise >= last { continue }
            let place = lowest.firstIndex { $0 >= rise } ?? lowest.count
            if place < lowest.count, lowest[place] == rise { continue }
            lowest.insert(rise, at: place)
            if lowest.count > Self.references { lowest.removeLast() }
        }
        return lowest
    }

    /// How many rises need how many bits above a reference.
    private mutating func count(above reference: Int64) {
        for bits in 0...64 { histogram[bits] = 0 }
        for rise in rises {
            histogram[64 - UInt64(bitPattern: rise &- reference).leadingZeroBitCount] += 1
        }
    }

    private func plan(_ reference: Int64, _ width: Int, _ longest: Int) -> Plan {
        var exceptions = 0
        var octets = 0
        var bits = longest
        while bits > width {
            exceptions += histogram[bits]
            octets += histogram[bits] * (1 + (bits - width + 6) / 7)
            bits -= 1
        }
        if exceptions > 0 { octets += 1 }
        let cost = octets + PackedBits.octets(count: rises.count, width: width)
        return Plan(reference: reference, width: width, exceptions: exceptions, cost: cost)
    }

    private func putExceptions(_ plan: Plan, _ writer: inout OctetWriter) {
        var octets = 0
        forEachException(plan) { gap, high in
            octets += OctetWriter.octetsOfVarint(gap) + OctetWriter.octetsOfVarint(high)
        }
        writer.reserve(octets + Column.octetsMax(count: 1) + PackedBits.octets(count: rises.count, width: plan.width))
        writer.putVarint(UInt64(octets))
        forEachException(plan) { gap, high in
            writer.putVarint(gap)
            writer.putVarint(high)
        }
    }

    /// Calls `body` with the rises between an exception and the one before, and its bits above the width.
    private func forEachException(_ plan: Plan, _ body: (_ gap: UInt64, _ high: UInt64) -> Void) {
        var next = 0
        for (index, rise) in rises.enumerated() {
            let high = UInt64(bitPattern: rise &- plan.reference) >> UInt64(plan.width)
            guard high != 0 else { continue }
            body(UInt64(index - next), high)
            next = index + 1
        }
    }

    private func putPacked(_ plan: Plan, _ writer: inout OctetWriter) {
        guard plan.width > 0 else { return }
        let mask = UInt64.max >> UInt64(64 - plan.width)
        var word: UInt64 = 0
        var filled = 0
        for rise in rises {
            let value = UInt64(bitPattern: rise &- plan.reference) & mask
            word |= value << UInt64(filled)
            filled += plan.width
            guard filled >= 64 else { continue }
            writer.putWord(word, octets: 8)
            filled -= 64
            word = value >> UInt64(plan.width - filled)
        }
        writer.putWord(word, octets: (filled + 7) / 8)
    }
}

extension OctetWriter {
    static func octetsOfVarint(_ value: UInt64) -> Int {
        max(1, (70 - value.leadingZeroBitCount) / 7)
    }
}
