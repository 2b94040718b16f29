import FoundationEssentials
import Glibc
import Inventory
import Logging
import Series
import Testing

@testable import SeriesVictoria

/// Delivery to a real server: what it answers, and what is left when it is killed, frozen or full.
@Suite(.enabled(if: RealVictoria.isInstalled)) struct RealServerTests {
    private final class Bed {
        let server: RealVictoria
        let clocks: TestClocks
        let store: VictoriaSeriesStore
        let folder: String
        /// What was acknowledged.
        var ledger: [InterfaceID: [CounterReading]] = [:]

        init(
            data: String? = nil, _ change: (inout VictoriaConfiguration) -> Void = { _ in },
            transport: ((RealVictoria) throws -> any VictoriaTransport)? = nil
        ) async throws {
            server = try RealVictoria(data: data)
            try server.start()
            folder = try TestFolder.make("outbox")
            clocks = TestClocks(Timestamp(seconds: Int64(time(nil)) - 7200))
            var configuration = VictoriaConfiguration(url: server.url, directory: folder)
            change(&configuration)
            store = try await Bench.store(configuration, transport: try transport?(server), clocks: clocks)
        }

        func append(_ count: Int) async throws {
            let cycle = Bench.cycle(count, at: Timestamp(milliseconds: clocks.now.milliseconds - 2000))
            guard try await store.append(cycle).accepted == count else { return }
            for one in cycle { ledger[one.interface, default: []].append(one.reading) }
        }

        func go(seconds: Int64) async throws {
            for _ in 0..<seconds / 5 {
                clocks.advance(seconds: 5)
                _ = try await store.maintain(now: clocks.now)
            }
        }

        /// Sends everything, until the server may be asked for it and the outbox is empty.
        ///
        /// The server finds new series a second or so after it took them.
        func finish() async throws {
            try await go(seconds: 150)
            let began = ContinuousClock.now
            repeat {
                _ = try await get("/internal/force_flush")
                if try await Bench.all(store, to: clocks.now).count >= ledger.count { return }
                try await Task.sleep(for: .milliseconds(50))
            } while ContinuousClock.now - began < .seconds(15)
        }

        func get(_ path: String) async throws -> String {
            let answer = try await store.transport.exchange(VictoriaRequest(path: path))
            return String(decoding: answer.body, as: UTF8.self)
        }

        func query(_ query: String, at: Timestamp) async throws -> [Answer.Row] {
            let text = try await get(
                "/api/v1/query?nocache=1&query=\(FormText.encoded(query))&time=\(at.seconds)")
            return try JSONDecoder().decode(Answer.self, from: Data(text.utf8)).data.result
        }

        func end() async {
            await store.close()
            server.remove()
            TestFolder.remove(folder)
        }
    }

    struct Answer: Decodable {
        struct Row: Decodable {
            var metric: [String: String]
            var value: Value
        }
        struct Value: Decodable {
            var number: Double
            init(from decoder: any Decoder) throws {
                var list = try decoder.unkeyedContainer()
                _ = try list.decode(Double.self)
                number = Double(try list.decode(String.self)) ?? .nan
            }
        }
        struct Body: Decodable { var result: [Row] }
        var data: Body
    }

    @Test(arguments: VictoriaConfiguration.Route.allCases)
    func theFourQueriesAnswerAsExpected(_ route: VictoriaConfiguration.Route) async throws {
        let bed = try await Bed { $0.route = route }
        for _ in 0..<13 {
            try await bed.append(60)
            try await bed.go(seconds: 300)
        }
        try await bed.finish()
        let last = try #require(bed.ledger[Bench.id(0)]?.last?.at)
        let at = last.advanced(bySeconds: 2)
        let count = try await bed.query("count(interface_if_hc_in_octets)", at: at)
        #expect(count.map(\.value.number) == [60])
        let rates = try await bed.query("rate(interface_if_hc_in_octets{interface_type=\"isp\"}[5m])*8", at: at)
        #expect(rates.count == 60)
        for row in rates {
            let number = try #require((0..<60).first { Bench.id($0).description == row.metric["interface_id"] })
            #expect(abs(row.value.number - Double(number % 50 + 1) * 1e6) < 1e4, "interface \(number)")
            let expected = Bench.labels(number).pairs.filter { !$0.value.isEmpty }.map { "\($0.name)=\($0.value)" }
            #expect(row.metric.map { "\($0.key)=\($0.value)" }.sorted() == expected.sorted())
        }
        let top = try await bed.query("topk(10, rate(interface_if_hc_in_octets[5m]))", at: at)
        #expect(top.count == 10)
        #expect(top.allSatisfy { $0.value.number > 40 * 125_000 })
        let errors = try await bed.query("rate(interface_if_in_errors[1h])", at: at)
        #expect(errors.count == 60)
        await bed.end()
    }

    @Test(arguments: VictoriaConfiguration.Route.allCases)
    func readingsComeBackAsTheyWere(_ route: VictoriaConfiguration.Route) async throws {
        let bed = try await Bed { $0.route = route }
        for _ in 0..<3 {
            try await bed.append(1200)
            try await bed.go(seconds: 300)
        }
        try await bed.finish()
        #expect(await Bench.number("outbox_readings", bed.store) == 0)
        #expect(try await Bench.all(bed.store, to: bed.clocks.now) == bed.ledger)
        #expect(await bed.store.statistics().state == .working)
        await bed.end()
    }

    @Test(arguments: VictoriaConfiguration.Route.allCases, [true, false])
    func theFirstReadingOfATimeStaysAndAnotherIsRefused(
        _ route: VictoriaConfiguration.Route, _ context: Bool
    ) async throws {
        let bed = try await Bed {
            $0.route = route
            $0.sendsContext = context
        }
        try await bed.append(20)
        for isWithTheServer in [false, true] {
            if isWithTheServer { try await bed.finish() }
            let same = bed.ledger.flatMap { id, readings in readings.map { SeriesReading(id, $0) } }
            var others = same
            for index in others.indices {
                others[index].reading[.inOctets]? += 1_000
                others[index].reading[.outOctets]? -= 1
            }
            let refused = try await bed.store.merge(others)
            #expect(refused.outOfOrder == 20 && refused.accepted == 0, "\(refused)")
            let again = try await bed.store.merge(same)
            #expect(again.repeated == 20 && again.accepted == 0, "\(again)")
        }
        try await bed.finish()
        for (id, readings) in try await Bench.all(bed.store, to: bed.clocks.now) {
            #expect(readings.map { $0[.inOctets] } == bed.ledger[id]?.map { $0[.inOctets] })
            #expect(readings.map { $0[.outOctets] } == bed.ledger[id]?.map { $0[.outOctets] })
        }
        await bed.end()
    }

    @Test func aCounterThatTheServerRoundsIsTheSameWhenItIsMergedAgain() async throws {
        let bed = try await Bed()
        var reading = Bench.reading(1, at: Timestamp(milliseconds: bed.clocks.now.milliseconds - 2000))
        reading[.inOctets] = (1 << 60) + 12_345
        _ = try await bed.store.append([SeriesReading(Bench.id(1), reading)])
        try await bed.finish()
        #expect(await Bench.number("outbox_readings", bed.store) == 0)
        let again = try await bed.store.merge([SeriesReading(Bench.id(1), reading)])
        #expect(again.repeated == 1, "\(again)")
        await bed.end()
    }

    @Test(arguments: VictoriaConfiguration.Route.allCases)
    func aRenamedDeviceGoesOnAndStrangeNamesAreKept(_ route: VictoriaConfiguration.Route) async throws {
        let strange = "a\"} 1\n,'b\"\\, მაგთი"
        let names = ["old", strange]
        var ledger: [CounterReading] = []
        let server = try RealVictoria()
        try server.start()
        let folder = try TestFolder.make("outbox")
        let clocks = TestClocks(Timestamp(seconds: Int64(time(nil)) - 7200))
        for (index, name) in names.enumerated() {
            var configuration = VictoriaConfiguration(url: server.url, directory: folder)
            configuration.route = route
            let store = try await VictoriaSeriesStore.open(
                configuration, transport: HTTPTransport(VictoriaAddress(server.url)),
                labels: { _ in [Bench.id(5): Bench.labels(5, deviceName: name)] }, now: { clocks.now },
                steadyMilliseconds: { clocks.steady }, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            let reading = Bench.reading(5, at: clocks.now)
            _ = try await store.append([SeriesReading(Bench.id(5), reading)])
            ledger.append(reading)
            for _ in 0..<20 {
                clocks.advance(seconds: 10)
                _ = try await store.maintain(now: clocks.now)
            }
            _ = try await store.transport.exchange(VictoriaRequest(path: "/internal/force_flush"))
            // The server remembers for some seconds which series a question had; readings are in the outbox meanwhile.
            var found = try await Bench.all(store, to: clocks.now)
            for _ in 0..<80 where found != [Bench.id(5): ledger] {
                usleep(250_000)
                found = try await Bench.all(store, to: clocks.now)
            }
            #expect(found == [Bench.id(5): ledger], "\(index + 1) names")
            let answer = try await store.transport.exchange(
                VictoriaRequest(path: "/api/v1/label/device_name/values"))
            let known = try JSONDecoder().decode([String: AnyText].self, from: Data(answer.body))["data"]?.list ?? []
            #expect(known.contains(route == .csv ? name.replacing("\n", with: " ") : name))
            await store.close()
        }
        server.remove()
        TestFolder.remove(folder)
    }

    struct AnyText: Decodable {
        var list: [String] = []
        init(from decoder: any Decoder) throws {
            list = (try? decoder.singleValueContainer().decode([String].self)) ?? []
        }
    }

    @Test(arguments: VictoriaConfiguration.Route.allCases)
    func nothingIsMissingOrDoubledWhenTheServerIsKilledAfterItsAcknowledgements(
        _ route: VictoriaConfiguration.Route
    ) async throws {
        // The server's seconds are not those of the test's clock: nothing is to settle before the last kill.
        let bed = try await Bed {
            $0.route = route
            $0.settleSeconds = 600
        }
        for _ in 0..<4 {
            for _ in 0..<2 {
                try await bed.append(200)
                try await bed.go(seconds: 10)
            }
            #expect(await Bench.number("waiting_readings", bed.store) == 0, "the server took everything")
            bed.server.kill9()
            try await bed.append(200)
            try await bed.go(seconds: 10)
            usleep(1_100_000)
            try bed.server.start()
            try await bed.go(seconds: 60)
            #expect(await Bench.number("outbox_readings", bed.store) == Int64(bed.ledger.values.joined().count))
        }
        try await bed.go(seconds: 600)
        try await bed.finish()
        #expect(await Bench.number("outbox_readings", bed.store) == 0, "what is read is what the server has")
        #expect(await Bench.number("server_restarts", bed.store) == 4)
        #expect(try await Bench.all(bed.store, to: bed.clocks.now) == bed.ledger)
        let at = bed.clocks.now
        let counts = try await bed.query("count_over_time(interface_if_hc_in_octets[2h])", at: at)
        #expect(Set(counts.map(\.value.number)) == [12], "each reading once")
        await bed.end()
    }

    @Test func aFrozenServerHoldsNoReadingBackFromTheDiskAndGetsItLater() async throws {
        let bed = try await Bed(transport: { server in
            ImpatientTransport(HTTPTransport(try VictoriaAddress(server.url)))
        })
        try await bed.append(100)
        try await bed.go(seconds: 10)
        bed.server.signal(SIGSTOP)
        try await bed.append(100)
        try await bed.go(seconds: 10)
        #expect(await Bench.number("waiting_readings", bed.store) == 100)
        guard case .degraded(let text) = await bed.store.statistics().state else {
            Issue.record("a frozen server must be told")
            return await bed.end()
        }
        #expect(text.contains("no answer within"))
        bed.server.signal(SIGCONT)
        try await bed.go(seconds: 90)
        try await bed.finish()
        #expect(try await Bench.all(bed.store, to: bed.clocks.now) == bed.ledger)
        await bed.end()
    }

    /// The way to a server, with a patience of one second.
    private struct ImpatientTransport: VictoriaTransport {
        let way: HTTPTransport
        init(_ way: HTTPTransport) { self.way = way }
        func exchange(
            _ request: VictoriaRequest, _ take: (_ status: Int, _ piece: ArraySlice<UInt8>) throws -> Void
        ) async throws -> Int {
            var request = request
            request.timeoutSeconds = min(request.timeoutSeconds, 1)
            return try await way.exchange(request, take)
        }
        func close() async { await way.close() }
    }

    @Test(.enabled(if: getuid() == 0)) func aServerWithAFullDiskGetsEverythingOnceThereIsRoom() async throws {
        let data = try TestFolder.make("full")
        guard mount("tmpfs", data, "tmpfs", 0, "size=26m") == 0 else { return TestFolder.remove(data) }
        defer {
            umount2(data, 2)
            TestFolder.remove(data)
        }
        let bed = try await Bed(data: data) { $0.settleSeconds = 600 }
        let filler = "\(data)/filler"
        let isFull = try Self.fill(filler)
        #expect(isFull)
        for _ in 0..<20 {
            try await bed.append(500)
            try await bed.go(seconds: 10)
            usleep(500_000)
            if await Bench.number("waiting_readings", bed.store) != 0 { break }
        }
        #expect(await Bench.number("waiting_readings", bed.store) != 0, "the server must have had enough")
        unlink(filler)
        bed.server.kill9()
        usleep(1_100_000)
        try bed.server.start()
        try await bed.go(seconds: 800)
        try await bed.finish()
        #expect(await Bench.number("outbox_readings", bed.store) == 0)
        #expect(try await Bench.all(bed.store, to: bed.clocks.now) == bed.ledger)
        await bed.end()
    }

    /// Writes a file until no room is left on its disk.
    private static func fill(_ path: String) throws -> Bool {
        let descriptor = open(path, O_WRONLY | O_CREAT, 0o600)
        defer { close(descriptor) }
        let zeros = [UInt8](repeating: 0, count: 4096)
        for _ in 0..<100_000 where write(descriptor, zeros, zeros.count) <= 0 { return true }
        return false
    }
}
