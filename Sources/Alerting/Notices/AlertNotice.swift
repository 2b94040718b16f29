public import Inventory

/// What a receiver is told in one message: a delivery in words, labels and annotations.
public struct AlertNotice: Sendable, Hashable {
    /// Of the delivery: the same at each attempt, so that a receiver knows a repetition.
    public var id: AlertDeliveryID
    /// Which attempt this is, from 1.
    public var attempt: Int
    /// The receiver's name.
    public var receiver: String
    /// Why it is sent.
    public var reason: AlertDelivery.Reason
    /// What its alerts have in common: label and value.
    public var groupLabels: [String: String]
    /// What it tells of.
    public var alerts: [Item]
    /// How many alerts there are, those left out of `alerts` included.
    public var alertCount: Int
    /// Base of links to this installation, without a slash at the end; nil where none is configured.
    public var externalURL: String?
    /// When it was written.
    public var at: Timestamp

    /// One alert of a notice.
    public struct Item: Sendable, Hashable {
        /// The alert as it was when the delivery was written.
        public var alert: Alert
        /// Its labels; the same for as long as it is open.
        public var labels: [String: String]
        /// What there is to say of it: `summary`, `description`, and more by name.
        public var annotations: [String: String]
        /// A link to it; nil where no base is configured.
        public var link: String?

        /// An alert with its words.
        public init(_ alert: Alert, labels: [String: String], annotations: [String: String], link: String? = nil) {
            self.alert = alert
            self.labels = labels
            self.annotations = annotations
            self.link = link
        }
    }

    /// A notice.
    public init(
        id: AlertDeliveryID, attempt: Int = 1, receiver: String, reason: AlertDelivery.Reason = .change,
        groupLabels: [String: String] = [:], alerts: [Item], alertCount: Int? = nil, externalURL: String? = nil,
        at time: Timestamp
    ) {
        self.id = id
        self.attempt = attempt
        self.receiver = receiver
        self.reason = reason
        self.groupLabels = groupLabels
        self.alerts = alerts
        self.alertCount = alertCount ?? alerts.count
        self.externalURL = externalURL
        at = time
    }

    /// Whether any of its alerts is still open.
    public var isFiring: Bool { alerts.contains { $0.alert.isOpen } }
}
