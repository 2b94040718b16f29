import Alerting
import Catalog
public import Inventory
import Jobs

/// What becomes of deliveries: who was told after all, and who was not.
extension AlertDesk {
    private static let earlyEndsMax = 1_000
    private static let pageMax = 64
    private static let failedMax = 64

    /// Takes what became of a delivery: the courier's `ended`, and a trial that an operator made.
    public func take(_ delivery: AlertDelivery) {
        guard seen.isLoaded else {
            var end = delivery
            // Of what arrived it is enough to know that it did.
            if end.state == .delivered { end.alerts = [] }
            if earlyEnds.count < Self.earlyEndsMax { earlyEnds.append(end) }
            return
        }
        if engine.take(delivery, at: parts.clock.now) { signal.yield() }
    }

    /// What ended before the catalog was read.
    func takeEarlyEnds() {
        let ends = earlyEnds
        earlyEnds = []
        for end in ends { take(end) }
    }

    /// Tells the engine what waits in the catalog, and what was given up there without its knowledge.
    func readDeliveries() async throws(CatalogError) {
        engine.awaitsDeliveries = parts.awaitsDeliveries
        guard parts.awaitsDeliveries else { return }
        let now = parts.clock.now
        var waiting = AlertDeliveryQuery(limit: Self.pageMax)
        waiting.states = [.waiting]
        while true {
            let page = try await parts.alerts.deliveries(waiting)
            for delivery in page { engine.take(delivery, at: now) }
            guard page.count == waiting.limit, let last = page.last else { break }
            waiting.before = last.number
        }
        var failed = AlertDeliveryQuery(limit: Self.failedMax)
        failed.states = [.failed]
        for delivery in try await parts.alerts.deliveries(failed) { engine.take(delivery, at: now) }
    }
}
