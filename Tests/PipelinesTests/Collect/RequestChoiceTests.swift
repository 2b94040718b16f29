import Inventory
@testable import Pipelines
import SNMP
import Testing

@Suite struct RequestChoiceTests {
    private func findings(
        _ existing: Int = 10, some: Int = 0, all: Int = 0, substituted: Int = 0, stuck: Int = 0, whole: Bool = true
    ) -> WidthFindings {
        WidthFindings(
            isConclusive: whole, existing: existing, lackingSome: some, lackingAll: all, substituted: substituted,
            stuck: stuck)
    }

    @Test("What a device is asked follows from what its answers show, and from nothing that is missing by accident")
    func wide() {
        let cases: [(WidthFindings, CounterRequest)] = [
            (findings(), .wide), (findings(some: 10, all: 10), .narrow), (findings(some: 3, all: 3), .mixed),
            (findings(some: 1), .mixed), (findings(stuck: 1), .mixed),
            (findings(some: 10, all: 10, whole: false), .wide), (findings(0), .wide),
        ]
        for (findings, kind) in cases {
            var choice = RequestChoice(isNarrowOnly: false)
            let isChanged = choice.answered(findings, hasRestarted: false, nowMilliseconds: 1000)
            #expect(choice.kind == kind && isChanged == (kind != .wide), "\(findings)")
        }
    }

    @Test("64-bit counters are tried again after a day and after a restart; SNMPv1 is never asked for them")
    func again() {
        let day = RequestChoice.keptMilliseconds
        var choice = RequestChoice(isNarrowOnly: false)
        let none = findings(some: 10, all: 10)
        var kinds: [CounterRequest] = []
        for (time, hasRestarted) in [(5, false), (day, false), (day + 5, false), (day + 10, false), (day + 11, true)] {
            _ = choice.answered(none, hasRestarted: hasRestarted, nowMilliseconds: time)
            kinds.append(choice.kind)
        }
        #expect(kinds == [.narrow, .narrow, .wide, .narrow, .wide])
        var old = RequestChoice(isNarrowOnly: true)
        let isChanged = old.answered(none, hasRestarted: true, nowMilliseconds: 3 * day)
        #expect(!isChanged && old.kind == .narrow)
    }

    @Test("Both widths are asked no longer than they are of use, and not again for a day")
    func mixed() {
        var choice = RequestChoice(isNarrowOnly: false)
        var kinds: [CounterRequest] = []
        let later = RequestChoice.keptMilliseconds + 6
        for (time, found) in [
            (5, findings(stuck: 1)), (6, findings(stuck: 1)), (7, findings(stuck: 1)), (later, findings(stuck: 1)),
            (later + 1, findings(substituted: 1)),
        ] as [(UInt64, WidthFindings)] {
            _ = choice.answered(found, hasRestarted: false, nowMilliseconds: time)
            kinds.append(choice.kind)
        }
        #expect(kinds == [.mixed, .wide, .wide, .mixed, .mixed])
    }

    @Test("A 32-bit counter stands in where the wide one is missing or stuck at 0, and is marked as such")
    func rows() throws {
        func row(_ values: [(UInt64, UInt8, CounterRequest.Meaning)]) -> CounterRow {
            var row = CounterRow()
            for (value, tag, meaning) in values { row.take(value, tag: tag, as: meaning) }
            return row
        }
        let wide = BERTag.counter64
        let narrow = BERTag.counter32
        var rows = CounterRows(
            [
                row([(7, wide, .counter(.inOctets)), (9, narrow, .substitute(.inOctets))]),
                row([(0, wide, .counter(.inOctets)), (9, narrow, .substitute(.inOctets))]),
                row([(9, narrow, .substitute(.inOctets))]), row([(5, narrow, .counter(.inOctets))]),
                row([(1, BERTag.integer, .operStatus)]), CounterRow(),
            ], areColumnsWhole: true)
        #expect(rows.rows.map { $0.counters[0] } == [7, 9, 9, 5, 0, 0])
        #expect(rows.rows.map { $0.narrow.contains(.inOctets) } == [false, true, true, true, false, false])
        #expect(rows.findings.existing == 5 && rows.findings.substituted == 2 && rows.findings.lackingAll == 3)
        let interface = PlannedInterface(id: .random(), ifIndex: 1, ifSpeed: 5, recorded: LinkStatus())
        let readings = rows.rows.map {
            $0.reading(of: interface, at: Timestamp(seconds: 1), sysUpTime: 7, intervalSeconds: 10, clockWasSet: true)
        }
        // Without a counter there is nothing to record.
        #expect(readings.map { $0 != nil } == [true, true, true, true, false, false])
        #expect(readings[0]?.ifSpeed == 5 && readings[0]?.sysUpTime == 7 && readings[0]?.clockWasSet == true)
        rows.rows[0].take(10_000, tag: BERTag.gauge32, as: .highSpeed)
        let fast = rows.rows[0].reading(
            of: interface, at: Timestamp(seconds: 1), sysUpTime: nil, intervalSeconds: 10, clockWasSet: false)
        #expect(fast?.ifSpeed == 10_000_000_000)
    }

    @Test("Octets that stand at 0 on a link that is up and counts packets look stuck")
    func stuck() {
        func row(packets: UInt64, oper: UInt64, octets: UInt64) -> CounterRow {
            var row = CounterRow()
            row.take(octets, tag: BERTag.counter64, as: .counter(.inOctets))
            row.take(0, tag: BERTag.counter64, as: .counter(.outOctets))
            row.take(packets, tag: BERTag.counter64, as: .counter(.inUnicastPackets))
            row.take(oper, tag: BERTag.integer, as: .operStatus)
            return row
        }
        #expect(row(packets: 5, oper: 1, octets: 0).looksStuck)
        #expect(!row(packets: 0, oper: 1, octets: 0).looksStuck)
        #expect(!row(packets: 5, oper: 2, octets: 0).looksStuck)
        #expect(!row(packets: 5, oper: 1, octets: 1).looksStuck)
    }
}
