import Catalog
import CatalogRows
import GRDB
import Inventory

/// Writes what a run of topology discovery changes, over the book it was decided on.
///
/// A row that is equal to the stored one is not written. What is about devices or interfaces that do not exist is left
/// out; of a neighbour or a connection whose far end does not exist, that end alone.
struct TopologyWriting {
    private let change: TopologyChange
    private let book: TopologyBook
    private let db: Database
    private let devices: Set<DeviceID>
    private let ports: Set<InterfaceID>

    init(_ change: TopologyChange, over book: TopologyBook, in db: Database) {
        self.change = change
        self.book = book
        self.db = db
        devices = Set(book.devices.map(\.id))
        let isQuiet =
            change.insertedNeighbours.isEmpty && change.updatedNeighbours.isEmpty && change.connections.isEmpty
            && change.savedLinks.isEmpty
        ports = isQuiet ? [] : Set(book.ports.map(\.id))
    }

    /// Writes all of it.
    func run() throws {
        try writeRevision()
        try removeNeighbours()
        try updateNeighbours()
        try insertNeighbours()
        try advanceSeen()
        try writeDescriptions()
        try writeConnections()
        try writeLinks()
        try writePositions()
    }

    private func writeRevision() throws {
        let last = book.revision?.number ?? 0
        let number = change.revision.number
        if number == last, let stored = book.revision {
            guard change.revision != stored else { return }
            try db.run(db.cachedStatement(sql: TopologyRevisionRecord.updateSQL()), change.revision)
        } else if number > last, number - 1 == last {
            try db.run(db.cachedStatement(sql: TopologyRevisionRecord.insertSQL), change.revision)
        } else {
            throw CatalogError(
                .invalidValue, operation: "saving the topology",
                message: "revision \(number) does not follow revision \(last); read the topology again")
        }
    }

    // MARK: neighbours

    private func removeNeighbours() throws {
        for id in change.removedNeighbours {
            try db.run("DELETE FROM interface_neighbours WHERE id = ?1") { sink in sink.id(id) }
        }
    }

    private func updateNeighbours() throws {
        guard !change.updatedNeighbours.isEmpty else { return }
        let wanted = Set(change.updatedNeighbours.map(\.id))
        let stored = Dictionary(
            book.neighbours.lazy.filter { wanted.contains($0.id) }.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        let statement = try db.cachedStatement(sql: Neighbour.updateSQL())
        for neighbour in change.updatedNeighbours {
            guard let old = stored[neighbour.id], let new = known(neighbour), new != old else { continue }
            try db.run(statement, new)
        }
    }

    private func insertNeighbours() throws {
        guard !change.insertedNeighbours.isEmpty else { return }
        let statement = try db.cachedStatement(sql: Neighbour.insertSQL)
        for neighbour in change.insertedNeighbours {
            if let neighbour = known(neighbour) { try db.run(statement, neighbour) }
        }
    }

    /// All of them in one statement, rows that were written above among them.
    private func advanceSeen() throws {
        guard !change.heardDevices.isEmpty else { return }
        let sql = """
            UPDATE interface_neighbours SET last_seen_at = ?1
            WHERE device_id IN (SELECT value FROM json_each(?2)) AND last_seen_at <> ?1
            """
        try db.run(sql) { sink in
            sink.time(change.revision.at)
            sink.text(idList(change.heardDevices))
        }
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
        if !neighbour.match.candidates.isEmpty { neighbour.match.candidates.removeAll { !devices.contains($0) } }
        return neighbour
    }

    // MARK: devices and interfaces

    private func writeDescriptions() throws {
        for (id, content) in change.descriptions.sorted(by: { $0.key < $1.key })
        where devices.contains(id) && book.descriptions[id] != content {
            let row = DescriptionRow(deviceID: id, readAt: change.revision.at, content: content)
            try db.run(db.cachedStatement(sql: DescriptionRow.saveSQL), row)
        }
    }

    private func writeConnections() throws {
        guard !change.connections.isEmpty else { return }
        for port in book.ports {
            guard var connection = change.connections[port.id] else { continue }
            if let device = connection.deviceID, !devices.contains(device) { connection.deviceID = nil }
            if let interface = connection.interfaceID, !ports.contains(interface) { connection.interfaceID = nil }
            guard connection != port.connection else { continue }
            try db.run(PortRecord.connectSQL) { sink in
                connection.write(to: &sink)
                sink.time(change.revision.at)
                sink.id(port.id)
            }
        }
    }

    private func writePositions() throws {
        for position in change.positions
        where devices.contains(position.deviceID) && book.positions[position.deviceID] != position {
            try db.run(db.cachedStatement(sql: NodePosition.saveSQL), position)
        }
    }

    // MARK: links

    private func writeLinks() throws {
        guard !change.savedLinks.isEmpty else { return }
        let stored = Dictionary(book.links.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        let update = try db.cachedStatement(sql: LinkRecord.updateSQL())
        let insert = try db.cachedStatement(sql: LinkRecord.insertSQL)
        for record in change.savedLinks where isKnown(record) {
            guard let old = stored[record.id] else {
                try db.run(insert, record)
                continue
            }
            if old != record { try db.run(update, record) }
        }
    }

    /// Whether the ends of a link that is there exist; one that vanishes may be about what is gone.
    private func isKnown(_ record: LinkRecord) -> Bool {
        record.vanishedAt != nil
            || [record.link.a, record.link.b].allSatisfy { end in
                (end.deviceID.map(devices.contains) ?? true) && (end.interfaceID.map(ports.contains) ?? true)
            }
    }
}
