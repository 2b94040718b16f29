import Catalog
import Inventory
import Synchronization

/// Topology in memory, beside the rest of the catalog.
struct MemoryTopology {
    var descriptions: [DeviceID: LocalSystem] = [:]
    var neighbours: [NeighbourRowID: Neighbour] = [:]
    var links: [LinkRecordID: LinkRecord] = [:]
    var connections: [InterfaceID: InterfaceConnection] = [:]
    var positions: [DeviceID: NodePosition] = [:]
    var revisions: [TopologyRevisionRecord] = []
    /// Up to when history was to be removed.
    var removedBefore: Timestamp?
    /// How many changes were written.
    var writes = 0
    /// Does something else with the catalog before the next revision, as another process would.
    var beforeNext: (@Sendable (inout MemoryTopology) -> Void)?
}

extension MemoryCatalog: TopologyCatalog {
    var allNeighbours: [Neighbour] {
        state.withLock { $0.topology.neighbours.values.sorted { $0.id < $1.id } }
    }

    /// Links that are there.
    var allLinks: [LinkRecord] {
        state.withLock { $0.topology.links.values.filter { $0.vanishedAt == nil }.sorted { $0.id < $1.id } }
    }

    func reviseTopology<Outcome: Sendable>(
        _ decide: @escaping @Sendable (TopologyBook) -> (TopologyChange?, Outcome)
    ) async throws(CatalogError) -> Outcome {
        try check("saving topology")
        return state.withLock { state in
            let interruption = state.topology.beforeNext
            state.topology.beforeNext = nil
            interruption?(&state.topology)
            let (change, outcome) = decide(state.topologyBook)
            if let change { state.topology.apply(change) }
            return outcome
        }
    }

    func topologyBook() async throws(CatalogError) -> TopologyBook { state.withLock { $0.topologyBook } }

    func topologyState() async throws(CatalogError) -> TopologyState {
        state.withLock {
            TopologyState(revision: $0.topology.revisions.last?.number ?? 0, edition: Int64($0.topology.writes))
        }
    }

    func neighbours(of device: DeviceID) async throws(CatalogError) -> [Neighbour] {
        allNeighbours.filter { $0.deviceID == device }
    }

    func links(at time: Timestamp) async throws(CatalogError) -> [LinkRecord] {
        state.withLock { state in
            state.topology.links.values.sorted { $0.id < $1.id }.filter { link in
                link.appearedAt <= time && (link.vanishedAt.map { $0 > time } ?? true)
            }
        }
    }

    func linkChanges(after: Timestamp, until: Timestamp, limit: Int) async throws(CatalogError) -> [LinkRecord] { [] }

    func topologyRevisions(limit: Int) async throws(CatalogError) -> [TopologyRevisionRecord] {
        state.withLock { Array($0.topology.revisions.reversed().prefix(limit)) }
    }

    func manualLinks() async throws(CatalogError) -> [ManualLink] { [] }

    func saveManualLink(_ link: ManualLink) async throws(CatalogError) {}

    func removeManualLink(_ id: ManualLinkID) async throws(CatalogError) -> Bool { false }

    func removeTopologyHistory(before time: Timestamp) async throws(CatalogError) -> Int {
        state.withLock { state in
            state.topology.removedBefore = time
            return 0
        }
    }
}

extension MemoryCatalog.State {
    /// All that topology follows from.
    fileprivate var topologyBook: TopologyBook {
        var book = TopologyBook()
        book.devices = devices.values.sorted { $0.name < $1.name }
        book.descriptions = topology.descriptions
        let rows = live.values.sorted {
            ($0.deviceID, $0.facts.ifIndex, $0.id) < ($1.deviceID, $1.facts.ifIndex, $1.id)
        }
        book.ports = rows.map { row in
            PortRecord(
                id: row.id, deviceID: row.deviceID, facts: row.facts, interfaceType: row.interfaceType,
                isMissing: row.missingSince != nil,
                connection: topology.connections[row.id] ?? InterfaceConnection())
        }
        book.neighbours = topology.neighbours.values.sorted { ($0.deviceID, $0.id) < ($1.deviceID, $1.id) }
        book.links = topology.links.values.filter { $0.vanishedAt == nil }.sorted { $0.id < $1.id }
        book.positions = topology.positions
        book.revision = topology.revisions.last
        return book
    }

    /// Of several neighbours on one interface the one that speaks for it.
    func neighbours(of device: DeviceID) -> [InterfaceID: NeighbourReading] {
        let own = topology.neighbours.values.filter { $0.deviceID == device }.sorted { left, right in
            let (a, b) = (left.reading, right.reading)
            return (a.precedence, a.heardBy, a.displayName) < (b.precedence, b.heardBy, b.displayName)
        }
        return Dictionary(own.compactMap { row in row.interfaceID.map { ($0, row.reading) } }) { first, _ in first }
    }
}

extension MemoryTopology {
    fileprivate mutating func apply(_ change: TopologyChange) {
        writes += 1
        descriptions.merge(change.descriptions) { _, new in new }
        for row in change.insertedNeighbours + change.updatedNeighbours { neighbours[row.id] = row }
        for id in change.removedNeighbours { neighbours[id] = nil }
        for row in neighbours.values where change.heardDevices.contains(row.deviceID) {
            neighbours[row.id]?.lastSeenAt = change.revision.at
        }
        connections.merge(change.connections) { _, new in new }
        for link in change.savedLinks { links[link.id] = link }
        for position in change.positions { positions[position.deviceID] = position }
        if revisions.last?.number == change.revision.number { revisions.removeLast() }
        revisions.append(change.revision)
    }
}
