import Alerting
import Inventory

/// The anomalies that are raised and not over, by interface; pure.
struct OpenAnomalies {
    private static let sentencesMax = 3
    private var raised: [InterfaceID: [AnomalyID: Anomaly]] = [:]

    /// Takes an anomaly as it is now: one that is over, or that nobody wants to hear of, is none.
    mutating func take(_ anomaly: Anomaly) {
        let isRaised = anomaly.state == .raised && !anomaly.isOver
        raised[anomaly.interfaceID, default: [:]][anomaly.id] = isRaised ? anomaly : nil
        if raised[anomaly.interfaceID]?.isEmpty == true { raised[anomaly.interfaceID] = nil }
    }

    /// Interfaces that have one.
    var interfaces: Set<InterfaceID> { Set(raised.keys) }

    /// What there is to say of an interface: the gravest counts.
    func occurrence(_ interface: Interface, on device: String, at now: Timestamp) -> AlertOccurrence {
        let key = AlertKey(entity: .interface(interface.id, of: interface.deviceID), condition: .anomaly)
        let worst = (raised[interface.id] ?? [:]).values.min { left, right in
            if left.severity != right.severity { return left.severity > right.severity }
            return (left.startedAt, left.id) < (right.startedAt, right.id)
        }
        guard let worst else { return AlertOccurrence(key, holds: false, at: now) }
        let facts = worst.explanation.sentences.prefix(Self.sentencesMax).map { sentence in
            AlertFact(AlertWords.whyFact, sentence, at: worst.peakAt)
        }
        return AlertOccurrence(
            key, at: now, message: "\(worst.message) on \(device) \(interface.displayName)", severity: worst.severity,
            facts: facts)
    }
}
