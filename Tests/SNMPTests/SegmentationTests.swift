import Testing

@testable import SNMP

@Suite("Requests in one message", .timeLimit(.minutes(5)))
struct SegmentationTests {
    private static let request = TableRequest(scalars: SampleTables.scalars, columns: SampleTables.columns)

    private func engine(_ segmentation: EngineConfiguration.Segmentation) throws -> Engine {
        var configuration = EngineConfiguration()
        configuration.segmentation = segmentation
        return try Engine(configuration)
    }

    @Test("several requests to one agent bring the same table, as one message or one by one")
    func sameTable() async throws {
        let agent = try LoopbackAgent(ScriptedAgent(SampleTables.interfaces(48)))
        defer { agent.stop() }
        var target = Target(TransportAddress(127, 0, 0, 1, port: agent.port), .v2c(community: Community("public")))
        target.inFlight = 8
        let (joined, single) = (try engine(.automatic), try engine(.off))
        for _ in 0..<4 {
            let one = try await joined.table(Self.request, from: target)
            let other = try await single.table(Self.request, from: target)
            #expect(one.isComplete)
            #expect(one.columns.map(\.storage) == other.columns.map(\.storage))
        }
        #expect(single.statistics.segmentedMessages == 0)
        #expect(joined.statistics.segmentedMessages > 0)
        #expect(joined.statistics.sendFailures == 0)
    }

    @Test("a message of several requests the kernel refuses fails them alone, each by itself")
    func refused() async throws {
        let agent = try LoopbackAgent(ScriptedAgent(SampleTables.interfaces(4)))
        defer { agent.stop() }
        let engine = try engine(.automatic)
        let credential = Credential.v2c(community: Community("public"))
        // The kernel takes no message to port 0.
        let bad = Target(TransportAddress(127, 0, 0, 1, port: 0), credential)
        let live = Target(TransportAddress(127, 0, 0, 1, port: agent.port), credential)
        await withTaskGroup(of: Bool.self) { group in
            for number in 0..<20 {
                group.addTask {
                    if number % 5 == 0 {
                        return (try? await engine.table(Self.request, from: live))?.isComplete == true
                    }
                    return (try? await engine.get([SampleTables.sysName], from: bad)) == nil
                }
            }
            for await isRight in group { #expect(isRight) }
        }
        #expect(engine.statistics.sendFailures == 16)
    }

    @Test("datagrams of equal length join one message; the last may be shorter, a longer one begins another")
    func joining() {
        let batch = DatagramBatch(receives: false)
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 4096, alignment: 16)
        defer { memory.deallocate() }
        func octets(_ count: Int) -> UnsafeMutableRawBufferPointer {
            UnsafeMutableRawBufferPointer(rebasing: memory[..<count])
        }
        batch.put(octets(50), to: TransportAddress(127, 0, 0, 1))
        #expect(batch.putSegment(octets(50)))
        #expect(!batch.putSegment(octets(51)))
        #expect(batch.putSegment(octets(49)))
        #expect(!batch.putSegment(octets(49)), "nothing follows a shorter one")
        batch.put(octets(1300), to: TransportAddress(127, 0, 0, 1))
        #expect(!batch.putSegment(octets(1300)), "too long for some links")
        #expect(batch.count == 2)
        #expect(batch.datagramCount == 4)
        #expect(batch.isSegmented(0))
        #expect(!batch.isSegmented(1))
        #expect(batch.datagrams(inFirst: 1) == 3)
    }
}
