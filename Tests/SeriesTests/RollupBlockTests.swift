import Inventory
import Series
import Testing
import Traffic

@Suite("Blocks of hourly roll-ups")
struct RollupBlockTests {
    static func decode(_ block: [UInt8]) throws -> [HourlyRollup] {
        var hours: [HourlyRollup] = []
        try block.withUnsafeBytes { try RollupBlock.decode($0, into: &hours) }
        return hours
    }

    @Test("come back with sums within 1e-9 and everything counted exactly", arguments: [0, 1, 2, 24, 744])
    func steady(_ count: Int) throws {
        for idle in [false, true] {
            let hours = BlockSpecimens.hours(count, idle: idle)
            let found = try Self.decode(RollupBlock.encode(hours))
            try #require(found.count == count)
            for (found, expected) in zip(found, hours) {
                expectClose(found, expected)
            }
        }
    }

    @Test(
        "keep mean and deviation of a direction within 1e-9, from steady to bursty", arguments: 0..<300 as Range<UInt64>
    )
    func moments(_ seed: UInt64) throws {
        var random = SeededGenerator(seed)
        var hour = HourlyRollup(hour: BlockSpecimens.start)
        let spread = Double(seed % 30) / 3
        for _ in 0..<Int.random(in: 1...360, using: &random) {
            let octets = UInt64(1000 * Double.random(in: 0...spread, using: &random).expOfTwo)
            let seconds = Double(Int.random(in: 9_900...10_100, using: &random)) / 1000
            hour.inbound.add(octets: octets, seconds: seconds)
        }
        let found = try Self.decode(RollupBlock.encode([hour]))
        expectClose(found[0], hour)
    }

    @Test("once decoded, come back the same for ever", arguments: 0..<50 as Range<UInt64>)
    func settled(_ seed: UInt64) throws {
        let once = try Self.decode(RollupBlock.encode(BlockSpecimens.hours(5, seed: seed)))
        #expect(try Self.decode(RollupBlock.encode(once)) == once, "seed \(seed)")
    }

    @Test("are the same in one block of a day as in twelve of two hours", arguments: 0..<50 as Range<UInt64>)
    func united(_ seed: UInt64) throws {
        let hours = BlockSpecimens.hours(24, seed: seed, idle: seed % 5 == 4)
        let apart = try stride(from: 0, to: 24, by: 2).flatMap { first in
            try Self.decode(RollupBlock.encode(Array(hours[first..<first + 2])))
        }
        let day = try Self.decode(RollupBlock.encode(hours))
        #expect(day == apart, "seed \(seed)")
        #expect(try Self.decode(RollupBlock.encode(apart)) == apart, "seed \(seed)")
    }

    @Test("keep exactly what does not fit the short form")
    func odd() throws {
        var hour = HourlyRollup(hour: Timestamp(milliseconds: Int64.min + 17))
        hour.readings = UInt32.max
        hour.origin = RateOrigin(rawValue: UInt16.max)
        hour.inbound.count = UInt32.max
        hour.inbound.sum = -1e300
        hour.inbound.sumOfSquares = .infinity
        hour.inbound.seconds = 1 / 3
        hour.inbound.octets = UInt64.max
        hour.inbound.packets = UInt64.max
        hour.outbound.errors = UInt64.max
        hour.outbound.discards = 1
        hour.outbound.max = .leastNonzeroMagnitude
        let hours = [
            hour, HourlyRollup(hour: Timestamp(milliseconds: Int64.max)), HourlyRollup(hour: BlockSpecimens.start),
        ]
        #expect(try Self.decode(RollupBlock.encode(hours)) == hours)
        let many = (0..<4).flatMap { _ in hours }
        #expect(try Self.decode(RollupBlock.encode(many)) == many)
    }

    @Test("take little", arguments: [(2, 54, 11), (24, 42, 3), (720, 36, 2)])
    func size(_ count: Int, _ busy: Double, _ idle: Double) {
        let sizes = [false, true].map { idle in
            Double(RollupBlock.encode(BlockSpecimens.hours(count, idle: idle)).count) / Double(count)
        }
        #expect(sizes[0] <= busy, "\(count) busy hours: \(sizes[0])")
        #expect(sizes[1] <= idle, "\(count) idle hours: \(sizes[1])")
    }

    @Test("have these octets in this version")
    func golden() {
        var busy = HourlyRollup(hour: BlockSpecimens.start)
        busy.readings = 12
        busy.origin = [.wide, .averaged]
        busy.inbound.add(octets: 3_000_000_000, seconds: 300.004)
        busy.inbound.add(octets: 1_500_000_000, seconds: 299.998)
        busy.outbound = busy.inbound
        busy.outbound.errors = 5
        var idle = HourlyRollup(hour: BlockSpecimens.start.advanced(bySeconds: 3600))
        idle.readings = 12
        idle.origin = .wide
        idle.inbound.count = 12
        idle.inbound.seconds = 3600.021
        idle.outbound = idle.inbound
        let columns = RollupBlock.encode([busy] + Array(repeating: idle, count: 7))
        #expect(columns.first == 2)
        #expect(
            hex(columns)
                == "02088080c0bf9ec93300050080dddb01000c180005027f017ff6ffffffffffffffff0100c2f2c8feffffff"
                + "ffff012a7f809ae2e1107f9baf88037e7e7f9490ffffffffffffff017fecb1f1387fa0abd5027fdfd4aa05"
                + "7f017e7e7f809ae2e1107f9baf88037f057e7f9490ffffffffffffff017fecb1f1387fa0abd5027fdfd4aa"
                + "055fb9f92a")
        #expect(
            hex(RollupBlock.encode([busy, idle]))
                == "010239808b3c051702fb9aee02809ae2e1109baf8803d7df01ec581c07a055555faaaa34809ae2e1109baf88"
                + "030500d7df01ec581c07a055555faaaa180102a69bee0208ab9698")
    }
}

extension Double {
    /// 2 to this power, near enough.
    fileprivate var expOfTwo: Double {
        let whole = rounded(.down)
        return Double(sign: .plus, exponent: Int(whole), significand: 1) * (1 + self - whole)
    }
}

extension DirectionRollup {
    /// One interval more.
    fileprivate mutating func add(octets: UInt64, seconds: Double) {
        let rate = Double(octets) * 8 / seconds
        min = count == 0 ? rate : Swift.min(min, rate)
        max = Swift.max(max, rate)
        count += 1
        sum += rate
        sumOfSquares += rate * rate
        self.seconds += seconds
        self.octets += octets
        packets += octets / 700
    }
}

/// Expects what `RollupBlock` promises of an hour that came back.
private func expectClose(_ found: HourlyRollup, _ expected: HourlyRollup) {
    #expect(found.hour == expected.hour)
    #expect(found.readings == expected.readings)
    #expect(found.origin == expected.origin)
    for (found, expected) in [(found.inbound, expected.inbound), (found.outbound, expected.outbound)] {
        #expect(found.count == expected.count)
        #expect(found.octets == expected.octets)
        #expect(found.packets == expected.packets)
        #expect(found.errors == expected.errors)
        #expect(found.discards == expected.discards)
        #expect(abs(found.seconds - expected.seconds) <= 1e-12 * expected.seconds)
        #expect(abs(found.sum - expected.sum) <= 1e-9 * expected.sum)
        #expect(abs(found.sumOfSquares - expected.sumOfSquares) <= 1e-9 * expected.sumOfSquares)
        #expect(abs(found.min - expected.min) <= 0x1p-24 * expected.sum)
        #expect(abs(found.max - expected.max) <= 0x1p-24 * expected.sum)
    }
}
