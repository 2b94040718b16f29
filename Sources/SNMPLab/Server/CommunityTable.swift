/// Finds a number by the octets of a community, without making anything.
struct CommunityTable: Sendable {
    private let keys: [[UInt8]]
    private let values: [Int]
    /// Positions in `keys` plus 1, by hash; a power of two in size, at most half full.
    private let slots: [Int32]

    init(_ entries: [(key: [UInt8], value: Int)]) {
        keys = entries.map(\.key)
        values = entries.map(\.value)
        var size = 4
        while size < entries.count * 2 { size *= 2 }
        var slots = [Int32](repeating: 0, count: size)
        for (position, entry) in entries.enumerated() {
            var slot = Int(truncatingIfNeeded: Self.hash(entry.key)) & (size - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
            slots[slot] = Int32(position + 1)
        }
        self.slots = slots
    }

    private static func hash(_ key: some Sequence<UInt8>) -> UInt64 {
        SeededRandom.mix(key.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 })
    }

    /// The number under a key; nil where there is none.
    ///
    /// Of equal keys the first entry counts.
    func find(_ key: UnsafeBufferPointer<UInt8>) -> Int? {
        var slot = Int(truncatingIfNeeded: Self.hash(key)) & (slots.count - 1)
        while slots[slot] != 0 {
            let position = Int(slots[slot]) - 1
            if keys[position].elementsEqual(key) { return values[position] }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }
}
