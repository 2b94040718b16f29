import Cluster
import FoundationEssentials
import Inventory
import Jobs
import Logging
import Synchronization

/// Work that another process does: posted here, done there, recorded here.
///
/// The run, its lock and its record belong to who posts it, so schedules, overlaps and cancelling are as in one process. Who does it
/// tells every second how it goes. Where that one dies the queue hands the work to the next; where this one dies its run is
/// abandoned, as any other, and one that was due is started anew by the next scheduler.
final class RemoteWork: Sendable {
    /// The queue of work that asks devices.
    static let devices = "work"
    /// The queue of work on what is usual and what is wrong: done by whoever has that duty.
    static let evaluation = "evaluation"

    private static let retrySeconds = 1.0
    /// Seconds that whoever does it gets to end once it is told to.
    private static let endSecondsMax = 8.0

    private let queue: any WorkQueue
    private let wire: ClusterWire
    private let logger: Logger
    private let followed = Mutex<[JobRunID: AsyncStream<WorkWord>.Continuation]>([:])

    init(_ queue: any WorkQueue, _ wire: ClusterWire, logger: Logger) {
        self.queue = queue
        self.wire = wire
        self.logger = logger
    }

    /// The same job, done by another process.
    func posted(_ job: JobDefinition, to name: String) -> JobDefinition {
        JobDefinition(
            name: job.name, schedule: job.schedule, subjectKinds: job.subjectKinds, firstStartRank: job.firstStartRank
        ) { context in
            try await self.carryOut(context, in: name)
        }
    }

    /// Takes what somebody says of work that was posted here; what nobody waits for any more is answered all the same, so
    /// that it is not said again.
    func take(_ word: WorkWord) {
        guard (word.poster ?? wire.node) == wire.node else { return }
        followed.withLock { $0[word.run] }?.yield(word)
        if word.end != nil { wire.say(.orders, WorkOrder(run: word.run, kind: .heard)) }
    }

    private func carryOut(_ context: JobContext, in name: String) async throws -> JobOutcome {
        let (words, continuation) = AsyncStream.makeStream(of: WorkWord.self, bufferingPolicy: .bufferingNewest(16))
        let run = context.runID
        followed.withLock { $0[run] = continuation }
        let end: Result<WorkWord?, any Error>
        do {
            try await post(context, to: name)
            end = .success(await lastWord(words, continuation, context))
        } catch {
            end = .failure(error)
        }
        followed.withLock { $0[run] = nil }
        guard let word = try end.get() else { throw CancellationError() }
        return try Self.outcome(word)
    }

    private func post(_ context: JobContext, to name: String) async throws {
        let work = PostedWork(
            poster: wire.node, run: context.runID, job: context.job, subject: context.subject, trigger: context.trigger,
            scheduledAt: context.clock.now, parameters: context.parameters)
        let item = WorkItem(id: context.runID, queue: name, body: Array(try JSONEncoder().encode(work)))
        var fault = await refusal(of: item)
        if let fault { context.logger.warning("\(context.job) waits until it can be posted: \(fault)") }
        while let error = fault {
            guard error.code == .unavailable else { throw error }
            try await Task.sleep(for: .seconds(Self.retrySeconds))
            fault = await refusal(of: item)
        }
    }

    /// Posts once; returns why it was not taken.
    private func refusal(of item: WorkItem) async -> ClusterError? {
        do {
            try await queue.put(item)
            return nil
        } catch {
            return error
        }
    }

    /// The last word on the work; nil where it is cancelled and nothing more is heard.
    private func lastWord(
        _ words: AsyncStream<WorkWord>, _ continuation: AsyncStream<WorkWord>.Continuation, _ context: JobContext
    ) async -> WorkWord? {
        // Reading the stream would end with this task, and the last word with it.
        let reader = Task.detached { await Self.read(words, context) }
        return await withTaskCancellationHandler {
            await reader.value
        } onCancel: {
            cancel(context.runID, continuation)
        }
    }

    /// Asks for the end of work, and awaits it for as long as a run may take to end.
    private func cancel(_ run: JobRunID, _ continuation: AsyncStream<WorkWord>.Continuation) {
        wire.say(.orders, WorkOrder(run: run, kind: .cancel))
        Task {
            try? await Task.sleep(for: .seconds(Self.endSecondsMax))
            continuation.finish()
        }
    }

    /// Passes on how work goes until its last word.
    private static func read(_ words: AsyncStream<WorkWord>, _ context: JobContext) async -> WorkWord? {
        for await word in words {
            if word.end != nil { return word }
            context.progress(done: word.done, total: word.total)
        }
        return nil
    }

    private static func outcome(_ word: WorkWord) throws -> JobOutcome {
        switch word.end {
        case .succeeded: return JobOutcome(.succeeded, message: word.message, results: word.results)
        case .partial: return JobOutcome(.partial, message: word.message, results: word.results)
        case .failed: throw WorkFailure(description: word.message ?? "it failed and did not say why")
        case .cancelled, nil: throw CancellationError()
        }
    }
}

/// Work that failed in another process, in its words.
struct WorkFailure: Error, CustomStringConvertible {
    var description: String
}
