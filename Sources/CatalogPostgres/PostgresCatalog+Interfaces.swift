#if PostgreSQL
    public import Catalog
    import CatalogRows
    public import Inventory

    extension PostgresCatalog {
        /// The interfaces of one device, ordered by ifIndex, then id.
        public func interfaces(of device: DeviceID) async throws(CatalogError) -> [Interface] {
            try await with("reading the interfaces of a device") { session in
                try await session.rows(
                    "\(Interface.selectSQL) WHERE device_id = $1 ORDER BY if_index, id", .id(device))
            }
        }

        /// The interfaces with these ids, ordered by id.
        public func interfaces(withIDs ids: [InterfaceID]) async throws(CatalogError) -> [Interface] {
            try await with("reading interfaces") { session in
                try await session.rows("\(Interface.selectSQL) WHERE id = ANY($1) ORDER BY id", .ids(ids))
            }
        }

        /// The next interfaces by id.
        public func interfaces(after: InterfaceID?, limit: Int) async throws(CatalogError) -> [Interface] {
            try await with("reading interfaces") { session in
                try await session.rows(
                    "\(Interface.selectSQL) WHERE id > $1 OR $1 IS NULL ORDER BY id LIMIT $2", .id(after),
                    .count(limit))
            }
        }

        /// How many rows `device_interfaces` has.
        public func interfaceCount() async throws(CatalogError) -> Int {
            try await with("counting interfaces") { session in
                Int(try await session.one(Statement("SELECT count(*) FROM device_interfaces")).number)
            }
        }

        /// Reads, decides and writes interfaces in one transaction.
        ///
        /// Only rows a revision names are written, all of a kind by one statement.
        public func reviseInterfaces<Outcome: Sendable>(
            of devices: [DeviceID],
            _ decide: @escaping @Sendable ([InterfaceBook]) -> ([InterfaceRevision], Outcome)
        ) async throws(CatalogError) -> Outcome {
            let selection = DeviceSelection.ids(devices)
            return try await change("saving interfaces", locks: { selection.locks($0) }) { session in
                let books = try await session.books(of: devices)
                let (revisions, outcome) = decide(books)
                try await InterfaceWriting(revisions, over: books, in: session).run()
                return outcome
            }
        }
    }

    extension Session {
        fileprivate func books(of ids: [DeviceID]) async throws -> [InterfaceBook] {
            let answers = try await all([
                DeviceSelection.ids(ids).statement,
                Statement("\(Interface.selectSQL) WHERE device_id = ANY($1) ORDER BY if_index, id", [.ids(ids)]),
                Statement(retiredSQL, [.ids(ids)]),
                Statement(speakingSQL, [.ids(ids)]),
            ])
            let devices: [Device] = try answers[0].rows()
            let found = Dictionary(devices.map { ($0.id, $0) }) { first, _ in first }
            let live = Dictionary(grouping: try answers[1].rows(Interface.self), by: \.deviceID)
            let retired = Dictionary(grouping: try answers[2].rows(Interface.self), by: \.deviceID)
            let neighbours = (try answers[3].rows() as [Neighbour]).speaking
            var seen: Set<DeviceID> = []
            return ids.filter { seen.insert($0).inserted }.compactMap { id in
                guard let device = found[id] else { return nil }
                return InterfaceBook(
                    device: device, live: live[id] ?? [], retired: retired[id] ?? [], neighbours: neighbours[id] ?? [:])
            }
        }
    }

    private let retiredSQL = """
        SELECT \(Interface.retiredColumns.joined(separator: ", ")), NULL::uuid, NULL::uuid FROM retired_interfaces
        WHERE device_id = ANY($1) ORDER BY if_index, id
        """

    private let speakingSQL = """
        \(Neighbour.selectSQL) WHERE device_id = ANY($1) AND interface_id IS NOT NULL ORDER BY device_id, id
        """
#endif
