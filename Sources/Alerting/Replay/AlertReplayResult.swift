public import Inventory

/// The alerts that would have been in a range of time, and who would have been told of them.
public struct AlertReplayResult: Sendable, Hashable {
    /// The first moment.
    public var from: Timestamp
    /// The moment after the last.
    public var to: Timestamp
    /// The alerts, by start, then id; at most `AlertReplaySettings.alertsMax`.
    public var alerts: [ReplayedAlert]
    /// Alerts that are counted and not told one by one, because there are too many.
    public var leftOut: Int
    /// How many there are.
    public var totals: AlertReplayTotals
    /// Times in which nothing at all was read: nobody polled, or the poller was cut off.
    ///
    /// Nothing follows from them.
    public var pauses: [Range<Timestamp>]

    /// Whether all alerts are told one by one.
    public var isComplete: Bool { leftOut == 0 }
}

/// How many alerts there would have been.
public struct AlertReplayTotals: Sendable, Hashable {
    /// Alerts that fire.
    public var alerts = 0
    /// Conditions that never held for as long as their rules ask.
    public var pending = 0
    /// What became of those that fire.
    public var standings: [ReplayedAlert.Standing: Int] = [:]
    /// Those that fire, by severity.
    public var severities: [AlertSeverity: Int] = [:]
    /// Those that fire, by condition.
    public var conditions: [AlertCondition: Int] = [:]
    /// Those that fire, by rule.
    public var rules: [String: Int] = [:]
    /// What each receiver would have been sent, by name.
    public var receivers: [String: Receiver] = [:]

    /// What a receiver would have been sent.
    public struct Receiver: Sendable, Hashable {
        /// Messages.
        public var deliveries = 0
        /// Of these, those because nobody acknowledged in time.
        public var escalations = 0
        /// Of these, those that say that something still fires.
        public var reminders = 0
        /// Alerts in them, one in several messages as often as it is there.
        public var alerts = 0
    }

    /// Nothing.
    public init() {}

    /// Messages to all receivers.
    public var deliveries: Int { receivers.values.reduce(0) { $0 + $1.deliveries } }

    mutating func add(_ one: ReplayedAlert) {
        guard one.firedAt != nil else { return pending += 1 }
        alerts += 1
        standings[one.standing, default: 0] += 1
        severities[one.severity, default: 0] += 1
        conditions[one.condition, default: 0] += 1
        rules[one.rule, default: 0] += 1
    }

    mutating func add(_ delivery: AlertDelivery) {
        var receiver = receivers[delivery.receiver] ?? Receiver()
        receiver.deliveries += 1
        receiver.alerts += delivery.alertCount
        switch delivery.reason {
        case .escalation: receiver.escalations += 1
        case .reminder: receiver.reminders += 1
        case .change, .trial: break
        }
        receivers[delivery.receiver] = receiver
    }
}
