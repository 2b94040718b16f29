#if PostgreSQL
    import Cluster
    import ClusterTestKit
    import Testing

    @testable import CatalogPostgres

    @Suite("The contracts of a cluster's parts, kept by PostgreSQL", .enabled(if: hasServer, serverIsMissing))
    struct ClusterContractTests {
        @Test("the ledger keeps its contract", arguments: LedgerContract.all)
        func ledger(_ check: LedgerContract.Check) async throws {
            try await ClusterTrial.run { trial in
                try await check.run {
                    try await trial.open().ledger
                } advance: { seconds in
                    try await trial.advance(seconds: seconds)
                }
            }
        }

        @Test("the queue keeps its contract", arguments: WorkQueueContract.all)
        func queue(_ check: WorkQueueContract.Check) async throws {
            try await ClusterTrial.run { trial in try await check.run { try await trial.open().queue } }
        }

        @Test("the bus keeps its contract", arguments: EventBusContract.all)
        func bus(_ check: EventBusContract.Check) async throws {
            try await ClusterTrial.run { trial in try await check.run { try await trial.open().bus } }
        }
    }
#endif
