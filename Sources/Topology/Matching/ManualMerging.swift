import Catalog
import Inventory

/// Puts the operator's links beside what the protocols tell.
struct ManualMerging {
    let index: InventoryIndex
    private(set) var told: [Contradiction] = []

    init(index: InventoryIndex) {
        self.index = index
    }

    /// An operator's link by numbers.
    private struct Entry {
        let link: ManualLink
        let a: LinkDraft.End
        let b: LinkDraft.End
    }

    /// Each one confirms the cable that fits it best, or is a cable of its own.
    mutating func merge(_ manual: [ManualLink], into drafts: inout [LinkDraft]) {
        let entries = manual.compactMap(entry)
        guard !entries.isEmpty else { return }
        var byPair: [UInt64: [Int]] = [:]
        var byPort: [Int: [Int]] = [:]
        for (place, draft) in drafts.enumerated() {
            if let pair = pair(draft.a, draft.b) { byPair[pair, default: []].append(place) }
            for port in [draft.a.port, draft.b.port].compactMap({ $0 }) { byPort[port, default: []].append(place) }
        }
        for entry in entries {
            let choices = pair(entry.a, entry.b).flatMap { byPair[$0] } ?? []
            let best = choices.compactMap { place in fit(entry, drafts[place]).map { (fit: $0, place: place) } }
                .max { ($0.fit, $1.place) < ($1.fit, $0.place) }
            if let best {
                confirm(entry, &drafts[best.place])
            } else {
                compare(entry, byPort, drafts)
                drafts.append(draft(entry))
            }
        }
    }

    private func entry(_ link: ManualLink) -> Entry? {
        guard let a = index.number(of: link.aDeviceID), let b = index.number(of: link.bDeviceID) else { return nil }
        return Entry(
            link: link, a: LinkDraft.End(device: a, port: link.aInterfaceID.flatMap { index.number(of: $0) }),
            b: LinkDraft.End(device: b, port: link.bInterfaceID.flatMap { index.number(of: $0) }))
    }

    private func pair(_ a: LinkDraft.End, _ b: LinkDraft.End) -> UInt64? {
        guard let one = a.device, let other = b.device else { return nil }
        return UInt64(min(one, other)) << 32 | UInt64(max(one, other))
    }

    /// How many ports a cable has in common with an entry; nil where it is another cable.
    private func fit(_ entry: Entry, _ draft: LinkDraft) -> Int? {
        guard draft.manual.isEmpty else { return nil }
        let isTurned = draft.a.device != entry.a.device
        var common = 0
        for (said, heard) in [(entry.a, isTurned ? draft.b : draft.a), (entry.b, isTurned ? draft.a : draft.b)] {
            guard let port = said.port, let other = heard.port else { continue }
            if port != other { return nil }
            common += 1
        }
        return common
    }

    private func confirm(_ entry: Entry, _ draft: inout LinkDraft) {
        let isTurned = draft.a.device != entry.a.device
        draft.manual.append(entry.link)
        draft.a.port = draft.a.port ?? (isTurned ? entry.b.port : entry.a.port)
        draft.b.port = draft.b.port ?? (isTurned ? entry.a.port : entry.b.port)
    }

    private func draft(_ entry: Entry) -> LinkDraft {
        LinkDraft(a: entry.a, b: entry.b, words: LinkDraft.Words(), manual: [entry.link])
    }

    /// Tells where protocols know another device at a port of the operator's.
    private mutating func compare(_ entry: Entry, _ byPort: [Int: [Int]], _ drafts: [LinkDraft]) {
        for end in [entry.a, entry.b] {
            guard let port = end.port, let place = byPort[port]?.first else { continue }
            let heard = drafts[place]
            let far = heard.end(acrossFrom: port)
            let said = end.device == entry.a.device && end.port == entry.a.port ? entry.b : entry.a
            let name = far?.device.map { index.devices[$0].name } ?? heard.words.bName ?? "a stranger"
            let farPort = far?.port.map { " at \(Told.port($0, index))" } ?? ""
            told.append(
                Contradiction(
                    kind: .manualDisagrees,
                    deviceIDs: Told.devices([end.device, said.device, far?.device].compactMap { $0 }, index),
                    interfaceIDs: [index.ports[port].id],
                    explanation: "\(Told.port(port, index)) was entered as leading to "
                        + "\(Told.quoted(said.device.map { index.devices[$0].name } ?? "")), but it hears "
                        + "\(Told.quoted(name))\(farPort)"))
        }
    }
}
