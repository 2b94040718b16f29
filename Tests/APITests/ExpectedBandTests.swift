import API
import Baselines
import Catalog
import Inventory
import Listing
import Series
import SeriesTestKit
import Synchronization
import Testing
import Traffic

/// The band of the classic method: the one by which samples are judged.
@Suite struct ExpectedBandTests {
    private let store = MemorySeriesStore(now: { Fixture.now })

    private func fixture(_ anomalies: AnomalySource = AnomalySource()) async throws -> (api: Fixture, id: InterfaceID) {
        let api = try Fixture(metrics: MetricsSource(series: store), anomalies: anomalies)
        let (_, rows) = try await api.add("SW", [.isp])
        return (api, rows[0].id)
    }

    /// A week of rows in which each hour of the week carries its number and 100 Mbps.
    private func learn(_ api: Fixture, _ id: InterfaceID, deviation: Double = 10) async throws {
        let rows = (0..<168).map { hour in
            let figures = BaselineFigures(
                average: Double(100 + hour), standardDeviation: deviation, minimum: 0, maximum: 1_000, sampleCount: 24)
            return Baseline(
                interfaceID: id, hourOfDay: hour % 24, dayOfWeek: hour / 24, inbound: figures, outbound: figures,
                lastUpdated: Fixture.now)
        }
        _ = try await api.catalog.replaceBaselines(of: [id], with: rows)
    }

    /// Readings of an idle port, hourly, since some days.
    private func keep(_ id: InterfaceID, days: Int) async throws {
        let readings = (0...(days * 24)).map { place in
            SeriesReading(id, .sample(secondsAgo: (days * 24 - place) * 3_600, inOctets: UInt64(place)))
        }
        _ = try await store.append(readings)
    }

    private struct Point: Equatable {
        var at: Timestamp
        var expected: Double
        var low: Double
        var high: Double
    }

    private func points(_ api: Fixture, _ id: InterfaceID, _ query: String) async throws -> [Point] {
        let answer = try await api.send("GET", "/interfaces/\(id)/expected?mode=classic&\(query)").document
        return try answer.list("points").compactMap { point in
            guard let band = point["in"], case .real(let expected) = band["expected"],
                case .real(let low) = band["low"],
                case .real(let high) = band["high"]
            else { return nil }
            return Point(
                at: try #require(Timestamp(point.text("at"))), expected: expected, low: low, high: high)
        }
    }

    @Test func onAHolidayItIsThatOfSunday() async throws {
        // Fixture's present is a Monday, 2026-09-21.
        let holidays = try HolidayCalendar(parsing: ["2026-09-21"])
        let (api, id) = try await fixture(AnomalySource(holidays: { holidays }))
        try await learn(api, id)
        let found = try await points(api, id, "from=-4h&to=now&step=1h")
        #expect(found.count >= 4)
        for point in found {
            let hour = Double(point.at.seconds % 86_400 / 3_600)
            #expect(abs(point.expected - (100 + hour) * 1e6) < 1, "\(point)")
        }
        let ordinary = try await points(api, id, "from=-28h&to=-25h&step=1h")
        #expect(!ordinary.isEmpty && ordinary.allSatisfy { $0.expected < 124e6 })
        let before = try await points(api, id, "from=-52h&to=-49h&step=1h")
        #expect(!before.isEmpty && before.allSatisfy { $0.expected > (100 + 144) * 1e6 - 1 })
    }

    @Test func aHolidayThatIsEnteredLaterCountsFromThen() async throws {
        let holidays = Mutex(HolidayCalendar())
        let (api, id) = try await fixture(AnomalySource(holidays: { holidays.withLock { $0 } }))
        try await learn(api, id)
        let before = try await points(api, id, "from=-4h&to=now&step=1h")
        let entered = try HolidayCalendar(parsing: ["2026-09-21"])
        holidays.withLock { $0 = entered }
        let after = try await points(api, id, "from=-4h&to=now&step=1h")
        #expect(before.count == after.count && before.count >= 4)
        for (one, other) in zip(before, after) { #expect(abs(one.expected - other.expected - 24e6) < 1) }
    }

    @Test func itIsWiderWhileAnInterfaceIsYoung() async throws {
        let (api, id) = try await fixture()
        try await learn(api, id)
        try await keep(id, days: 20)
        let young = try await points(api, id, "from=-12d&to=-8d&step=1h")
        #expect(young.count > 90 && young.allSatisfy { abs($0.high - $0.expected - 35e6) < 1 }, "\(young.first as Any)")
        let grown = try await points(api, id, "from=-4d&to=now&step=1h")
        #expect(grown.count > 90 && grown.allSatisfy { abs($0.high - $0.expected - 30e6) < 1 }, "\(grown.first as Any)")
    }

    @Test func aConstantHourHasRoomForAHundredthOfTheLineSpeed() async throws {
        let (api, id) = try await fixture()
        try await learn(api, id, deviation: 0)
        try await keep(id, days: 20)
        let found = try await points(api, id, "from=-4h&to=now&step=1h")
        #expect(found.count >= 4)
        for point in found {
            #expect(abs(point.high - point.expected - 10e6) < 1 && abs(point.expected - point.low - 10e6) < 1)
        }
    }
}
