import ClusterTestKit
import Testing

@Suite("The contracts of the bus and of the queue, kept in memory")
struct MemoryContractTests {
    @Test("a bus keeps the contract", .timeLimit(.minutes(5)), arguments: EventBusContract.all)
    func bus(_ check: EventBusContract.Check) async throws {
        let world = MemoryBus.World()
        try await check.run { MemoryBus(in: world) }
    }

    @Test("a queue keeps the contract", .timeLimit(.minutes(5)), arguments: WorkQueueContract.all)
    func queue(_ check: WorkQueueContract.Check) async throws {
        let world = MemoryQueue.World()
        try await check.run { MemoryQueue(in: world) }
    }
}
