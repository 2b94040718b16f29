import Catalog
import Discovery
import Inventory

/// Puts what devices said now beside the rows the catalog has: identities stay, and so do rows that nobody denied.
struct RowMerging {
    /// All rows after the run, by device in the order of the book; not yet matched.
    private(set) var rows: [Neighbour] = []
    /// For each of them the row of the catalog that it was.
    private(set) var before: [Neighbour?] = []
    /// Rows of the catalog that are no more.
    private(set) var removed: [NeighbourRowID] = []
    /// Devices all of whose rows were heard now.
    private(set) var heardDevices: [DeviceID] = []
    private let now: Timestamp

    init(at now: Timestamp) {
        self.now = now
    }

    /// Merges all devices; rows of devices that the inventory lost are removed.
    mutating func merge(
        _ book: TopologyBook, arrivals: [DeviceID: DeviceNeighbours], index: InventoryIndex, finder: inout PortFinder,
        makeID: () -> NeighbourRowID
    ) {
        var previous: [DeviceID: [Neighbour]] = [:]
        for row in book.neighbours { previous[row.deviceID, default: []].append(row) }
        rows.reserveCapacity(book.neighbours.count)
        before.reserveCapacity(book.neighbours.count)
        for number in index.devices.indices {
            let device = index.devices[number].id
            let known = previous.removeValue(forKey: device) ?? []
            if let arrival = arrivals[device] {
                merge(arrival, known, number, index, &finder, makeID)
            } else {
                for row in known { keep(row, number, index, &finder) }
            }
        }
        removed += previous.values.flatMap { $0.map(\.id) }
        removed.sort()
    }

    /// A row of a device that was not read, or not to the end: it stays as it was.
    private mutating func keep(_ row: Neighbour, _ device: Int, _ index: InventoryIndex, _ finder: inout PortFinder) {
        var kept = row
        let port = row.interfaceID.flatMap { index.number(of: $0) }
        if port.map({ !index.portNumbers(of: device).contains($0) }) ?? true {
            kept.interfaceID = row.reading.localIfIndex
                .flatMap { finder.port(numbered: $0, of: device) }.map { index.ports[$0].id }
        }
        rows.append(kept)
        before.append(row)
    }

    private mutating func merge(
        _ arrival: DeviceNeighbours, _ known: [Neighbour], _ device: Int, _ index: InventoryIndex,
        _ finder: inout PortFinder, _ makeID: () -> NeighbourRowID
    ) {
        let interfaces = arrival.neighbours.map { reading in
            reading.localIfIndex.flatMap { finder.port(numbered: $0, of: device) }.map { index.ports[$0].id }
        }
        var pairing = RowPairing(known)
        let partners = pairing.partners(of: arrival.neighbours, at: interfaces)
        let id = index.devices[device].id
        for (place, reading) in arrival.neighbours.enumerated() {
            let partner = partners[place].map { known[$0] }
            var row = Neighbour(
                id: partner?.id ?? makeID(), deviceID: id, interfaceID: interfaces[place], reading: reading, at: now)
            row.firstSeenAt = partner?.firstSeenAt ?? now
            rows.append(row)
            before.append(partner)
        }
        var keepsSome = false
        for place in pairing.left {
            if arrival.failed[known[place].reading.heardBy] != nil {
                keep(known[place], device, index, &finder)
                keepsSome = true
            } else {
                removed.append(known[place].id)
            }
        }
        if !keepsSome, !arrival.neighbours.isEmpty { heardDevices.append(id) }
    }
}

/// Finds for what is heard now the row of the catalog that it was before.
struct RowPairing {
    private let known: [Neighbour]
    private var isTaken: [Bool]

    init(_ known: [Neighbour]) {
        self.known = known
        isTaken = [Bool](repeating: false, count: known.count)
    }

    /// Places of rows that nobody took.
    var left: [Int] { known.indices.filter { !isTaken[$0] } }

    /// What makes a row the same, in three degrees.
    private struct Key: Hashable {
        let heardBy: NeighbourProtocol
        let place: String
        let interface: InterfaceID?
        let identity: String
        let port: String
    }

    private enum Degree: CaseIterable {
        /// The same neighbour with the same port, on the same port of the device.
        case same
        /// Its port has another name.
        case renamedPort
        /// The device calls its own port otherwise.
        case renamedHere
    }

    /// For each reading the place of its row, the most alike first.
    mutating func partners(of readings: [NeighbourReading], at interfaces: [InterfaceID?]) -> [Int?] {
        var found = [Int?](repeating: nil, count: readings.count)
        for degree in Degree.allCases {
            guard isTaken.contains(false), found.contains(nil) else { break }
            var free: [Key: [Int]] = [:]
            for place in known.indices.reversed() where !isTaken[place] {
                guard let key = key(known[place].reading, known[place].interfaceID, degree) else { continue }
                free[key, default: []].append(place)
            }
            for place in readings.indices where found[place] == nil {
                guard let key = key(readings[place], interfaces[place], degree),
                    let partner = free[key]?.popLast()
                else { continue }
                found[place] = partner
                isTaken[partner] = true
            }
        }
        return found
    }

    private func key(_ reading: NeighbourReading, _ interface: InterfaceID?, _ degree: Degree) -> Key? {
        if degree == .renamedHere, interface == nil { return nil }
        return Key(
            heardBy: reading.heardBy, place: degree == .renamedHere ? "" : reading.localPort,
            interface: degree == .renamedHere ? interface : nil,
            identity: reading.chassis?.text ?? reading.systemName?.lowercased() ?? reading.managementAddresses.first
                ?? "",
            port: degree == .same ? reading.port?.text ?? "" : "")
    }
}
