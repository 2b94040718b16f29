import Catalog
import Inventory

/// Writes drafts as links: ends in order, testimonies, confidence.
struct LinkWriting {
    let index: InventoryIndex
    let rows: [Neighbour]
    let descriptions: [DeviceID: LocalSystem]

    /// How a port is called.
    static func name(_ facts: InterfaceFacts) -> String {
        facts.ifName ?? facts.ifDescr ?? "ifIndex \(facts.ifIndex)"
    }

    /// Longer names of strangers are cut: nobody reads them, and every answer would carry them.
    static let nameMax = 255

    /// The link of a draft.
    func link(_ draft: LinkDraft, group: String?) -> Link {
        var (a, b) = (end(draft.a, nil, draft.words.aPort), end(draft.b, draft.words.bName, draft.words.bPort))
        if draft.b.device != nil, Self.precedes(b, a) { swap(&a, &b) }
        let isHeard = !draft.rows.isEmpty
        return Link(
            a: a, b: b, origin: isHeard ? .heard : .manual, witnesses: witnesses(draft),
            confidence: draft.manual.isEmpty ? MatchWeight.rounded(confidence(draft)) : 1, group: group)
    }

    private func end(_ end: LinkDraft.End, _ name: String?, _ word: String?) -> LinkEnd {
        let port = end.port.map { index.ports[$0] }
        return LinkEnd(
            deviceID: end.device.map { index.devices[$0].id }, interfaceID: port?.id,
            deviceName: end.device.map { index.devices[$0].name } ?? String((name ?? "").prefix(Self.nameMax)),
            port: port.map { Self.name($0.facts) } ?? word.map { String($0.prefix(Self.nameMax)) })
    }

    /// The order of ends: by device, then interface, then port.
    static func precedes(_ left: LinkEnd, _ right: LinkEnd) -> Bool {
        if left.deviceID != right.deviceID { return isBefore(left.deviceID, right.deviceID) ?? false }
        if left.interfaceID != right.interfaceID { return isBefore(left.interfaceID, right.interfaceID) ?? false }
        if left.deviceName != right.deviceName { return left.deviceName < right.deviceName }
        return (left.port ?? "") < (right.port ?? "")
    }

    /// Unknown ones come last; nil where both are alike.
    private static func isBefore<Entity>(_ left: Identifier<Entity>?, _ right: Identifier<Entity>?) -> Bool? {
        guard left != right else { return nil }
        guard let left else { return false }
        guard let right else { return true }
        return left < right
    }

    /// The order of links: by their ends.
    static func precedes(_ left: Link, _ right: Link) -> Bool {
        if precedes(left.a, right.a) { return true }
        return precedes(right.a, left.a) ? false : precedes(left.b, right.b)
    }

    private func witnesses(_ draft: LinkDraft) -> [LinkWitness] {
        var found: [LinkWitness] = []
        for row in draft.rows {
            let (teller, source) = (rows[row].deviceID, rows[row].reading.heardBy.rawValue)
            let match = rows[row].match
            if let place = found.firstIndex(where: { $0.deviceID == teller && $0.source == source }) {
                found[place].deviceRules.append(
                    contentsOf: match.deviceRules.filter { !found[place].deviceRules.contains($0) })
                found[place].interfaceRules.append(
                    contentsOf: match.interfaceRules.filter { !found[place].interfaceRules.contains($0) })
            } else {
                found.append(
                    LinkWitness(
                        deviceID: teller, source: source, deviceRules: match.deviceRules,
                        interfaceRules: match.interfaceRules))
            }
        }
        // An operator's word is put beside that of an end that is heard: it is not a second end's.
        if let link = draft.manual.first {
            let teller = found.map(\.deviceID).min() ?? min(link.aDeviceID, link.bDeviceID)
            found.append(LinkWitness(deviceID: teller, source: "manual"))
        }
        return found.sorted { ($0.deviceID, $0.source) < ($1.deviceID, $1.source) }
    }
}

/// How sure a link is: the table of docs/topology.md.
extension LinkWriting {
    private enum Factor {
        /// A stranger is heard: there is a cable, to whatever it is.
        static let stranger = 0.9
        /// Several devices of the inventory may be at its other end.
        static let undecided = 0.5
        /// The interface at one end is not known.
        static let openPort = 0.9
        /// The other end answers a neighbour protocol that the teller speaks, and does not tell of the link.
        static let silentEnd = 0.85
        /// The ports that the ends name do not fit.
        static let portsDisagree = 0.7
        /// Another cable ends at the same port.
        static let sharedPort = 0.6
    }

    private func confidence(_ draft: LinkDraft) -> Double {
        var sure = sureness(draft)
        if draft.a.port == nil { sure *= Factor.openPort }
        if draft.b.device != nil, draft.b.port == nil { sure *= Factor.openPort }
        if draft.portsDisagree { sure *= Factor.portsDisagree }
        if draft.sharesPort { sure *= Factor.sharedPort }
        return sure
    }

    private func sureness(_ draft: LinkDraft) -> Double {
        guard let far = draft.b.device else {
            return draft.rows.contains { !rows[$0].match.candidates.isEmpty } ? Factor.undecided : Factor.stranger
        }
        let here = draft.a.rows.map { rows[$0].match.confidence }.max() ?? 0
        let there = draft.b.rows.map { rows[$0].match.confidence }.max() ?? 0
        if !draft.a.rows.isEmpty, !draft.b.rows.isEmpty {
            return min(1 - (1 - here) * (1 - there), MatchWeight.most)
        }
        let spoken = Set(draft.rows.map { rows[$0].reading.heardBy })
        let answered = descriptions[index.devices[far].id]?.protocols ?? []
        return max(here, there) * (spoken.isDisjoint(with: answered) ? 1 : Factor.silentEnd)
    }
}
