public import Catalog
import CatalogRows
import GRDB
public import Inventory

extension SQLiteCatalog {
    /// Reads, decides and writes topology in one transaction.
    ///
    /// Only rows that differ from what is stored are written; a far end that does not exist is left empty.
    public func reviseTopology<Outcome: Sendable>(
        _ decide: @escaping @Sendable (TopologyBook) -> (TopologyChange?, Outcome)
    ) async throws(CatalogError) -> Outcome {
        try await write("saving the topology") { db in
            let book = try db.topologyBook()
            let (change, outcome) = decide(book)
            if let change { try db.withRoom { try TopologyWriting(change, over: book, in: db).run() } }
            return outcome
        }
    }

    /// All that topology follows from, as it is now.
    public func topologyBook() async throws(CatalogError) -> TopologyBook {
        try await read("reading the topology") { db in try db.topologyBook() }
    }

    /// The latest revision and the edition; costs some microseconds.
    public func topologyState() async throws(CatalogError) -> TopologyState {
        do {
            return try counters().topology
        } catch {
            throw catalogError(error, operation: "reading the state of the topology")
        }
    }

    /// The neighbours of one device, ordered by local port as people count, then protocol, then id.
    public func neighbours(of device: DeviceID) async throws(CatalogError) -> [Neighbour] {
        let found: [Neighbour] = try await read("reading the neighbours of a device") { db in
            try db.rows("\(Neighbour.selectSQL) WHERE device_id = ?1 ORDER BY id") { sink in sink.id(device) }
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
        try await read("reading the links of a time") { db in
            let there = "appeared_at <= ?1 AND (vanished_at IS NULL OR vanished_at > ?1)"
            return try db.rows("\(LinkRecord.selectSQL) WHERE \(there) ORDER BY id") { sink in
                sink.time(time.clamped)
            }
        }
    }

    /// Links by their latest change within the time, the latest first, then by id.
    public func linkChanges(
        after: Timestamp, until: Timestamp, limit: Int
    ) async throws(CatalogError) -> [LinkRecord] {
        let (appeared, vanished) = (within("appeared_at"), within("vanished_at"))
        let sql = """
            \(LinkRecord.selectSQL) WHERE (\(appeared)) OR (\(vanished))
            ORDER BY max(iif(\(appeared), appeared_at, ''), iif(\(vanished), vanished_at, '')) DESC, id LIMIT ?3
            """
        return try await read("reading the changes of links") { db in
            try db.rows(sql) { sink in
                sink.time(after.clamped)
                sink.time(until.clamped)
                sink.integer(Int64(max(0, limit)))
            }
        }
    }

    private func within(_ column: String) -> String {
        "\(column) > ?1 AND \(column) <= ?2"
    }

    /// The latest revisions, the last one first.
    public func topologyRevisions(limit: Int) async throws(CatalogError) -> [TopologyRevisionRecord] {
        try await read("reading the revisions of the topology") { db in
            try db.rows("\(TopologyRevisionRecord.selectSQL) ORDER BY number DESC LIMIT ?1") { sink in
                sink.integer(Int64(max(0, limit)))
            }
        }
    }

    /// Removes links that vanished, and revisions but the latest.
    public func removeTopologyHistory(before time: Timestamp) async throws(CatalogError) -> Int {
        let revisionsSQL = """
            DELETE FROM topology_revisions
            WHERE made_at < ?1 AND number < (SELECT max(number) FROM topology_revisions)
            """
        return try await write("removing old topology") { db in
            try db.run(revisionsSQL) { sink in sink.time(time.clamped) }
            try db.run("DELETE FROM topology_links WHERE vanished_at < ?1") { sink in sink.time(time.clamped) }
            return db.changesCount
        }
    }
}

extension Database {
    func topologyBook() throws -> TopologyBook {
        var book = TopologyBook()
        book.devices = try devices(.all)
        let descriptions: [DescriptionRow] = try rows(DescriptionRow.selectSQL)
        book.descriptions = Dictionary(uniqueKeysWithValues: descriptions.map { ($0.deviceID, $0.content) })
        book.ports = try ports()
        book.neighbours = try rows("\(Neighbour.selectSQL) ORDER BY device_id, id")
        book.links = try rows("\(LinkRecord.selectSQL) WHERE vanished_at IS NULL ORDER BY id")
        book.manualLinks = try manualLinks()
        let positions: [NodePosition] = try rows(NodePosition.selectSQL)
        book.positions = Dictionary(uniqueKeysWithValues: positions.map { ($0.deviceID, $0) })
        let latest: [TopologyRevisionRecord] = try rows(
            "\(TopologyRevisionRecord.selectSQL) ORDER BY number DESC LIMIT 1")
        book.revision = latest.first
        return book
    }

    private func ports() throws -> [PortRecord] {
        var found: [PortRecord] = []
        do {
            try each("\(PortRecord.selectSQL) ORDER BY device_id, if_index, id", { _ in }) { row in
                found.append(try PortRecord(reading: &row))
            }
        } catch let error as UnreadableValue {
            throw error.of("device_interfaces")
        }
        return found
    }

    /// Runs a large write with room for the pages it changes, so that none is written to the log again and again.
    func withRoom<Outcome>(_ body: () throws -> Outcome) throws -> Outcome {
        let usual = try Int.fetchOne(self, sql: "PRAGMA cache_size") ?? -2000
        try execute(sql: "PRAGMA cache_size = -131072")
        defer {
            try? execute(sql: "PRAGMA cache_size = \(usual)")
        }
        return try body()
    }

    /// Manual links, ordered by creation, then id.
    func manualLinks() throws -> [ManualLink] {
        try rows("\(ManualLink.selectSQL) ORDER BY created_at, id")
    }

    /// The neighbour that speaks for each interface of some devices.
    func speakingNeighbours(of devices: [DeviceID]) throws -> [DeviceID: [InterfaceID: NeighbourReading]] {
        let sql = """
            \(Neighbour.selectSQL) WHERE device_id IN (SELECT value FROM json_each(?1)) AND interface_id IS NOT NULL
            ORDER BY device_id, id
            """
        let all: [Neighbour] = try rows(sql) { sink in sink.text(idList(devices)) }
        return all.speaking
    }
}
