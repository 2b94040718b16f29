import Inventory

/// Two hours of UTC: what is kept together in memory, sealed together and read together.
struct Chunk: Hashable, Comparable, Sendable, CustomStringConvertible {
    static let milliseconds: Int64 = 7_200_000
    static let perDay: Int64 = 12
    /// Times from 1970 to the year 3084: what lies beyond is damage, and nothing is reckoned with it.
    static let earliest = Timestamp(milliseconds: 0)
    static let latest = Timestamp(milliseconds: 1 << 45)

    /// Two-hour periods since 1970.
    var index: Int64

    init(index: Int64) {
        self.index = index
    }

    init(containing time: Timestamp) {
        let whole = time.milliseconds / Self.milliseconds
        index = time.milliseconds < whole * Self.milliseconds ? whole - 1 : whole
    }

    /// Its first moment.
    var start: Timestamp { Timestamp(milliseconds: index * Self.milliseconds) }
    /// The moment after its last.
    var end: Timestamp { next.start }
    var next: Chunk { Chunk(index: index + 1) }
    var previous: Chunk { Chunk(index: index - 1) }

    /// Whether a time is one that can be reckoned with.
    static func isSane(_ time: Timestamp) -> Bool {
        earliest <= time && time < latest
    }

    func contains(_ time: Timestamp) -> Bool {
        Chunk(containing: time) == self
    }

    static func < (left: Chunk, right: Chunk) -> Bool {
        left.index < right.index
    }

    var description: String { start.description }
}

/// A day of UTC: twelve chunks, whose blocks become one for each interface when it is over.
struct Day: Hashable, Comparable, Sendable {
    /// Days since 1970.
    var index: Int64

    init(index: Int64) {
        self.index = index
    }

    init(of chunk: Chunk) {
        let whole = chunk.index / Chunk.perDay
        index = chunk.index < whole * Chunk.perDay ? whole - 1 : whole
    }

    /// Its first chunk.
    var first: Chunk { Chunk(index: index * Chunk.perDay) }
    var next: Day { Day(index: index + 1) }
    /// Its chunks, ascending.
    var chunks: [Chunk] { (0..<Chunk.perDay).map { Chunk(index: first.index + $0) } }

    static func < (left: Day, right: Day) -> Bool {
        left.index < right.index
    }
}

/// What a block is of: two hours of an interface, or a day.
///
/// Keys of chunks have the chunk above the interface's number; those of days come after all of them.
enum BlockSpan: Hashable, Sendable {
    case chunk(Chunk)
    case day(Day)

    private static let dayBit: Int64 = 1 << 62
    /// The keys of all blocks of two hours.
    static let chunkKeys: ClosedRange<Int64> = 0...(dayBit - 1)
    /// The keys of all blocks of a day.
    static let dayKeys: ClosedRange<Int64> = dayBit...Int64.max

    /// The key of an interface's block.
    func key(_ number: UInt32) -> Int64 {
        switch self {
        case .chunk(let chunk): chunk.index << 32 | Int64(number)
        case .day(let day): Self.dayBit | day.index << 32 | Int64(number)
        }
    }

    /// The keys of all interfaces' blocks.
    var keys: ClosedRange<Int64> { key(0)...key(.max) }

    /// The number of the interface a key is of.
    static func number(_ key: Int64) -> UInt32 {
        UInt32(truncatingIfNeeded: key)
    }

    /// What a key is of.
    static func of(_ key: Int64) -> BlockSpan {
        key & dayBit == 0 ? .chunk(Chunk(index: key >> 32)) : .day(Day(index: (key ^ dayBit) >> 32))
    }

    /// The keys of two-hour blocks from one chunk up to before another.
    static func keys(from first: Chunk, before end: Chunk) -> ClosedRange<Int64> {
        BlockSpan.chunk(first).key(0)...BlockSpan.chunk(end.previous).key(.max)
    }
}
