import Inventory
import Testing

@testable import Baselines

@Suite
struct DetectionArchiveTests {
    private static let fingerprint: UInt64 = 0x1234_5678_9ABC_DEF0

    /// Readings of an interface to which everything happens: outages, flapping, gaps, resets, another line speed.
    private static func readings(seed: UInt64, count: Int) -> [CounterReading] {
        var dice = TrafficDice(seed: seed)
        let traffic = TrafficSpecimen.ordinary(days: count / 288 + 1, seed: seed)
        var counters = SIMD8<UInt64>(repeating: 1_000)
        var silentUntil = 0
        var readings: [CounterReading] = []
        for number in 0..<count {
            if Int.random(in: 0..<400, using: &dice) == 0 {
                silentUntil = number + Int.random(in: 1...20, using: &dice)
            }
            let isSilent = number < silentUntil && number % 3 != 0
            let octets = isSilent ? 0 : UInt64(traffic.rates[number] * 300 / 8)
            counters &+= SIMD8(octets, octets / 2, 0, 1, 0, 0, octets / 800, octets / 1_600)
            if Int.random(in: 0..<900, using: &dice) == 0 { counters = .zero }
            if Int.random(in: 0..<60, using: &dice) == 0 { continue }
            var reading = CounterReading(at: traffic.time(number))
            reading.counters = counters
            reading.present = .all
            reading.ifSpeed = number < count / 2 ? 1_000_000_000 : 10_000_000_000
            reading.sysUpTime = UInt32(number * 30_000 + 100_000)
            reading.operStatus = isSilent ? 2 : 1
            readings.append(reading)
        }
        return readings
    }

    private static func take(_ readings: [CounterReading], _ state: inout InterfaceState) -> [SideFinding] {
        var clock = HourClock(zone: TestZone.all[0].rules)
        var findings: [SideFinding] = []
        Detector(intervalSeconds: 300).take(
            readings, into: &state, context: { SampleContext(place: clock.place(at: $1)) }, findings: &findings,
            everySample: false)
        return findings
    }

    private static func fresh() -> InterfaceState {
        var state = InterfaceState()
        state.classic = ClassicState()
        return state
    }

    private static func learn(_ state: inout InterfaceState, at moment: Timestamp) {
        guard let id = InterfaceID("00000000-0000-4000-8000-000000000001") else { return }
        let figures = BaselineFigures(average: 300, standardDeviation: 30, minimum: 100, maximum: 500, sampleCount: 40)
        state.classic?.adopt(
            (0..<168).map {
                Baseline(
                    id: BaselineID(id.uuid), interfaceID: id, hourOfDay: $0 % 24, dayOfWeek: $0 / 24, inbound: figures,
                    outbound: figures, lastUpdated: moment)
            })
    }

    /// A state in the middle of things: classic learnt, an anomaly going on.
    private static func busyState(seed: UInt64 = 5) -> InterfaceState {
        var state = fresh()
        learn(&state, at: Timestamp(seconds: TrafficSpecimen.start))
        var readings = readings(seed: seed, count: 900)
        if let last = readings.last {
            for number in 1...4 {
                var silent = last
                silent.at = last.at.advanced(bySeconds: Double(number) * 300)
                silent.sysUpTime = last.sysUpTime.map { $0 + UInt32(number) * 30_000 }
                readings.append(silent)
            }
        }
        _ = take(readings, &state)
        return state
    }

    private static func octets(_ states: [InterfaceState]) -> [UInt8] {
        let ids = states.indices.compactMap { InterfaceID("00000000-0000-4000-8000-00000000000\($0)") }
        return DetectionArchive.encode(Array(zip(ids, states)), fingerprint: fingerprint)
    }

    @Test(arguments: 1...8)
    func aRunThatWasCutAnywhereFindsTheSame(seed: UInt64) throws {
        let readings = Self.readings(seed: seed, count: 2_600)
        var whole = Self.fresh()
        Self.learn(&whole, at: readings[0].at)
        var cut = whole
        let expected = Self.take(readings, &whole)
        var dice = TrafficDice(seed: seed &+ 100)
        var found: [SideFinding] = []
        var first = 0
        while first < readings.count {
            let last = min(readings.count, first + Int.random(in: 1...700, using: &dice))
            // Those up to the cursor are given again.
            found += Self.take(Array(readings[max(0, first - 5)..<last]), &cut)
            let restored = try DetectionArchive.decode(Self.octets([cut]), fingerprint: Self.fingerprint)
            cut = try #require(restored.first).1
            first = last
        }
        #expect(found.map { "\($0)" } == expected.map { "\($0)" }, "seed \(seed)")
        for side in TrafficSide.all {
            cut.takeAsNewNormal(side: side)
            whole.takeAsNewNormal(side: side)
        }
        #expect(Self.octets([cut]) == Self.octets([whole]), "seed \(seed)")
        #expect(expected.count > 10)
    }

    @Test
    func whatIsWrittenIsRead() throws {
        let states = [InterfaceState(), Self.busyState(), Self.busyState(seed: 6)]
        #expect(!states[1].openEpisodes.isEmpty)
        let octets = Self.octets(states)
        let read = try DetectionArchive.decode(octets, fingerprint: Self.fingerprint)
        #expect(read.count == 3)
        #expect(Self.octets(read.map(\.1)) == octets)
        #expect(read[2].0.description.hasSuffix("2"))
        #expect("\(read[1].1.openEpisodes)" == "\(states[1].openEpisodes)")
    }

    @Test
    func noStatesAreAnArchiveToo() throws {
        #expect(try DetectionArchive.decode(Self.octets([]), fingerprint: Self.fingerprint).isEmpty)
    }

    @Test
    func everyTruncationIsRefused() {
        let octets = Self.octets([Self.busyState()])
        for count in 0..<octets.count {
            #expect(throws: ArchiveError.self, "\(count) octets") {
                try DetectionArchive.decode(Array(octets[..<count]), fingerprint: Self.fingerprint)
            }
        }
    }

    @Test
    func everyFlippedBitIsRefused() {
        var octets = Self.octets([Self.busyState()])
        for place in octets.indices {
            for bit in 0..<8 {
                octets[place] ^= 1 << UInt8(bit)
                let isRefused = (try? DetectionArchive.decode(octets, fingerprint: Self.fingerprint)) == nil
                if !isRefused { Issue.record("bit \(bit) of octet \(place)") }
                octets[place] ^= 1 << UInt8(bit)
            }
        }
    }

    @Test
    func otherSettingsAndOtherVersionsAreNamed() {
        var octets = Self.octets([InterfaceState()])
        #expect(throws: ArchiveError.otherSettings) { try DetectionArchive.decode(octets, fingerprint: 1) }
        octets[8] = 9
        #expect(throws: ArchiveError.unknownVersion(9)) {
            try DetectionArchive.decode(octets, fingerprint: Self.fingerprint)
        }
        #expect(ArchiveError.otherSettings.description.contains("learnt again"))
    }

    /// What somebody forged, checksum and all, is refused or read, and never ends the program.
    @Test(arguments: 1...400)
    func forgedStatesDoNoHarm(seed: UInt64) {
        var dice = TrafficDice(seed: seed)
        var octets = Self.forgery
        for _ in 0..<Int.random(in: 1...6, using: &dice) {
            octets[Int.random(in: 20..<octets.count - 4, using: &dice)] = UInt8.random(in: 0...255, using: &dice)
        }
        let sum = Self.crc32c(octets.dropLast(4))
        for place in 0..<4 { octets[octets.count - 4 + place] = UInt8(truncatingIfNeeded: sum >> UInt32(8 * place)) }
        guard var states = try? DetectionArchive.decode(octets, fingerprint: Self.fingerprint) else { return }
        let readings = Self.readings(seed: 5, count: 950)
        for place in states.indices {
            states[place].1.cursor = readings[900].at
            _ = Self.take(readings, &states[place].1)
        }
    }

    /// The lowest number of a ring, and times so far away that none can be counted from them.
    @Test
    func forgedExtremesDoNoHarm() {
        let least = Timestamp(milliseconds: .min + 1)
        let far = Timestamp(milliseconds: .min + 1_780_000_000_000)
        let forgeries: [(inout InterfaceState) -> Void] = [
            { state in for place in 0..<24 { state.sides[0].adaptive.ring[place] = .min } },
            { state in for place in 0..<24 { state.sides[0].adaptive.ring[place] = .max } },
            { $0.since = far }, { $0.since = least }, { $0.since = Timestamp(milliseconds: .max) },
            { $0.episodes[0].episode.startedAt = far }, { $0.episodes[0].seenAt = least },
            { $0.episodes[0].episode.lastAt = least }, { $0.episodes[0].episode.endedAt = least },
            { $0.episodes[0].flips = [.min + 1, .max] }, { $0.episodes[0].crossings = [.min + 1, .max, .max] },
            { $0.sides[0].adaptive.lastAt = .max }, { $0.sides[0].adaptive.lastAt = .min + 1 },
            { $0.sides[0].adaptive.hour = .min + 1 }, { $0.sides[0].adaptive.hour = .max },
            { $0.sides[0].adaptive.hourCount = .max }, { $0.sides[0].adaptive.slowAlarmCount = .max },
            { $0.classic?.lastAt = far }, { $0.lastReading?.at = least }, { $0.cursor = least },
            { $0.lastReading?.sysUpTime = .max },
        ]
        let readings = Self.readings(seed: 5, count: 950)
        for (number, forge) in forgeries.enumerated() {
            var state = Self.busyState()
            forge(&state)
            let octets = Self.octets([state])
            guard var read = try? DetectionArchive.decode(octets, fingerprint: Self.fingerprint).first?.1 else {
                continue
            }
            read.cursor = readings[900].at
            _ = Self.take(readings, &read)
            // Both ways of the ring, a fall after the lowest number and a rise.
            for rate in [0.0, 9e8] {
                var specimen = TrafficSpecimen()
                specimen.rates = Array(repeating: rate, count: 30)
                _ = specimen.findings(&read)
            }
            #expect(read.sides[0].adaptive.ringCount <= 24, "forgery \(number)")
        }
    }

    private static let forgery = octets([busyState()])

    /// CRC32C bit by bit (RFC 3720 appendix B.4), as a second opinion.
    private static func crc32c(_ octets: ArraySlice<UInt8>) -> UInt32 {
        var sum = UInt32.max
        for octet in octets {
            sum ^= UInt32(octet)
            for _ in 0..<8 { sum = sum & 1 == 1 ? (sum >> 1) ^ 0x82F6_3B78 : sum >> 1 }
        }
        return ~sum
    }
}
