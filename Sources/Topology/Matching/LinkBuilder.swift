public import Catalog
public import Inventory

/// Makes cables of testimonies: one link a cable, whoever tells of it and however often.
public enum LinkBuilder {
    /// Links that matched neighbours and manual links speak of, ordered by their ends, and what does not fit together.
    ///
    /// Neighbours carry their match already. Links to strangers are among them: `Link.isOrphan`. The answer depends on
    /// what the rows say, not on their order; `devices` are ordered by name, and so are those of a contradiction.
    public static func links(
        neighbours: [Neighbour],
        manual: [ManualLink],
        ports: [PortRecord],
        devices: [Device],
        descriptions: [DeviceID: LocalSystem]
    ) -> (links: [Link], contradictions: [Contradiction]) {
        let index = InventoryIndex(devices: devices, ports: ports, descriptions: descriptions)
        return links(neighbours: neighbours, manual: manual, index: index, descriptions: descriptions)
    }

    /// The same with an index that is at hand.
    static func links(
        neighbours rows: [Neighbour], manual: [ManualLink], index: InventoryIndex, descriptions: [DeviceID: LocalSystem]
    ) -> (links: [Link], contradictions: [Contradiction]) {
        let heard = HeardPort.all(rows, index)
        var contradictions = RowContradictions(index: index, rows: rows).all(heard, descriptions: descriptions)
        var drafts = LinkJoining(heard.flatMap { Testimony.all(on: $0, rows, index) }, rows).drafts
        var conflicts = PortConflicts(index: index, rows: rows)
        conflicts.settle(&drafts)
        var merging = ManualMerging(index: index)
        merging.merge(manual, into: &drafts)
        contradictions += disagreeing(drafts, index) + conflicts.told + merging.told
        var groups = LinkGroups(index, descriptions: descriptions)
        let names = groups.groups(of: drafts)
        let writing = LinkWriting(index: index, rows: rows, descriptions: descriptions)
        let links = zip(drafts, names).map { writing.link($0, group: $1) }
        return (links.sorted(by: LinkWriting.precedes), contradictions)
    }

    private static func disagreeing(_ drafts: [LinkDraft], _ index: InventoryIndex) -> [Contradiction] {
        drafts.compactMap { draft in
            guard draft.portsDisagree, let far = draft.b.device, let near = draft.a.device else { return nil }
            let names = [near, far].map { Told.quoted(index.devices[$0].name) }
            let places = [draft.a, draft.b].compactMap { $0.port.map { Told.port($0, index) } }
            return Contradiction(
                kind: .portsDisagree, deviceIDs: Told.devices([near, far], index),
                interfaceIDs: [draft.a.port, draft.b.port].compactMap { $0.map { index.ports[$0].id } },
                explanation: "\(names[0]) and \(names[1]) name different ports of one cable; taken is "
                    + Told.list(places))
        }
    }
}
