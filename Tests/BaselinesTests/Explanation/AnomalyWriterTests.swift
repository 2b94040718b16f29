import Inventory
import Testing

@testable import Baselines

@Suite("An anomaly as it is told")
struct AnomalyWriterTests {
    let place = StoryNetwork(sites: 1, devicesPerSite: 1, interfacesPerDevice: 1).places[0]
    let side = TrafficSide(.inbound, .traffic)
    let writer = AnomalyWriter(
        zone: .fixed(name: "Asia/Tbilisi", offsetSeconds: 4 * 3600), intervalSeconds: 300)

    /// An episode that began at 18:05 of a Monday in the zone and was at its worst ten minutes later.
    private func episode(
        actual: Double, expected: Double, _ low: Double, _ high: Double, score: Double, mode: DetectionMode = .adaptive,
        duration: AnomalyDuration? = .now, kind: AnomalyKind? = nil, pattern: AnomalyPattern? = nil
    ) -> Episode {
        let verdict = ModeVerdict(
            expected: expected, low: low, high: high, score: score, isAnomaly: true, confidence: 0.62, visits: 5,
            duration: mode == .classic ? nil : duration)
        var episode = Episode(
            mode: mode, at: StoryNetwork.at(5), actual: actual, verdict: verdict,
            kind: kind ?? (score < 0 ? .trafficDrop : .trafficSpike), pattern: pattern ?? (score < 0 ? .drop : .spike),
            severity: .high)
        episode.peakAt = StoryNetwork.at(15)
        episode.lastAt = StoryNetwork.at(20)
        return episode
    }

    private func write(
        _ episode: Episode, lastWeeks: [Double?] = [], place: InterfacePlace? = nil, existing: Anomaly? = nil
    ) -> Anomaly {
        writer.anomaly(of: episode, side: side, at: place ?? self.place, lastWeeks: lastWeeks, existing: existing)
    }

    @Test("the headline is the documented one")
    func headline() {
        let classic = episode(actual: 850e6, expected: 320e6, 80e6, 560e6, score: 6.625, mode: .classic)
        #expect(write(classic).message == "Traffic spike detected: 850 Mbps (expected 320 ± 80 Mbps)")
        let adaptive = episode(actual: 850e6, expected: 320e6, 260e6, 400e6, score: 6.6)
        #expect(write(adaptive).message == "Traffic spike detected: 850 Mbps (expected 320 ± 80 Mbps)")
        let drop = episode(actual: 12e6, expected: 1.2e9, 0.8e9, 2e9, score: -6.6)
        #expect(write(drop).message == "Traffic drop detected: 12 Mbps (expected 1.2 ± 0.4 Gbps)")
        let odd = episode(actual: 5e6, expected: 3e6, 3e6, 3e6, score: 4, mode: .classic, kind: .unusualPattern)
        #expect(write(odd).message == "Unusual pattern detected: 5 Mbps (expected 3 ± 0 Mbps)")
        let packets = writer.anomaly(
            of: episode(actual: 12_000, expected: 4000, 3000, 5000, score: 5), side: TrafficSide(.outbound, .packets),
            at: place, lastWeeks: [], existing: nil)
        #expect(packets.message == "Traffic spike detected: 12 kpps (expected 4 ± 1 kpps)")
    }

    @Test("the sentences of a drop, as they are read")
    func drop() {
        var drop = episode(actual: 176e6, expected: 320e6, 240e6, 400e6, score: -5.2, duration: .sixSamples)
        drop.verdict.offsetFactor = 1.2
        drop.other = OtherVerdict(mode: .classic, score: -4.2, isAnomaly: true)
        (drop.peerActual, drop.peerExpected) = (12e6, 300e6)
        drop.evidence = SampleEvidence(operStatus: 1, errorPercent: 1.2, discardPercent: 0)
        let anomaly = write(drop, lastWeeks: [310e6, 325e6, 298e6, 333e6])
        #expect(anomaly.explanation.timeContext == "Monday 18:00")
        #expect(
            anomaly.explanation.sentences == [
                "Received traffic: 55 % of usual, too low in every measurement of 30 minutes",
                "Out of the usual since Monday 18:05, at its worst at 18:15",
                "Ordinary at that moment would have been 240 Mbps to 400 Mbps",
                "At this hour of the last four Mondays: 310, 325, 298, 333 Mbps",
                "Traffic was already 20 % above usual today, which is allowed for",
                "The other direction fell too: 12 Mbps, expected 300 Mbps", "The device reported the interface up",
                "Errors: 1 % of packets", "The classic method would have raised it too (z = -4.2)",
                "Confidence: fair, this hour was seen on 5 Mondays",
            ])
    }

    @Test("the sentences of a rise that is over")
    func rise() {
        var rise = episode(
            actual: 970e6, expected: 320e6, 240e6, 400e6, score: 4.4, mode: .classic, pattern: .saturation)
        rise.endedAt = StoryNetwork.at(55)
        rise.other = OtherVerdict(mode: .adaptive, score: 2.1, isAnomaly: false)
        (rise.peerActual, rise.peerExpected) = (290e6, 300e6)
        rise.verdict.confidence = 0.596
        rise.verdict.visits = 1
        var place = place
        place.lineSpeed = 1e9
        #expect(
            write(rise, lastWeeks: [nil, 325e6], place: place).explanation.sentences == [
                "Received traffic: the line is all but full, 3 times the usual",
                "Out of the usual from Monday 18:05 to 18:20, 15 minutes, at its worst at 18:15",
                "Ordinary at that moment would have been 240 Mbps to 400 Mbps",
                "At this hour of the last two Mondays: unknown, 325 Mbps",
                "The other direction was as usual: 290 Mbps, expected 300 Mbps",
                "That is 97 % of its line speed, 1 Gbps",
                "The adaptive method would not have raised it (score = 2.1)",
                "Confidence: building, this hour was seen on one Monday",
            ])
    }

    @Test("where the classic method does not watch, that is said, with the setting that decides it")
    func withoutOther() {
        let rise = episode(actual: 850e6, expected: 320e6, 240e6, 400e6, score: 6.6)
        let said = "The classic method keeps no samples of this interface (anomalies.classic_for)"
        #expect(write(rise).explanation.sentences.contains(said))
        let packets = writer.anomaly(
            of: rise, side: TrafficSide(.inbound, .packets), at: place, lastWeeks: [], existing: nil)
        #expect(packets.explanation.sentences.contains("The classic method does not judge packets"))
        #expect(!packets.explanation.sentences.contains(said))
        var classic = rise
        classic.mode = .classic
        #expect(!write(classic).explanation.sentences.contains { $0.contains("classic method") })
    }

    @Test("half a day above the usual is told against the usual, though today's offset follows the traffic")
    func levelShift() {
        var shift = episode(
            actual: 545e6, expected: 544e6, 440e6, 650e6, score: 4, duration: .halfDay, pattern: .levelShift)
        shift.verdict.offsetFactor = 1.7
        let anomaly = write(shift)
        #expect(anomaly.message.hasPrefix("Traffic spike detected: 545 Mbps (expected 320 ±"))
        #expect(
            anomaly.explanation.sentences[0]
                == "Received traffic: another level, 70 % above usual, too high on average over half a day")
        #expect(!anomaly.explanation.sentences.contains { $0.contains("already") })
        shift.verdict.expected = 320e6
        #expect(write(shift).expected == 320e6)
        shift.becameNormal = true
        let said = "This level is taken as the new normal"
        #expect(!write(shift).explanation.sentences.contains(said), "it goes on: its level is not the usual one yet")
        shift.endedAt = shift.lastAt
        #expect(write(shift).explanation.sentences[2] == said)
    }

    @Test("where next to nothing is usual, no percentage is told")
    func fromNothing() {
        let rise = episode(actual: 850e6, expected: 0, 0, 1000, score: 9)
        #expect(
            write(rise).explanation.sentences[0].hasPrefix("Received traffic: 850 Mbps where next to nothing is usual"))
        let outage = episode(actual: 0, expected: 320e6, 240e6, 400e6, score: -9, pattern: .outage)
        #expect(
            write(outage).explanation.sentences[0].hasPrefix("Received traffic: next to nothing is left, 0 % of usual"))
    }

    @Test("a start of last week is told with its date")
    func longAgo() {
        var long = episode(actual: 176e6, expected: 320e6, 240e6, 400e6, score: -5)
        long.lastAt = StoryNetwork.at(8 * 1440)
        #expect(write(long).explanation.sentences[1].hasPrefix("Out of the usual since 2026-11-23 18:05"))
    }

    @Test("what is stored of it stays: state, incident and the last weeks; identity too")
    func existing() {
        let episode = episode(actual: 176e6, expected: 320e6, 240e6, 400e6, score: -5)
        var row = write(episode, lastWeeks: [310e6])
        row.state = .muted
        row.incidentID = .random()
        var later = episode
        later.lastAt = StoryNetwork.at(25)
        let again = write(later, existing: row)
        #expect(again.id == row.id && again.state == .muted && again.incidentID == row.incidentID)
        #expect(again.explanation.sameHourLastWeeks == [310e6] && again.lastAt == StoryNetwork.at(25))
        later.peakAt = StoryNetwork.at(55)
        #expect(write(later, existing: row).explanation.sameHourLastWeeks == [310e6])
        #expect(!writer.needsLastWeeks(later, existing: row) && writer.needsLastWeeks(later, existing: nil))
        later.peakAt = StoryNetwork.at(60)
        #expect(write(later, existing: row).explanation.sameHourLastWeeks.isEmpty)
        #expect(writer.needsLastWeeks(later, existing: row))
        later.startedAt = StoryNetwork.at(0)
        #expect(write(later, existing: row).state == .raised)
    }

    @Test("confidence in words")
    func words() {
        for (confidence, word) in [
            (0.0, "provisional"), (0.49, "provisional"), (0.5, "fair"), (0.8, "fair"), (0.81, "firm"),
        ] {
            #expect(AnomalyWriter.word(forConfidence: confidence, mode: .adaptive) == word)
        }
        #expect(AnomalyWriter.word(forConfidence: 0.596, mode: .classic) == "building")
    }

    @Test("whatever the episode holds, the row holds finite numbers and short texts without nan", arguments: 0..<150)
    func anyEpisode(seed: Int) {
        var dice = StoryDice(seed: UInt64(seed))
        func number() -> Double {
            let odd: [Double] = [
                0, -0.0, .nan, .infinity, -.infinity, 1e300, -1e300, .leastNonzeroMagnitude, 3e8, 2e8, -1, 0.5, 1.7,
            ]
            let place = dice.below(odd.count + 1)
            return place < odd.count ? odd[place] : Double(bitPattern: dice.next())
        }
        for _ in 0..<40 {
            var any = episode(
                actual: number(), expected: number(), number(), number(), score: number(),
                mode: dice.below(2) == 0 ? .classic : .adaptive, duration: AnomalyDuration.allCases[dice.below(5)],
                kind: AnomalyKind.allCases[dice.below(3)], pattern: AnomalyPattern.allCases[dice.below(8)])
            any.verdict.confidence = number()
            any.verdict.visits = dice.below(3) - 1
            any.verdict.offsetFactor = number()
            any.other = OtherVerdict(mode: .classic, score: number(), isAnomaly: true)
            (any.peerActual, any.peerExpected) = (number(), number())
            any.evidence = SampleEvidence(operStatus: dice.below(9), errorPercent: number(), discardPercent: number())
            if dice.below(2) == 0 { any.endedAt = StoryNetwork.at(Double(dice.below(90))) }
            var place = place
            place.lineSpeed = number()
            let anomaly = write(any, lastWeeks: [number(), nil, number(), number(), number()], place: place)
            check(anomaly, "seed \(seed)")
        }
    }

    private func check(_ anomaly: Anomaly, _ seed: String) {
        let why = anomaly.explanation
        let optional = [
            why.peerActual, why.peerExpected, why.other?.score, why.errorPercent, why.discardPercent, why.lineSpeed,
        ]
        let numbers =
            [anomaly.score, anomaly.actual, anomaly.expected, anomaly.low, anomaly.high, anomaly.confidence]
            + [why.offsetFactor] + (optional + why.sameHourLastWeeks).compactMap { $0 }
        #expect(numbers.allSatisfy { $0.isFinite && ($0 != 0 || $0.sign == .plus) }, "\(seed)")
        #expect((0...1).contains(anomaly.confidence) && anomaly.low <= anomaly.expected, "\(seed)")
        #expect(anomaly.expected <= anomaly.high && why.sameHourLastWeeks.count <= 4, "\(seed)")
        for text in why.sentences + [anomaly.message] {
            let words = text.split { !$0.isLetter && !$0.isNumber && $0 != "-" && $0 != "." }
            #expect(text.count <= 180 && !words.contains("nan") && !words.contains("inf"), "\(seed): \(text)")
            #expect(!text.contains("-0.0") && !words.contains("-0"), "\(seed): \(text)")
        }
        #expect(anomaly.endedAt.map { $0 >= anomaly.lastAt } ?? true, "\(seed)")
    }
}
