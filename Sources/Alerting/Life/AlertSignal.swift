public import Inventory

/// What is known of a condition of an entity at a moment.
public struct AlertSignal: Sendable, Hashable {
    /// The entity and the condition.
    public var key: AlertKey
    /// Whether it holds.
    public var state: State
    /// When that was found.
    public var at: Timestamp
    /// The rule that decides.
    public var rule: AlertRule
    /// How much it matters: the rule's word, or what the condition itself says (an anomaly's severity).
    public var severity: AlertSeverity
    /// One line.
    public var message: String
    /// What was measured; nil where the condition has no number.
    public var value: Double?
    /// What else is known, for an alert that begins.
    public var facts: [AlertFact] = []

    /// Whether a condition holds.
    public enum State: Sendable, Hashable {
        /// It holds.
        case holds
        /// It does not.
        case clear
        /// Nobody looks at it any more, and why: `GigabitEthernet0/1 is not monitored any more`.
        case unwatched(String)
    }

    /// A condition that holds, as much as its rule says.
    public init(_ key: AlertKey, by rule: AlertRule, at time: Timestamp, message: String = "", value: Double? = nil) {
        self.key = key
        state = .holds
        at = time
        self.rule = rule
        severity = rule.severity
        self.message = message
        self.value = value
    }

    /// A condition that does not hold.
    public static func clear(_ key: AlertKey, by rule: AlertRule, at time: Timestamp) -> AlertSignal {
        var signal = AlertSignal(key, by: rule, at: time)
        signal.state = .clear
        return signal
    }

    /// A condition that nobody looks at any more.
    public static func unwatched(
        _ key: AlertKey, by rule: AlertRule, at time: Timestamp, because reason: String
    ) -> AlertSignal {
        var signal = AlertSignal(key, by: rule, at: time)
        signal.state = .unwatched(reason)
        return signal
    }
}
