import Catalog
import Inventory

/// Weighs cables that end at one port: of most ports only one can be true.
struct PortConflicts {
    let index: InventoryIndex
    let rows: [Neighbour]
    private(set) var told: [Contradiction] = []

    init(index: InventoryIndex, rows: [Neighbour]) {
        self.index = index
        self.rows = rows
    }

    /// Takes out what is no cable, and marks what cannot all be one.
    mutating func settle(_ drafts: inout [LinkDraft]) {
        var byPort: [Int: [Int]] = [:]
        for (place, draft) in drafts.enumerated() {
            for port in Set([draft.a.port, draft.b.port].compactMap { $0 }) { byPort[port, default: []].append(place) }
        }
        let contested = byPort.filter { $0.value.count > 1 }.keys.sorted()
        var gone = Set<Int>()
        for port in contested {
            let places = byPort[port] ?? []
            gone.formUnion(outdated(port, places, drafts))
            gone.formUnion(relayed(port, places.filter { !gone.contains($0) }, drafts))
        }
        for port in contested {
            let left = (byPort[port] ?? []).filter { !gone.contains($0) }
            mark(port, left, &drafts)
        }
        drafts = drafts.indices.filter { !gone.contains($0) }.map { drafts[$0] }
    }

    private func newest(_ members: [Int]) -> Timestamp? {
        members.lazy.map { rows[$0].lastSeenAt }.max()
    }

    private func isBetweenDevices(_ draft: LinkDraft) -> Bool {
        draft.b.device != nil
    }

    /// Cables that newer testimonies about the same port contradict: knowledge kept of devices that could not be read.
    private func outdated(_ port: Int, _ places: [Int], _ drafts: [LinkDraft]) -> [Int] {
        let between = places.filter { isBetweenDevices(drafts[$0]) }
        guard between.count > 1 else { return [] }
        let own = between.filter { !(drafts[$0].end(at: port)?.rows.isEmpty ?? true) }
        let others = between.filter { drafts[$0].end(at: port)?.rows.isEmpty ?? true }
        guard !own.isEmpty, !others.isEmpty else { return [] }
        guard let heard = own.compactMap({ newest(drafts[$0].end(at: port)?.rows ?? []) }).max() else { return [] }
        let named = others.compactMap { newest(drafts[$0].rows) }.max()
        let older = others.filter { newest(drafts[$0].rows).map { $0 < heard } ?? true }
        guard let named, named > heard else { return older }
        return older + own.filter { newest(drafts[$0].rows).map { $0 < named } ?? true }
    }

    /// Where more bridges than this are heard directly on one port nothing is denied: no port has so many.
    private static let directMax = 64

    /// What a protocol brought here that bridges between pass on, while LLDP, which they do not, names the neighbour.
    private mutating func relayed(_ port: Int, _ places: [Int], _ drafts: [LinkDraft]) -> [Int] {
        let direct = places.filter { place in
            (drafts[place].end(at: port)?.rows ?? []).contains {
                rows[$0].reading.heardBy == .lldp && rows[$0].reading.isInfrastructure
            }
        }
        guard let first = direct.first, direct.count <= Self.directMax else { return [] }
        let relayed = places.filter { place in
            !direct.contains(place) && !drafts[place].rows.isEmpty
                && drafts[place].rows.allSatisfy { rows[$0].reading.heardBy != .lldp }
                && direct.contains { isAnother(drafts[$0], drafts[place], at: port) }
        }
        guard !relayed.isEmpty else { return [] }
        let behind = relayed.map { name(drafts[$0].end(acrossFrom: port), drafts[$0]) }
        let explanation =
            "\(place(port)) hears \(name(drafts[first].end(acrossFrom: port), drafts[first])) by LLDP and "
            + "\(Told.list(behind)) by a protocol that bridges pass on: no cable of its own"
        tell(port, [first] + relayed, drafts, explanation)
        return relayed
    }

    /// Whether what is heard directly is surely not the one that was passed on: a nameless row of LLDP may be it.
    private func isAnother(_ direct: LinkDraft, _ relayed: LinkDraft, at port: Int) -> Bool {
        let readings = (direct.end(at: port)?.rows ?? []).map { rows[$0].reading }
        let (near, far) = (direct.end(acrossFrom: port)?.device, relayed.end(acrossFrom: port)?.device)
        if let near, let far { return near != far }
        if let far { return readings.contains { !index.mayBe($0, far) } }
        return near != nil || readings.contains { $0.systemName != nil }
    }

    private mutating func mark(_ port: Int, _ places: [Int], _ drafts: inout [LinkDraft]) {
        let carrying = places.filter { isCarrying(drafts[$0], at: port) }
        guard carrying.count > 1, !explains(port, places, drafts) else { return }
        for place in carrying { drafts[place].sharesPort = true }
        let names = carrying.map { name(drafts[$0].end(acrossFrom: port), drafts[$0]) }
        tell(port, carrying, drafts, "\(place(port)) is told to lead to \(Told.list(names)) at once")
    }

    /// Whether it leads to what carries the traffic of others, or to a device of the inventory.
    private func isCarrying(_ draft: LinkDraft, at port: Int) -> Bool {
        draft.b.device != nil || draft.rows.contains { rows[$0].reading.isInfrastructure }
    }

    /// IANA ifType of tunnels, radio and aggregates: ports that lead to several places by their nature.
    private static let sharedTypes: Set<Int> = [71, 131, 161]

    private func explains(_ port: Int, _ places: [Int], _ drafts: [LinkDraft]) -> Bool {
        if let type = index.ports[port].facts.ifType, Self.sharedTypes.contains(type) { return true }
        return places.contains { place in
            (drafts[place].end(at: port)?.rows ?? []).contains {
                !rows[$0].reading.capabilities.isDisjoint(with: [.telephone, .repeater])
            }
        }
    }

    private mutating func tell(_ port: Int, _ places: [Int], _ drafts: [LinkDraft], _ explanation: String) {
        var devices = [index.number(of: index.ports[port].deviceID) ?? 0]
        devices += places.compactMap { drafts[$0].end(acrossFrom: port)?.device }
        told.append(
            Contradiction(
                kind: .portUsedTwice, deviceIDs: Told.devices(devices, index),
                interfaceIDs: [index.ports[port].id], explanation: explanation))
    }

    private func place(_ port: Int) -> String {
        Told.port(port, index)
    }

    private func name(_ end: LinkDraft.End?, _ draft: LinkDraft) -> String {
        Told.quoted(end?.device.map { index.devices[$0].name } ?? draft.words.bName ?? "a stranger")
    }
}

/// Words of explanations: what strangers say of themselves is cut short and kept on one line.
enum Told {
    private static let textMax = 80
    private static let listMax = 8

    /// A name in quotes.
    static func quoted(_ text: String) -> String {
        let line = String(String.UnicodeScalarView(text.unicodeScalars.prefix(textMax).map(printable)))
        return text.unicodeScalars.count > textMax ? "“\(line)…”" : "“\(line)”"
    }

    private static func printable(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        let isControl = scalar.properties.generalCategory == .control || scalar.properties.generalCategory == .format
        return isControl || scalar.properties.generalCategory == .lineSeparator ? "\u{FFFD}" : scalar
    }

    /// Several names; of very many the first.
    static func list(_ names: [String]) -> String {
        let shown = names.prefix(listMax)
        if names.count > listMax { return shown.joined(separator: ", ") + " and \(names.count - listMax) more" }
        guard names.count > 1, let last = shown.last else { return names.first ?? "" }
        return shown.dropLast().joined(separator: ", ") + " and " + last
    }

    /// An interface with its device.
    static func port(_ port: Int, _ index: InventoryIndex) -> String {
        let record = index.ports[port]
        let device = index.number(of: record.deviceID).map { index.devices[$0].name } ?? "?"
        return "\(quoted(LinkWriting.name(record.facts))) of \(quoted(device))"
    }

    /// Devices without repetitions, in the order of their numbers, which is that of their names.
    static func devices(_ numbers: [Int], _ index: InventoryIndex) -> [DeviceID] {
        Set(numbers).sorted().map { index.devices[$0].id }
    }
}
