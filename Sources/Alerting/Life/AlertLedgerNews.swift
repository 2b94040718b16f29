public import Inventory

/// What is to be written of a ledger.
public struct AlertLedgerNews: Sendable, Hashable {
    /// Open alerts that are new or changed.
    public var changed: [Alert] = []
    /// Alerts that are over.
    public var resolved: [Alert] = []
    /// Alerts that were pending and never fired.
    public var removed: [AlertID] = []
    /// Steps, in the order in which they happened.
    public var changes: [AlertChange] = []

    /// Nothing.
    public init() {}

    /// Whether there is nothing.
    public var isEmpty: Bool { changed.isEmpty && resolved.isEmpty && removed.isEmpty && changes.isEmpty }
}
