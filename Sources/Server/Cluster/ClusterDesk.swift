import Catalog
import Cluster
import Inventory
import Jobs
import Logging
import Pipelines

/// Passes on between this process and the others of its cluster: what is said here to them, what they say to the parts here.
struct ClusterDesk: Sendable {
    private static let standingSeconds = 5.0
    /// Alerts of one evaluation that are told one by one: as many as watchers are told, each with all that happened to it.
    private static let alertsMax = 100
    /// Anomalies in a message; one has a few kilobytes, and a message a thousand.
    private static let anomaliesMax = 200

    let cluster: ClusterParts
    let catalog: any Catalog
    let collection: MetricsCollection
    let runner: JobRunner
    let watch: AnomalyWatch
    let alerts: AlertParts
    let remote: RemoteWork
    let census: CycleCensus
    let devices: WorkBench
    let evaluation: WorkBench
    let clock: any WallClock
    let logger: Logger

    /// Passes on until the task is cancelled.
    func run() async {
        await withDiscardingTaskGroup { group in
            group.addTask { await cluster.wire.run() }
            group.addTask { await hear(topics.subtracting(ClusterTopic.ofCatalog)) }
            // Apart: a catalog that is away keeps nobody from readings.
            group.addTask { await hear(topics.intersection(ClusterTopic.ofCatalog)) }
            group.addTask { await tellRuns() }
            if cluster.roles.contains(.worker) {
                group.addTask { await tellStanding() }
                group.addTask { await devices.run(RemoteWork.devices) }
            }
        }
    }

    /// What whoever has the duty of evaluation passes on and does, until the task is cancelled.
    func runEvaluation() async {
        await withDiscardingTaskGroup { group in
            group.addTask { await tellAlerts() }
            group.addTask { await tellAnomalies() }
            group.addTask { await evaluation.run(RemoteWork.evaluation) }
        }
    }

    // MARK: - What is said here

    private func tellRuns() async {
        let own = runner.owner
        for await run in runner.events.updates() where run.owner == own { cluster.wire.say(.runs, run.id) }
    }

    private func tellStanding() async {
        while (try? await Task.sleep(for: .seconds(Self.standingSeconds))) != nil {
            var counts = collection.statistics()
            // It names devices, and is told where it is asked for.
            counts.lastCycle = nil
            cluster.wire.say(.standing, counts)
        }
    }

    private func tellAlerts() async {
        for await news in alerts.desk.updates() {
            var word = AlertWord(
                at: news.at, alerts: news.alerts.map(\.id), changes: news.changes, removed: news.removed)
            if word.alerts.count + word.removed.count > Self.alertsMax {
                word = AlertWord(at: news.at, alerts: [], changes: [], removed: [], isTooMuch: true)
            }
            cluster.wire.say(.alerts, word)
        }
    }

    private func tellAnomalies() async {
        for await news in watch.updates() {
            for start in stride(from: 0, to: max(news.anomalies.count, news.incidents.count), by: Self.anomaliesMax) {
                var piece = AnomalyNews(at: news.at)
                piece.anomalies = Array(news.anomalies.dropFirst(start).prefix(Self.anomaliesMax))
                piece.incidents = Array(news.incidents.dropFirst(start).prefix(Self.anomaliesMax))
                cluster.wire.say(.anomalies, piece)
            }
        }
    }

    // MARK: - What others say

    private var topics: Set<ClusterTopic> {
        var topics: Set<ClusterTopic> = [.work, .orders, .cycleAnswers]
        if cluster.roles.contains(.worker) { topics.formUnion([.ports, .cycleQuestions]) }
        if cluster.roles.contains(.api) { topics.formUnion([.readings, .standing, .alerts, .anomalies, .runs]) }
        if cluster.roles.contains(.evaluator) { topics.formUnion([.readings, .standing, .traps, .nudges]) }
        return topics
    }

    private func hear(_ topics: Set<ClusterTopic>) async {
        guard !topics.isEmpty else { return }
        for await event in cluster.wire.hear(topics) {
            if case .gap = event { await missed(topics) }
            guard let (topic, message) = cluster.wire.word(event) else { continue }
            do {
                try await take(topic, message)
            } catch {
                logger.warning("what \(message.sender) said of \(topic.rawValue) cannot be read: \(error)")
            }
        }
    }

    /// Something may have been missed: whoever watches looks for themselves.
    private func missed(_ topics: Set<ClusterTopic>) async {
        if topics.contains(.alerts) {
            var news = AlertNews(at: clock.now)
            news.isAfterLoss = true
            alerts.desk.tell(news)
        }
        if topics.contains(.nudges), isEvaluator { await alerts.nudge() }
    }

    private func take(_ topic: ClusterTopic, _ message: BusMessage) async throws {
        switch topic {
        case .readings: collection.receive(try CollectionNews(message.body))
        case .ports: for change in try message.value([InterfaceStatusChange].self) { collection.heard(change) }
        case .standing: cluster.standings.take(try message.value(), from: message.sender)
        case .cycleQuestions: answer(try message.value())
        case .cycleAnswers: census.take(try message.value(), from: message.sender)
        case .work: remote.take(try message.value())
        case .orders: try await take(message.value(WorkOrder.self))
        case .runs: if let run = try await catalog.jobRun(message.value()) { runner.events.publish(run) }
        case .alerts: try await tell(message.value(AlertWord.self))
        case .anomalies: watch.tell(try message.value())
        case .traps: if isEvaluator { await alerts.desk.take(try message.value([HeardTrap].self)) }
        case .nudges: if isEvaluator { await alerts.nudge() }
        }
    }

    private var isEvaluator: Bool { cluster.keeper.tenure.duties[.evaluator] != nil }

    private func answer(_ question: CycleQuestion) {
        // Polling takes a while, and others have something to say meanwhile.
        Task { await census.answer(question) }
    }

    private func take(_ order: WorkOrder) async throws {
        guard order.kind == .cancelRun else {
            devices.take(order)
            return evaluation.take(order)
        }
        // Asked of all: one of them has it.
        _ = try? await runner.cancel(order.run)
    }

    /// Tells those who watch here what the desk of another process changed.
    private func tell(_ word: AlertWord) async throws {
        var news = AlertNews(at: word.at, changes: word.changes, removed: word.removed)
        for id in word.alerts { if let alert = try await catalog.alert(id) { news.alerts.append(alert) } }
        news.isAfterLoss = word.isTooMuch
        alerts.desk.tell(news)
    }
}
