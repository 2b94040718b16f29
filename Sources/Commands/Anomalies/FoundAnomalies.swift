import Baselines
import Inventory

/// The anomalies of a replay, each with its worst moment, for a table.
struct FoundAnomalies {
    private var open: [String: (series: String, episode: Episode)] = [:]
    private var over: [(series: String, episode: Episode)] = []
    /// Anomalies that are not kept, as there are too many for a table.
    private(set) var leftOut = 0

    /// The most that are kept.
    private static let keptMax = 10_000

    /// Takes a line; those that are to no anomaly are left aside.
    mutating func take(_ line: ReplayLine) {
        guard let episode = line.episode else { return }
        if let before = open[line.series], before.episode.startedAt != episode.startedAt { close(before) }
        // One that goes on after its end is the same: it is closed when another begins.
        open[line.series] = (line.series, episode)
    }

    private mutating func close(_ found: (series: String, episode: Episode)) {
        guard over.count < Self.keptMax else { return leftOut += 1 }
        over.append(found)
    }

    /// A row for each, in the order in which they began.
    func rows(zone: ZoneRules, interval: Int) -> [JSONValue] {
        let all = over + open.values
        let sorted = all.sorted { ($0.episode.startedAt, $0.series) < ($1.episode.startedAt, $1.series) }
        let writer = AnomalyWriter(zone: zone, intervalSeconds: interval)
        return sorted.map { Self.row($0.series, $0.episode, writer) }
    }

    private static func row(_ series: String, _ episode: Episode, _ writer: AnomalyWriter) -> JSONValue {
        let end = episode.endedAt.map { _ in writer.zone.text(of: episode.lastAt) }
        let seconds = Int64(episode.lastAt.secondsSince(episode.startedAt)) + Int64(writer.intervalSeconds)
        return [
            "start": .string(writer.zone.text(of: episode.startedAt)), "end": JSONValue(end),
            "seconds": JSONValue(seconds), "series": .string(series),
            "severity": .string(episode.severity.rawValue), "pattern": .string(episode.pattern.rawValue),
            "headline": .string(headline(episode, writer)),
        ]
    }

    /// `Traffic spike detected: 850 Mbps (expected 320 ± 80 Mbps)`, in the words of the server.
    private static func headline(_ episode: Episode, _ writer: AnomalyWriter) -> String {
        let place = InterfacePlace(
            interfaceID: .random(), interfaceName: "", interfaceType: .access, deviceID: .random(), deviceName: "")
        let side = TrafficSide(.inbound, .traffic)
        return writer.anomaly(of: episode, side: side, at: place, lastWeeks: [], existing: nil).message
    }
}
