/// Identity of what an operator said of an alert.
public typealias AlertActionID = Identifier<AlertAction>

/// What an operator said of an alert: a row of `alert_actions`, applied by whoever evaluates, in the order of `number`.
public struct AlertAction: Codable, Sendable, Hashable {
    /// Identity.
    public var id: AlertActionID
    /// Its place in the order in which things were said; given when it is stored.
    public var number: Int64
    /// The alert.
    public var alertID: AlertID
    /// What was said.
    public var kind: Kind
    /// When an acknowledgement ends; nil for when the alert is over.
    public var until: Timestamp?
    /// Why, in the operator's words.
    public var note: String?
    /// Who said it; nil where access needs no token.
    public var author: String?
    /// When it was said.
    public var createdAt: Timestamp

    /// What can be said of an alert.
    public enum Kind: String, CaseIterable, Codable, Sendable, Hashable {
        /// Somebody sees to it.
        case acknowledge
        /// They do not any more.
        case unacknowledge
    }

    /// An action that is to be stored.
    public init(id: AlertActionID = .random(), alertID: AlertID, kind: Kind, at now: Timestamp) {
        self.id = id
        number = 0
        self.alertID = alertID
        self.kind = kind
        createdAt = now
    }
}
