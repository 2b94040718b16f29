import Glibc
import Inventory
import Logging
import Series
import SeriesTestKit
import Testing

@testable import SeriesVictoria

/// The contract of all time-series stores, read back from a real server.
@Suite(.enabled(if: RealVictoria.isInstalled)) struct ContractTests {
    private static let traits = SeriesTraits(
        counterMax: 1 << 53, keepsContext: true, removes: true, retentionDays: nil, keepsRollups: false)

    /// The server keeps two samples of one time until it merges files, and then either of them.
    private static let notKept = "a reading merged replaces the one of that very time; the same one again is repeated"

    @Test(arguments: VictoriaConfiguration.Route.allCases)
    func keepsTheContract(_ route: VictoriaConfiguration.Route) async throws {
        let server = try RealVictoria()
        try server.start()
        defer { server.remove() }
        let url = server.url
        let steady = TestClocks(Timestamp(seconds: 0))
        let hour = Int64(time(nil)) / 3600 * 3600
        for check in SeriesContract.checks(for: Self.traits) where check.name != Self.notKept {
            let folder = try TestFolder.make("contract")
            let bench = SeriesBench(
                traits: Self.traits, start: Timestamp(seconds: hour - 50_400),
                settle: { try await Self.settle($0, steady) },
                open: { now in
                    var configuration = VictoriaConfiguration(url: url, directory: folder)
                    configuration.route = route
                    configuration.settleSeconds = 10
                    return try await VictoriaSeriesStore.open(
                        configuration, transport: HTTPTransport(try VictoriaAddress(url)),
                        labels: { _ in [:] }, now: { now.now }, steadyMilliseconds: { steady.steady },
                        logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
                })
            do {
                try await check.run(on: bench)
            } catch {
                Issue.record("\(check): \(error)")
            }
            TestFolder.remove(folder)
        }
    }

    /// Until the outbox is empty and the server can be asked for what it took.
    private static func settle(_ store: any SeriesStore, _ steady: TestClocks) async throws {
        guard let store = store as? VictoriaSeriesStore else { return }
        for _ in 0..<20 where await Bench.number("outbox_readings", store) != 0 {
            _ = try await store.maintain(now: store.now())
            steady.advance(seconds: 10)
        }
        _ = try await store.transport.exchange(VictoriaRequest(path: "/internal/force_flush"))
    }
}
