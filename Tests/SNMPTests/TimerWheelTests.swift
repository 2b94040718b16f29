import Testing

@testable import SNMP

@Suite("Timer wheel")
struct TimerWheelTests {
    @Test("fires each timer once, at its deadline or up to a tick after it", arguments: 1...10)
    func againstModel(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        var now: UInt64 = 1_000_003
        var wheel = TimerWheel(capacity: 64, now: now)
        var model: [Int: UInt64] = [:]
        for _ in 0..<3000 {
            let key = Int.random(in: 0..<64, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0, 1:
                let deadline = now + UInt64.random(in: 0...30_000, using: &random)
                wheel.schedule(key, at: deadline)
                model[key] = deadline
            case 2:
                wheel.cancel(key)
                model[key] = nil
            default:
                let wait = wheel.millisecondsToNext(from: now)
                #expect((wait == nil) == model.isEmpty)
                if let wait, let first = model.values.min() { #expect(now + wait <= max(first, now) + 4) }
                now += UInt64.random(in: 0...12_000, using: &random)
                var fired: [Int] = []
                wheel.advance(to: now, fired: &fired)
                for key in fired { #expect((model.removeValue(forKey: key) ?? .max) <= now, "seed \(seed)") }
                #expect(model.values.allSatisfy { $0 + 4 > now }, "seed \(seed): a timer is overdue")
            }
            #expect(wheel.count == model.count)
        }
    }

    @Test("keys may be added while timers run, and ticks may be coarse")
    func growth() {
        var wheel = TimerWheel(capacity: 1, now: 1000, tickMilliseconds: 32)
        wheel.schedule(0, at: 1010)
        wheel.grow(to: 500)
        for key in 1..<500 { wheel.schedule(key, at: 1000 + UInt64(key) * 1000) }
        #expect(wheel.capacity == 500)
        var fired: [Int] = []
        for now in stride(from: UInt64(1000), through: 500_100, by: 50) {
            let before = fired.count
            wheel.advance(to: now, fired: &fired)
            for key in fired[before...] where key > 0 {
                let deadline = 1000 + UInt64(key) * 1000
                #expect(now >= deadline && now < deadline + 32 + 50)
            }
        }
        #expect(fired == Array(0..<500))
        #expect(wheel.millisecondsToNext(from: 500_100) == nil)
    }
}
