import Glibc
import Synchronization
import Testing

@testable import SNMP

/// What the kernel may do to datagrams on their way in.
@Suite("Faults of the receiving socket", .timeLimit(.minutes(5)))
struct KernelFaultTests {
    @Test("a datagram longer than the buffer is known to be cut, and the next one is whole")
    func truncated() throws {
        // UDP has none so long; a local socket does.
        var pair: [Int32] = [-1, -1]
        try #require(socketpair(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0, &pair) == 0)
        defer { for descriptor in pair { close(descriptor) } }
        for count in [DatagramBatch.bufferOctets + 100, 40] {
            let octets = [UInt8](repeating: 0x30, count: count)
            #expect(send(pair[0], octets, octets.count, 0) == octets.count)
        }
        let batch = DatagramBatch(receives: true)
        #expect(batch.receive(pair[1], flags: Int32(MSG_DONTWAIT)) == 2)
        #expect(batch.isTruncated(0))
        #expect(batch.octets(0).count == DatagramBatch.bufferOctets)
        #expect(!batch.isTruncated(1))
        #expect(batch.octets(1).count == 40)
    }

    @Test("datagrams dropped for a full receive buffer are counted, and what they carried is asked again")
    func overflow() async throws {
        let scripted = ScriptedAgent(SampleTables.interfaces(48))
        // The answer comes first, then far more than the smallest receive buffer holds.
        let flood = [[UInt8]](repeating: [UInt8](repeating: 0x30, count: 1400), count: 4000)
        let isFirst = Mutex(true)
        let agent = try LoopbackAgent { request, _ in
            guard let answer = scripted.respond(to: request) else { return [] }
            return isFirst.withLock { first in
                defer { first = false }
                return first
            } ? [answer] + flood : [answer]
        }
        defer { agent.stop() }
        var configuration = EngineConfiguration()
        configuration.receiveBufferOctets = 65_536
        let engine = try Engine(configuration)
        let target = Target(
            address: TransportAddress(127, 0, 0, 1, port: agent.port),
            credential: .v2c(community: Community("public")), timeoutMilliseconds: 200, retries: 5)
        // Its report keeps the I/O thread from receiving until the agent has sent all it has to send.
        let recorder = OutcomeRecorder { _ in
            _ = agent.poke()
            while agent.requests.count < 2 { sched_yield() }
        }
        let column = TableRequest(columns: [SampleTables.columns[1]])
        let subscription = try engine.poll(column, everyMilliseconds: 60_000, receiver: recorder)
        subscription.add(target, key: 1, phaseMilliseconds: 0)
        subscription.pollNow(key: 1)
        _ = await recorder.wait { !$0.isEmpty }
        subscription.end()
        let request = TableRequest(scalars: SampleTables.scalars, columns: SampleTables.columns)
        let table = try await engine.table(request, from: target)
        #expect(table.isComplete)
        #expect(table.columns.allSatisfy { $0.count == 48 })
        #expect(engine.statistics.kernelDrops > 0)
        #expect(engine.statistics.undecodable > 0)
    }
}
