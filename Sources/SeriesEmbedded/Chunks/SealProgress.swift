import Inventory

/// How far the sealing of a chunk got: slices of its interfaces, those that changed meanwhile, the disk, the mark.
///
/// Only when it says `mark` is all of the chunk in its blocks; until then the log remains the truth.
struct SealProgress: Sendable, Hashable {
    enum Step: Sendable, Hashable {
        /// Write the blocks of these interfaces.
        case write([UInt32])
        /// All is written: wait for the disk.
        case settle
        /// All is on the disk: mark the chunk as sealed.
        case mark
    }

    let chunk: Chunk
    private let numbers: [UInt32]
    private let sliceCount: Int
    private var position = 0
    private var changed: Set<UInt32> = []
    private var isSettled = false

    /// Nothing of a chunk is written; `numbers` are its interfaces.
    init(_ chunk: Chunk, numbers: [UInt32], sliceCount: Int) {
        self.chunk = chunk
        self.numbers = numbers.sorted()
        self.sliceCount = max(1, sliceCount)
    }

    /// What is to be done next; the same until `written`.
    var step: Step {
        if position < numbers.count {
            return .write(Array(numbers[position..<min(numbers.count, position + sliceCount)]))
        }
        if !changed.isEmpty { return .write(Array(changed.sorted().prefix(sliceCount))) }
        return isSettled ? .mark : .settle
    }

    /// The blocks of `step` are written.
    mutating func written(_ done: [UInt32]) {
        isSettled = false
        if position < numbers.count {
            position += done.count
        } else {
            changed.subtract(done)
        }
    }

    /// What was written is on the disk.
    mutating func settled() {
        isSettled = true
    }

    /// The readings of an interface changed after the sealing began.
    mutating func readingsChanged(_ number: UInt32) {
        changed.insert(number)
    }

    /// The chunk that is due at a time, the oldest first; nil where none ended long enough ago.
    static func due(_ open: some Sequence<Chunk>, now: Timestamp, graceSeconds: Double) -> Chunk? {
        open.filter { hasEnded($0, now: now, graceSeconds: graceSeconds) }.min()
    }

    static func hasEnded(_ chunk: Chunk, now: Timestamp, graceSeconds: Double) -> Bool {
        chunk.end.advanced(bySeconds: graceSeconds) <= now
    }
}
