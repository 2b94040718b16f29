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

    /// Removes first and adds last, so that a name may pass from a removed device to a new one.
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
        let statement = try cachedStatement(sql: Device.updateSQL())
        for device in devices { try run(statement, device) }
    }
}

/// Ids as a JSON list, for `IN (SELECT value FROM json_each(?))`: one parameter for any number of them.
func idList<Entity>(_ ids: [Identifier<Entity>]) -> String {
    "[" + ids.map { "\"\($0)\"" }.joined(separator: ",") + "]"
}
