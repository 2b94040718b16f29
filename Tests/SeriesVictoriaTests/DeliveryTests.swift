import Inventory
import Series
import Synchronization
import Testing

@testable import SeriesVictoria

/// Delivery to a server that does what the test says.
@Suite struct DeliveryTests {
    private static let start = Timestamp(seconds: 1_772_006_400)

    private final class Bed {
        let server = ScriptedServer()
        let clocks = TestClocks(DeliveryTests.start)
        var configuration: VictoriaConfiguration
        var store: VictoriaSeriesStore

        init(_ change: (inout VictoriaConfiguration) -> Void = { _ in }) async throws {
            configuration = VictoriaConfiguration(
                url: "http://user:hush@127.0.0.1:9", directory: try TestFolder.make("outbox"))
            change(&configuration)
            store = try await Bench.store(configuration, transport: server, clocks: clocks)
        }

        func append(_ count: Int) async throws {
            _ = try await store.append(Bench.cycle(count, at: Timestamp(milliseconds: clocks.now.milliseconds - 2000)))
        }

        /// Maintains every five seconds.
        func go(seconds: Int64) async throws {
            for _ in 0..<seconds / 5 {
                clocks.advance(seconds: 5)
                _ = try await store.maintain(now: clocks.now)
            }
        }

        func reopen() async throws {
            await store.close()
            store = try await Bench.store(configuration, transport: server, clocks: clocks)
        }

        func number(_ name: String) async -> Int64 { await Bench.number(name, store) ?? -1 }

        func end() async {
            await store.close()
            TestFolder.remove(configuration.directory)
        }
    }

    private func samples(_ count: Int) -> Int {
        (0..<count).reduce(0) {
            $0 + SeriesColumn.values(Bench.reading($1, at: Self.start), context: true).count
        }
    }

    @Test func aCycleIsDeliveredOnceAndForgottenWhenItIsSafe() async throws {
        let bed = try await Bed()
        try await bed.append(700)
        #expect(await bed.number("outbox_readings") == 700)
        try await bed.go(seconds: 10)
        #expect(bed.server.lines.count == samples(700))
        #expect(Set(bed.server.lines).count == samples(700))
        #expect(await bed.number("outbox_readings") == 700)
        try await bed.go(seconds: 70)
        #expect(await bed.number("outbox_readings") == 0)
        #expect(await bed.number("delivered_readings") == 700)
        #expect(bed.server.lines.count == samples(700))
        await bed.end()
    }

    @Test(arguments: [
        ScriptedServer.Mood.answers(503), .answers(429), .answers(500), .answers(401), .answers(404),
        .away("connection refused"), .away("no answer within 10 s"), .away("it closed the connection"),
    ])
    func tenMinutesAwayLoseNothing(_ mood: ScriptedServer.Mood) async throws {
        let bed = try await Bed()
        bed.server.set(mood)
        for _ in 0..<2 {
            try await bed.append(300)
            try await bed.go(seconds: 300)
        }
        guard case .degraded(let text) = await bed.store.statistics().state else {
            Issue.record("a server that is away must be told")
            return await bed.end()
        }
        #expect(!text.contains("hush"))
        #expect(await bed.number("waiting_readings") == 600)
        #expect(bed.server.state.withLock(\.posts) == 0)
        bed.server.set(.well)
        try await bed.go(seconds: 70)
        #expect(bed.server.lines.count == 2 * samples(300))
        #expect(await bed.number("delivered_readings") == 600)
        #expect(await bed.store.statistics().state == .working)
        await bed.end()
    }

    @Test func aServerThatForgotIsSentEverythingThatWasNotSafe() async throws {
        let bed = try await Bed()
        try await bed.append(200)
        try await bed.go(seconds: 30)
        bed.server.restart()
        try await bed.go(seconds: 10)
        #expect(bed.server.lines.count == samples(200))
        #expect(await bed.number("resent_readings") == 200)
        #expect(await bed.number("server_restarts") == 1)
        await bed.end()
    }

    @Test func aServerThatStartsAnewInTheMiddleOfAReplayGetsAll() async throws {
        let bed = try await Bed()
        bed.server.set(.away("connection refused"))
        for _ in 0..<3 {
            try await bed.append(1500)
            try await bed.go(seconds: 300)
        }
        bed.server.set(.well)
        bed.server.state.withLock { $0.restartsAfterPosts = 4 }
        try await bed.go(seconds: 100)
        #expect(Set(bed.server.lines).count == 3 * samples(1500))
        await bed.end()
    }

    @Test func ourOwnRestartInTheMiddleOfAReplaySendsTheRest() async throws {
        let bed = try await Bed()
        bed.server.set(.away("connection refused"))
        try await bed.append(1500)
        try await bed.go(seconds: 60)
        bed.server.set(.well)
        try await bed.go(seconds: 65)
        try await bed.append(10)
        try await bed.reopen()
        #expect(await bed.number("outbox_readings") > 0)
        let again = try await bed.store.append(
            Bench.cycle(10, at: Timestamp(milliseconds: bed.clocks.now.milliseconds - 2000)))
        #expect(again.repeated == 10)
        try await bed.go(seconds: 70)
        #expect(Set(bed.server.lines).count == samples(1500) + samples(10))
        #expect(await bed.number("outbox_readings") == 0)
        try await bed.reopen()
        let old = try await bed.store.append(Bench.cycle(10, at: Self.start))
        #expect(old.outOfOrder == 10, "the newest reading is remembered when the outbox is empty")
        await bed.end()
    }

    @Test(arguments: VictoriaConfiguration.Route.allCases)
    func aPoisonedReadingIsPutAsideAndHoldsNothingUp(_ route: VictoriaConfiguration.Route) async throws {
        let bed = try await Bed { $0.route = route }
        bed.server.set(.dislikes(Bench.id(77).description))
        try await bed.append(300)
        try await bed.go(seconds: 70)
        #expect(await bed.number("rejected_readings") == 1)
        #expect(await bed.number("delivered_readings") == 299)
        #expect(bed.server.lines.allSatisfy { !$0.contains(Bench.id(77).description) })
        guard case .degraded = await bed.store.statistics().state else {
            Issue.record("a refused reading must be told")
            return await bed.end()
        }
        await bed.end()
    }

    @Test func aServerThatTakesNothingAtAllCostsNoReading() async throws {
        let bed = try await Bed()
        bed.server.set(.answers(400))
        try await bed.append(300)
        try await bed.go(seconds: 300)
        bed.server.set(.well)
        try await bed.go(seconds: 70)
        #expect(await bed.number("rejected_readings") == 0)
        #expect(bed.server.lines.count == samples(300))
        await bed.end()
    }

    @Test func beyondItsBoundTheOutboxDropsTheOldestAndSaysSo() async throws {
        let bed = try await Bed { $0.outboxOctetsMax = 60_000 }
        bed.server.set(.away("connection refused"))
        for _ in 0..<20 {
            try await bed.append(300)
            try await bed.go(seconds: 300)
        }
        let dropped = await bed.number("dropped_readings")
        let kept = await bed.number("outbox_readings")
        #expect(dropped > 0)
        #expect(dropped + kept == 6000)
        #expect(await bed.number("outbox_octets") <= 60_000)
        guard case .degraded(let text) = await bed.store.statistics().state else {
            Issue.record("dropped readings must be told")
            return await bed.end()
        }
        #expect(text.contains("\(dropped) readings were dropped"))
        bed.server.set(.well)
        try await bed.go(seconds: 120)
        let first = bed.server.lines.compactMap { $0.split(separator: " ").last.flatMap { Int64($0) } }.min() ?? 0
        #expect(first > Self.start.milliseconds + 300_000, "the newest stay")
        #expect(await bed.number("delivered_readings") == kept)
        await bed.end()
    }

    @Test func samplesThatTheServerThrowsAwayAreTold() async throws {
        let bed = try await Bed()
        try await bed.append(10)
        try await bed.go(seconds: 10)
        bed.server.state.withLock { $0.ignoredRows = 4 }
        try await bed.go(seconds: 10)
        #expect(await bed.number("server_ignored_samples") == 4)
        guard case .degraded(let text) = await bed.store.statistics().state else {
            Issue.record("ignored samples must be told")
            return await bed.end()
        }
        #expect(text.contains("-retentionPeriod"))
        await bed.end()
    }

    @Test func withoutRoomOnTheDiskNothingIsTakenAndThatIsTold() async throws {
        let bed = try await Bed { $0.reserveOctets = .max }
        await #expect(throws: SeriesError.self) { try await bed.append(1) }
        guard case .failing(let text) = await bed.store.statistics().state else {
            Issue.record("an outbox without room must be told")
            return await bed.end()
        }
        #expect(text.contains("free some space"))
        await bed.end()
    }
}
