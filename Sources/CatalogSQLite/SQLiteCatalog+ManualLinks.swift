public import Catalog
import CatalogRows
import GRDB
public import Inventory

extension SQLiteCatalog {
    /// Manual links, ordered by creation, then id.
    public func manualLinks() async throws(CatalogError) -> [ManualLink] {
        try await read("reading manual links") { db in try db.manualLinks() }
    }

    /// Adds a manual link or replaces the one of the same id.
    public func saveManualLink(_ link: ManualLink) async throws(CatalogError) {
        try await write("saving a manual link") { db in
            if link.aDeviceID == link.bDeviceID {
                throw refusal("both ends are device \(link.aDeviceID); a link joins two devices")
            }
            try db.requireEnd(link.aDeviceID, link.aInterfaceID)
            try db.requireEnd(link.bDeviceID, link.bInterfaceID)
            try db.run(db.cachedStatement(sql: ManualLink.saveSQL), link)
        }
    }

    /// Removes a manual link; false where there was none.
    public func removeManualLink(_ id: ManualLinkID) async throws(CatalogError) -> Bool {
        try await write("removing a manual link") { db in
            try db.run("DELETE FROM manual_links WHERE id = ?1") { sink in sink.id(id) }
            return db.changesCount > 0
        }
    }
}

extension Database {
    /// Throws unless a device exists and an interface is one of its own.
    fileprivate func requireEnd(_ device: DeviceID, _ interface: InterfaceID?) throws {
        var isKnown = false
        try each("SELECT 1 FROM standalone_devices WHERE id = ?1", { $0.id(device) }) { _ in isKnown = true }
        guard isKnown else { throw refusal("there is no device \(device); add it first") }
        guard let interface else { return }
        var owner: DeviceID?
        try each("SELECT device_id FROM device_interfaces WHERE id = ?1", { $0.id(interface) }) { row in
            owner = try row.id()
        }
        guard let owner else { throw refusal("there is no interface \(interface); discover the device first") }
        if owner != device {
            throw refusal("interface \(interface) is one of device \(owner), not of \(device); give its own device")
        }
    }
}

private func refusal(_ message: String) -> CatalogError {
    CatalogError(.invalidValue, operation: "saving a manual link", message: message)
}
