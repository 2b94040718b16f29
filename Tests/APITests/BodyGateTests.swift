import Synchronization
import Testing

@testable import API

@Suite struct BodyGateTests {
    @Test func longBodiesPassOneAtATime() async {
        let gate = BodyGate()
        let inside = Headcount()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    await gate.pass(BodyGate.shortBytesMax + 1) {
                        inside.enter()
                        await Task.yield()
                        inside.leave()
                    }
                }
            }
        }
        #expect(inside.counts == [0, 1, 50])
    }

    @Test func aShortBodyPassesALongOne() async {
        let gate = BodyGate()
        let passed = await gate.pass(BodyGate.shortBytesMax + 1) { await gate.pass(1) { true } }
        #expect(passed)
    }
}

/// How many are inside, were at most, and were in all.
private final class Headcount: Sendable {
    private let state = Mutex([0, 0, 0])

    var counts: [Int] { state.withLock { $0 } }

    func enter() {
        state.withLock { $0 = [$0[0] + 1, max($0[1], $0[0] + 1), $0[2] + 1] }
    }

    func leave() {
        state.withLock { $0[0] -= 1 }
    }
}
