import API
import SNMP
import Testing

@testable import Server

@Suite struct SNMPNumbersTests {
    /// What an engine says that did nothing yet.
    private func fresh() throws -> EngineStatistics {
        let engine = try Engine()
        defer { engine.shutdown() }
        return engine.statistics
    }

    @Test func eachFieldOfTheEngineIsANumberByItsName() throws {
        var statistics = try fresh()
        statistics.requests = 7
        statistics.kernelDrops = 2
        statistics.inFlight = 5
        let numbers = SNMPStatistics(statistics)
        #expect(numbers.counters.contains(.init("requests", 7)))
        #expect(numbers.counters.contains(.init("kernel_drops", 2)))
        #expect(numbers.gauges.contains(.init("in_flight", 5)))
        #expect(numbers.gauges.contains { $0.name == "receive_buffer_octets" })
        #expect(numbers.gauges.contains { $0.name == "oldest_overdue_milliseconds" })
        #expect(!(numbers.counters + numbers.gauges).contains { $0.name.hasPrefix("round_trips") })
        let names = (numbers.counters + numbers.gauges).map(\.name)
        #expect(Set(names).count == names.count)
        #expect(names.allSatisfy { $0.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "_" } }, "\(names)")
    }

    @Test func aNumberTooLargeForJSONIsTheLargest() throws {
        var statistics = try fresh()
        statistics.octets = .max
        #expect(SNMPStatistics(statistics).counters.contains(.init("octets", .max)))
    }

    @Test(
        arguments: [
            ("requests", "requests"), ("otherPort", "other_port"), ("receiveBufferOctets", "receive_buffer_octets"),
        ])
    func namesAreInSnakeCase(_ name: String, _ expected: String) {
        #expect(SNMPStatistics.snakeCase(name) == expected)
    }

    @Test func healthTellsOfDropsAndOfLatePolls() throws {
        let fresh = try fresh()
        #expect(HealthProbes.engineState(of: fresh).state == .healthy)
        #expect(HealthProbes.engineState(of: fresh, overdueMilliseconds: 60_000).state == .healthy)
        let late = HealthProbes.engineState(of: fresh, overdueMilliseconds: 90_500)
        #expect(late.state == .degraded && late.detail?.contains("90 s late") == true)
        var dropping = fresh
        dropping.kernelDrops = 3
        let dropped = HealthProbes.engineState(of: dropping)
        #expect(dropped.state == .degraded && dropped.detail?.contains("snmp.receive_buffer") == true)
    }

    @Test func anAgentThatNeverAnsweredHasNoNumbers() async throws {
        let engine = try Engine()
        defer { engine.shutdown() }
        // The discard port: no agent listens there.
        var target = Target(TransportAddress(127, 0, 0, 1, port: 9), .v2c(community: Community("public")))
        target.timeoutMilliseconds = 50
        target.retries = 0
        _ = try? await engine.get(["1.3.6.1.2.1.1.3.0"], from: target)
        #expect(engine.numbers(of: target.address) == nil)
        #expect(engine.statistics.roundTripRanges.isEmpty)
        #expect(SNMPStatistics(engine.statistics).counters.contains(.init("requests", 1)))
    }
}
