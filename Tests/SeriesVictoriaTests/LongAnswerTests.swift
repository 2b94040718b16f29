import Inventory
import Series
import Testing

@testable import SeriesVictoria

/// Answers that have more octets than are read at once.
@Suite struct LongAnswerTests {
    /// A server that answers for one interface, and too much for several.
    private struct VerboseServer: VictoriaTransport {
        func exchange(
            _ request: VictoriaRequest, _ take: (_ status: Int, _ piece: ArraySlice<UInt8>) throws -> Void
        ) async throws -> Int {
            guard request.path == "/api/v1/export" else { throw VictoriaFailure(reason: "connection refused") }
            let body = String(decoding: request.body ?? [], as: UTF8.self)
            // Each identity has four dashes, and no metric has one.
            guard body.split(separator: "%2D").count <= 5 else {
                try take(200, Array("{\"metric\":{}".utf8)[...])
                throw VictoriaFailure(reason: "its answer is too long", isTooLong: true)
            }
            return 200
        }

        func close() async {}
    }

    @Test func aLongAnswerIsAskedForAgainInParts() async throws {
        let folder = try TestFolder.make("outbox")
        let clocks = TestClocks(Timestamp(seconds: 1_772_006_400))
        let store = try await Bench.store(
            VictoriaConfiguration(directory: folder), transport: VerboseServer(), clocks: clocks)
        let cycle = Bench.cycle(9, at: Timestamp(milliseconds: clocks.now.milliseconds - 2000))
        _ = try await store.append(cycle)
        let query = SeriesQuery(.ids(cycle.map(\.interface)), from: Timestamp(seconds: 0), to: clocks.now)
        let found = try await Bench.scan(store, query)
        #expect(found == Dictionary(uniqueKeysWithValues: cycle.map { ($0.interface, [$0.reading]) }))
        await store.close()
        TestFolder.remove(folder)
    }
}
