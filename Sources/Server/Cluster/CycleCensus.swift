import Cluster
import Inventory
import Logging
import Pipelines
import Synchronization

/// Asks all processes that collect what they collected, and adds it up: the books of the cluster.
final class CycleCensus: Sendable {
    private struct Asked {
        var awaited: Set<NodeID>
        var cycle = CollectionCycle()
        var faults: [String] = []
        var ended: AsyncStream<Void>.Continuation
    }

    /// Seconds that closing the books may take; polling takes as long as a device may.
    private static let closingSecondsMax = 10.0
    private static let marginSeconds = 10.0

    private let keeper: ClusterKeeper
    private let wire: ClusterWire
    private let deviceSecondsMax: Double
    /// This process's own collection; nil where it collects nothing.
    private let own: (@Sendable (DeviceID?, Bool) async throws -> CollectionCycle)?
    private let asked = Mutex<[JobRunID: Asked]>([:])

    /// - Parameter own: What this process collected; nil where it polls nothing.
    init(
        _ keeper: ClusterKeeper, _ wire: ClusterWire, deviceSecondsMax: Double,
        own: (@Sendable (DeviceID?, Bool) async throws -> CollectionCycle)?
    ) {
        self.keeper = keeper
        self.wire = wire
        self.deviceSecondsMax = deviceSecondsMax
        self.own = own
    }

    /// All processes, as the jobs of metrics ask them.
    var source: MetricsJobs.CycleSource { { try await self.cycle(of: $0, pollsNow: $1) } }

    /// What all collected since their books were closed, or what they read at once; as `MetricsJobs.CycleSource`.
    ///
    /// A process that does not answer is left out.
    func cycle(of device: DeviceID?, pollsNow: Bool) async throws -> CollectionCycle {
        let question = CycleQuestion(id: .random(), device: device, pollsNow: pollsNow)
        let others = Set(keeper.nodes.filter { $0.roles.contains(.worker) }.map(\.id)).subtracting([wire.node])
        let (ended, end) = AsyncStream.makeStream(of: Void.self)
        asked.withLock { $0[question.id] = Asked(awaited: others, ended: end) }
        defer { asked.withLock { _ = $0.removeValue(forKey: question.id) } }
        if others.isEmpty { end.finish() } else { wire.say(.cycleQuestions, question) }
        var sum = CollectionCycle()
        if let own = try await ownCycle(question) { sum = own }
        await wait(for: ended, seconds: pollsNow ? deviceSecondsMax + Self.marginSeconds : Self.closingSecondsMax)
        let answers = asked.withLock { $0[question.id] }
        if let answers {
            sum.add(answers.cycle)
            if let fault = answers.faults.first, sum.devices == 0 { throw WorkFailure(description: fault) }
        }
        return sum
    }

    private func wait(for ended: AsyncStream<Void>, seconds: Double) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { for await _ in ended {} }
            group.addTask { try? await Task.sleep(for: .seconds(seconds)) }
            await group.next()
            group.cancelAll()
        }
    }

    /// Answers another process's question, where this one collects.
    func answer(_ question: CycleQuestion) async {
        guard own != nil else { return }
        var answer = CycleAnswer(id: question.id)
        do { answer.cycle = try await ownCycle(question) } catch { answer.fault = "\(error)" }
        wire.say(.cycleAnswers, answer)
    }

    /// Takes an answer to a question of this process.
    func take(_ answer: CycleAnswer, from node: NodeID) {
        asked.withLock { all in
            guard var one = all[answer.id], one.awaited.remove(node) != nil else { return }
            if let cycle = answer.cycle { one.cycle.add(cycle) }
            if let fault = answer.fault { one.faults.append(fault) }
            all[answer.id] = one
            if one.awaited.isEmpty { one.ended.finish() }
        }
    }

    private func ownCycle(_ question: CycleQuestion) async throws -> CollectionCycle? {
        guard let own else { return nil }
        if let device = question.device, !keeper.owns(device) { return CollectionCycle() }
        return try await own(question.device, question.pollsNow)
    }
}

/// What a process collected; neither where it could not say.
struct CycleAnswer: Codable, Hashable {
    var id: JobRunID
    var cycle: CollectionCycle?
    var fault: String?
}
