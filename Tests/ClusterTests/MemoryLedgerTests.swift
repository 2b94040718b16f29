import Cluster
import ClusterTestKit
import Inventory
import Testing

@Suite("The ledger in memory")
struct MemoryLedgerTests {
    @Test("keeps the contract", arguments: LedgerContract.all)
    func contract(_ check: LedgerContract.Check) async throws {
        let world = MemoryLedger.World()
        try await check.run {
            MemoryLedger(in: world)
        } advance: { seconds in
            world.advance(seconds: seconds)
        }
    }

    @Test("who said that it lives before the clock was set back far counts as dead until its next beat")
    func clockIsSetBack() async throws {
        let world = MemoryLedger.World()
        let ledger = MemoryLedger(in: world)
        let nodes = (0..<2).map { ClusterNode(id: .random(), name: "\($0)", roles: [.worker], version: "1") }
        for node in nodes { _ = try await ledger.beat(node, leaseSeconds: 20) }
        world.advance(seconds: -10)
        #expect(try await ledger.beat(nodes[0], leaseSeconds: 20).nodes.count == 2)
        world.advance(seconds: -3_600)
        #expect(try await ledger.beat(nodes[0], leaseSeconds: 20).nodes == [nodes[0]])
        #expect(try await ledger.beat(nodes[1], leaseSeconds: 20).nodes.count == 2)
    }
}
