#if PostgreSQL
    public import Catalog
    import CatalogRows
    public import Inventory

    extension PostgresCatalog {
        /// Reads, decides and writes topology in one transaction.
        ///
        /// Only rows that differ from what is stored are written; a far end that does not exist is left empty. Where a
        /// discovery was in its way, it keeps discoveries out the next time.
        public func reviseTopology<Outcome: Sendable>(
            _ decide: @escaping @Sendable (TopologyBook) -> (TopologyChange?, Outcome)
        ) async throws(CatalogError) -> Outcome {
            let locks: (Int) -> [AdvisoryLock] = { attempt in
                [.take(AdvisoryLock.topology)] + (attempt == 1 ? [] : [.take(AdvisoryLock.devices)])
            }
            return try await change("saving the topology", locks: locks) { session in
                let book = try await session.topologyBook()
                let (change, outcome) = decide(book)
                if let change { try await TopologyWriting(change, over: book, in: session).run() }
                return outcome
            }
        }

        /// All that topology follows from, as it is now.
        public func topologyBook() async throws(CatalogError) -> TopologyBook {
            try await read("reading the topology") { session in try await session.topologyBook() }
        }

        /// The neighbours of one device, ordered by local port as people count, then protocol, then id.
        public func neighbours(of device: DeviceID) async throws(CatalogError) -> [Neighbour] {
            let found: [Neighbour] = try await with("reading the neighbours of a device") { session in
                try await session.rows("\(Neighbour.selectSQL) WHERE device_id = $1 ORDER BY id", .id(device))
            }
            return found.sorted { left, right in
                if left.reading.localPort != right.reading.localPort {
                    return NaturalOrder.precedes(left.reading.localPort, right.reading.localPort)
                }
                return (left.reading.heardBy, left.id) < (right.reading.heardBy, right.id)
            }
        }

        /// Links that had appeared and had not yet vanished, ordered by id.
        public func links(at time: Timestamp) async throws(CatalogError) -> [LinkRecord] {
            let there = "appeared_at <= $1 AND (vanished_at IS NULL OR vanished_at > $1)"
            return try await with("reading the links of a time") { session in
                try await session.rows("\(LinkRecord.selectSQL) WHERE \(there) ORDER BY id", .time(time.clamped))
            }
        }

        /// Links by their latest change within the time, the latest first, then by id.
        public func linkChanges(
            after: Timestamp, until: Timestamp, limit: Int
        ) async throws(CatalogError) -> [LinkRecord] {
            let (appeared, vanished) = (within("appeared_at"), within("vanished_at"))
            let sql = """
                \(LinkRecord.selectSQL) WHERE (\(appeared)) OR (\(vanished))
                ORDER BY greatest(CASE WHEN \(appeared) THEN appeared_at END, CASE WHEN \(vanished) THEN vanished_at END)
                  DESC, id LIMIT $3
                """
            return try await with("reading the changes of links") { session in
                try await session.rows(sql, .time(after.clamped), .time(until.clamped), .count(limit))
            }
        }

        private func within(_ column: String) -> String {
            "\(column) > $1 AND \(column) <= $2"
        }

        /// The latest revisions, the last one first.
        public func topologyRevisions(limit: Int) async throws(CatalogError) -> [TopologyRevisionRecord] {
            try await with("reading the revisions of the topology") { session in
                try await session.rows(
                    "\(TopologyRevisionRecord.selectSQL) ORDER BY number DESC LIMIT $1", .count(limit))
            }
        }

        /// Removes links that vanished, and revisions but the latest.
        public func removeTopologyHistory(before time: Timestamp) async throws(CatalogError) -> Int {
            let revisionsSQL = """
                DELETE FROM topology_revisions
                WHERE made_at < $1 AND number < (SELECT max(number) FROM topology_revisions)
                """
            return try await change("removing old topology", locks: { _ in [.take(AdvisoryLock.topology)] }) {
                session in
                try await session.run(revisionsSQL, .time(time.clamped))
                return try await session.run("DELETE FROM topology_links WHERE vanished_at < $1", .time(time.clamped))
            }
        }

        /// Manual links, ordered by creation, then id.
        public func manualLinks() async throws(CatalogError) -> [ManualLink] {
            try await with("reading manual links") { session in try await session.rows(manualLinksSQL) }
        }

        /// Adds a manual link or replaces the one of the same id.
        public func saveManualLink(_ link: ManualLink) async throws(CatalogError) {
            try await change("saving a manual link") { session in
                if link.aDeviceID == link.bDeviceID {
                    throw refusal("both ends are device \(link.aDeviceID); a link joins two devices")
                }
                try await session.requireEnd(link.aDeviceID, link.aInterfaceID)
                try await session.requireEnd(link.bDeviceID, link.bInterfaceID)
                _ = try await session.save([link])
            }
        }

        /// Removes a manual link; false where there was none.
        public func removeManualLink(_ id: ManualLinkID) async throws(CatalogError) -> Bool {
            try await with("removing a manual link") { session in
                try await session.run("DELETE FROM manual_links WHERE id = $1", .id(id)) > 0
            }
        }
    }

    private let manualLinksSQL = "\(ManualLink.selectSQL) ORDER BY created_at, id"

    private func refusal(_ message: String) -> CatalogError {
        CatalogError(.invalidValue, operation: "saving a manual link", message: message)
    }

    extension Session {
        fileprivate func topologyBook() async throws -> TopologyBook {
            let answers = try await all(
                [
                    "\(Device.selectSQL) ORDER BY name", DescriptionRow.selectSQL,
                    "\(PortRecord.selectSQL) ORDER BY device_id, if_index, id",
                    "\(Neighbour.selectSQL) ORDER BY device_id, id",
                    "\(LinkRecord.selectSQL) WHERE vanished_at IS NULL ORDER BY id", manualLinksSQL,
                    NodePosition.selectSQL, "\(TopologyRevisionRecord.selectSQL) ORDER BY number DESC LIMIT 1",
                ].map { Statement($0) })
            var book = TopologyBook()
            book.devices = try answers[0].rows()
            let descriptions: [DescriptionRow] = try answers[1].rows()
            book.descriptions = Dictionary(uniqueKeysWithValues: descriptions.map { ($0.deviceID, $0.content) })
            book.ports = try ports(answers[2])
            book.neighbours = try answers[3].rows()
            book.links = try answers[4].rows()
            book.manualLinks = try answers[5].rows()
            let positions: [NodePosition] = try answers[6].rows()
            book.positions = Dictionary(uniqueKeysWithValues: positions.map { ($0.deviceID, $0) })
            book.revision = try answers[7].rows(TopologyRevisionRecord.self).first
            return book
        }

        private func ports(_ answer: PostgresResult) throws -> [PortRecord] {
            var found: [PortRecord] = []
            found.reserveCapacity(answer.count)
            do {
                try answer.forEach { row in found.append(try PortRecord(reading: &row)) }
            } catch let error as UnreadableValue {
                throw error.of("device_interfaces")
            }
            return found
        }

        /// Throws unless a device exists and an interface is one of its own.
        fileprivate func requireEnd(_ device: DeviceID, _ interface: InterfaceID?) async throws {
            let isKnown = Statement("SELECT 1 FROM standalone_devices WHERE id = $1 FOR KEY SHARE", [.id(device)])
            guard try await one(isKnown).count > 0 else { throw refusal("there is no device \(device); add it first") }
            guard let interface else { return }
            var owner: DeviceID?
            let sql = "SELECT device_id FROM device_interfaces WHERE id = $1 FOR KEY SHARE"
            try await one(Statement(sql, [.id(interface)])).forEach { row in owner = try row.id() }
            guard let owner else { throw refusal("there is no interface \(interface); discover the device first") }
            if owner != device {
                throw refusal(
                    "interface \(interface) is one of device \(owner), not of \(device); give its own device")
            }
        }
    }
#endif
