#if PostgreSQL
    import Catalog
    import CatalogRows
    import Inventory

    /// Writes what a run of topology discovery changes, over the book it was decided on.
    ///
    /// A row that is equal to the stored one is not written. What is about devices or interfaces that do not exist is
    /// left out; of a neighbour or a connection whose far end does not exist, that end alone.
    struct TopologyWriting {
        private let change: TopologyChange
        private let book: TopologyBook
        private let session: Session
        private let devices: Set<DeviceID>
        private let ports: Set<InterfaceID>

        init(_ change: TopologyChange, over book: TopologyBook, in session: Session) {
            self.change = change
            self.book = book
            self.session = session
            devices = Set(book.devices.map(\.id))
            ports = Set(book.ports.map(\.id))
        }

        /// Writes all of it.
        func run() async throws {
            try await writeRevision()
            try await writeNeighbours()
            try await writeDescriptions()
            try await session.update(connections(), in: Interface.table)
            try await writeLinks()
            try await session.save(
                lastOfEach(change.positions, by: \.deviceID).filter {
                    devices.contains($0.deviceID) && book.positions[$0.deviceID] != $0
                })
        }

        private func writeRevision() async throws {
            let last = book.revision?.number ?? 0
            let number = change.revision.number
            if number == last, let stored = book.revision {
                if change.revision != stored { try await session.update([change.revision]) }
            } else if number > last, number - 1 == last {
                try await session.insert([change.revision])
            } else {
                throw CatalogError(
                    .invalidValue, operation: "saving the topology",
                    message: "revision \(number) does not follow revision \(last); read the topology again")
            }
        }

        // MARK: neighbours

        private func writeNeighbours() async throws {
            if !change.removedNeighbours.isEmpty {
                try await session.run(
                    "DELETE FROM interface_neighbours WHERE id = ANY($1)", .ids(change.removedNeighbours))
            }
            try await session.update(changedNeighbours())
            try await session.insert(change.insertedNeighbours.compactMap(known))
            try await advanceSeen()
        }

        private func changedNeighbours() -> [Neighbour] {
            guard !change.updatedNeighbours.isEmpty else { return [] }
            let wanted = Set(change.updatedNeighbours.map(\.id))
            let stored = Dictionary(
                book.neighbours.lazy.filter { wanted.contains($0.id) }.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
            return lastOfEach(change.updatedNeighbours, by: \.id).compactMap { neighbour in
                guard let old = stored[neighbour.id], let new = known(neighbour), new != old else { return nil }
                return new
            }
        }

        /// All of them in one statement, rows that were written above among them.
        private func advanceSeen() async throws {
            guard !change.heardDevices.isEmpty else { return }
            let sql = """
                UPDATE interface_neighbours SET last_seen_at = $1 WHERE device_id = ANY($2) AND last_seen_at <> $1
                """
            try await session.run(sql, .time(change.revision.at), .ids(change.heardDevices))
        }

        /// A neighbour without what does not exist; nil where its own device or interface does not.
        private func known(_ neighbour: Neighbour) -> Neighbour? {
            guard devices.contains(neighbour.deviceID), neighbour.interfaceID.map(ports.contains) ?? true else {
                return nil
            }
            var neighbour = neighbour
            if let device = neighbour.match.deviceID, !devices.contains(device) {
                neighbour.match.deviceID = nil
                neighbour.match.confidence = 0
            }
            if let port = neighbour.match.interfaceID, !ports.contains(port) { neighbour.match.interfaceID = nil }
            if !neighbour.match.candidates.isEmpty {
                neighbour.match.candidates.removeAll { !devices.contains($0) }
            }
            return neighbour
        }

        // MARK: devices and interfaces

        private func writeDescriptions() async throws {
            let rows = change.descriptions.sorted { $0.key < $1.key }.filter { id, content in
                devices.contains(id) && book.descriptions[id] != content
            }
            try await session.save(
                rows.map { DescriptionRow(deviceID: $0, readAt: change.revision.at, content: $1) })
        }

        private func connections() -> [ConnectionRow] {
            guard !change.connections.isEmpty else { return [] }
            return book.ports.compactMap { port in
                guard var connection = change.connections[port.id] else { return nil }
                if let device = connection.deviceID, !devices.contains(device) { connection.deviceID = nil }
                if let interface = connection.interfaceID, !ports.contains(interface) { connection.interfaceID = nil }
                guard connection != port.connection else { return nil }
                return ConnectionRow(id: port.id, connection: connection, at: change.revision.at)
            }
        }

        // MARK: links

        private func writeLinks() async throws {
            guard !change.savedLinks.isEmpty else { return }
            let stored = Dictionary(book.links.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
            let saved = lastOfEach(change.savedLinks, by: \.id).filter { isKnown($0) && stored[$0.id] != $0 }
            try await session.update(saved.filter { stored[$0.id] != nil })
            try await session.insert(saved.filter { stored[$0.id] == nil })
        }

        /// Whether the ends of a link that is there exist; one that vanishes may be about what is gone.
        private func isKnown(_ record: LinkRecord) -> Bool {
            record.vanishedAt != nil
                || [record.link.a, record.link.b].allSatisfy { end in
                    (end.deviceID.map(devices.contains) ?? true) && (end.interfaceID.map(ports.contains) ?? true)
                }
        }
    }

    /// What an interface is connected to, and since when it is known.
    private struct ConnectionRow: BoundRow {
        static let columns = [
            "id", "connected_to_device_id", "connected_to_interface_id", "lldp_neighbor_name", "lldp_neighbor_port",
            "neighbor_protocol", "updated_at",
        ]
        var id: InterfaceID
        var connection: InterfaceConnection
        var at: Timestamp

        func write(to sink: inout some ColumnSink) {
            sink.id(id)
            connection.write(to: &sink)
            sink.time(at)
        }
    }
#endif
