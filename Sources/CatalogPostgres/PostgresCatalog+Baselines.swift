#if PostgreSQL
    public import Catalog
    import CatalogRows
    import FoundationEssentials
    public import Inventory

    extension PostgresCatalog {
        /// Replaces all that is known of some interfaces; rows that stay keep their ids and are changed in place.
        public func replaceBaselines(
            of interfaces: [InterfaceID], with baselines: [Baseline]
        ) async throws(CatalogError) -> Int {
            guard !interfaces.isEmpty || !baselines.isEmpty else { return 0 }
            let learnt = try LearntWeek.grouped(baselines, named: Set(interfaces))
            let locks = [AdvisoryLock.takeEach(AdvisoryLock.baselines, keys: interfaces.map(\.lockKey))]
            return try await fencedChange("saving baselines", locks: locks) { session in
                let known = try await session.knownInterfaces(interfaces)
                let rows = known.sorted().flatMap { learnt[$0]?.rows ?? [] }
                try await session.replaceBaselines(of: known, with: rows)
                return rows.count
            }
        }

        /// The baselines of one interface, ordered by day, then hour.
        public func baselines(of interface: InterfaceID) async throws(CatalogError) -> [Baseline] {
            try await with("reading the baselines of an interface") { session in
                try await session.rows("\(Baseline.selectSQL) WHERE interface_id = $1 \(weekOrder)", .id(interface))
            }
        }

        /// The baselines of the next interfaces by id.
        public func baselines(after: InterfaceID?, limit: Int) async throws(CatalogError) -> [Baseline] {
            let sql = """
                \(Baseline.selectSQL) WHERE interface_id IN (
                  SELECT DISTINCT interface_id FROM interface_baselines WHERE interface_id > $1 OR $1 IS NULL
                  ORDER BY interface_id LIMIT $2)
                \(weekOrder)
                """
            return try await with("reading the baselines of interfaces") { session in
                try await session.rows(sql, .id(after), .count(limit))
            }
        }

        /// How many there are and how far they can be trusted; one pass over the table.
        public func baselineStatistics() async throws(CatalogError) -> BaselineStatistics {
            let sql = """
                SELECT count(*), count(DISTINCT interface_id), coalesce(avg(confidence), 0),
                  count(CASE WHEN confidence >= 0.8 THEN 1 END), max(last_updated) FROM interface_baselines
                """
            return try await with("counting baselines") { session in
                var statistics = BaselineStatistics()
                try await session.one(Statement(sql)).forEach { row in
                    statistics = BaselineStatistics(
                        total: Int(row.requiredInteger()), interfaces: Int(row.requiredInteger()),
                        averageConfidence: row.real(), reliable: Int(row.requiredInteger()),
                        lastUpdated: try row.time())
                }
                return statistics
            }
        }
    }

    private let weekOrder = "ORDER BY interface_id, day_of_week, hour_of_day"

    extension InterfaceID {
        /// One of 64 groups that learning takes turns with, as there is no room for a lock of each interface.
        fileprivate var lockKey: Int64 {
            withUnsafeBytes(of: uuid.uuid) { Int64($0[15] & 63) }
        }
    }

    extension Session {
        /// Those of some interfaces that exist, and go on existing as long as the transaction lasts.
        func knownInterfaces(_ ids: [InterfaceID]) async throws -> Set<InterfaceID> {
            guard !ids.isEmpty else { return [] }
            var known: Set<InterfaceID> = []
            let sql = "SELECT id FROM device_interfaces WHERE id = ANY($1) ORDER BY id FOR KEY SHARE"
            try await one(Statement(sql, [.ids(ids)])).forEach { row in known.insert(try row.requiredID()) }
            return known
        }

        /// Puts rows in the place of all that some interfaces have, in one statement.
        fileprivate func replaceBaselines(of interfaces: Set<InterfaceID>, with rows: [Baseline]) async throws {
            guard !interfaces.isEmpty else { return }
            guard !rows.isEmpty else {
                try await run("DELETE FROM interface_baselines WHERE interface_id = ANY($1)", .ids(interfaces))
                return
            }
            let lists = RowLists.of(rows)
            var statement = RowStatement.bulk(replacingSQL(lists), lists, rows.count)
            statement.parameters.append(.ids(interfaces))
            try await naming(rows) { try await one(statement) }
        }
    }

    private func replacingSQL(_ lists: RowLists) -> String {
        let columns = Baseline.columnList
        let learnt = Baseline.columns.dropFirst(4)
        let changes = learnt.map { "\($0) = given.\($0)" }.joined(separator: ", ")
        let stored = learnt.map { "stored.\($0)" }.joined(separator: ", ")
        let given = learnt.map { "given.\($0)" }.joined(separator: ", ")
        let same = """
            stored.interface_id = given.interface_id AND stored.hour_of_day = given.hour_of_day
              AND stored.day_of_week = given.day_of_week
            """
        return """
            WITH given AS MATERIALIZED (SELECT \(columns), ordinal FROM \(RowStatement.source(Baseline.columns, lists))),
              gone AS (
                DELETE FROM interface_baselines AS stored WHERE interface_id = ANY($\(Baseline.columns.count + 1))
                  AND NOT EXISTS (SELECT 1 FROM given WHERE \(same))),
              changed AS (
                UPDATE interface_baselines AS stored SET \(changes) FROM given
                WHERE \(same) AND (\(stored)) IS DISTINCT FROM (\(given)))
            INSERT INTO interface_baselines (\(columns)) SELECT \(columns) FROM given
            WHERE NOT EXISTS (SELECT 1 FROM interface_baselines AS stored WHERE \(same)) ORDER BY ordinal
            """
    }
#endif
