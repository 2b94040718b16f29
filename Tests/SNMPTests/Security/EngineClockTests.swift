import Testing

@testable import SNMP

@Suite("An engine's clock keeps the rules of RFC 3414 section 3.2")
struct EngineClockTests {
    /// A clock that has seen boots 5, time 1000 at 1,000,000 ms.
    private var known: EngineClock {
        var clock = EngineClock()
        #expect(clock.messageReceived(boots: 5, time: 1000, at: 1_000_000) == .inWindow)
        return clock
    }

    @Test("the estimate goes on with the clock here, and stops at the largest time")
    func estimate() {
        #expect(known.estimate(at: 1_000_000) == (5, 1000))
        #expect(known.estimate(at: 1_060_999) == (5, 1060))
        #expect(known.estimate(at: 0) == (5, 1000))
        #expect(known.estimate(at: UInt64.max) == (5, Int32.max))
        #expect(EngineClock().estimate(at: 77) == (0, 0))
    }

    @Test(
        "messages count inside the window",
        arguments: [
            (Int32(5), Int32(1100), EngineClock.Verdict.inWindow), (5, 950, .inWindow), (5, 949, .outsideWindow),
            (5, 900_000, .inWindow), (6, 0, .inWindow), (4, 1100, .outsideWindow), (0, 0, .outsideWindow),
            (Int32.max, 1, .latched),
        ])
    func window(boots: Int32, time: Int32, verdict: EngineClock.Verdict) {
        var clock = known
        #expect(clock.messageReceived(boots: boots, time: time, at: 1_100_000) == verdict)
    }

    @Test("old messages do not turn the clock back; newer ones and restarts move it forward")
    func forward() {
        var clock = known
        _ = clock.messageReceived(boots: 5, time: 990, at: 1_001_000)
        #expect(clock.estimate(at: 1_001_000) == (5, 1001))
        _ = clock.messageReceived(boots: 4, time: 5000, at: 1_001_000)
        #expect(clock.estimate(at: 1_001_000) == (5, 1001))
        _ = clock.messageReceived(boots: 5, time: 1003, at: 1_001_000)
        #expect(clock.estimate(at: 1_001_000) == (5, 1003))
        _ = clock.messageReceived(boots: 6, time: 2, at: 1_001_000)
        #expect(clock.estimate(at: 1_001_000) == (6, 2))
    }

    @Test("what is not authenticated only fills in while nothing else is known")
    func hint() {
        var clock = EngineClock()
        clock.hintReceived(boots: 9, time: 90, at: 0)
        #expect(clock.estimate(at: 10_000) == (9, 100))
        // The hint judges nothing: an authenticated message with less counts.
        #expect(clock.messageReceived(boots: 2, time: 7, at: 10_000) == .inWindow)
        clock.hintReceived(boots: 99, time: 1, at: 10_000)
        #expect(clock.estimate(at: 10_000) == (2, 7))
    }

    @Test("a time brought over from an earlier process judges no message, its boots do")
    func recalled() {
        var clock = EngineClock()
        clock.recalled(boots: 5, time: 90_000, at: 0)
        #expect(clock.estimate(at: 1000) == (5, 90_001))
        #expect(clock.messageReceived(boots: 4, time: 90_001, at: 1000) == .outsideWindow)
        #expect(clock.messageReceived(boots: 5, time: 1000, at: 1000) == .inWindow)
        #expect(clock.estimate(at: 1000) == (5, 1000))
        #expect(clock.messageReceived(boots: 5, time: 800, at: 1000) == .outsideWindow)
    }

    @Test("an authenticated notInTimeWindows Report turns the clock back, for agents that lose their boots")
    func backwards() {
        var clock = known
        clock.resynchronised(boots: 1, time: 3, at: 1_000_000)
        #expect(clock.estimate(at: 1_001_000) == (1, 4))
        #expect(clock.messageReceived(boots: 1, time: 4, at: 1_001_000) == .inWindow)
    }
}
