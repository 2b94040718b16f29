import Inventory
import Testing

@testable import Traffic

@Suite("The last day, and its hours")
struct AccumulatorTests {
    private let hour = ReadingSeries.hour
    private let id = InterfaceID.random()

    private func summary(_ readings: [CounterReading], hours: Double = 24) -> MetricsSummary {
        var one = SummaryAccumulator(
            interfaceID: id, from: hour, to: hour.advanced(bySeconds: hours * 3_600))
        for reading in readings { one.add(reading) }
        var all = SummaryAccumulator(
            interfaceID: id, from: hour, to: hour.advanced(bySeconds: hours * 3_600))
        all.add(readings)
        #expect(one.summary(updatedAt: hour) == all.summary(updatedAt: hour), "one by one or all at once")
        return one.summary(updatedAt: hour)
    }

    @Test("Means are weighted by time, highest is of one step, totals count gaps")
    func traffic() {
        let lead = hour.advanced(bySeconds: -300)
        let result = summary(ReadingSeries.of([10, nil, 40, nil, nil, nil, 100], start: lead))
        #expect(abs(result.avgInMbps - 30) < 1e-9)
        #expect(abs(result.avgOutMbps - 60) < 1e-9)
        #expect(result.maxInMbps == 40)
        #expect(result.maxOutMbps == 80)
        #expect(abs(result.totalInGB - (10e6 * 300 + 40e6 * 600 + 100e6 * 1_200) / 8e9) < 1e-9)
        #expect(abs((result.utilizationPercent ?? 0) - 6) < 1e-9)
        #expect(result.sampleCount == 3)
        #expect(result.windowStart == hour)
        #expect(result.windowEnd == hour.advanced(bySeconds: 86_400))
    }

    @Test("Errors: per direction, the worse one; the worst interval")
    func errors() {
        var readings = ReadingSeries.of([8, 8, 8], start: hour)
        // 600,000 packets in, 1,200,000 out a step.
        readings[1].counters[2] += 600_000
        for index in 2...3 { readings[index].counters[2] += 600_000 }
        readings[3].counters[3] += 36_000
        let result = summary(readings)
        #expect(abs(result.maxErrorRate - 50) < 1e-9)
        #expect(abs(result.avgErrorRate - 25) < 1e-9)
    }

    @Test("Readings before the window are lead only, those after it are not counted")
    func window() {
        let readings = ReadingSeries.of(Array(repeating: 10, count: 36), start: hour.advanced(bySeconds: -3_600))
        let result = summary(readings, hours: 1)
        #expect(result.sampleCount == 12)
        #expect(abs(result.totalInGB - 10e6 * 3_600 / 8e9) < 1e-9)
        #expect(abs(result.avgInMbps - 10) < 1e-9)
    }

    @Test("No speed: no utilisation; no reading: zeros")
    func empty() {
        #expect(summary(ReadingSeries.of([10], start: hour, speed: nil)).utilizationPercent == nil)
        let nothing = MetricsSummary(
            interfaceID: id, windowStart: hour, windowEnd: hour.advanced(bySeconds: 86_400), updatedAt: hour)
        #expect(summary([]) == nothing)
    }

    @Test("A reset in the day costs one rate, not the day")
    func reset() {
        var readings = ReadingSeries.of([10, 10, 10, 10], start: hour)
        for index in 3..<5 {
            readings[index].counters &-= readings[2].counters
            readings[index].sysUpTime = UInt32(20_000 + (index - 3) * 30_000)
        }
        let result = summary(readings)
        #expect(result.maxInMbps == 10)
        #expect(abs(result.totalInGB - 10e6 * 900 / 8e9) < 1e-9)
    }

    @Test("An hour holds the rates whose later reading is in it")
    func hours() {
        var rollup = RollupAccumulator()
        let readings = ReadingSeries.of(Array(repeating: 10, count: 23) + [50], start: hour.advanced(bySeconds: -300))
        rollup.begin(with: readings[0])
        for reading in readings.dropFirst() { rollup.add(reading) }
        let hours = rollup.finish()
        #expect(hours.map(\.hour) == [hour, hour.advanced(bySeconds: 3_600)])
        #expect(hours.map(\.readings) == [12, 12])
        #expect(hours.map(\.inbound.count) == [12, 12])
        #expect(hours[1].inbound.sum == 160e6)
        #expect(hours[1].inbound.sumOfSquares == 11 * 1e14 + 25e14)
        #expect(hours[1].inbound.max == 50e6)
        #expect(hours[1].outbound.min == 20e6)
        #expect(hours[1].inbound.seconds == 3_600)
        #expect(hours[0].outbound.discards == 24)
        #expect(hours[0].origin == .wide)
        #expect(rollup.finish().isEmpty)
    }

    @Test("The hour a moment is in")
    func hourOf() {
        #expect(RollupAccumulator.hour(of: Timestamp(milliseconds: 3_599_999)) == Timestamp(seconds: 0))
        #expect(RollupAccumulator.hour(of: Timestamp(milliseconds: 3_600_000)) == Timestamp(seconds: 3_600))
        #expect(RollupAccumulator.hour(of: Timestamp(milliseconds: -1)) == Timestamp(seconds: -3_600))
    }
}
