import Inventory

/// Tells which rows that were heard on one port speak of one neighbour.
enum SameNeighbour {
    /// Rows in groups, each the places of those that speak of one neighbour, in the order of their first rows.
    ///
    /// A chassis id divides: rows with different ones are different neighbours, whatever else they share. Rows without
    /// one (CDP) join the only group that has their name or address, or the same port and the same description of the
    /// system: a device under two names. Where LLDP gives no name, the same port is enough. A row that has nothing but a MAC address for a name (CDP of small-business
    /// switches) joins the only group with the same port.
    static func groups(_ rows: [NeighbourReading], domains: [String] = []) -> [[Int]] {
        if rows.count == 1 { return [[0]] }
        var grouping = Grouping()
        let withChassis = rows.indices.filter { rows[$0].chassis != nil && !hasOnlyAddress(rows[$0]) }
        for place in withChassis { grouping.add(place, rows[place], domains) }
        for place in rows.indices where rows[place].chassis == nil { grouping.join(place, rows[place], domains) }
        for place in rows.indices where hasOnlyAddress(rows[place]) { grouping.joinByPort(place, rows[place], domains) }
        return grouping.groups.map { $0.sorted() }.sorted { $0[0] < $1[0] }
    }

    /// Whether a row of another protocol than LLDP has but a MAC address to call its neighbour by.
    private static func hasOnlyAddress(_ row: NeighbourReading) -> Bool {
        row.heardBy != .lldp && row.chassis?.kind == .mac
            && (row.systemName == nil || row.systemName?.lowercased() == row.chassis?.text)
    }

    private struct Grouping {
        var groups: [[Int]] = []
        private var byChassis: [String: Int] = [:]
        /// Groups by name, address and port; nil where several have it.
        private var byWord: [String: Int?] = [:]

        mutating func add(_ place: Int, _ row: NeighbourReading, _ domains: [String]) {
            let group = row.chassis.flatMap { byChassis[$0.text] } ?? begin()
            if let chassis = row.chassis { byChassis[chassis.text] = group }
            put(place, row, in: group, domains)
        }

        mutating func join(_ place: Int, _ row: NeighbourReading, _ domains: [String]) {
            let words =
                Grouping.words(row, domains) + [Grouping.buildWord(row)].compactMap { $0 }
                + (row.port.map { ["nameless \(PortName.key($0.text))"] } ?? [])
            put(place, row, in: known(words) ?? begin(), domains)
        }

        mutating func joinByPort(_ place: Int, _ row: NeighbourReading, _ domains: [String]) {
            if let group = row.chassis.flatMap({ byChassis[$0.text] }) { return put(place, row, in: group, domains) }
            let words = Grouping.words(row, domains) + [Grouping.portWord(row)].compactMap { $0 }
            put(place, row, in: known(words) ?? begin(), domains)
        }

        /// The group of the first of some words that only one group has.
        private func known(_ words: [String]) -> Int? {
            words.lazy.compactMap { byWord[$0] ?? nil }.first
        }

        private mutating func begin() -> Int {
            groups.append([])
            return groups.count - 1
        }

        private mutating func put(_ place: Int, _ row: NeighbourReading, in group: Int, _ domains: [String]) {
            groups[group].append(place)
            let more =
                [Grouping.portWord(row), Grouping.buildWord(row)].compactMap { $0 } + Grouping.namelessWords(row)
            for word in Grouping.words(row, domains) + more {
                if let known = byWord[word], known != group {
                    byWord[word] = .some(nil)
                } else {
                    byWord[word] = group
                }
            }
        }

        /// The names and addresses by which rows of two protocols can be told to be of one neighbour.
        private static func words(_ row: NeighbourReading, _ domains: [String]) -> [String] {
            var words: [String] = []
            if let name = row.systemName.flatMap({ DeviceName($0, domains: domains) }) {
                words.append("name \(name.base)")
                words.append("short \(name.short ?? name.base)")
            }
            return words + row.managementAddresses.prefix(4).map { "address \($0)" }
        }

        /// The port with the version of the software: a bridge between would have another.
        private static func buildWord(_ row: NeighbourReading) -> String? {
            guard let port = portWord(row), let version = row.systemDescription, version.utf8.count >= 16 else {
                return nil
            }
            return "\(port) of \(version)"
        }

        /// The ports of a row of LLDP without a name: a row of CDP may bring it.
        private static func namelessWords(_ row: NeighbourReading) -> [String] {
            guard row.systemName == nil, row.heardBy == .lldp else { return [] }
            return Set([row.port?.text, row.portDescription].compactMap { $0.map(PortName.key) }).map {
                "nameless \($0)"
            }
        }

        private static func portWord(_ row: NeighbourReading) -> String? {
            row.port.map { "port \(PortName.key($0.text))" }
        }
    }
}
