public import Catalog
import GRDB
public import Inventory

extension SQLiteCatalog {
    /// The selected devices, ordered by name (as UTF-8 octets).
    public func devices(_ selection: DeviceSelection) async throws(CatalogError) -> [Device] {
        try await read("reading devices") { db in try db.devices(selection) }
    }

    /// Reads, decides and writes devices in one transaction.
    public func reviseDevices<Outcome: Sendable>(
        _ selection: DeviceSelection,
        _ decide: @escaping @Sendable ([Device]) -> (DeviceRevision, Outcome)
    ) async throws(CatalogError) -> Outcome {
        try await write("saving devices") { db in
            let (revision, outcome) = decide(try db.devices(selection))
            try db.apply(revision)
            return outcome
        }
    }
}

extension Database {
    func devices(_ selection: DeviceSelection) throws -> [Device] {
        switch selection {
        case .all:
            return try rows("\(Device.selectSQL) ORDER BY name")
        case .ids(let ids):
            return try rows("\(Device.selectSQL) WHERE id IN (SELECT value FROM json_each(?1)) ORDER BY name") { sink in
                sink.text(idList(ids))
            }
        }
    }

    /// Removes first and adds last, so that a name may pass from a removed or renamed device to a new one.
    fileprivate func apply(_ revision: DeviceRevision) throws {
        for id in revision.removed {
            try run("DELETE FROM standalone_devices WHERE id = ?1") { sink in sink.id(id) }
        }
        if !revision.updated.isEmpty { try update(revision.updated) }
        guard !revision.inserted.isEmpty else { return }
        let statement = try cachedStatement(sql: Device.insertSQL)
        for device in revision.inserted { try run(statement, device) }
    }

    func update(_ devices: [Device]) throws {
        // One row cannot be in the way of itself.
        if devices.count > 1 { try park(devices) }
        let statement = try cachedStatement(sql: Device.updateSQL())
        for device in devices { try run(statement, device) }
    }

    /// Frees the names and addresses that change, so that devices may swap them or pass them on.
    ///
    /// SQLite checks UNIQUE row by row. The stand-in is the id behind a control character, which no name or address
    /// has; nobody sees it, as the transaction writes the row again or fails as a whole.
    private func park(_ devices: [Device]) throws {
        let sql = """
            UPDATE standalone_devices SET name = char(1) || id, ip = char(1) || id
            WHERE id = ?1 AND (name <> ?2 OR ip <> ?3 OR port <> ?4)
            """
        for device in devices {
            try run(sql) { sink in
                sink.id(device.id)
                sink.text(device.name)
                sink.text(device.address)
                sink.integer(Int64(device.port))
            }
        }
    }
}

/// Ids as a JSON list, for `IN (SELECT value FROM json_each(?))`: one parameter for any number of them.
func idList<Entity>(_ ids: [Identifier<Entity>]) -> String {
    "[" + ids.map { "\"\($0)\"" }.joined(separator: ",") + "]"
}
