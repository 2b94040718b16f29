import Inventory
import Listing

/// Tells what checks find, as events.
struct AnomalyNewsFeed: Sendable {
    let state: APIState
    /// Anomalies of a check that are told one by one: a storm leaves room for other events.
    static let toldMax = 100

    /// Tells anomalies and incidents, the worst first; of a storm's rest only the number.
    func tell(_ news: AnomalyNews) async throws {
        let incidents = news.incidents.sorted {
            ($1.severity, $0.startedAt, $0.id) < ($0.severity, $1.startedAt, $1.id)
        }
        for row in try await IncidentList(state: state).rows(Array(incidents.prefix(Self.toldMax))) {
            var writer = JSONWriter(reserving: 1_024)
            IncidentRow.schema.write(row, to: &writer)
            state.events.publish("incident", writer.bytes)
        }
        let anomalies = news.anomalies.sorted {
            ($1.severity, $0.startedAt, $0.id) < ($0.severity, $1.startedAt, $1.id)
        }
        for row in try await AnomalyList(state: state).rows(Array(anomalies.prefix(Self.toldMax))) {
            var writer = JSONWriter(reserving: 2_048)
            row.write(to: &writer)
            state.events.publish("anomaly", writer.bytes)
        }
        let omitted = max(0, anomalies.count - Self.toldMax) + max(0, incidents.count - Self.toldMax)
        if omitted > 0 { state.events.publish("anomalies", Array("{\"omitted\":\(omitted)}".utf8)) }
    }
}
