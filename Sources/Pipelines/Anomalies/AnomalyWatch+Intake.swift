import Baselines
import Catalog
import Inventory
import Jobs
import Logging
import Synchronization

extension AnomalyWatch {
    private static let pageMax = 4096

    // MARK: - Inventory

    /// Follows the inventory: interfaces that appear, vanish, or are for something else now.
    func takeInInventory(at now: Timestamp) async throws {
        let revision = try await parts.revision()
        guard revision != rosterRevision else { return }
        let ports = try await readPorts()
        var watched = shared.withLock(\.watched)
        for id in watched.keys where ports[id] == nil {
            (watched[id], pendingEvents[id], looks[id]) = (nil, nil, nil)
            askedForBaselines.remove(id)
            lateClassics.remove(id)
            gone.insert(id)
        }
        for port in ports.values {
            let one = watched[port.id] ?? WatchedInterface(port.id, keptEntries[port.id] ?? WatchedInterface.Entry())
            watched[port.id] = one
            takeIn(port, one)
        }
        keptEntries = [:]
        gone.subtract(ports.keys)
        let rows = (watched, ports)
        shared.withLock { ($0.watched, $0.ports) = rows }
        census = InterfaceCensus(ports.values.lazy.map(\.place))
        rosterRevision = revision
    }

    /// Follows one interface.
    private func takeIn(_ port: WatchedPort, _ one: WatchedInterface) {
        let fresh = freshClassic(of: port)
        let (isAnother, isLate, isKnown) = one.entry.withLock { entry -> (Bool, Bool, Bool) in
            let isAnother = entry.meaning.map { port.meaning.isAnother(than: $0) } ?? false
            entry.meaning = port.meaning
            if isAnother { entry.restartedAt = port.updatedAt }
            let isKnown = entry.state.cursor != nil
            // One that is known gets its samples of before first: see fillLateClassics.
            let isLate = fresh != nil && entry.state.classic == nil && isKnown
            if fresh == nil { entry.state.classic = nil }
            if !isKnown, entry.state.classic == nil { entry.state.classic = fresh }
            return (isAnother, isLate, isKnown)
        }
        if isLate { lateClassics.insert(port.id) } else { lateClassics.remove(port.id) }
        guard isAnother else { return }
        // One of which nothing is known lives through it as its history is read.
        if isKnown { pendingEvents[port.id, default: []].append(StateEvent(at: port.updatedAt, kind: .restart)) }
        let name = port.place.interfaceName.prefix(64)
        parts.logger.info("\(name) of \(port.place.deviceName) is for something else now: it is learnt anew")
    }

    /// What the classic method begins with on an interface; nil where it does not watch it.
    func freshClassic(of port: WatchedPort) -> ClassicState? {
        let isKept = settings.keepsClassic(of: port.id, type: port.place.interfaceType, isCritical: port.isCritical)
        return isKept ? ClassicState(lookBackDays: settings.detection.lookBackDays) : nil
    }

    /// Forgets states whose last reading lies ahead: the clock of the host ran ahead when it was taken.
    ///
    /// Every reading until then would be passed over. They are made from stored history instead.
    func dropStatesAhead(at now: Timestamp) {
        let limit = now.advanced(bySeconds: 2 * Double(parts.intervalSeconds))
        let (watched, ports) = shared.withLock { ($0.watched, $0.ports) }
        var dropped: [Timestamp] = []
        for (id, one) in watched {
            let classic = ports[id].flatMap { freshClassic(of: $0) }
            let cursor = one.entry.withLock { entry -> Timestamp? in
                guard let cursor = entry.state.cursor, cursor > limit else { return nil }
                entry = entry.anew(classic: classic)
                return cursor
            }
            guard let cursor else { continue }
            dropped.append(cursor)
            askedForBaselines.remove(id)
            lateClassics.remove(id)
            looks[id] = nil
        }
        guard let last = dropped.max() else { return }
        let interfaces = Wording.count(dropped.count, "interface")
        let line = "the clock was ahead: \(interfaces) had been read up to \(last)"
        parts.logger.warning("\(line); what is usual of them is made from stored history up to now")
    }

    private func readPorts() async throws -> [InterfaceID: WatchedPort] {
        let devices = try await parts.catalog.devices(.all)
        let byID = Dictionary(devices.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var ports: [InterfaceID: WatchedPort] = [:]
        var after: InterfaceID?
        repeat {
            let page = try await parts.catalog.interfaces(after: after, limit: Self.pageMax)
            for row in page {
                guard let device = byID[row.deviceID], WatchedPort.isWatched(row, device) else { continue }
                let peer = row.connectedToDeviceID.flatMap { byID[$0]?.name }
                ports[row.id] = WatchedPort(row, device, peerDeviceName: peer)
            }
            after = page.count == Self.pageMax ? page.last?.id : nil
            await Task.yield()
        } while after != nil
        return ports
    }
}
