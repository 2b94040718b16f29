/// Identity of a delivery: receivers see it with each attempt, and know a repetition by it.
public typealias AlertDeliveryID = Identifier<AlertDelivery>

/// Something that a receiver is to be told: a row of `alert_deliveries`, written in the same transaction as the alerts.
public struct AlertDelivery: Sendable, Hashable {
    /// Identity.
    public var id: AlertDeliveryID
    /// Name of the receiver.
    public var receiver: String
    /// What it is grouped by; deliveries of one receiver and group are made one after another, in this order.
    public var group: String
    /// Place in that order: the number of the delivery among all.
    public var number: Int64
    /// Why it is sent.
    public var reason: Reason
    /// What to say of each alert, as it was when this was written.
    public var alerts: [Alert]
    /// How many alerts there are, those left out of `alerts` because there are too many included.
    public var alertCount: Int
    /// What became of it.
    public var state: State
    /// Attempts so far.
    public var attempts: Int
    /// When it may be tried next.
    public var dueAt: Timestamp
    /// When it was written.
    public var createdAt: Timestamp
    /// When it was delivered, or given up.
    public var endedAt: Timestamp?
    /// Why the last attempt failed; no secrets.
    public var lastError: String?

    /// Why something is sent.
    public enum Reason: String, CaseIterable, Codable, Sendable, Hashable {
        /// Alerts fire, got worse, or are over.
        case change
        /// Nobody acknowledged them in time.
        case escalation
        /// They still fire.
        case reminder
        /// An operator tries a receiver.
        case trial
    }

    /// What becomes of a delivery.
    public enum State: String, CaseIterable, Codable, Sendable, Hashable {
        /// It is to be made.
        case waiting
        /// The receiver took it.
        case delivered
        /// The receiver refused it for good, or it was tried for too long.
        case failed
    }

    /// A delivery that is to be made.
    public init(
        id: AlertDeliveryID = .random(), receiver: String, group: String, reason: Reason, alerts: [Alert],
        alertCount: Int? = nil, at now: Timestamp
    ) {
        self.id = id
        self.receiver = receiver
        self.group = group
        number = 0
        self.reason = reason
        self.alerts = alerts
        self.alertCount = alertCount ?? alerts.count
        state = .waiting
        attempts = 0
        (dueAt, createdAt) = (now, now)
    }
}

/// A step in the life of an alert: a row of `alert_changes`.
public struct AlertChange: Codable, Sendable, Hashable {
    /// The alert.
    public var alertID: AlertID
    /// When.
    public var at: Timestamp
    /// What happened.
    public var kind: Kind
    /// Who did it, where a person did.
    public var author: String?
    /// In a sentence: `explained by CORE-SW-01 unreachable`, `sent to noc`.
    public var text: String

    /// What can happen to an alert.
    public enum Kind: String, CaseIterable, Codable, Sendable, Hashable {
        /// The condition began to hold.
        case began
        /// It held for as long as its rule asks.
        case fired
        /// It got worse.
        case worsened
        /// It is not sent, and why.
        case held
        /// What held it back ended.
        case released
        /// Somebody sees to it.
        case acknowledged
        /// They do not any more, or their time is over.
        case unacknowledged
        /// Somebody was told.
        case notified
        /// Nobody had acknowledged it in time.
        case escalated
        /// The condition came back before the alert was told to be over.
        case relapsed
        /// It is over.
        case resolved
    }

    /// A step.
    public init(_ alertID: AlertID, _ kind: Kind, at time: Timestamp, _ text: String, author: String? = nil) {
        self.alertID = alertID
        at = time
        self.kind = kind
        self.text = text
        self.author = author
    }
}
