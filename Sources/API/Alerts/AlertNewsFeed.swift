import Inventory
import Listing
import Logging

/// Tells what evaluations find, as events.
struct AlertNewsFeed: Sendable {
    let state: APIState
    /// Alerts of an evaluation that are told one by one: a storm leaves room for other events.
    static let toldMax = 100

    /// What became of an alert.
    private enum Turn: String {
        case opened
        case changed
        case resolved
    }

    /// Tells news; where some were lost, or cannot be told, it says that the lists tell what they were.
    func follow(_ news: AlertNews) async {
        if news.isAfterLoss { state.events.publishResync() }
        do {
            try await tell(news)
        } catch {
            state.services.logger.warning("telling alerts: \(error)")
            state.events.publishResync()
        }
    }

    /// Tells alerts, those that are sent before those that are held back, the worst first; of a storm's rest only the
    /// number, and of those that are gone without having fired the ids.
    func tell(_ news: AlertNews) async throws {
        let begun = Set(news.changes.lazy.filter { $0.kind == .began }.map(\.alertID))
        let alerts = news.alerts.sorted { left, right in
            if (left.hold == nil) != (right.hold == nil) { return left.hold == nil }
            return (right.severity, left.startedAt, left.id) < (left.severity, right.startedAt, right.id)
        }
        for row in try await AlertList(state: state).rows(Array(alerts.prefix(Self.toldMax))) {
            let turn = row.alert.isOpen ? begun.contains(row.alert.id) ? Turn.opened : .changed : .resolved
            var writer = JSONWriter(reserving: 2_048)
            writer.beginObject()
            writer.member("event", turn.rawValue)
            row.writeMembers(to: &writer)
            writer.endObject()
            state.events.publish("alert", writer.bytes)
        }
        let omitted = max(0, alerts.count - Self.toldMax)
        let gone = news.removed.prefix(Self.toldMax)
        guard omitted > 0 || !gone.isEmpty else { return }
        var writer = JSONWriter(reserving: 64 + 40 * gone.count)
        writer.beginObject()
        writer.member("omitted", Int64(omitted + news.removed.count - gone.count))
        writer.member("removed", gone.map(\.description))
        writer.endObject()
        state.events.publish("alerts", writer.bytes)
    }
}
