#if PostgreSQL
    import CatalogTestKit
    import Testing

    @testable import CatalogPostgres

    @Suite("The contract of catalogs, kept by PostgreSQL", .enabled(if: hasServer, serverIsMissing))
    struct ContractTests {
        @Test("a schema keeps the contract", arguments: CatalogContract.all)
        func schema(_ check: CatalogContract.Check) async throws {
            try await PostgresTrial.run { trial in
                let catalog = try await trial.open()
                try await check.run(on: catalog)
                try await catalog.close()
            }
        }

        @Test("operators' SQL answers on a live catalog")
        func operatorSQL() async throws {
            try await PostgresTrial.run { trial in
                let catalog = try await trial.open()
                let beside = try await trial.connect()
                try await OperatorSQL.check(catalog: catalog) { sql in try await beside.query(sql) }
                await beside.close()
                try await catalog.close()
            }
        }
    }
#endif
