#if PostgreSQL
    public import Catalog
    import CatalogRows
    public import Inventory

    extension PostgresCatalog {
        /// Adds or replaces anomalies and incidents in one transaction.
        public func saveAnomalies(_ anomalies: [Anomaly], incidents: [Incident]) async throws(CatalogError) {
            guard !anomalies.isEmpty || !incidents.isEmpty else { return }
            for anomaly in anomalies { try anomaly.requireFinite() }
            try await fencedChange("saving anomalies", locks: [.take(AdvisoryLock.anomalies)]) { session in
                try await AnomalyWriting(anomalies, incidents: incidents, in: session).run()
            }
        }

        /// Gives anomalies other states where they still have the one that was read, and their incidents what follows.
        @discardableResult
        public func moveAnomalies(_ moves: [AnomalyMove]) async throws(CatalogError) -> MovedAnomalies {
            guard !moves.isEmpty else { return MovedAnomalies() }
            return try await change("moving anomalies", locks: { _ in [.take(AdvisoryLock.anomalies)] }) { session in
                try await AnomalyMoving(moves, in: session).run()
            }
        }

        /// The states of all anomalies that are not over.
        public func openAnomalyStates() async throws(CatalogError) -> [AnomalyID: AnomalyState] {
            try await with("reading the states of anomalies") { session in
                var states: [AnomalyID: AnomalyState] = [:]
                let sql = "SELECT id, state FROM anomalies WHERE ended_at IS NULL"
                try await session.one(Statement(sql)).forEach { row in
                    states[try row.requiredID()] = try row.word() as AnomalyState
                }
                return states
            }
        }

        /// The anomalies a query asks for, the latest start first, then by id.
        public func anomalies(_ query: AnomalyQuery) async throws(CatalogError) -> [Anomaly] {
            var conditions = query.conditions
            if let place = query.after { conditions.add(after: place.startedAt, place.id) }
            let order = conditions.latestFirst(query.limit)
            let statement = conditions.statement(Anomaly.selectSQL, order)
            return try await with("reading anomalies") { session in try await session.one(statement).rows() }
        }

        /// How many anomalies a query asks for.
        public func anomalyCount(_ query: AnomalyQuery) async throws(CatalogError) -> Int {
            try await count("anomalies", query.conditions)
        }

        /// One anomaly.
        public func anomaly(_ id: AnomalyID) async throws(CatalogError) -> Anomaly? {
            try await with("reading an anomaly") { session in
                try await session.first("\(Anomaly.selectSQL) WHERE id = $1", .id(id))
            }
        }

        /// The incidents a query asks for, the latest start first, then by id.
        public func incidents(_ query: IncidentQuery) async throws(CatalogError) -> [Incident] {
            var conditions = query.conditions
            if let place = query.after { conditions.add(after: place.startedAt, place.id) }
            let order = conditions.latestFirst(query.limit)
            let statement = conditions.statement(Incident.selectSQL, order)
            return try await with("reading incidents") { session in try await session.one(statement).rows() }
        }

        /// How many incidents a query asks for.
        public func incidentCount(_ query: IncidentQuery) async throws(CatalogError) -> Int {
            try await count("incidents", query.conditions)
        }

        /// One incident.
        public func incident(_ id: IncidentID) async throws(CatalogError) -> Incident? {
            try await with("reading an incident") { session in
                try await session.first("\(Incident.selectSQL) WHERE id = $1", .id(id))
            }
        }

        /// Removes anomalies that were over before a time; a trigger removes incidents with their last member.
        public func removeAnomalies(endedBefore time: Timestamp) async throws(CatalogError) -> Int {
            try await fencedChange("removing old anomalies") { session in
                try await session.run("DELETE FROM anomalies WHERE ended_at < $1", .time(time.clamped))
            }
        }

        /// How many rows of a table some conditions let pass.
        func count(_ table: String, _ conditions: Conditions) async throws(CatalogError) -> Int {
            try await with("counting \(table)") { session in
                Int(try await session.one(conditions.statement("SELECT count(*) FROM \(table)")).number)
            }
        }
    }

    extension Incident {
        /// Reads all columns, and after them the members in the order in which they began.
        static let selectSQL = """
            SELECT \(columnList), (
              SELECT coalesce(json_agg(member.id ORDER BY member.started_at, member.id), '[]')::text
              FROM anomalies AS member WHERE member.incident_id = incidents.id
            ) AS anomaly_ids FROM incidents
            """
    }

    extension AnomalyQuery {
        /// Without its place and its limit.
        fileprivate var conditions: Conditions {
            var conditions = Conditions()
            if let ids { conditions.add("id", in: ids) }
            if let interfaces { conditions.add("interface_id", in: interfaces) }
            if let devices {
                let list = conditions.number(.ids(devices))
                conditions.add("interface_id IN (SELECT id FROM device_interfaces WHERE device_id = ANY(\(list)))")
            }
            if let incidents { conditions.add("incident_id", in: incidents) }
            conditions.add("state", in: states)
            conditions.add("severity", in: severities)
            conditions.add("pattern", in: patterns)
            conditions.add(from: from, to: to, isOver: isOver)
            return conditions
        }
    }

    extension IncidentQuery {
        /// Without its place and its limit.
        fileprivate var conditions: Conditions {
            var conditions = Conditions()
            conditions.add("state", in: states)
            conditions.add(from: from, to: to, isOver: isOver)
            return conditions
        }
    }
#endif
