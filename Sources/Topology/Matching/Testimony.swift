import Catalog
import Inventory

/// What the rows on one port say of one neighbour: half a link.
struct Testimony {
    /// Who tells: number of the device.
    let near: Int
    /// The interface it was heard on; nil where it is not known.
    let nearPort: Int?
    /// The teller's word for that interface.
    let nearWord: String
    /// The neighbour: number of the device; nil where it is none of the inventory.
    let far: Int?
    /// Its interface; nil where it is not known.
    let farPort: Int?
    /// The rows, the most trusted first.
    let rows: [Int]
    /// Whether the rows name different interfaces of the neighbour, of which the best named was taken.
    var namesSeveralPorts = false
}

extension Testimony {
    /// The testimonies of all rows on one port: one a neighbour, and where one protocol names several interfaces of it,
    /// one each.
    static func all(on heard: HeardPort, _ rows: [Neighbour], _ index: InventoryIndex) -> [Testimony] {
        var found: [Testimony] = []
        var byDevice: [Int: [Int]] = [:]
        var devices: [Int] = []
        for row in heard.rows {
            guard let far = rows[row].match.deviceID.flatMap({ index.number(of: $0) }) else { continue }
            if byDevice[far] == nil { devices.append(far) }
            byDevice[far, default: []].append(row)
        }
        for far in devices { found += of(heard, far, byDevice[far] ?? [], rows, index) }
        let strangers = heard.rows.filter { rows[$0].match.deviceID.flatMap { index.number(of: $0) } == nil }
        guard !strangers.isEmpty else { return found }
        for group in SameNeighbour.groups(strangers.map { rows[$0].reading }, domains: index.domains) {
            found.append(
                Testimony(
                    near: heard.device, nearPort: heard.port, nearWord: heard.word, far: nil, farPort: nil,
                    rows: group.map { strangers[$0] }))
        }
        return found
    }

    private static func of(
        _ heard: HeardPort, _ far: Int, _ members: [Int], _ rows: [Neighbour], _ index: InventoryIndex
    ) -> [Testimony] {
        func port(_ row: Int) -> Int? { rows[row].match.interfaceID.flatMap { index.number(of: $0) } }
        func testimony(_ port: Int?, _ members: [Int], disagree: Bool = false) -> Testimony {
            Testimony(
                near: heard.device, nearPort: heard.port, nearWord: heard.word, far: far, farPort: port,
                rows: members, namesSeveralPorts: disagree)
        }
        var ports: [Int] = []
        var byPort: [Int: [Int]] = [:]
        var byProtocol: [NeighbourProtocol: Set<Int>] = [:]
        for row in members {
            guard let port = port(row) else { continue }
            if byPort[port] == nil { ports.append(port) }
            byPort[port, default: []].append(row)
            byProtocol[rows[row].reading.heardBy, default: []].insert(port)
        }
        guard ports.count > 1 else { return [testimony(ports.first, members)] }
        // Each protocol names one: they speak of one cable, and the most trusted is believed.
        if byProtocol.values.allSatisfy({ $0.count == 1 }) {
            return [testimony(ports.first, members, disagree: true)]
        }
        let open = members.filter { port($0) == nil }
        return ports.enumerated().map { place, number in
            testimony(number, (byPort[number] ?? []) + (place == 0 ? open : []))
        }
    }
}
