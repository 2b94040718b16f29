import Alerting
import Catalog
import Inventory

/// The anomalies of a time, as they began and ended; what operators think of them is as it is today.
struct PastAnomalies: Sendable {
    private let inventory: AlertInventory
    /// Anomalies as they were at a time, ascending.
    private var moments: ArraySlice<(at: Timestamp, anomaly: Anomaly)>
    private var open = OpenAnomalies()

    private static let pageMax = 1_000

    /// Reads the anomalies of a time that were raised.
    init(
        _ catalog: any AnomalyCatalog, _ inventory: AlertInventory, from start: Timestamp, to end: Timestamp
    ) async throws {
        self.inventory = inventory
        var query = AnomalyQuery(limit: Self.pageMax)
        (query.states, query.from, query.to) = ([.raised], start, end)
        var found: [(at: Timestamp, anomaly: Anomaly)] = []
        while true {
            let page = try await catalog.anomalies(query)
            for anomaly in page { found += Self.moments(anomaly, from: start, to: end) }
            guard page.count == query.limit, let last = page.last else { break }
            query.after = AnomalyPlace(startedAt: last.startedAt, id: last.id)
        }
        moments = found.sorted { ($0.at, $0.anomaly.id) < ($1.at, $1.anomaly.id) }[...]
    }

    private static func moments(
        _ anomaly: Anomaly, from start: Timestamp, to end: Timestamp
    ) -> [(at: Timestamp, anomaly: Anomaly)] {
        var young = anomaly
        young.endedAt = nil
        let began = max(anomaly.startedAt, start)
        guard let over = anomaly.endedAt, over < end else { return [(began, young)] }
        return [(began, young), (max(over, began), anomaly)]
    }

    /// What is to be told of the time before `end`.
    mutating func facts(before end: Timestamp) -> [AlertReplayFact] {
        var facts: [AlertReplayFact] = []
        while let moment = moments.first, moment.at < end {
            moments = moments.dropFirst()
            open.take(moment.anomaly)
            guard let interface = inventory.interfaces[moment.anomaly.interfaceID] else { continue }
            let device = inventory.devices[interface.deviceID]?.name ?? "a device"
            facts.append(.occurrence(open.occurrence(interface, on: device, at: moment.at)))
        }
        return facts
    }
}
