import Testing

@testable import SNMP

@Suite("Breaker of a dead agent")
struct PollBreakerTests {
    @Test(
        "after three failures it probes at intervals that double, up to eight or ten minutes",
        arguments: [
            (60_000, [0, 1, 2, 4, 8, 16, 24, 32]), (300_000, [0, 1, 2, 4, 6, 8, 10]),
            (3_600_000, [0, 1, 2, 3, 4]),
        ] as [(UInt32, [Int])])
    func spacing(interval: UInt32, tries: [Int]) {
        var breaker = PollBreaker()
        var found: [Int] = []
        for number in 0...tries[tries.count - 1] {
            let due = UInt64(number) * UInt64(interval)
            // A poll is looked at up to a tick after its time.
            switch breaker.verdict(at: due + 31) {
            case .skip: continue
            case .poll: #expect(number < 3)
            case .probe: #expect(number >= 3)
            }
            found.append(number)
            breaker.pollFailed(due: due, interval: interval)
        }
        #expect(found == tries)
    }

    @Test("any answer closes it")
    func answer() {
        var breaker = PollBreaker()
        for _ in 0..<100_000 { breaker.pollFailed(due: 0, interval: 60_000) }
        #expect(breaker.isOpen)
        breaker.answered()
        #expect(breaker.verdict(at: 1) == .poll)
        breaker.pollFailed(due: 0, interval: 60_000)
        #expect(!breaker.isOpen)
    }
}
