public import Catalog
import CatalogRows
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

    /// Adds one device, which may be a removed one.
    public func addDevice(_ device: Device) async throws(CatalogError) -> Device {
        try await write("adding device '\(device.name)'") { db in
            let known = try db.recognise([device])
            try db.insert(known)
            return known[0]
        }
    }

    /// Forgets removed devices; their interfaces go with them.
    public func forgetDevices(removedBefore time: Timestamp) async throws(CatalogError) -> Int {
        try await write("forgetting removed devices") { db in
            try db.run("DELETE FROM removed_devices WHERE removed_at < ?1") { sink in sink.time(time) }
            return db.changesCount
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
    ///
    /// One that is removed and one that is added by the same revision are two devices.
    fileprivate func apply(_ revision: DeviceRevision) throws {
        let inserted = try recognise(revision.inserted)
        for id in revision.removed {
            try run("DELETE FROM standalone_devices WHERE id = ?1") { sink in sink.id(id) }
        }
        if !revision.updated.isEmpty { try update(revision.updated) }
        try insert(inserted)
    }

    fileprivate func insert(_ devices: [Device]) throws {
        guard !devices.isEmpty else { return }
        let statement = try cachedStatement(sql: Device.insertSQL)
        for device in devices { try run(statement, device) }
    }

    /// New devices with the ids of the removed ones they are.
    fileprivate func recognise(_ devices: [Device]) throws -> [Device] {
        guard !devices.isEmpty else { return [] }
        let sql = "SELECT id, name, ip, port FROM removed_devices ORDER BY removed_at DESC, id"
        var removed: [RemovedDevice] = []
        try each(sql, { _ in }) { row in
            removed.append(
                RemovedDevice(
                    id: try row.requiredID(), name: row.requiredText(), address: row.requiredText(),
                    port: Int(row.requiredInteger())))
        }
        return ReturningDevices.recognise(devices, among: removed)
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
