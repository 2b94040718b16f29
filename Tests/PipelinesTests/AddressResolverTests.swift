import Inventory
import Jobs
import Pipelines
import SNMP
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(5)))
struct AddressResolverTests {
    final class Names: Sendable {
        private let asked = Mutex<[String]>([])
        var all: [String] { asked.withLock { $0 } }

        func lookUp(_ name: String) throws(SNMPError) -> TransportAddress {
            asked.withLock { $0.append(name) }
            return TransportAddress(127, 0, 0, 9)
        }
    }

    let clock = ManualWallClock(now: Timestamp(seconds: 1_795_354_200))

    @Test("Numeric addresses need no query; a name is looked up once until its time is up")
    func cache() async throws {
        let names = Names()
        let resolver = AddressResolver(clock: clock, secondsKept: 300, secondsMax: 5) { name throws(SNMPError) in
            try names.lookUp(name)
        }
        #expect(try await resolver.address(of: "127.0.0.1", port: 1161).description == "127.0.0.1:1161")
        #expect(try await resolver.address(of: "::1", port: 161).description == "[::1]:161")
        #expect(names.all.isEmpty)
        #expect(try await resolver.address(of: "Core-SW.example", port: 1161).description == "127.0.0.9:1161")
        #expect(try await resolver.address(of: "core-sw.example", port: 161).description == "127.0.0.9:161")
        #expect(names.all == ["core-sw.example"])
        clock.advance(bySeconds: 300)
        _ = try await resolver.address(of: "core-sw.example", port: 161)
        #expect(names.all.count == 2)
    }

    @Test("Those who want a name that is being looked up wait for the same answer")
    func coalescing() async throws {
        let names = Names()
        let resolver = AddressResolver(clock: clock, secondsKept: 300, secondsMax: 5) { name throws(SNMPError) in
            try names.lookUp(name)
        }
        try await withThrowingTaskGroup(of: TransportAddress.self) { group in
            for _ in 0..<100 { group.addTask { try await resolver.address(of: "core", port: 161) } }
            for try await address in group { #expect(address.port == 161) }
        }
        #expect(names.all == ["core"])
    }

    @Test("A name server that does not answer costs a caller a bounded time, and a cancelled caller none")
    func bounded() async throws {
        let gate = Mutex(true)
        let resolver = AddressResolver(clock: clock, secondsKept: 300, secondsMax: 5) { _ throws(SNMPError) in
            while gate.withLock({ $0 }) {}
            return TransportAddress(127, 0, 0, 9)
        }
        defer { gate.withLock { $0 = false } }
        let deadline = clock.now.advanced(bySeconds: 5)
        let late = Task { try await resolver.address(of: "slow", port: 161) }
        await clock.untilSleeping(until: deadline)
        let cancelled = Task { try await resolver.address(of: "slow", port: 161) }
        cancelled.cancel()
        await #expect(throws: CancellationError.self) { try await cancelled.value }
        clock.advance(to: deadline)
        let error = await #expect(throws: PipelineError.self) { try await late.value }
        #expect(error?.message.hasPrefix("the name slow was not resolved within 5.0 seconds") == true)
    }
}
