import API
import Alerting
import Inventory
import Pipelines

/// Tries a receiver: sends a message that says that it is a trial, and tells what became of it.
struct ReceiverTrial: Sendable {
    let senders: @Sendable () -> [String: AlertSender]
    let externalURL: String?
    let now: @Sendable () -> Timestamp
    /// Takes a trial that arrived: whoever could not be told before can be now.
    var arrived: @Sendable (AlertDelivery) async -> Void = { _ in }

    /// Sends one; nothing of it is stored, and it is not tried again.
    func tell(_ name: String) async -> AlertTrialOutcome {
        guard let sender = senders()[name] else {
            let refusal = "there is no receiver '\(name)' in force; describe it under `receivers:` in the alert file"
            return AlertTrialOutcome(refusal: refusal, seconds: 0)
        }
        let began = now()
        var delivery = Self.delivery(to: name, at: began)
        let outcome = await sender.send(AlertWords.notice(delivery, externalURL: externalURL))
        let ended = now()
        let seconds = max(0, ended.secondsSince(began))
        switch outcome {
        case .taken:
            (delivery.state, delivery.endedAt) = (.delivered, ended)
            await arrived(delivery)
            return AlertTrialOutcome(seconds: seconds)
        case .refused(let reason, _, _): return AlertTrialOutcome(refusal: reason, seconds: seconds)
        }
    }

    /// A delivery with an alert that nothing is behind; it is of no device, so that no route or silence is about it.
    static func delivery(to name: String, at now: Timestamp) -> AlertDelivery {
        var alert = Alert(entity: .system("trial"), condition: .jobTrouble, rule: "trial", severity: .low, at: now)
        alert.message = "Trial of the receiver \(name): nothing is wrong"
        (alert.state, alert.firedAt) = (.firing, now)
        var delivery = AlertDelivery(receiver: name, group: "", reason: .trial, alerts: [alert], at: now)
        delivery.attempts = 1
        return delivery
    }
}
