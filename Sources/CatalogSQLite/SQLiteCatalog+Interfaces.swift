public import Catalog
import CatalogRows
import GRDB
public import Inventory

extension SQLiteCatalog {
    /// The interfaces of one device, ordered by ifIndex, then id.
    public func interfaces(of device: DeviceID) async throws(CatalogError) -> [Interface] {
        try await read("reading the interfaces of a device") { db in try db.interfaces(of: device) }
    }

    /// The interfaces with these ids, ordered by id.
    public func interfaces(withIDs ids: [InterfaceID]) async throws(CatalogError) -> [Interface] {
        try await read("reading interfaces") { db in
            try db.rows("\(Interface.selectSQL) WHERE id IN (SELECT value FROM json_each(?1)) ORDER BY id") { sink in
                sink.text(idList(ids))
            }
        }
    }

    /// The next interfaces by id.
    public func interfaces(after: InterfaceID?, limit: Int) async throws(CatalogError) -> [Interface] {
        try await read("reading interfaces") { db in
            try db.rows("\(Interface.selectSQL) WHERE id > ?1 ORDER BY id LIMIT ?2") { sink in
                if let after { sink.id(after) } else { sink.text("") }
                sink.integer(Int64(max(0, limit)))
            }
        }
    }

    /// How many rows `device_interfaces` has.
    public func interfaceCount() async throws(CatalogError) -> Int {
        try await read("counting interfaces") { db in
            try Int.fetchOne(db.cachedStatement(sql: "SELECT count(*) FROM device_interfaces")) ?? 0
        }
    }

    /// Reads, decides and writes interfaces in one transaction.
    ///
    /// Only rows a revision names are written, and the seen-timestamps by one statement per device.
    public func reviseInterfaces<Outcome: Sendable>(
        of devices: [DeviceID],
        _ decide: @escaping @Sendable ([InterfaceBook]) -> ([InterfaceRevision], Outcome)
    ) async throws(CatalogError) -> Outcome {
        try await write("saving interfaces") { db in
            let books = try db.books(of: devices)
            let (revisions, outcome) = decide(books)
            try db.apply(revisions, to: books)
            return outcome
        }
    }
}

extension Database {
    fileprivate func interfaces(of device: DeviceID) throws -> [Interface] {
        try rows("\(Interface.selectSQL) WHERE device_id = ?1 ORDER BY if_index, id") { sink in sink.id(device) }
    }

    fileprivate func books(of ids: [DeviceID]) throws -> [InterfaceBook] {
        let found = Dictionary(try devices(.ids(ids)).map { ($0.id, $0) }) { first, _ in first }
        let neighbours = try speakingNeighbours(of: ids)
        var seen: Set<DeviceID> = []
        return try ids.filter { seen.insert($0).inserted }.compactMap { id in
            guard let device = found[id] else { return nil }
            let retired: [Interface] = try rows(Self.retiredSQL) { sink in sink.id(id) }
            return InterfaceBook(
                device: device, live: try interfaces(of: id), retired: retired, neighbours: neighbours[id] ?? [:])
        }
    }

    fileprivate func apply(_ revisions: [InterfaceRevision], to books: [InterfaceBook]) throws {
        let selected = Set(books.map(\.device.id))
        let retired = Set(books.flatMap { book in book.retired.map(\.id) })
        for revision in revisions {
            try revision.requireConsistent(selected: selected)
            if let device = revision.device { try update([device]) }
            try update(revision.updated)
            try insert(revision.inserted, retired: retired)
            try retire(revision.retired, of: revision.deviceID)
            if let time = revision.seenAt { try advanceSeen(of: revision.deviceID, to: time) }
        }
    }

    private func update(_ interfaces: [Interface]) throws {
        guard !interfaces.isEmpty else { return }
        let statement = try cachedStatement(sql: Self.updateInterfaceSQL)
        for interface in interfaces { try run(statement, interface) }
    }

    private func insert(_ interfaces: [Interface], retired: Set<InterfaceID>) throws {
        guard !interfaces.isEmpty else { return }
        let statement = try cachedStatement(sql: Self.insertInterfaceSQL)
        for interface in interfaces {
            try run(statement, interface)
            guard retired.contains(interface.id) else { continue }
            try run("DELETE FROM retired_interfaces WHERE id = ?1") { sink in sink.id(interface.id) }
        }
    }

    private func retire(_ ids: [InterfaceID], of device: DeviceID) throws {
        for id in ids {
            for sql in Self.retireSQL {
                try run(sql) { sink in
                    sink.id(id)
                    sink.id(device)
                }
            }
        }
    }

    private func advanceSeen(of device: DeviceID, to time: Timestamp) throws {
        let sql = """
            UPDATE device_interfaces SET last_seen_at = ?1, last_discovered_at = ?1
            WHERE device_id = ?2 AND missing_since IS NULL
            """
        try run(sql) { sink in
            sink.time(time)
            sink.id(device)
        }
    }

    private static let insertInterfaceSQL = Interface.insertSQL
    private static let updateInterfaceSQL = Interface.updateSQL(fixed: 2)
    private static let retiredSQL = """
        SELECT \(Interface.retiredColumns.joined(separator: ", ")), NULL, NULL FROM retired_interfaces
        WHERE device_id = ?1 ORDER BY if_index, id
        """
    private static let retireSQL = [
        """
        INSERT OR REPLACE INTO retired_interfaces (\(Interface.retiredColumns.joined(separator: ", ")), removed_at)
        SELECT \(Interface.retiredColumns.joined(separator: ", ")), \(SQLText.now)
        FROM device_interfaces WHERE id = ?1 AND device_id = ?2
        """,
        "DELETE FROM device_interfaces WHERE id = ?1 AND device_id = ?2",
    ]
}
