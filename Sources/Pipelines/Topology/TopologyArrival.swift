import Catalog
import Discovery
import Inventory
import Topology

/// What came of reading the neighbours of one device.
struct TopologyArrival: Sendable {
    var device: Device
    /// When its reading began: what was stored since is newer.
    var begunAt: Timestamp
    var result: Result<DeviceNeighbours, DeviceArrivalFailure>

    /// What was read by device, and the devices that failed.
    ///
    /// A device of which another run stored rows after this one began to read it counts in neither: its stored rows are
    /// newer. Rows from the future were written while a clock ran ahead, and hold nothing up.
    static func sorted(
        _ arrivals: [TopologyArrival], _ book: TopologyBook, at now: Timestamp
    ) -> (read: [DeviceID: DeviceNeighbours], failed: Set<DeviceID>) {
        var heardAt: [DeviceID: Timestamp] = [:]
        for neighbour in book.neighbours where neighbour.lastSeenAt <= now {
            heardAt[neighbour.deviceID] = max(heardAt[neighbour.deviceID] ?? neighbour.lastSeenAt, neighbour.lastSeenAt)
        }
        var (read, failed): ([DeviceID: DeviceNeighbours], Set<DeviceID>) = ([:], [])
        for arrival in arrivals {
            if let heard = heardAt[arrival.device.id], heard > arrival.begunAt { continue }
            switch arrival.result {
            case .success(let neighbours): read[arrival.device.id] = neighbours
            case .failure: failed.insert(arrival.device.id)
            }
        }
        return (read, failed)
    }
}

/// What a run of topology discovery wrote.
struct TopologyCommit: Sendable {
    var revision: Int64
    /// The sums of the whole network.
    var counts: TopologyCounts
    /// The rows of the devices that were read, where they were not all.
    var ownRows: (connections: Int, mapped: Int)
    /// Interfaces whose neighbours changed, by device.
    var changed: [DeviceID: Set<InterfaceID>]

    init(_ change: TopologyChange, _ counts: TopologyCounts, _ book: TopologyBook, readDevices: [DeviceID]) {
        revision = change.revision.number
        self.counts = counts
        ownRows = Self.rows(of: Set(readDevices), after: change, book)
        changed = Self.changed(by: change, book)
    }

    private static func changed(by change: TopologyChange, _ book: TopologyBook) -> [DeviceID: Set<InterfaceID>] {
        let gone = Set(change.removedNeighbours + change.updatedNeighbours.map(\.id))
        let before = gone.isEmpty ? [] : book.neighbours.filter { gone.contains($0.id) }
        var result: [DeviceID: Set<InterfaceID>] = [:]
        for neighbour in change.insertedNeighbours + change.updatedNeighbours + before {
            guard let interface = neighbour.interfaceID else { continue }
            result[neighbour.deviceID, default: []].insert(interface)
        }
        return result
    }

    /// Rows of some devices as they are after a change.
    private static func rows(
        of devices: Set<DeviceID>, after change: TopologyChange, _ book: TopologyBook
    ) -> (connections: Int, mapped: Int) {
        let replaced = Set(change.removedNeighbours + change.updatedNeighbours.map(\.id))
        let kept = book.neighbours.filter { !replaced.contains($0.id) }
        let rows = (kept + change.updatedNeighbours + change.insertedNeighbours)
            .filter { devices.contains($0.deviceID) }
        return (rows.count, rows.count { $0.match.deviceID != nil })
    }
}
