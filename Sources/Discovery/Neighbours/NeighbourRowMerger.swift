import Inventory

/// Makes one reading of rows that say the same of the same port.
///
/// A chassis id and a port id together name one far port (MSAP, IEEE 802.1AB 3.8): two such rows are one neighbour that
/// was heard twice, be it that the agent kept an old row or that it hears two destination addresses. The row that
/// changed last holds, and takes from the other what it lacks. Rows without both ids must be equal in all they say.
struct NeighbourRowMerger {
    private struct Key: Hashable {
        var port: String
        var ifIndex: Int64?
        var chassis: NeighbourID?
        var remotePort: NeighbourID?
        var whole: NeighbourReading?
    }

    /// The readings in the order of their first row.
    private(set) var readings: [NeighbourReading] = []
    private var marks: [UInt32] = []
    private var places: [Key: Int] = [:]

    /// Adds a row; false where it was merged with an earlier one.
    mutating func add(_ reading: NeighbourReading, timeMark: UInt32 = 0) -> Bool {
        var key = Key(port: reading.localPort, ifIndex: reading.localIfIndex)
        if let chassis = reading.chassis, let port = reading.port {
            key.chassis = chassis
            key.remotePort = port
        } else {
            key.whole = reading
        }
        guard let place = places[key] else {
            places[key] = readings.count
            readings.append(reading)
            marks.append(timeMark)
            return true
        }
        let isNewer = timeMark > marks[place]
        readings[place] =
            isNewer ? reading.completed(from: readings[place]) : readings[place].completed(from: reading)
        marks[place] = max(marks[place], timeMark)
        return false
    }
}

extension NeighbourReading {
    /// Whether there is anything a neighbour could be known by: an id of chassis or port, a name, an address.
    var saysSomething: Bool {
        chassis != nil || port != nil || systemName != nil || !managementAddresses.isEmpty
    }

    /// This reading, with what it lacks taken from an older one of the same neighbour.
    fileprivate func completed(from older: NeighbourReading) -> NeighbourReading {
        var whole = self
        whole.systemName = systemName ?? older.systemName
        whole.portDescription = portDescription ?? older.portDescription
        whole.systemDescription = systemDescription ?? older.systemDescription
        whole.platform = platform ?? older.platform
        if capabilities.isEmpty { whole.capabilities = older.capabilities }
        if managementAddresses.isEmpty { whole.managementAddresses = older.managementAddresses }
        return whole
    }
}
