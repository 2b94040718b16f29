#if PostgreSQL
    public import Catalog
    import CatalogRows
    public import Inventory

    extension PostgresCatalog {
        /// Writes alerts, the steps of their lives and what is to be sent of them, in one transaction.
        public func saveAlerts(_ batch: AlertBatch) async throws(CatalogError) {
            guard !batch.isEmpty else { return }
            for alert in batch.alerts { try alert.requireStorable() }
            for delivery in batch.deliveries + batch.attempts {
                for alert in delivery.alerts { try alert.requireStorable(withColumns: true) }
            }
            do {
                try await fencedChange("saving alerts", locks: [.take(AdvisoryLock.alerts)]) { session in
                    try await AlertWriting(batch, in: session).run()
                }
            } catch let error where error.code == .conflict {
                throw await namingOpenAlert(error, batch)
            }
        }

        /// Names the alert that is open already, of those whose key another one of the batch has.
        private func namingOpenAlert(_ error: CatalogError, _ batch: AlertBatch) async -> CatalogError {
            let open = batch.alerts.filter(\.isOpen)
            let sql = """
                SELECT stored.id, given.place FROM alert_history AS stored
                JOIN unnest($1::text[], $2::text[]) WITH ORDINALITY AS given (entity, condition, place)
                  ON given.entity = stored.entity AND given.condition = stored.condition
                WHERE stored.state <> 'resolved' AND NOT stored.id = ANY($3) ORDER BY place LIMIT 1
                """
            let parameters: [Parameter] = [
                .texts(open.map(\.entity.key)), .texts(open.map(\.condition.rawValue)), .ids(open.map(\.id)),
            ]
            let found = try? await with("reading the open alert") { session in
                var found: (id: AlertID, place: Int)?
                try await session.one(Statement(sql, parameters)).forEach { row in
                    found = (try row.requiredID(), Int(row.requiredInteger()) - 1)
                }
                return found
            }
            guard let found = found ?? nil, open.indices.contains(found.place) else { return error }
            let alert = open[found.place]
            let key = "\(alert.condition.rawValue) of \(alert.entity.key)"
            return CatalogError(
                .conflict, operation: "saving alerts",
                message: "alert \(found.id) of \(key) is open already, so \(alert.id) cannot be; resolve the first, or"
                    + " go on with it")
        }

        /// The alerts a query asks for, the latest start first, then by id.
        public func alerts(_ query: AlertQuery) async throws(CatalogError) -> [Alert] {
            var conditions = query.filter
            if let place = query.after { conditions.add(after: place.startedAt, place.id) }
            let order = conditions.latestFirst(query.limit)
            let statement = conditions.statement(Alert.selectSQL, order)
            return try await with("reading alerts") { session in try await session.one(statement).rows() }
        }

        /// How many alerts a query asks for.
        public func alertCount(_ query: AlertQuery) async throws(CatalogError) -> Int {
            try await count("alert_history", query.filter)
        }

        /// One alert.
        public func alert(_ id: AlertID) async throws(CatalogError) -> Alert? {
            try await with("reading an alert") { session in
                try await session.first("\(Alert.selectSQL) WHERE id = $1", .id(id))
            }
        }

        /// The steps in the life of an alert, in the order in which they were written.
        public func alertChanges(of alert: AlertID) async throws(CatalogError) -> [AlertChange] {
            try await with("reading the steps of an alert") { session in
                try await session.rows("\(AlertChange.selectSQL) WHERE alert_id = $1 ORDER BY number", .id(alert))
            }
        }

        /// Removes alerts that were over before a time, with their steps and what was said of them.
        public func removeAlerts(resolvedBefore time: Timestamp) async throws(CatalogError) -> Int {
            let sql = """
                DELETE FROM alert_history WHERE resolved_at < $1 AND NOT EXISTS (
                  SELECT 1 FROM alert_history AS explained
                  WHERE explained.cause_id = alert_history.id AND explained.state <> 'resolved')
                """
            return try await fencedChange("removing old alerts", locks: [.take(AdvisoryLock.alerts)]) { session in
                try await session.run(sql, .time(time.clamped))
            }
        }
    }

    extension AlertQuery {
        /// Without its place and its limit.
        fileprivate var filter: Conditions {
            var conditions = Conditions()
            if let ids { conditions.add("id", in: ids) }
            if let devices { conditions.add("device_id", in: devices) }
            if let interfaces { conditions.add("interface_id", in: interfaces) }
            if let causes { conditions.add("cause_id", in: causes) }
            // Said in these words, it lets the index of open alerts answer.
            if !states.isEmpty, !states.contains(.resolved) { conditions.add("state <> 'resolved'") }
            conditions.add("state", in: states)
            conditions.add("severity", in: severities)
            conditions.add("condition", in: self.conditions)
            conditions.add("hold", in: holds)
            if let isHeld { conditions.add("hold IS \(isHeld ? "NOT " : "")NULL") }
            if let owesRecovery { conditions.add(owesRecovery ? "owes_recovery" : "NOT owes_recovery") }
            if let from {
                let bound = conditions.number(from)
                conditions.add("(state <> 'resolved' OR resolved_at > \(bound) OR started_at >= \(bound))")
            }
            if let to { conditions.add("started_at < \(conditions.number(to))") }
            return conditions
        }
    }
#endif
