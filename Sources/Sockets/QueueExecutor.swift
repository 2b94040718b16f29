package import Dispatch

/// Runs an actor on a serial dispatch queue, so that handlers of the queue's sources are within the actor.
package final class QueueExecutor: SerialExecutor {
    /// The queue.
    package let queue: DispatchQueue

    /// An executor with a queue of its own.
    package init(label: String) {
        queue = DispatchQueue(label: label)
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }

    package func asUnownedSerialExecutor() -> UnownedSerialExecutor {
        UnownedSerialExecutor(ordinary: self)
    }

    package func checkIsolated() {
        dispatchPrecondition(condition: .onQueue(queue))
    }
}
