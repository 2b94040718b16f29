import API
import Inventory
import Pipelines

extension AlertSource {
    /// Alerts as the API sees them; in one command nothing is evaluated or told of by itself.
    init(_ alerts: AlertParts, _ common: CommonParts) {
        let (file, desk, past) = (alerts.file, alerts.desk, alerts.past)
        var trial = ReceiverTrial(
            senders: { file.senders }, externalURL: common.configuration.externalURL, now: common.now)
        trial.arrived = { delivery in
            await desk.take(.receiverIsWell(delivery.receiver, at: delivery.endedAt ?? delivery.createdAt))
            await desk.take(delivery)
        }
        let asked = trial
        self.init(
            nudge: { await alerts.nudge() },
            statistics: { AlertReport.statistics(await desk.statistics()) },
            rules: {
                let saying = file.saying
                return AlertRulesInForce(file: saying.file, problems: saying.problems)
            },
            check: { file.check($0) },
            receivers: { file.receivers.map { AlertReceiver(name: $0.name, kind: $0.kind.rawValue) } },
            trial: { await asked.tell($0) },
            replay: { try await past.answer($0) },
            updates: common.purpose == .once ? nil : { @Sendable in Self.news(of: desk) })
    }

    /// The news of a desk in the API's words, read off as they come; its end ends them.
    private static func news(of desk: AlertDesk) -> AsyncStream<API.AlertNews> {
        let (updates, queue) = (desk.updates(), AlertNewsQueue())
        let task = Task {
            var kept = queue
            for await one in updates {
                kept.add(
                    API.AlertNews(
                        alerts: one.alerts, changes: one.changes, removed: one.removed, isAfterLoss: one.isAfterLoss))
            }
            kept.finish()
        }
        queue.onEnd { task.cancel() }
        return queue.stream
    }
}
