import CatalogSQLite
import Inventory
import Jobs
import Pipelines
import Series
import SeriesEmbedded

/// Checks and learning as a server runs them: the watch on a catalog file, an embedded store of readings and a state
/// file, of which every write is durable.
struct WatchTrial: Sendable {
    var folder: String
    var interfaces: Int
    var days: Int
    /// Times each kind of learning is measured; checks are eight times as many.
    var rounds: Int

    static let start = Timestamp(seconds: 1_704_585_600)

    func result() async throws -> JSONLine {
        let clock = ManualWallClock(now: Self.start)
        let store = try await EmbeddedSeriesStore.open(.init(directory: folder + "/series"), now: { clock.now })
        var polls = CollectData(interfaces: interfaces, start: Self.start)
        let cycles = try await fill(store, &polls, clock)
        var scene = WatchScene(folder: folder, store: store, clock: clock, polls: polls, cycle: cycles)
        var line = JSONLine()
        line.add("rebuild", [try await scene.cost(of: try await scene.freshWatch()) { try await $0.check($1) }])
        line.add("learn_first", try await firstLearnings(&scene))
        line.add("baselines", interfaces * 168)
        line.add("learn_again", try await scene.costs(rounds) { try await $0.learn($1) })
        line.add("learn_reading", try await readingLearnings(&scene))
        let checks = try await scene.costs(8 * rounds) { try await $0.check($1) }
        line.add("check", checks.filter { !$0.hasKept })
        line.add("check_keeping", checks.filter(\.hasKept))
        line.add("found", checks.reduce(0) { $0 + ($1.results["anomalies_found"] ?? 0) })
        line.add("state_octets", scene.states.octets)
        await store.close()
        return line
    }

    /// Each into a new catalog, by a watch that goes on from the states kept and is up to date.
    private func firstLearnings(_ scene: inout WatchScene) async throws -> [WatchCost] {
        var costs: [WatchCost] = []
        for _ in 0..<rounds {
            try await scene.restart()
            let cost = try await scene.cost { try await $0.learn($1) }
            guard cost.results["baselines"] == interfaces * 168 else {
                throw DriverError("\(cost.results["baselines"] ?? 0) baselines were learnt")
            }
            costs.append(cost)
        }
        return costs
    }

    /// By a watch whose classic method keeps no samples, so that all of the look-back is read.
    private func readingLearnings(_ scene: inout WatchScene) async throws -> [WatchCost] {
        let watch = try await scene.freshWatch(isCritical: false)
        _ = try await scene.cost(of: watch) { try await $0.check($1) }
        var costs: [WatchCost] = []
        for _ in 0..<rounds { costs.append(try await scene.cost(of: watch, subject: "all") { try await $0.learn($1) }) }
        return costs
    }

    /// Readings of so many days, sealed as those of a server are; how many intervals that were.
    private func fill(
        _ store: EmbeddedSeriesStore, _ polls: inout CollectData, _ clock: ManualWallClock
    ) async throws -> Int {
        let cycles = days * 86_400 / CollectData.intervalSeconds
        for first in stride(from: 0, to: cycles, by: 12) {
            let readings = (first..<first + 12).flatMap { polls.next($0) }
            clock.advance(bySeconds: Double(12 * CollectData.intervalSeconds))
            guard try await store.append(readings).accepted == readings.count else {
                throw DriverError("readings of the past were refused")
            }
            while try await store.maintain(now: clock.now).isMoreDue {}
        }
        return cycles
    }
}
