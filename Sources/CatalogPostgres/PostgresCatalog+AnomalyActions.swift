#if PostgreSQL
    public import Catalog
    import CatalogRows
    public import Inventory

    extension PostgresCatalog {
        /// Adds what an operator said or replaces what has the same id.
        public func saveAnomalyAction(_ action: AnomalyAction) async throws(CatalogError) {
            try await change("saving what was said of an anomaly") { session in
                try await session.requireInterface(action.interfaceID)
                _ = try await session.save([action])
            }
        }

        /// What operators said after a time, ordered by creation, then id.
        public func anomalyActions(after: Timestamp?) async throws(CatalogError) -> [AnomalyAction] {
            var conditions = Conditions()
            if let after { conditions.add("created_at > \(conditions.number(after))") }
            let statement = conditions.statement(AnomalyAction.selectSQL, "ORDER BY created_at, id")
            return try await with("reading what was said of anomalies") { session in
                try await session.one(statement).rows()
            }
        }

        /// What operators said of one interface, ordered by creation, then id.
        public func anomalyActions(of interface: InterfaceID) async throws(CatalogError) -> [AnomalyAction] {
            try await with("reading what was said of an interface") { session in
                try await session.rows(
                    "\(AnomalyAction.selectSQL) WHERE interface_id = $1 ORDER BY created_at, id", .id(interface))
            }
        }

        /// One of the things that operators said; nil where there is none.
        public func anomalyAction(_ id: AnomalyActionID) async throws(CatalogError) -> AnomalyAction? {
            try await with("reading what was said of an anomaly") { session in
                try await session.first("\(AnomalyAction.selectSQL) WHERE id = $1", .id(id))
            }
        }

        /// Takes back what an operator said; false where there was nothing.
        public func removeAnomalyAction(_ id: AnomalyActionID) async throws(CatalogError) -> Bool {
            try await with("taking back what was said of an anomaly") { session in
                try await session.run("DELETE FROM anomaly_actions WHERE id = $1", .id(id)) > 0
            }
        }

        /// Adds an excluded time or replaces the one of the same id.
        public func saveBaselineExclusion(_ exclusion: BaselineExclusion) async throws(CatalogError) {
            if exclusion.to < exclusion.from {
                throw refusal("it ends (\(exclusion.to)) before it begins (\(exclusion.from)); swap them")
            }
            try await change("saving an excluded time") { session in
                switch exclusion.scope {
                case .all, .tag: break
                case .device(let device): try await session.requireDevice(device)
                case .interface(let interface): try await session.requireInterface(interface)
                }
                _ = try await session.save([exclusion])
            }
        }

        /// All excluded times, ordered by begin, then id.
        public func baselineExclusions() async throws(CatalogError) -> [BaselineExclusion] {
            try await with("reading excluded times") { session in
                try await session.rows("\(BaselineExclusion.selectSQL) ORDER BY starts_at, id")
            }
        }

        /// Removes an excluded time; false where there was none.
        public func removeBaselineExclusion(_ id: BaselineExclusionID) async throws(CatalogError) -> Bool {
            try await with("removing an excluded time") { session in
                try await session.run("DELETE FROM baseline_exclusions WHERE id = $1", .id(id)) > 0
            }
        }
    }

    extension Session {
        fileprivate func requireDevice(_ id: DeviceID) async throws {
            let sql = "SELECT 1 FROM standalone_devices WHERE id = $1 FOR KEY SHARE"
            if try await one(Statement(sql, [.id(id)])).count == 0 {
                throw refusal("there is no device \(id); add it first")
            }
        }

        fileprivate func requireInterface(_ id: InterfaceID) async throws {
            if try await knownInterfaces([id]).isEmpty {
                throw refusal("there is no interface \(id); discover its device first")
            }
        }
    }

    private func refusal(_ message: String) -> CatalogError {
        CatalogError(.invalidValue, operation: "saving an excluded time", message: message)
    }
#endif
