import Inventory

/// The merges that are under way: while there are several, none can tell alone that a chunk's roll-ups are right.
struct MergesUnderway: Sendable, Hashable {
    private var counts: [Chunk: Int] = [:]
    private var active = 0
    private var metOthers = false

    init() {}

    /// The chunks that merges are writing.
    var chunks: Set<Chunk> { Set(counts.keys) }

    /// A merge begins with the chunks that it writes straight to blocks.
    mutating func begin(_ chunks: Set<Chunk>) {
        active += 1
        if active > 1 { metOthers = true }
        add(chunks)
    }

    /// A merge that began writes other chunks too.
    mutating func add(_ chunks: Set<Chunk>) {
        for chunk in chunks { counts[chunk, default: 0] += 1 }
    }

    /// Whether a merge was alone from its beginning on, or the others before it were done.
    var isAlone: Bool { active == 1 && !metOthers }

    /// A merge ends.
    mutating func end(_ chunks: Set<Chunk>) {
        for chunk in chunks {
            let left = (counts[chunk] ?? 0) - 1
            counts[chunk] = left > 0 ? left : nil
        }
        active = max(0, active - 1)
        if active == 0 { metOthers = false }
    }
}
