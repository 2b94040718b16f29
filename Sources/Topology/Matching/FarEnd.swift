import Catalog
import Inventory

/// Completes rows by what is heard at the other end of the cable.
struct FarEnd {
    let index: InventoryIndex

    /// A row by numbers; -1 is unknown.
    private struct Sight {
        let row: Int
        let device: Int
        let port: Int
        var far: Int
        var farPort: Int
    }

    /// Picks devices out of several, and finds ports that a row does not name, where the far end's rows leave one choice.
    func complete(_ rows: inout [Neighbour]) {
        var sights = rows.indices.compactMap { sight(rows[$0], at: $0) }
        pickDevices(&sights, &rows)
        let order = sights.indices.filter { sights[$0].far >= 0 && sights[$0].far != sights[$0].device }
            .sorted { pair(sights[$0]) != pair(sights[$1]) ? pair(sights[$0]) < pair(sights[$1]) : $0 < $1 }
        var start = 0
        while start < order.count {
            let key = pair(sights[order[start]])
            var end = start + 1
            while end < order.count, pair(sights[order[end]]) == key { end += 1 }
            completePorts(order[start..<end], &sights, &rows)
            start = end
        }
    }

    private func sight(_ row: Neighbour, at place: Int) -> Sight? {
        guard let device = index.number(of: row.deviceID) else { return nil }
        return Sight(
            row: place, device: device, port: row.interfaceID.flatMap { index.number(of: $0) } ?? -1,
            far: row.match.deviceID.flatMap { index.number(of: $0) } ?? -1,
            farPort: row.match.interfaceID.flatMap { index.number(of: $0) } ?? -1)
    }

    private func pair(_ sight: Sight) -> UInt64 {
        UInt64(min(sight.device, sight.far)) << 32 | UInt64(max(sight.device, sight.far))
    }

    /// Rows that no device matches, or several do, and the devices that themselves name the port they were heard on.
    private func pickDevices(_ sights: inout [Sight], _ rows: inout [Neighbour]) {
        let open = sights.indices.filter { sights[$0].far < 0 && sights[$0].port >= 0 }
        guard !open.isEmpty else { return }
        let byPort = Dictionary(grouping: open) { sights[$0].port }
        let namings = namings(of: byPort, sights)
        for (port, naming) in namings.sorted(by: { $0.key < $1.key }) {
            let places = byPort[port] ?? []
            for place in places where !rows[sights[place].row].match.candidates.isEmpty {
                let candidates = rows[sights[place].row].match.candidates.compactMap { index.number(of: $0) }
                let fitting = candidates.filter { naming[$0] != nil }
                if fitting.count == 1 { pick(fitting[0], for: place, &sights, &rows) }
            }
            guard naming.count == 1, let device = naming.keys.first else { continue }
            // What is heard there of no device at all is the one that names the port, if nothing says otherwise.
            let silent = places.filter { rows[sights[$0].row].match.candidates.isEmpty && sights[$0].far < 0 }
            let fitting = silent.filter { mayBe(rows[sights[$0].row].reading, device) }
            guard Set(fitting.map { rows[sights[$0].row].reading.chassis }).count == 1 else { continue }
            for place in fitting { pick(device, for: place, &sights, &rows) }
        }
    }

    /// Of ports on which unmatched rows were heard the devices whose rows name them, with where those were heard; devices
    /// that are matched there already are left out.
    private func namings(of ports: [Int: [Int]], _ sights: [Sight]) -> [Int: [Int: Int]] {
        var namings: [Int: [Int: Int]] = [:]
        for sight in sights where ports[sight.farPort] != nil && sight.far != sight.device {
            namings[sight.farPort, default: [:]][sight.device] = sight.port
        }
        for sight in sights where sight.far >= 0 && namings[sight.port] != nil {
            namings[sight.port]?[sight.far] = nil
        }
        return namings
    }

    /// Whether nothing that a row says speaks against a device; what says it is an end station is no device that hears.
    private func mayBe(_ reading: NeighbourReading, _ device: Int) -> Bool {
        if reading.capabilities.contains(.telephone) || reading.capabilities == [.station] { return false }
        return index.mayBe(reading, device)
    }

    private func pick(_ device: Int, for place: Int, _ sights: inout [Sight], _ rows: inout [Neighbour]) {
        sights[place].far = device
        let row = sights[place].row
        rows[row].match = NeighbourMatch()
        rows[row].match.deviceID = index.devices[device].id
        rows[row].match.deviceRules = [.farEnd]
        rows[row].match.confidence = MatchWeight.farEndDevice
    }

    /// Ports between two devices that one side leaves open.
    private func completePorts(_ places: ArraySlice<Int>, _ sights: inout [Sight], _ rows: inout [Neighbour]) {
        guard places.contains(where: { sights[$0].farPort < 0 && sights[$0].port >= 0 }) else { return }
        // Which port is named by a row that was heard on which port: nil where several are.
        var named: [Int: Int?] = [:]
        for place in places where sights[place].farPort >= 0 && sights[place].port >= 0 {
            note(sights[place].port, for: sights[place].farPort, in: &named)
        }
        for place in places where sights[place].farPort < 0 && sights[place].port >= 0 {
            guard case .some(.some(let port)) = named[sights[place].port] else { continue }
            settle(place, at: port, &sights, &rows)
        }
        pairLast(places, &sights, &rows)
    }

    private func note(_ port: Int, for key: Int, in map: inout [Int: Int?]) {
        if let known = map[key], known != port {
            map[key] = .some(nil)
        } else {
            map[key] = port
        }
    }

    /// One port on each side whose rows name no port: they can only mean each other.
    private func pairLast(_ places: ArraySlice<Int>, _ sights: inout [Sight], _ rows: inout [Neighbour]) {
        var open: [Int: Int?] = [:]
        for place in places where sights[place].farPort < 0 {
            note(sights[place].port, for: sights[place].device, in: &open)
        }
        guard open.count == 2 else { return }
        for place in places where sights[place].farPort < 0 && sights[place].port >= 0 {
            guard case .some(.some(let far)) = open[sights[place].far], far >= 0,
                case .some(.some) = open[sights[place].device]
            else { continue }
            settle(place, at: far, &sights, &rows)
        }
    }

    private func settle(_ place: Int, at port: Int, _ sights: inout [Sight], _ rows: inout [Neighbour]) {
        sights[place].farPort = port
        rows[sights[place].row].match.interfaceID = index.ports[port].id
        rows[sights[place].row].match.interfaceRules = [.farEnd]
    }
}
