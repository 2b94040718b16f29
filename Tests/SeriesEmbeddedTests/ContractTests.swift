import Inventory
import SeriesTestKit
import Testing

@testable import SeriesEmbedded

/// The sentences of the protocol, on the embedded store.
@Suite struct ContractTests {
    @Test("keeps the contract", arguments: SeriesContract.checks(for: .exact))
    func contract(_ check: SeriesContract.Check) async throws {
        let folder = try TemporaryFolder()
        try await check.run(
            on: SeriesBench { now in
                var configuration = EmbeddedSeriesConfiguration(directory: folder.path)
                configuration.reserveOctets = 0
                return try await EmbeddedSeriesStore.open(
                    configuration, now: { now.now },
                    monotonicSeconds: { Double(now.now.milliseconds) / 1000 })
            })
        withExtendedLifetime(folder) {}
    }
}
