#if PostgreSQL
    import Catalog
    import CatalogRows
    import Inventory

    /// Writes what an evaluation or a delivery led to: alerts, steps of their lives, deliveries.
    ///
    /// Alerts that are over go before open ones, so that one that is over makes room for a new one of the same key.
    struct AlertWriting {
        private let batch: AlertBatch
        private let session: Session

        init(_ batch: AlertBatch, in session: Session) {
            self.batch = batch
            self.session = session
        }

        /// Writes all of it.
        func run() async throws {
            if !batch.removed.isEmpty {
                try await session.run("DELETE FROM alert_history WHERE id = ANY($1)", .ids(batch.removed))
            }
            let alerts = lastOfEach(batch.alerts, by: \.id)
            try await session.save(alerts.filter { !$0.isOpen })
            try await session.save(alerts.filter(\.isOpen))
            try await session.insert(batch.changes)
            if !batch.deliveries.isEmpty { try await write(batch.deliveries, withAlerts: true) }
            if !batch.attempts.isEmpty { try await write(batch.attempts, withAlerts: false) }
            if let number = batch.appliedAction {
                try await session.run("UPDATE alert_progress SET applied_action = $1", .integer(number))
            }
        }

        // MARK: deliveries

        /// Writes deliveries: those of known ids keep their number, others get the next ones, in their order; without
        /// their alerts, those of known ones stay.
        private func write(_ all: [AlertDelivery], withAlerts: Bool) async throws {
            let deliveries = lastOfEach(all, by: \.id)
            let known = try await numbers(of: deliveries.map(\.id))
            try await session.update(deliveries.filter { known[$0.id] != nil })
            let new = deliveries.filter { known[$0.id] == nil }
            try await session.insert(new)
            let added = try await numbers(of: new.map(\.id))
            try await session.insert(rows(of: new, added))
            if withAlerts { try await replaceAlerts(of: deliveries.filter { known[$0.id] != nil }, known) }
        }

        private func numbers(of ids: [AlertDeliveryID]) async throws -> [AlertDeliveryID: Int64] {
            guard !ids.isEmpty else { return [:] }
            var numbers: [AlertDeliveryID: Int64] = [:]
            let sql = "SELECT id, number FROM alert_deliveries WHERE id = ANY($1)"
            try await session.one(Statement(sql, [.ids(ids)])).forEach { row in
                numbers[try row.requiredID()] = row.requiredInteger()
            }
            return numbers
        }

        private func rows(
            of deliveries: [AlertDelivery], _ numbers: [AlertDeliveryID: Int64]
        ) -> [DeliveryAlert] {
            deliveries.flatMap { delivery in
                delivery.alerts.enumerated().map { place, alert in
                    DeliveryAlert(delivery: numbers[delivery.id] ?? 0, place: place, alert)
                }
            }
        }

        /// Alerts are many and never change in practice: they are written again only where they did.
        private func replaceAlerts(
            of deliveries: [AlertDelivery], _ numbers: [AlertDeliveryID: Int64]
        ) async throws {
            guard !deliveries.isEmpty else { return }
            let stored: [DeliveryAlert] = try await session.rows(
                "\(DeliveryAlert.selectSQL) WHERE delivery = ANY($1) ORDER BY delivery, place",
                .integers(numbers.values))
            let texts = Dictionary(grouping: stored, by: \.delivery).mapValues { $0.map(\.text) }
            let given = Dictionary(grouping: rows(of: deliveries, numbers), by: \.delivery)
            let changed = deliveries.compactMap { numbers[$0.id] }.filter { number in
                let (old, new) = (texts[number] ?? [], given[number]?.map(\.text) ?? [])
                return !old.elementsEqual(new) { $0.utf8.elementsEqual($1.utf8) }
            }
            guard !changed.isEmpty else { return }
            try await session.run("DELETE FROM alert_delivery_alerts WHERE delivery = ANY($1)", .integers(changed))
            try await session.insert(changed.flatMap { given[$0] ?? [] })
        }
    }
#endif
