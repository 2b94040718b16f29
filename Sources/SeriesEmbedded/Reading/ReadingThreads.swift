import Dispatch
import Synchronization

/// The threads that read files: a fixed number, so that waiting for the disk takes no thread of the program's pool.
final class ReadingThreads: Sendable {
    private let queues: [DispatchQueue]
    private let loads: Mutex<[Int]>

    init(count: Int) {
        queues = (0..<count).map { DispatchQueue(label: "wardflux.series.read.\($0)") }
        loads = Mutex(Array(repeating: 0, count: count))
    }

    /// Runs something on the thread with the least to do, and tells it which one that is.
    func run<Outcome: Sendable>(_ body: @escaping @Sendable (Int) -> Outcome) async -> Outcome {
        let lane = loads.withLock { loads in
            let lane = loads.indices.min { loads[$0] < loads[$1] } ?? 0
            loads[lane] += 1
            return lane
        }
        return await withCheckedContinuation { continuation in
            queues[lane].async {
                let outcome = body(lane)
                self.loads.withLock { $0[lane] -= 1 }
                continuation.resume(returning: outcome)
            }
        }
    }
}
