#if Redis
    import ClusterTestKit
    import Inventory
    import Testing

    @testable import ClusterRedis

    @Suite("The contracts of the bus and of the queue, kept by Redis", .timeLimit(.minutes(5)))
    struct ContractTests {
        @Test("a bus keeps the contract", arguments: EventBusContract.all)
        func bus(_ check: EventBusContract.Check) async throws {
            let server = try RealRedis.sharedServer()
            try await check.run { try RedisBus(server.configuration()) }
        }

        @Test("a queue keeps the contract", arguments: WorkQueueContract.all)
        func queue(_ check: WorkQueueContract.Check) async throws {
            let server = try RealRedis.sharedServer()
            try await check.run { try RedisQueue(server.configuration()) }
        }

    }
#endif
