import Catalog
import Inventory

/// Matches all rows of all devices with the inventory: devices first, then their interfaces, then what the far ends tell.
struct RowMatching {
    let index: InventoryIndex
    private(set) var finder: PortFinder

    init(index: InventoryIndex, finder: PortFinder) {
        self.index = index
        self.finder = finder
    }

    /// Sets what each row means; what a row said before of it counts for nothing.
    mutating func match(_ rows: inout [Neighbour]) {
        var matcher = NeighbourMatcher(index: index)
        for row in rows { matcher.learn(row.reading) }
        for place in rows.indices {
            guard let hearer = index.number(of: rows[place].deviceID) else { continue }
            rows[place].match = matcher.match(rows[place].reading, heardBy: hearer)
            findPort(&rows[place])
        }
        for heard in HeardPort.all(rows, index) where heard.rows.count > 1 { share(heard, matcher, &rows) }
        FarEnd(index: index).complete(&rows)
    }

    private mutating func findPort(_ row: inout Neighbour) {
        guard let device = row.match.deviceID.flatMap({ index.number(of: $0) }),
            let found = finder.port(namedIn: row.reading, of: device)
        else { return }
        row.match.interfaceID = index.ports[found.port].id
        row.match.interfaceRules = found.rules
    }

    /// What one row of a neighbour knows, its other rows on the same port know too.
    private mutating func share(_ heard: HeardPort, _ matcher: NeighbourMatcher, _ rows: inout [Neighbour]) {
        let groups = SameNeighbour.groups(heard.rows.map { rows[$0].reading }, domains: index.domains)
        for group in groups where group.count > 1 {
            let members = group.map { heard.rows[$0] }
            let devices = Set(members.compactMap { rows[$0].match.deviceID })
            guard devices.count == 1, let device = devices.first else { continue }
            if isNamesake(device, members, matcher, rows) {
                for member in members { rows[member].match = NeighbourMatch() }
                continue
            }
            shareDevice(device, members, &rows)
            sharePort(members, &rows)
        }
    }

    /// Whether rows that know a device by nothing but its name are of a neighbour whose chassis id denies it.
    private func isNamesake(
        _ device: DeviceID, _ members: [Int], _ matcher: NeighbourMatcher, _ rows: [Neighbour]
    ) -> Bool {
        guard let number = index.number(of: device) else { return false }
        let names: Set<MatchRule> = [.name, .nameWithoutSerial, .shortName]
        return members.allSatisfy { names.isSuperset(of: rows[$0].match.deviceRules) }
            && members.contains { matcher.isNamesake(rows[$0].reading, of: Int32(number)) }
    }

    private mutating func shareDevice(_ device: DeviceID, _ members: [Int], _ rows: inout [Neighbour]) {
        let knowing = members.filter { rows[$0].match.deviceID == device }
        guard let best = knowing.max(by: { rows[$0].match.confidence < rows[$1].match.confidence }) else { return }
        for member in members where rows[member].match.deviceID == nil {
            var match = NeighbourMatch()
            match.deviceID = device
            match.deviceRules = rows[best].match.deviceRules
            match.confidence = MatchWeight.rounded(rows[best].match.confidence * MatchWeight.sibling)
            rows[member].match = match
            findPort(&rows[member])
        }
    }

    private func sharePort(_ members: [Int], _ rows: inout [Neighbour]) {
        let knowing = members.filter { rows[$0].match.interfaceID != nil }
        guard let best = knowing.first, Set(knowing.map { rows[$0].match.interfaceID }).count == 1 else { return }
        for member in members where rows[member].match.interfaceID == nil {
            rows[member].match.interfaceID = rows[best].match.interfaceID
            rows[member].match.interfaceRules = rows[best].match.interfaceRules
        }
    }
}
