import Catalog
import Inventory

/// A port of a device with all that is heard on it.
struct HeardPort {
    /// The number of the device.
    let device: Int
    /// The number of the interface; nil where it is not known.
    let port: Int?
    /// The device's own word for it.
    let word: String
    /// Places of the rows, in an order that depends on what they say only.
    let rows: [Int]

    /// All ports on which something is heard, ordered by device, interface and word; rows of unknown devices are left out.
    static func all(_ rows: [Neighbour], _ index: InventoryIndex) -> [HeardPort] {
        var places: [Place] = []
        places.reserveCapacity(rows.count)
        for (row, neighbour) in rows.enumerated() {
            guard let device = index.number(of: neighbour.deviceID) else { continue }
            let port = neighbour.interfaceID.flatMap { index.number(of: $0) }
            places.append(Place(row: row, device: device, port: port ?? Int.max))
        }
        places.sort { precedes($0, $1, rows) }
        return grouped(places, rows)
    }

    private struct Place {
        let row: Int
        let device: Int
        let port: Int
    }

    private static func precedes(_ left: Place, _ right: Place, _ rows: [Neighbour]) -> Bool {
        if left.device != right.device { return left.device < right.device }
        if left.port != right.port { return left.port < right.port }
        let (one, other) = (rows[left.row].reading, rows[right.row].reading)
        if left.port == Int.max, one.localPort != other.localPort { return one.localPort < other.localPort }
        if one.heardBy != other.heardBy { return one.heardBy < other.heardBy }
        let (name, otherName) = (one.displayName, other.displayName)
        if name != otherName { return name < otherName }
        let (port, otherPort) = (one.port?.text ?? "", other.port?.text ?? "")
        return port != otherPort ? port < otherPort : rows[left.row].id < rows[right.row].id
    }

    private static func grouped(_ places: [Place], _ rows: [Neighbour]) -> [HeardPort] {
        var found: [HeardPort] = []
        var start = 0
        while start < places.count {
            let first = places[start]
            let word = rows[first.row].reading.localPort
            var end = start + 1
            while end < places.count, places[end].device == first.device, places[end].port == first.port,
                first.port != Int.max || rows[places[end].row].reading.localPort == word
            {
                end += 1
            }
            found.append(
                HeardPort(
                    device: first.device, port: first.port == Int.max ? nil : first.port, word: word,
                    rows: places[start..<end].map(\.row)))
            start = end
        }
        return found
    }
}
