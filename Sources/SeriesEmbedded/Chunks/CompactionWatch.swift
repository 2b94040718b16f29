import Inventory

/// Which files have blocks of two hours that are to become blocks of a day, and how far that got.
///
/// A day is due some hours after its end. What comes later goes into its blocks as they are; files that got blocks of
/// two hours of such a day all the same are looked at again when nothing was written there for a while.
struct CompactionWatch: Sendable, Hashable {
    /// How long after the end of a day late readings are waited for.
    static let delaySeconds: Double = 6 * 3600
    /// How long after the last late reading, or an error.
    static let quietSeconds: Double = 600

    /// A file that is being gone through.
    struct Sweep: Sendable, Hashable {
        let name: BlockFileName
        /// Its chunks before this one are of days that are due.
        let end: Chunk
        /// All blocks of two hours with keys below are done, or stay as they are.
        var position: Int64 = 0
        /// Whether only room is left to be given back.
        var isUnited = false

        /// The keys of what is left to do.
        var keys: ClosedRange<Int64>? {
            let last = BlockSpan.chunk(end.previous).key(.max)
            return position <= last ? position...last : nil
        }
    }

    private(set) var sweep: Sweep?
    private var waiting: Set<BlockFileName> = []
    /// By file: when it was written to after its turn, by the monotonic clock.
    private var late: [BlockFileName: Double] = [:]
    /// The first day that was not due at the last look; nil before the first one.
    private var boundary: Day?
    private var pausedUntil: Double = 0

    init() {}

    /// The first day that is not due at a time.
    static func boundary(_ now: Timestamp) -> Day {
        Day(of: Chunk(containing: now.advanced(bySeconds: -delaySeconds)))
    }

    /// Begins with the next file, if any is due; answers whether one is being gone through.
    mutating func look(now: Timestamp, monotonicSeconds: Double, files: () -> [BlockFileName]) -> Bool {
        let boundary = Self.boundary(now)
        if boundary != self.boundary {
            if self.boundary.map({ $0 < boundary }) ?? true {
                let from = self.boundary?.first ?? Chunk(index: .min)
                waiting.formUnion(files().filter { $0.first < boundary.first && $0.end > from })
            }
            self.boundary = boundary
        }
        for (name, since) in late where monotonicSeconds - since >= Self.quietSeconds {
            late[name] = nil
            waiting.insert(name)
        }
        guard monotonicSeconds >= pausedUntil else { return false }
        if sweep == nil, let next = waiting.min() {
            waiting.remove(next)
            sweep = Sweep(name: next, end: min(boundary.first, next.end))
        }
        return sweep != nil
    }

    /// The step ended here; nil where the file is done.
    mutating func went(_ sweep: Sweep?) {
        self.sweep = sweep
    }

    /// A step failed: the file is gone through again, later.
    mutating func failed(monotonicSeconds: Double) {
        if let name = sweep?.name { waiting.insert(name) }
        sweep = nil
        pausedUntil = monotonicSeconds + Self.quietSeconds
    }

    /// Blocks of a file were written; those of days that were due already are for later.
    mutating func wrote(_ names: Set<BlockFileName>, monotonicSeconds: Double) {
        guard let boundary else { return }
        for name in names where name.first < boundary.first { late[name] = monotonicSeconds }
    }

    /// A file is there no more.
    mutating func forget(_ name: BlockFileName) {
        waiting.remove(name)
        late[name] = nil
        if sweep?.name == name { sweep = nil }
    }
}
