public import Catalog
public import Inventory

/// Makes the graph of a catalog's topology: pure, deterministic, in near linear time.
public enum GraphBuilder {
    /// The graph as it is now.
    ///
    /// Edges and orphans are those of the last run of topology discovery, but manual links count from the moment they
    /// are entered until they are removed; links that end at a device which is not in the book are left out.
    public static func graph(book: TopologyBook) -> TopologyGraph {
        let told = LinkBuilder.links(
            neighbours: book.neighbours, manual: book.manualLinks, ports: book.ports, devices: book.devices,
            descriptions: book.descriptions)
        var draft = GraphDraft(book: book)
        draft.add(records(of: book, told: told.links), keepingGoneDevices: false)
        draft.add(orphans: book.neighbours)
        for neighbour in book.neighbours {
            draft.count(neighbour.deviceID, mapped: neighbour.match.deviceID != nil)
        }
        var graph = draft.finished()
        graph.revision = book.revision?.number ?? 0
        graph.at = book.revision?.at
        graph.hints = AliasHints.hints(book: book)
        graph.contradictions = told.contradictions
        return graph
    }

    /// The links of the last run, without manual ones that were removed since and with those that were entered since.
    private static func records(of book: TopologyBook, told: [Link]) -> [LinkRecord] {
        let manual = told.filter { $0.origin == .manual }
        let standing = Set(told.map(\.key))
        let known = Set(book.links.map(\.link.key))
        let kept = book.links.filter { $0.link.origin != .manual || standing.contains($0.link.key) }
        return kept
            + manual.compactMap { link in
                guard !known.contains(link.key), let source = book.manualLinks.first(where: { $0.joins(link) })
                else { return nil }
                return LinkRecord(
                    id: LinkRecordID(source.id.uuid), link: link, revision: book.revision?.number ?? 0,
                    at: source.createdAt)
            }
    }

    /// The graph as it was at a time, from the links of that time.
    ///
    /// Devices are those of today with their present names, types and ports; one that is gone since appears by the name
    /// it had then (`TopologyNode.isGone`). Orphans are known by name only, connections are counted by testimony, and
    /// there are no contradictions and no hints: the rows they follow from are not kept. The revision is the last one
    /// that a link of that time appeared with.
    public static func graph(book: TopologyBook, records: [LinkRecord], at time: Timestamp) -> TopologyGraph {
        var draft = GraphDraft(book: book)
        draft.add(records, keepingGoneDevices: true)
        let strangers = records.filter(\.link.isOrphan)
        draft.add(orphans: strangers.compactMap(Self.remembered))
        for record in records where record.link.origin == .heard {
            for witness in record.link.witnesses { draft.count(witness.deviceID, mapped: !record.link.isOrphan) }
        }
        var graph = draft.finished()
        graph.revision = records.map(\.appearedRevision).max() ?? 0
        graph.at = time
        return graph
    }

    /// What a link to a stranger remembers of the row it came from.
    private static func remembered(_ record: LinkRecord) -> Neighbour? {
        let link = record.link
        guard let device = link.a.deviceID else { return nil }
        let source = link.witnesses.first.flatMap { NeighbourProtocol(rawValue: $0.source) } ?? .lldp
        var reading = NeighbourReading(heardBy: source, localPort: link.a.port ?? "")
        reading.systemName = link.b.deviceName
        reading.port = link.b.port.map { NeighbourID(kind: .text, text: $0) }
        return Neighbour(
            id: NeighbourRowID(record.id.uuid), deviceID: device, interfaceID: link.a.interfaceID, reading: reading,
            at: record.appearedAt)
    }
}

extension ManualLink {
    /// Whether it is this link: between the same interfaces of the same devices.
    fileprivate func joins(_ link: Link) -> Bool {
        let here = (aDeviceID, aInterfaceID)
        let there = (bDeviceID, bInterfaceID)
        return [(here, there), (there, here)].contains { one, other in
            (link.a.deviceID, link.a.interfaceID) == one && (link.b.deviceID, link.b.interfaceID) == other
        }
    }
}
