import Synchronization
import Testing

@testable import API

@Suite struct BodyGateTests {
    @Test func longBodiesPassOneAtATime() async throws {
        let gate = BodyGate()
        let inside = Headcount()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    try await gate.pass(BodyGate.shortBytesMax + 1) {
                        inside.enter()
                        await Task.yield()
                        inside.leave()
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(inside.counts == [0, 1, 50])
    }

    @Test func aShortBodyPassesALongOne() async throws {
        let gate = BodyGate()
        let passed = try await gate.pass(BodyGate.shortBytesMax + 1) { try await gate.pass(1) { true } }
        #expect(passed)
    }

    @Test func whoIsCancelledLeavesTheRowAndTheNextComes() async throws {
        let (gate, long) = (BodyGate(), BodyGate.shortBytesMax + 1)
        let (opened, opening) = AsyncStream.makeStream(of: Void.self)
        let (entered, entering) = AsyncStream.makeStream(of: Void.self)
        let inside = Task {
            try await gate.pass(long) {
                entering.finish()
                for await _ in opened {}
            }
        }
        for await _ in entered {}
        let impatient: Task<Void, any Error> = Task {
            try await gate.pass(long) { _ = Issue.record("it was cancelled before its turn") }
        }
        while gate.waitingCount < 1 { await Task.yield() }
        impatient.cancel()
        await #expect(throws: CancellationError.self) { try await impatient.value }
        #expect(gate.waitingCount == 0)
        let next = Task { try await gate.pass(long) { true } }
        opening.finish()
        #expect(try await next.value)
        try await inside.value
    }

    @Test func whoIsCancelledBeforeThatDoesNotEvenEnter() async throws {
        let gate = BodyGate()
        let late: Task<Void, any Error> = Task {
            while !Task.isCancelled { await Task.yield() }
            try await gate.pass(BodyGate.shortBytesMax + 1) { _ = Issue.record("it was cancelled before") }
        }
        late.cancel()
        await #expect(throws: CancellationError.self) { try await late.value }
        let passed = try await gate.pass(BodyGate.shortBytesMax + 1) { true }
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
