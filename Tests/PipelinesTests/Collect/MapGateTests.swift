import Inventory
@testable import Pipelines
import Testing

@Suite struct MapGateTests {
    private static let start = Timestamp(seconds: 1_795_354_200)
    private static let discovered = start.advanced(bySeconds: -60)

    /// A poll some seconds after the start, of a device that is up for so many seconds.
    private func poll(
        _ seconds: Double, uptime: Double, change: Double = 20, clockAhead: Double = 0
    ) -> PollMoment {
        PollMoment(
            at: Self.start.advanced(bySeconds: seconds + clockAhead),
            steadyMilliseconds: UInt64(1_000_000 + seconds * 1000),
            sysUpTime: UInt32(truncatingIfNeeded: Int64(uptime * 100)), tableLastChange: UInt32(change * 100))
    }

    @Test("A device that was discovered since it started is recorded at once; one that was not is held until it is")
    func firstPoll() {
        let cases: [(uptime: Double, change: Double, checkedAt: Timestamp?, isOpen: Bool)] = [
            (5000, 20, Self.discovered, true), (30, 20, Self.discovered, false), (5000, 4990, Self.discovered, false),
            (5000, 20, nil, false), (5000, 20, Self.start.advanced(bySeconds: 3600), false),
            // A table that changed after now is no statement.
            (5000, 6000, Self.discovered, true),
        ]
        for one in cases {
            var gate = MapGate()
            let verdict = gate.judge(poll(0, uptime: one.uptime, change: one.change), checkedAt: one.checkedAt)
            #expect(verdict.isOpen == one.isOpen, "\(one)")
            #expect(verdict.asksDiscovery == !one.isOpen, "\(one)")
        }
    }

    @Test(
        "From one poll to the next a restart is told from the wrap of sysUpTime, and a changed table from none",
        arguments: [
            // Uptime and table change before, then after 300 s.
            (5000.0, 20.0, 5300.0, 20.0, true), (5000, 20, 100, 20, false), (5000, 20, 4999, 20, false),
            (42_949_600, 20, 227.04, 20, true), (5000, 20, 5300, 5200, false),
            // Up for less than the time that passed, though longer than before.
            (10, 5, 150, 5, false), (5000, 20, 5270, 20, true), (30, 5, 250, 5, false),
            // An agent without a clock says 0.
            (0, 0, 0, 0, true),
        ])
    func nextPoll(before: Double, changeBefore: Double, after: Double, changeAfter: Double, isOpen: Bool) {
        var gate = MapGate()
        let old = Self.start.advanced(bySeconds: -1)
        _ = gate.judge(poll(0, uptime: before, change: changeBefore), checkedAt: old)
        let verdict = gate.judge(poll(300, uptime: after, change: changeAfter), checkedAt: old)
        #expect(verdict.isOpen == isOpen)
    }

    @Test("What is held stays so, a discovery being asked for every five minutes, until one came after the change")
    func reopening() {
        var gate = MapGate()
        _ = gate.judge(poll(0, uptime: 5000), checkedAt: Self.discovered)
        let closed = gate.judge(poll(300, uptime: 50), checkedAt: Self.discovered)
        #expect(closed == MapGate.Verdict(isOpen: false, asksDiscovery: true, hasRestarted: true))
        let verdict1 = gate.judge(poll(360, uptime: 110), checkedAt: Self.discovered)
        #expect(!verdict1.asksDiscovery)
        let verdict2 = gate.judge(poll(600, uptime: 350), checkedAt: Self.discovered)
        #expect(verdict2.asksDiscovery)
        // It ended before the restart was seen.
        let early = Self.start.advanced(bySeconds: 299)
        let verdict3 = gate.judge(poll(900, uptime: 650), checkedAt: early)
        #expect(!verdict3.isOpen)
        let late = Self.start.advanced(bySeconds: 901)
        #expect(gate.opens(with: late))
        let verdict4 = gate.judge(poll(903, uptime: 653), checkedAt: late)
        #expect(verdict4.isOpen)
    }

    @Test("A clock that is set back neither opens by an old discovery nor keeps closed after a new one")
    func clockSetBack() {
        var gate = MapGate()
        _ = gate.judge(poll(0, uptime: 5000), checkedAt: Self.discovered)
        let verdict5 = gate.judge(poll(300, uptime: 50), checkedAt: Self.discovered)
        #expect(!verdict5.isOpen)
        let verdict6 = gate.judge(poll(600, uptime: 350, clockAhead: -7200), checkedAt: Self.discovered)
        #expect(!verdict6.isOpen)
        let new = Self.start.advanced(bySeconds: 610 - 7200)
        let verdict7 = gate.judge(poll(900, uptime: 650, clockAhead: -7200), checkedAt: new)
        #expect(verdict7.isOpen)
    }

    @Test("Of two polls under way at once the one that began earlier may end later, and is judged by the other")
    func overlap() {
        var gate = MapGate()
        _ = gate.judge(poll(0, uptime: 5000), checkedAt: Self.discovered)
        _ = gate.judge(poll(60, uptime: 5060), checkedAt: Self.discovered)
        let late = gate.judge(poll(50, uptime: 5050), checkedAt: Self.discovered)
        #expect(late == MapGate.Verdict(isOpen: true))
        let restarted = gate.judge(poll(120, uptime: 10), checkedAt: Self.discovered)
        let before = gate.judge(poll(100, uptime: 5100), checkedAt: Self.discovered)
        #expect(restarted.hasRestarted && !before.isOpen && !before.hasRestarted)
    }

    @Test("A restart shows also where one poll between did not tell the uptime")
    func silentUptime() {
        var gate = MapGate()
        _ = gate.judge(poll(0, uptime: 5000), checkedAt: Self.discovered)
        var silent = poll(60, uptime: 0)
        (silent.sysUpTime, silent.tableLastChange) = (nil, nil)
        _ = gate.judge(silent, checkedAt: Self.discovered)
        let verdict = gate.judge(poll(120, uptime: 20), checkedAt: Self.discovered)
        #expect(verdict.hasRestarted && !verdict.isOpen)
    }

    @Test(
        "At another address what answers is recorded only where its uptime goes on as before",
        arguments: [(5300.0, true), (5301.5, true), (5320, false), (90_000, false), (4000, false)])
    func moved(uptime: Double, isOpen: Bool) {
        var gate = MapGate()
        _ = gate.judge(poll(0, uptime: 5000), checkedAt: Self.discovered)
        gate.addressChanged()
        #expect(gate.judge(poll(300, uptime: uptime), checkedAt: Self.discovered).isOpen == isOpen)
        var unknown = MapGate()
        unknown.addressChanged()
        #expect(!unknown.judge(poll(300, uptime: uptime), checkedAt: Self.discovered).isOpen)
    }

    @Test("A device that was believed no more is discovered every hour, and believed again after six calm hours")
    func believedAgain() {
        var gate = MapGate()
        var asked: [Int] = []
        var held: [Int] = []
        func turn(_ number: Int, change: Double) {
            let seconds = Double(number) * 300
            let checkedAt = Self.start.advanced(bySeconds: seconds - 290)
            let verdict = gate.judge(poll(seconds, uptime: 50_000 + seconds, change: change), checkedAt: checkedAt)
            if verdict.asksDiscovery { asked.append(number) }
            if !verdict.isOpen { held.append(number) }
        }
        for number in 0...30 { turn(number, change: Double(number)) }
        #expect(held == [1, 2, 3] && asked == [1, 2, 3, 15, 27], "\(held) \(asked)")
        for number in 31...102 { turn(number, change: 30) }
        turn(103, change: 31)
        #expect(held == [1, 2, 3, 103])
    }

    @Test("A device whose table is said to change all the time, without effect, is believed no more after three times")
    func falseAlarms() {
        var gate = MapGate()
        var checkedAt = Self.discovered
        var held = 0
        for turn in 0..<20 {
            let seconds = Double(turn) * 300
            if !gate.judge(poll(seconds, uptime: 5000 + seconds, change: 100 + seconds / 10), checkedAt: checkedAt)
                .isOpen
            {
                held += 1
            }
            checkedAt = Self.start.advanced(bySeconds: seconds + 10)
        }
        #expect(held == 3)
        gate.mapChanged()
        let verdict8 = gate.judge(poll(6000, uptime: 11_000, change: 900), checkedAt: checkedAt)
        #expect(!verdict8.isOpen)
    }
}
