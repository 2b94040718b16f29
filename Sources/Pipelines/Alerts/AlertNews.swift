public import Inventory

/// What an evaluation changed, once it is written: for those who watch.
public struct AlertNews: Sendable, Hashable {
    /// When it was found.
    public var at: Timestamp
    /// Alerts as they are now: what is over first, then what is open, by start.
    public var alerts: [Alert]
    /// What happened to them, in order.
    public var changes: [AlertChange]
    /// Alerts that were pending and never fired: they are gone.
    public var removed: [AlertID]
    /// Whether news before these were lost, or too many to be told one by one: whoever watches has to look for themselves.
    public var isAfterLoss = false

    /// What an evaluation changed.
    public init(at: Timestamp, alerts: [Alert] = [], changes: [AlertChange] = [], removed: [AlertID] = []) {
        self.at = at
        self.alerts = alerts
        self.changes = changes
        self.removed = removed
    }
}

/// The desk in numbers.
public struct AlertDeskStatistics: Sendable, Hashable {
    /// Interfaces that are looked at.
    public var interfaces = 0
    /// Alerts that are open, pending ones among them.
    public var open = 0
    /// Of these, those that fire, or that somebody sees to.
    public var firing = 0
    /// Of these, those that are explained by others.
    public var explained = 0
    /// Evaluations since the start.
    public var evaluations = 0
    /// When the last one began; nil before the first.
    public var lastAt: Timestamp?
    /// Seconds it took, the writing aside.
    public var lastSeconds = 0.0
    /// Why the catalog did not take what was found; nil where it did.
    public var storeFault: String?

    /// Nothing was done.
    public init() {}
}
