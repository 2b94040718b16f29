import Synchronization

/// Hands out the interfaces of a scan slice by slice to the threads that read.
final class Slices: Sendable {
    private let count: Int
    private let sliceCount: Int
    private let position = Mutex(0)

    init(count: Int, sliceCount: Int) {
        self.count = count
        self.sliceCount = sliceCount
    }

    /// The next slice; nil where all were handed out.
    func next() -> Range<Int>? {
        position.withLock { position in
            guard position < count else { return nil }
            let range = position..<min(count, position + sliceCount)
            position = range.upperBound
            return range
        }
    }
}

/// Tells threads to stop.
final class CancelFlag: Sendable {
    private let flag = Atomic<Bool>(false)

    var isSet: Bool { flag.load(ordering: .relaxed) }

    func set() {
        flag.store(true, ordering: .relaxed)
    }
}
