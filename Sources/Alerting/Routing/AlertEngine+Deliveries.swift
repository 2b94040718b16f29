public import Inventory

extension AlertEngine {
    /// Whether `take` hears what becomes of each delivery; see `AlertDispatcher`.
    public var awaitsDeliveries: Bool {
        get { dispatcher.awaitsDeliveries }
        set { dispatcher.awaitsDeliveries = newValue }
    }

    /// Takes what became of a delivery, or one that waits in a store; true where the next evaluation has something to
    /// say or to write of it.
    @discardableResult
    public mutating func take(_ delivery: AlertDelivery, at now: Timestamp) -> Bool {
        dispatcher.take(delivery, &ledger, at: now)
    }
}
