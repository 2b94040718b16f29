#if PostgreSQL
    import Catalog
    import Inventory
    import Testing

    @testable import CatalogPostgres

    let noon = Timestamp(seconds: 1_772_366_400)

    func device(_ name: String, _ address: String = "192.0.2.1") -> Device {
        Device(name: name, address: address, at: noon)
    }

    extension Catalog {
        func add(_ devices: Device...) async throws {
            try await reviseDevices(.ids([])) { _ in
                var revision = DeviceRevision()
                revision.inserted = devices
                return (revision, ())
            }
        }
    }

    /// What `body` throws, which must be a catalog's error.
    func failure(_ body: () async throws -> Void) async -> CatalogError? {
        do {
            try await body()
            return nil
        } catch {
            return error as? CatalogError
        }
    }

    extension PostgresConnection {
        /// Waits until a query answers `t`, at most a minute.
        func wait(until condition: String) async throws {
            for _ in 0..<6_000 {
                if try await query("SELECT \(condition)") == [["t"]] { return }
                try await query("SELECT pg_sleep(0.01)")
            }
            Issue.record("this never came true: \(condition)")
        }

        /// Waits until some sessions of the schema's program wait for a lock.
        func waitForBlocked(_ count: Int, in schema: String) async throws {
            try await wait(
                until: """
                    (SELECT count(*) FROM pg_locks AS l JOIN pg_class AS c ON c.oid = l.relation
                     JOIN pg_namespace AS n ON n.oid = c.relnamespace
                     WHERE n.nspname = '\(schema)' AND NOT l.granted) = \(count)
                    """)
        }
    }
#endif
