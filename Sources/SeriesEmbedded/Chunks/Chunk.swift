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

/// The key of a block: the chunk in the upper half, the interface's number in the lower.
enum BlockKey {
    static func key(_ chunk: Chunk, _ number: UInt32) -> Int64 {
        chunk.index << 32 | Int64(number)
    }

    static func number(_ key: Int64) -> UInt32 {
        UInt32(truncatingIfNeeded: key)
    }

    static func chunk(_ key: Int64) -> Chunk {
        Chunk(index: key >> 32)
    }
}
