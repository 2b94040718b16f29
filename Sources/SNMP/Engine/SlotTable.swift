/// The requests under way: a request-id is the number of a slot and how often that slot has been used.
///
/// Finding a request is one array access, and an answer to an earlier use of a slot is recognised as late or as a
/// duplicate. Ids always need four octets on the wire: bit 30 is set, then 16 bits of generation and 14 of slot.
struct SlotTable: ~Copyable {
    static let capacityMax = 1 << 14

    /// What a request-id in a response means.
    enum Match: Hashable {
        /// It belongs to the request in this slot.
        case pending(Int)
        /// Its request was answered already.
        case duplicate
        /// Its request ended without an answer.
        case late
        /// It was never used.
        case unmatched
    }

    struct Entry {
        var generation: UInt16
        var isPending = false
        var wasUsed = false
        var wasAnswered = false
    }

    private var entries: FixedMemory<Entry>
    private var free: FixedMemory<Int32>
    /// The first so many of `free` are.
    private(set) var freeCount: Int

    /// Makes a table; the generations begin at random, so that ids of an earlier process do not match.
    init(capacity: Int, random: inout SplitMix64) {
        entries = FixedMemory(
            (0..<capacity).map { _ in Entry(generation: UInt16(truncatingIfNeeded: random.next())) })
        free = FixedMemory((0..<Int32(capacity)).reversed())
        freeCount = capacity
    }

    var pendingCount: Int { entries.count - freeCount }

    /// Takes a free slot, nil if there is none.
    mutating func take() -> (slot: Int, requestID: Int32)? {
        guard freeCount > 0 else { return nil }
        freeCount -= 1
        let slot = Int(free[freeCount])
        entries[slot].generation &+= 1
        entries[slot].isPending = true
        entries[slot].wasUsed = true
        return (slot, Self.requestID(slot, entries[slot].generation))
    }

    static func requestID(_ slot: Int, _ generation: UInt16) -> Int32 {
        Int32(1 << 30 | Int32(generation) << 14 | Int32(slot))
    }

    /// The slot of a request-id it gave.
    @inline(__always)
    static func slot(of requestID: Int32) -> Int { Int(requestID & 0x3FFF) }

    /// Gives a slot back.
    mutating func release(_ slot: Int, answered: Bool) {
        guard entries[slot].isPending else { return }
        entries[slot].isPending = false
        entries[slot].wasAnswered = answered
        free[freeCount] = Int32(slot)
        freeCount += 1
    }

    @inline(__always)
    func match(_ requestID: Int32) -> Match {
        let slot = Int(requestID & 0x3FFF)
        guard requestID >> 30 == 1, slot < entries.count, entries[slot].wasUsed else { return .unmatched }
        let entry = entries[slot]
        let age = entry.generation &- UInt16(truncatingIfNeeded: requestID >> 14)
        if age == 0 {
            if entry.isPending { return .pending(slot) }
            return entry.wasAnswered ? .duplicate : .late
        }
        return age < 1024 ? .late : .unmatched
    }
}

/// The generator of Steele, Lea and Flood (2014): small, fast, and the same everywhere for the same seed.
struct SplitMix64: RandomNumberGenerator, Sendable {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to 1.
    mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }
}
