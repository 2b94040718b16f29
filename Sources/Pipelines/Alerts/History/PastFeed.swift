import Alerting
import Inventory
import Series
import Synchronization

/// The facts of a time, piece by piece, ascending by time: readings of all interfaces with what else is known.
struct PastFeed {
    private let scene: PastScene
    private let series: any SeriesStore
    private let pieceSeconds: Double
    private var cursor: Timestamp
    private var recorded: ArraySlice<AlertReplayFact>
    private var wiring: PastWiring
    private var anomalies: PastAnomalies
    /// Readings so far.
    private(set) var readings = 0
    /// Damaged blocks so far.
    private(set) var damagedBlocks = 0

    /// Readings of a piece, about: so many are in memory at once.
    private static let pieceSize = 120_000.0
    private static let pieceSecondsMax = 21_600.0

    init(_ scene: PastScene, _ series: any SeriesStore, intervalSeconds: Int) {
        self.scene = scene
        self.series = series
        let interval = Double(max(1, intervalSeconds))
        let count = Double(max(1, scene.inventory.interfaces.values.count { $0.monitoringEnabled }))
        pieceSeconds = max(2 * interval, min(Self.pieceSecondsMax, Self.pieceSize / count * interval))
        cursor = scene.start
        (recorded, wiring, anomalies) = (scene.recorded[...], scene.wiring, scene.anomalies)
    }

    /// How much of the time is done, 0 to 1.
    var done: Double {
        let whole = scene.end.secondsSince(scene.start)
        return whole > 0 ? min(1, cursor.secondsSince(scene.start) / whole) : 1
    }

    /// What comes next; nil at the end.
    mutating func next() async throws -> [AlertReplayFact]? {
        guard cursor < scene.end else { return nil }
        try Task.checkCancellation()
        let end = min(scene.end, cursor.advanced(bySeconds: pieceSeconds))
        // First what is no reading: of equal times it is how things stood.
        var facts = wiring.facts(before: end) + anomalies.facts(before: end)
        let known = recorded.prefix { $0.at < end }
        recorded = recorded.dropFirst(known.count)
        facts += known
        for run in try await runs(from: cursor, to: end) {
            for reading in run.readings { facts.append(.reading(run.interface, reading)) }
        }
        cursor = end
        return Self.ordered(facts)
    }

    private mutating func runs(from start: Timestamp, to end: Timestamp) async throws -> [SeriesRun] {
        let known = scene.inventory
        let found = Mutex<[SeriesRun]>([])
        let outcome = try await series.scan(SeriesQuery(.all, from: start, to: end)) { run in
            guard known.interfaces[run.interface] != nil else { return }
            found.withLock { $0.append(run) }
        }
        damagedBlocks += outcome.damagedBlocks
        let runs = found.withLock { $0 }
        readings += runs.reduce(0) { $0 + $1.readings.count }
        return runs.sorted { $0.interface < $1.interface }
    }

    /// By time; of equal times in the order they are in.
    private static func ordered(_ facts: [AlertReplayFact]) -> [AlertReplayFact] {
        let places = facts.indices.map { (at: facts[$0].at.milliseconds, place: $0) }
        return places.sorted { ($0.at, $0.place) < ($1.at, $1.place) }.map { facts[$0.place] }
    }
}
