import Catalog
import Discovery
import Inventory

/// One run, step by step.
struct TopologyRun {
    private let book: TopologyBook
    private let arrivals: [DeviceID: DeviceNeighbours]
    private let now: Timestamp
    /// Whether every enabled device was asked.
    private let asksAll: Bool
    private let settings: TopologySettings
    private let descriptions: [DeviceID: LocalSystem]
    let index: InventoryIndex
    private var rows: [Neighbour] = []
    private var links: [Link] = []
    private var contradictions = 0
    private var changesCabling = false
    private var change: TopologyChange
    private var appeared = 0
    private var vanished = 0

    init(
        _ book: TopologyBook, _ arrivals: [DeviceID: DeviceNeighbours], failed: Set<DeviceID>, at now: Timestamp,
        _ settings: TopologySettings
    ) {
        asksAll = book.devices.allSatisfy { !$0.enabled || arrivals[$0.id] != nil || failed.contains($0.id) }
        self.book = book
        self.arrivals = arrivals
        self.now = now
        self.settings = settings
        var descriptions = book.descriptions
        for (device, arrival) in arrivals { descriptions[device] = Self.description(arrival, descriptions[device]) }
        self.descriptions = descriptions
        index = InventoryIndex(
            devices: book.devices, ports: book.ports, descriptions: descriptions, domains: settings.stripDomains)
        change = TopologyChange(
            revision: book.revision ?? TopologyRevisionRecord(number: 1, at: now))
        change.revision.at = now
        for device in book.devices {
            guard let description = descriptions[device.id], description != book.descriptions[device.id] else {
                continue
            }
            change.descriptions[device.id] = description
        }
    }

    /// What a device says of itself; what it could not say this time stays as it was.
    private static func description(_ arrival: DeviceNeighbours, _ before: LocalSystem?) -> LocalSystem {
        guard !arrival.failed.isEmpty, let before else { return arrival.local }
        var local = arrival.local
        if local.chassis.isEmpty { local.chassis = before.chassis }
        if local.systemNames.isEmpty { local.systemNames = before.systemNames }
        if local.addresses.isEmpty { local.addresses = before.addresses }
        if local.ports.isEmpty { local.ports = before.ports }
        local.protocols.formUnion(before.protocols)
        return local
    }

    /// Rows: merged with those of the catalog, matched, and compared.
    mutating func mergeRows(_ makeID: () -> NeighbourRowID) {
        var finder = PortFinder(index, descriptions: descriptions, arrivals: arrivals)
        var merging = RowMerging(at: now)
        merging.merge(book, arrivals: arrivals, index: index, finder: &finder, makeID: makeID)
        rows = merging.rows
        var matching = RowMatching(index: index, finder: finder)
        matching.match(&rows)
        change.removedNeighbours = merging.removed
        change.heardDevices = merging.heardDevices
        let heard = Set(merging.heardDevices)
        for (row, before) in zip(rows, merging.before) {
            guard let before else {
                change.insertedNeighbours.append(row)
                continue
            }
            // The seen-time of devices that were heard whole is written at once for all their rows.
            let isSeen = row.lastSeenAt == before.lastSeenAt || heard.contains(row.deviceID)
            if row.interfaceID != before.interfaceID || row.match != before.match || row.reading != before.reading
                || !isSeen
            {
                change.updatedNeighbours.append(row)
            }
        }
    }

    /// Links of all rows, compared with those of the catalog.
    mutating func buildLinks(_ makeID: () -> LinkRecordID) {
        let built = LinkBuilder.links(
            neighbours: rows, manual: book.manualLinks, index: index, descriptions: descriptions)
        contradictions = built.contradictions.count
        links = built.links
        if settings.infersFromForwarding { addInferred() }
        let next = (book.revision?.number ?? 0) + 1
        let present = book.links.filter { $0.vanishedRevision == nil }
        let comparison = LinkComparison(
            old: present, new: links, revision: next, at: now, domains: index.domains, makeID: makeID)
        change.savedLinks = comparison.saved
        changesCabling = comparison.changesCabling
        if comparison.appeared + comparison.vanished > 0 {
            change.revision.number = next
            change.revision.appeared = comparison.appeared
            change.revision.vanished = comparison.vanished
        }
        appeared = comparison.appeared
        vanished = comparison.vanished
    }

    /// Links that forwarding tables tell; those of devices that were not read stay as they were.
    ///
    /// New ones follow only from the tables of all bridges together: to a single switch, every trunk looks like the port
    /// of what is behind it.
    private mutating func addInferred() {
        var known = book
        known.neighbours = rows
        known.descriptions = descriptions
        var inferred =
            asksAll
            ? ForwardingInference.links(book: known, neighbours: rows, forwarding: arrivals.mapValues(\.forwarding))
            : []
        let taken = Set((links + inferred).flatMap { [$0.a.interfaceID, $0.b.interfaceID] }.compactMap { $0 })
        for record in book.links where record.link.origin == .inferred && record.vanishedRevision == nil {
            let ends = [record.link.a, record.link.b]
            let tellers = record.link.witnesses.map(\.deviceID)
            let isFree = ends.compactMap(\.interfaceID).allSatisfy {
                !taken.contains($0) && index.number(of: $0) != nil
            }
            let isThere = ends.allSatisfy { $0.deviceID.flatMap { index.number(of: $0) } != nil }
            let isUnread = !asksAll || tellers.contains { arrivals[$0] == nil }
            if isFree, isThere, isUnread { inferred.append(record.link) }
        }
        links = (links + inferred).sorted(by: LinkWriting.precedes)
    }

    mutating func connect() {
        change.connections = InterfaceConnections.changes(rows: rows, links: links, index: index)
    }

    /// Positions, where a cable or a device came or went.
    mutating func draw() {
        let isPlaced = book.devices.allSatisfy { book.positions[$0.id] != nil }
        guard changesCabling || !isPlaced || book.positions.count != book.devices.count else { return }
        let positions = GraphLayout.positions(
            devices: book.devices, links: links.filter { !$0.isOrphan }, previous: book.positions)
        change.positions = positions.filter { book.positions[$0.deviceID] != $0 }
    }

    /// The change with the sums in its revision.
    func change(counting counts: TopologyCounts) -> TopologyChange {
        var change = change
        change.revision.devicesRead = counts.devicesRead
        change.revision.connections = counts.connections
        change.revision.mapped = counts.mapped
        change.revision.links = counts.links
        return change
    }

    /// The sums of the run.
    func counts(failed: Int) -> TopologyCounts {
        var counts = TopologyCounts()
        counts.devicesRead = arrivals.keys.count { index.number(of: $0) != nil }
        counts.devicesFailed = failed
        count(rows, &counts)
        count(links, &counts)
        counts.contradictions = contradictions
        counts.appeared = appeared
        counts.vanished = vanished
        counts.rowsChanged =
            change.insertedNeighbours.count + change.updatedNeighbours.count + change.removedNeighbours.count
        return counts
    }

    private func count(_ rows: [Neighbour], _ counts: inout TopologyCounts) {
        counts.connections = rows.count
        for row in rows {
            if row.match.deviceID != nil { counts.mapped += 1 }
            if !row.match.candidates.isEmpty { counts.ambiguousRows += 1 }
            if row.interfaceID == nil { counts.rowsWithoutPort += 1 }
        }
        counts.orphanRows = counts.connections - counts.mapped
        let orphans = rows.filter { $0.match.deviceID == nil }
        let identity = OrphanIdentity(orphans.lazy.map(\.reading))
        counts.orphans = Set(orphans.map { identity.key(of: $0.reading, heardBy: $0.deviceID) }).count
    }

    private func count(_ links: [Link], _ counts: inout TopologyCounts) {
        var connected = Set<DeviceID>()
        for link in links where !link.isOrphan {
            counts.links += 1
            if Set(link.witnesses.map(\.deviceID)).count > 1 { counts.linksSeenFromBothSides += 1 }
            connected.formUnion([link.a.deviceID, link.b.deviceID].compactMap { $0 })
        }
        counts.connectedDevices = connected.count
    }
}
