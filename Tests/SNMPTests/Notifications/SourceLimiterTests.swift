import Testing

@testable import SNMP

@Suite("The rate limit of sources")
struct SourceLimiterTests {
    private let rate = TokenBucket.Rate(perSecond: 10, burst: 5)

    private func source(_ number: UInt32, port: UInt16 = 162) -> TransportAddress {
        TransportAddress(ipv4: 0x7F00_0000 + number, port: port)
    }

    @Test("a source gets its burst, then its rate, whatever its port; others are not touched")
    func rates() {
        var limiter = SourceLimiter(rate, sourcesMax: 100)
        let first = (0..<20).filter { limiter.take(source(1, port: UInt16($0)), at: 1000) }
        #expect(first.count == 5)
        let other = limiter.take(source(2), at: 1000)
        #expect(other)
        let second = (0..<1000).filter { limiter.take(source(1), at: 1000 + UInt64($0)) }
        // 999 ms at ten a second.
        #expect(second.count == 9)
        let third = (0..<20).filter { _ in limiter.take(source(1), at: 60_000) }
        #expect(third.count == 5)
    }

    @Test("a clock that stands still or goes back gives no tokens")
    func clock() {
        var limiter = SourceLimiter(rate, sourcesMax: 100)
        let granted = ([5000, 5000, 5000, 5000, 5000, 5000, 1000] as [UInt64]).map { limiter.take(source(1), at: $0) }
        #expect(granted == [true, true, true, true, true, false, false])
    }

    @Test("the table is bounded; one that floods is not forgotten among many new ones")
    func bound() {
        var limiter = SourceLimiter(rate, sourcesMax: 64)
        var granted = 0
        for number in 0..<10_000 {
            _ = limiter.take(source(1000 + UInt32(number)), at: 1000)
            if limiter.take(source(1), at: 1000) { granted += 1 }
            #expect(limiter.count <= 64)
        }
        #expect(granted == 5)
    }

    @Test("informs are known again until their period is over, and the table is bounded")
    func history() {
        var history = InformHistory(entriesMax: 10, periodMilliseconds: 1000)
        let pdu = NotificationParametersTests.trapV2("1.3.6.1.6.3.1.1.5.1", type: .inform)
        let key = InformHistory.Key(pdu, from: source(1))
        let before = history.contains(key, at: 5000)
        history.insert(key, at: 5000)
        let after = ([5999, 6500, 9000] as [UInt64]).map { history.contains(key, at: $0) }
        #expect(!before)
        #expect(after == [true, true, false])
        var other = pdu
        other.varBinds.removeFirst()
        #expect(InformHistory.Key(other, from: source(1)) != key)
        #expect(InformHistory.Key(pdu, from: source(1, port: 1)) != key)
        for number in 0..<1000 {
            history.insert(InformHistory.Key(pdu, from: source(UInt32(number))), at: 9000)
            #expect(history.count <= 10)
        }
    }
}
