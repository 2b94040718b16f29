import Inventory
import Testing

@testable import Traffic

@Suite("Points of a chart")
struct RateSeriesTests {
    private let hour = ReadingSeries.hour

    private func buckets(_ readings: [CounterReading], _ seconds: Double, step: Int) -> [RateBucket] {
        RateSeries.buckets(readings, from: hour, to: hour.advanced(bySeconds: seconds), stepSeconds: step)
    }

    @Test("Lowest, mean and highest of each direction; a rate is where its later reading is")
    func bucketing() {
        let lead = hour.advanced(bySeconds: -300)
        let points = buckets(ReadingSeries.of([10, 20, 30, 40], start: lead), 1_200, step: 600)
        #expect(points.map(\.start) == [hour, hour.advanced(bySeconds: 600)])
        #expect(points[0].inbound.rate == RateRange(min: 10e6, avg: 15e6, max: 20e6))
        #expect(points[1].inbound.rate == RateRange(min: 30e6, avg: 35e6, max: 40e6))
        #expect(points[1].outbound.rate == RateRange(min: 60e6, avg: 70e6, max: 80e6))
        #expect(points.map(\.readings) == [2, 2])
        #expect(points[0].inbound.octets == UInt64(30e6 / 8 * 300))
        #expect(points[0].outbound.discards == 4)
        #expect(points[0].inbound.errors == 0)
        #expect(points[0].operStatus == 1)
        #expect(points[0].origin == .wide)
    }

    @Test("The mean is weighted by time: a missed poll counts for the two intervals it covers")
    func weighted() {
        let points = buckets(ReadingSeries.of([10, nil, 40], start: hour), 1_800, step: 1_800)
        let mean = points[0].inbound.rate?.avg ?? 0
        #expect(abs(mean - 30e6) < 1)
        #expect(points[0].inbound.seconds == 900)
        #expect(points[0].origin == [.wide, .averaged])
    }

    @Test("Buckets narrower than the interval repeat the rate and have no holes; counts are there once")
    func narrowBuckets() {
        let points = buckets(ReadingSeries.of([10, 20], start: hour), 600, step: 60)
        #expect(points.map { $0.inbound.rate?.avg } == [nil, 10e6, 10e6, 10e6, 10e6, 10e6, 20e6, 20e6, 20e6, 20e6])
        #expect(points.compactMap(\.inbound.octets) == [UInt64(10e6 / 8 * 300)])
        #expect(points.map(\.readings) == [1, 0, 0, 0, 0, 1, 0, 0, 0, 0])
    }

    @Test("A missed poll leaves no hole, a gap does, with its reason, and its octets are counted where it ends")
    func gaps() {
        let points = buckets(
            ReadingSeries.of([10, nil, 10, nil, nil, 10, 10], start: hour), 2_400, step: 300)
        #expect(points.map { $0.inbound.rate != nil } == [false, true, true, true, false, false, false, true])
        #expect(points[4].origin == .gap)
        #expect(points[6].origin == .gap)
        #expect(points[6].inbound.octets == UInt64(10e6 / 8 * 900))
        #expect(points[2].origin.contains(.averaged))
    }

    @Test("No readings, no range, one reading: no trap, no rate")
    func nothing() {
        #expect(buckets([], 600, step: 300).count == 2)
        #expect(buckets([], 0, step: 300).isEmpty)
        #expect(buckets([], -600, step: 300).isEmpty)
        #expect(buckets(ReadingSeries.of([], start: hour), 300, step: 0).first?.readings == 1)
        let back = Array(ReadingSeries.of([10, 10, 10], start: hour).reversed())
        #expect(buckets(back, 1_200, step: 300).count == 4)
    }

    @Test("Never more points than the most, however narrow they are asked for")
    func bounded() {
        #expect(buckets([], 86_400 * 400, step: 1).count <= RateGrid.bucketsMax)
        #expect(buckets([], 20_001, step: 10).count <= RateGrid.bucketsMax)
        #expect(buckets([], 20_000, step: 10).count == 2_000)
    }

    @Test("Roll-ups give the points that their readings give, hour by hour")
    func rollups() {
        let rates: [Double?] = [10, 20, nil, 30, 5, nil, nil, nil, 7] + (0..<40).map { Double($0) }
        let readings = ReadingSeries.of(rates, start: hour.advanced(bySeconds: -300))
        var rollup = RollupAccumulator()
        rollup.begin(with: readings[0])
        for reading in readings.dropFirst() { rollup.add(reading) }
        let to = hour.advanced(bySeconds: 6 * 3_600)
        let coarse = RateSeries.buckets(rollups: rollup.finish(), from: hour, to: to, stepSeconds: 300)
        let fine = RateSeries.buckets(readings, from: hour, to: to, stepSeconds: 3_600)
        #expect(coarse.count == 6)
        for (rolled, raw) in zip(coarse, fine) {
            #expect(rolled.start == raw.start)
            #expect(rolled.inbound.rate?.min == raw.inbound.rate?.min)
            #expect(rolled.inbound.rate?.max == raw.inbound.rate?.max)
            #expect(rolled.inbound.octets == raw.inbound.octets)
            #expect(rolled.outbound.discards == raw.outbound.discards)
            #expect(rolled.readings == raw.readings)
            #expect(rolled.origin == raw.origin)
        }
        #expect(abs((coarse[2].inbound.rate?.avg ?? 0) - (fine[2].inbound.rate?.avg ?? 1)) < 1e-3)
        #expect(coarse[5].inbound.rate == nil)
    }

    @Test(
        "The step fits the range and the points",
        arguments: [
            (3_600, 2_000, 10, 10), (86_400, 2_000, 10, 60), (86_400, 2_000, 300, 300), (86_400, 200, 10, 600),
            (604_800, 2_000, 10, 600), (2_678_400, 2_000, 10, 1_800), (31_536_000, 2_000, 10, 21_600),
            (315_360_000, 2_000, 10, 172_800), (60, 2, 10, 30), (31_536_000, 2, 10, 15_811_200),
        ])
    func steps(_ one: (seconds: Int, points: Int, finest: Int, step: Int)) {
        let grid = RateGrid.fitting(
            from: hour, to: hour.advanced(bySeconds: Double(one.seconds)), points: one.points,
            finestSeconds: one.finest)
        #expect(grid.count <= one.points)
        #expect(grid.from <= hour)
        #expect(grid.to >= hour.advanced(bySeconds: Double(one.seconds)))
        #expect(grid.from.seconds % Int64(grid.stepSeconds) == 0)
        // The last case begins before the range by as much as a whole step; any number of days will do.
        if one.points > 2 || one.seconds == 60 { #expect(grid.stepSeconds == one.step) }
    }
}
