#if PostgreSQL
    public import Catalog
    import CatalogRows
    public import Inventory

    extension PostgresCatalog {
        /// Adds what an operator said and gives it the next number.
        ///
        /// One at a time, so that none is seen before one with a smaller number, which would then be passed over.
        public func addAlertAction(_ action: AlertAction) async throws(CatalogError) -> AlertAction {
            let locks = [AdvisoryLock.take(AdvisoryLock.alertActions)]
            return try await change("saving what was said of an alert", locks: { _ in locks }) { session in
                try await session.insert([action])
                let sql = "SELECT number FROM alert_actions WHERE id = $1"
                var numbered = action
                numbered.number = try await session.one(Statement(sql, [.id(action.id)])).number
                return numbered
            }
        }

        /// What was said after a number, in order.
        public func alertActions(after number: Int64, limit: Int) async throws(CatalogError) -> [AlertAction] {
            try await with("reading what was said of alerts") { session in
                try await session.rows(
                    "\(AlertAction.selectSQL) WHERE number > $1 ORDER BY number LIMIT $2", .integer(number),
                    .count(limit))
            }
        }

        /// The number of the last action that is applied.
        public func appliedAlertAction() async throws(CatalogError) -> Int64 {
            try await with("reading what was applied of what was said of alerts") { session in
                try await session.one(Statement("SELECT applied_action FROM alert_progress")).number
            }
        }

        /// Adds a silence or replaces the one of the same id.
        public func saveSilence(_ silence: Silence) async throws(CatalogError) {
            if silence.endsAt < silence.startsAt {
                throw refusal(
                    "saving a silence",
                    "silence.ends_at = \(silence.endsAt) is before starts_at = \(silence.startsAt); swap them")
            }
            if silence.matchers.isEmpty {
                throw refusal(
                    "saving a silence", "silence.matchers is empty, which would silence everything; give one")
            }
            try await with("saving a silence") { session in _ = try await session.save([silence]) }
        }

        /// Silences that end after a time, ordered by begin, then id.
        public func silences(endingAfter time: Timestamp?) async throws(CatalogError) -> [Silence] {
            var conditions = Conditions()
            if let time { conditions.add("ends_at > \(conditions.number(time))") }
            let statement = conditions.statement(Silence.selectSQL, "ORDER BY starts_at, id")
            return try await with("reading silences") { session in try await session.one(statement).rows() }
        }

        /// Removes a silence; false where there was none.
        public func removeSilence(_ id: SilenceID) async throws(CatalogError) -> Bool {
            try await with("removing a silence") { session in
                try await session.run("DELETE FROM alert_silences WHERE id = $1", .id(id)) > 0
            }
        }

        /// Adds a maintenance window or replaces the one of the same id.
        public func saveMaintenanceWindow(_ window: MaintenanceWindow) async throws(CatalogError) {
            guard (60...2_678_400).contains(window.durationSeconds) else {
                throw refusal(
                    "saving a maintenance window",
                    "maintenance_window.duration_seconds = \(window.durationSeconds) of '\(window.name)'; it is 60 (1"
                        + " minute) to 2678400 (31 days)")
            }
            try await with("saving the maintenance window '\(window.name)'") { session in
                _ = try await session.save([window])
            }
        }

        /// All maintenance windows, ordered by name, then id.
        public func maintenanceWindows() async throws(CatalogError) -> [MaintenanceWindow] {
            try await with("reading maintenance windows") { session in
                try await session.rows("\(MaintenanceWindow.selectSQL) ORDER BY name, id")
            }
        }

        /// Removes a maintenance window; false where there was none.
        public func removeMaintenanceWindow(_ id: MaintenanceWindowID) async throws(CatalogError) -> Bool {
            try await with("removing a maintenance window") { session in
                try await session.run("DELETE FROM maintenance_windows WHERE id = $1", .id(id)) > 0
            }
        }
    }

    private func refusal(_ operation: String, _ message: String) -> CatalogError {
        CatalogError(.invalidValue, operation: operation, message: message)
    }
#endif
