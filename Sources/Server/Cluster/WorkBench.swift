import Cluster
import FoundationEssentials
import Inventory
import Jobs
import Logging
import Synchronization

/// Does the work that other processes post, piece by piece, several at a time.
///
/// A piece is claimed for half a minute and the claim kept up while it is under way. What was begun is given back when this process
/// ends, and begun anew elsewhere when it dies.
final class WorkBench: Sendable {
    private static let piecesMax = 16
    private static let claimSeconds = 30.0
    private static let waitSeconds = 5.0
    private static let pauseSeconds = 0.2
    private static let keepSeconds = 5.0
    private static let sayAgainSecondsMax = 60.0
    private static let attemptsMax = 3

    private enum Order: Sendable { case cancel, heard }

    private let definitions: [String: JobDefinition]
    private let queue: any WorkQueue
    private let wire: ClusterWire
    private let clock: any WallClock
    private let logger: Logger
    private let underWay = Atomic<Int>(0)
    private let orders = Mutex<[JobRunID: AsyncStream<Order>.Continuation]>([:])

    init(
        _ definitions: [JobDefinition], _ queue: any WorkQueue, _ wire: ClusterWire, clock: any WallClock,
        logger: Logger
    ) {
        self.definitions = Dictionary(definitions.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        self.queue = queue
        self.wire = wire
        self.clock = clock
        self.logger = logger
    }

    /// Takes what is asked of work; nothing happens where it is not done here.
    func take(_ order: WorkOrder) {
        let kind: Order = order.kind == .heard ? .heard : .cancel
        orders.withLock { $0[order.run] }?.yield(kind)
    }

    /// Does the work of a queue until the task is cancelled.
    func run(_ name: String) async {
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                let room = Self.piecesMax - underWay.load(ordering: .relaxed)
                guard room > 0 else {
                    try? await Task.sleep(for: .seconds(Self.pauseSeconds))
                    continue
                }
                for claim in await next(name, limit: room) {
                    underWay.add(1, ordering: .relaxed)
                    group.addTask {
                        await self.carryOut(claim)
                        self.underWay.subtract(1, ordering: .relaxed)
                    }
                }
            }
        }
    }

    private func next(_ name: String, limit: Int) async -> [WorkClaim] {
        do {
            return try await queue.claim(
                from: name, for: wire.node, limit: limit, seconds: Self.claimSeconds,
                waitSeconds: Self.waitSeconds)
        } catch {
            try? await Task.sleep(for: .seconds(1))
            return []
        }
    }

    // MARK: - One piece

    private func carryOut(_ claim: WorkClaim) async {
        let (stream, continuation) = AsyncStream.makeStream(of: Order.self, bufferingPolicy: .bufferingNewest(8))
        orders.withLock { $0[claim.item.id] = continuation }
        defer { orders.withLock { _ = $0.removeValue(forKey: claim.item.id) } }
        let report = JobReport()
        let work = Result { try claim.work() }
        let poster = try? work.get().poster
        let (word, isLost) = await withTaskGroup(of: Step.self) { group in
            group.addTask { .ended(await self.perform(work, claim, report)) }
            group.addTask { await self.keep(claim, poster, report) }
            group.addTask {
                for await order in stream where order == .cancel { break }
                return .asked
            }
            var isLost = false
            while let step = await group.next() {
                group.cancelAll()
                if case .lost = step { isLost = true }
                if case .ended(let word) = step { return (word, isLost) }
            }
            return (WorkWord(run: claim.item.id, poster: poster, end: .cancelled), isLost)
        }
        if isLost { return logger.warning("work of run \(claim.item.id) is another's now; it was ended here") }
        if Task.isCancelled, word.end == .cancelled { return await giveBack(claim) }
        await tell(word, claim)
    }

    /// What happens while a piece is under way.
    private enum Step: Sendable {
        case ended(WorkWord)
        case lost
        /// It is to end, or there is nothing more to be told.
        case asked
    }

    /// Does it and says how it ended.
    private func perform(
        _ work: Result<PostedWork, any Error>, _ claim: WorkClaim, _ report: JobReport
    ) async -> WorkWord {
        var word = WorkWord(run: claim.item.id, poster: try? work.get().poster)
        do {
            guard claim.attempt <= Self.attemptsMax else {
                throw WorkFailure(description: "the process that did it died \(Self.attemptsMax) times")
            }
            let work = try work.get()
            guard let definition = definitions[work.job] else {
                throw WorkFailure(
                    description: "\(wire.node) knows no job '\(work.job)'; run the same version everywhere")
            }
            let outcome = try await definition.run(context(work, report))
            word.end = outcome.completion == .succeeded ? .succeeded : .partial
            word.message = outcome.message
            word.results = outcome.results
        } catch {
            word.end = error is CancellationError || Task.isCancelled ? .cancelled : .failed
            word.message = "\(error)"
        }
        let content = report.content
        (word.done, word.total) = (content.done, content.total)
        word.results.merge(content.results) { $0 + $1 }
        return word
    }

    private func context(_ work: PostedWork, _ report: JobReport) -> JobContext {
        var run = JobRun(
            id: work.run, job: work.job, subject: work.subject, trigger: work.trigger, scheduledAt: work.scheduledAt)
        run.startedAt = clock.now
        var logger = logger
        logger[metadataKey: "run"] = "\(work.run)"
        return JobContext(run: run, parameters: work.parameters, clock: clock, logger: logger, report: report)
    }

    /// Keeps the claim and tells how it goes, until the task is cancelled or the claim lost.
    private func keep(_ claim: WorkClaim, _ poster: NodeID?, _ report: JobReport) async -> Step {
        var seconds = 0.0
        while (try? await Task.sleep(for: .seconds(1))) != nil {
            let content = report.content
            wire.say(.work, WorkWord(run: claim.item.id, poster: poster, done: content.done, total: content.total))
            seconds += 1
            guard seconds >= Self.keepSeconds else { continue }
            seconds = 0
            // One that cannot be asked decides nothing: the work goes on.
            if (try? await queue.keep(claim, seconds: Self.claimSeconds)) == false { return .lost }
        }
        return .asked
    }

    /// Says how it ended until that was heard, for a minute at most, and takes it off the queue.
    private func tell(_ word: WorkWord, _ claim: WorkClaim) async {
        let (heard, continuation) = AsyncStream.makeStream(of: Order.self, bufferingPolicy: .bufferingNewest(8))
        orders.withLock { $0[claim.item.id] = continuation }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { for await order in heard where order == .heard { return } }
            group.addTask {
                for _ in 0..<Int(Self.sayAgainSecondsMax) {
                    self.wire.say(.work, word)
                    guard (try? await Task.sleep(for: .seconds(1))) != nil else { return }
                }
            }
            await group.next()
            group.cancelAll()
        }
        do {
            try await queue.finish(claim)
        } catch {
            logger.warning("work that was done may be done again: \(error)")
        }
    }

    private func giveBack(_ claim: WorkClaim) async {
        let queue = queue
        // Also where this process ends.
        await Task.detached { try? await queue.giveBack(claim, afterSeconds: 0) }.value
    }
}

extension WorkClaim {
    /// What was posted; throws where that cannot be read.
    fileprivate func work() throws -> PostedWork { try JSONDecoder().decode(PostedWork.self, from: Data(item.body)) }
}
