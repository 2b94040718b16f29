import Catalog
import Inventory
import Jobs
import Logging
import Synchronization

/// Writes changes of status to the catalog: the latest of each interface and device, only where it differs.
final class StatusRecorder: Sendable {
    typealias Store = DeviceCatalog & InterfaceCatalog

    /// What is to be written of one device.
    struct Pending: Sendable, Hashable {
        var device: DeviceStatusChange?
        var interfaces: [InterfaceID: InterfaceStatusChange] = [:]
    }

    private struct State {
        var pending: [DeviceID: Pending] = [:]
        var retryAt: Timestamp?
        var hasFailed = false
    }

    private static let devicesMax = 64
    private static let pauseSeconds = 5.0

    private let catalog: any Store
    private let clock: any WallClock
    private let logger: Logger
    private let state = Mutex(State())

    init(_ catalog: any Store, clock: any WallClock, logger: Logger) {
        self.catalog = catalog
        self.clock = clock
        self.logger = logger
    }

    /// Adds changes and writes what waits; one call at a time.
    func write(_ changes: [StatusChange]) async {
        enter(changes)
        while let batch = nextBatch() {
            do throws(CatalogError) {
                try await catalog.reviseInterfaces(of: batch.keys.sorted()) { books in
                    (books.compactMap { Self.revision(of: $0, batch[$0.device.id]) }, ())
                }
                state.withLock { state in
                    state.hasFailed = false
                    state.retryAt = nil
                }
            } catch {
                return putBack(batch, error)
            }
        }
    }

    /// Adds changes, to be written with the next.
    func enter(_ changes: [StatusChange]) {
        state.withLock { state in for change in changes { Self.enter(change, &state.pending) } }
    }

    /// Forgets what waits of devices that are another process's now: it would overwrite what that one read since.
    func keep(_ isOwn: (DeviceID) -> Bool) {
        state.withLock { state in state.pending = state.pending.filter { isOwn($0.key) } }
    }

    private func nextBatch() -> [DeviceID: Pending]? {
        let now = clock.now
        return state.withLock { state in
            if let retryAt = state.retryAt, now < retryAt { return nil }
            guard !state.pending.isEmpty else { return nil }
            var batch: [DeviceID: Pending] = [:]
            for id in state.pending.keys.sorted().prefix(Self.devicesMax) {
                batch[id] = state.pending.removeValue(forKey: id)
            }
            return batch
        }
    }

    private func putBack(_ batch: [DeviceID: Pending], _ error: CatalogError) {
        let retryAt = clock.now.advanced(bySeconds: Self.pauseSeconds)
        let isFirst = state.withLock { state in
            for (id, pending) in batch {
                // What came meanwhile is newer.
                let newer = state.pending[id]
                var merged = pending
                if let device = newer?.device { merged.device = device }
                merged.interfaces.merge(newer?.interfaces ?? [:]) { _, new in new }
                state.pending[id] = merged
            }
            state.retryAt = retryAt
            defer { state.hasFailed = true }
            return !state.hasFailed
        }
        if isFirst { logger.warning("status is not written to the catalog for now: \(error)") }
    }

    static func enter(_ change: StatusChange, _ pending: inout [DeviceID: Pending]) {
        switch change {
        case .interface(let change):
            pending[change.deviceID, default: Pending()].interfaces[change.interfaceID] = change
        case .device(let change): pending[change.deviceID, default: Pending()].device = change
        }
    }

    /// What changes of a device and its interfaces; nil where all is as it should be.
    static func revision(of book: InterfaceBook, _ pending: Pending?) -> InterfaceRevision? {
        guard let pending else { return nil }
        var revision = InterfaceRevision(deviceID: book.device.id)
        revision.device = pending.device.flatMap { changed(book.device, $0) }
        revision.updated = book.live.compactMap { row in pending.interfaces[row.id].flatMap { changed(row, $0) } }
        return revision.device == nil && revision.updated.isEmpty ? nil : revision
    }

    private static func changed(_ row: Interface, _ change: InterfaceStatusChange) -> Interface? {
        var new = row
        if change.admin > 0 { new.facts.adminStatus = Int(change.admin) }
        if change.oper > 0 { new.facts.operStatus = Int(change.oper) }
        if change.oper == UInt8(InterfaceStatus.up.rawValue) { new.wasUp = true }
        guard new != row else { return nil }
        new.updatedAt = max(change.at, row.updatedAt)
        return new
    }

    private static func changed(_ device: Device, _ change: DeviceStatusChange) -> Device? {
        guard device.status != change.status else { return nil }
        var new = device
        new.status = change.status
        new.updatedAt = max(change.at, device.updatedAt)
        if change.status == .up {
            new.lastSeenAt = max(change.at, device.lastSeenAt ?? change.at)
            new.uptimeSeconds = change.uptimeSeconds ?? device.uptimeSeconds
        }
        return new
    }
}
