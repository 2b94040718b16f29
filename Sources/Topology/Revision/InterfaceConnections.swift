import Catalog
import Inventory

/// What each interface is connected to: the neighbour that speaks for it, else the link that the far end tells of.
struct InterfaceConnections {
    /// The interfaces whose stored connection is another.
    static func changes(
        rows: [Neighbour], links: [Link], index: InventoryIndex
    ) -> [InterfaceID: InterfaceConnection] {
        var wanted = [InterfaceConnection?](repeating: nil, count: index.ports.count)
        for heard in HeardPort.all(rows, index) {
            guard let port = heard.port, let speaker = speaker(heard.rows, rows) else { continue }
            wanted[port] = connection(rows[speaker])
        }
        for (port, far) in soleEnds(links, index) where wanted[port] == nil {
            var connection = InterfaceConnection()
            connection.deviceID = far.deviceID
            connection.interfaceID = far.interfaceID
            wanted[port] = connection
        }
        var changes: [InterfaceID: InterfaceConnection] = [:]
        for (port, record) in index.ports.enumerated() {
            let connection = wanted[port] ?? InterfaceConnection()
            if connection != record.connection { changes[record.id] = connection }
        }
        return changes
    }

    /// The row that names the far end: by precedence, then protocol; rows come in an order of their own.
    private static func speaker(_ members: [Int], _ rows: [Neighbour]) -> Int? {
        members.enumerated().min { left, right in
            let (one, other) = (rows[left.element], rows[right.element])
            if one.reading.precedence != other.reading.precedence {
                return one.reading.precedence < other.reading.precedence
            }
            if one.reading.heardBy != other.reading.heardBy { return one.reading.heardBy < other.reading.heardBy }
            let (isMapped, isOtherMapped) = (one.match.deviceID != nil, other.match.deviceID != nil)
            return isMapped != isOtherMapped ? isMapped : left.offset < right.offset
        }?.element
    }

    private static func connection(_ row: Neighbour) -> InterfaceConnection {
        var connection = InterfaceConnection()
        // A device that hears itself is connected to nothing.
        if row.match.deviceID != row.deviceID {
            connection.deviceID = row.match.deviceID
            connection.interfaceID = row.match.interfaceID
        }
        connection.neighbourName = String(row.reading.displayName.prefix(LinkWriting.nameMax))
        connection.neighbourPort = row.reading.displayPort.map { String($0.prefix(LinkWriting.nameMax)) }
        connection.neighbourProtocol = row.reading.heardBy.rawValue
        return connection
    }

    /// Ports at which exactly one cable between devices ends, with its other end.
    private static func soleEnds(_ links: [Link], _ index: InventoryIndex) -> [Int: LinkEnd] {
        var ends: [Int: LinkEnd?] = [:]
        for link in links where !link.isOrphan {
            for (here, there) in [(link.a, link.b), (link.b, link.a)] {
                guard let port = here.interfaceID.flatMap({ index.number(of: $0) }) else { continue }
                ends[port] = ends[port] == nil ? .some(there) : .some(nil)
            }
        }
        return ends.compactMapValues { $0 }
    }
}
