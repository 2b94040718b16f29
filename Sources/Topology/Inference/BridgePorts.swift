import Catalog
import Inventory

/// A port of a bridge.
struct PortKey: Hashable {
    /// The bridge.
    var device: DeviceID
    /// ifIndex.
    var ifIndex: Int64
}

/// The ports that forwarding tables and neighbours speak of.
struct BridgePorts {
    private let ports: [PortRecord]
    private var places: [PortKey: Int] = [:]
    private var keys: [InterfaceID: PortKey] = [:]
    /// From a logical unit (`ge-0/0/0.0`) to the port it is on (`ge-0/0/0`), which neighbours are heard on.
    private var carriers: [PortKey: PortKey] = [:]

    /// The ports of a book; those of `bridges` with their units.
    init(_ book: TopologyBook, _ bridges: Set<DeviceID>) {
        ports = book.ports
        places.reserveCapacity(ports.count)
        keys.reserveCapacity(ports.count)
        var named: [DeviceID: [String: Int64]] = [:]
        for (place, port) in ports.enumerated() where !port.isMissing {
            let key = PortKey(device: port.deviceID, ifIndex: port.facts.ifIndex)
            places[key] = place
            keys[port.id] = key
            if bridges.contains(port.deviceID), let name = port.facts.ifName {
                named[port.deviceID, default: [:]][name] = port.facts.ifIndex
            }
        }
        for (device, names) in named {
            for (name, ifIndex) in names {
                guard let carrier = Self.carrierName(name).flatMap({ names[$0] }) else { continue }
                carriers[PortKey(device: device, ifIndex: ifIndex)] = PortKey(device: device, ifIndex: carrier)
            }
        }
    }

    /// The port itself, where it is in the catalog.
    func port(at key: PortKey) -> PortRecord? { places[key].map { ports[$0] } }

    /// Where an interface is.
    func key(of interface: InterfaceID) -> PortKey? { keys[interface] }

    /// The port that a logical unit is on, else the port itself.
    func physical(_ key: PortKey) -> PortKey { carriers[key] ?? key }

    /// Whether a port is a tunnel (IANAifType 131), behind which devices of other bridges are.
    func isTunnel(_ key: PortKey) -> Bool { places[key].map { ports[$0].facts.ifType == 131 } ?? false }

    private static func carrierName(_ name: String) -> String? {
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return nil }
        let unit = name[name.index(after: dot)...]
        guard !unit.isEmpty, unit.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }) else { return nil }
        return String(name[..<dot])
    }
}

/// Which ports are known to lead to a device.
struct PortOccupation {
    private var leadingOn: Set<PortKey> = []
    private var taken: Set<PortKey> = []

    /// A device is at the port; where it `leadsOn`, others are behind it.
    mutating func mark(_ key: PortKey, leadsOn: Bool) {
        if leadsOn { leadingOn.insert(key) } else { taken.insert(key) }
    }

    /// Whether what is learnt at the port is behind another device.
    func leadsOn(_ key: PortKey) -> Bool { leadingOn.contains(key) }

    /// Whether some device is known to be at the port.
    func isTaken(_ key: PortKey) -> Bool { taken.contains(key) || leadingOn.contains(key) }

    /// Marks aggregates like their members: tables learn at the aggregate, neighbours are heard at the members.
    mutating func spread(_ descriptions: [DeviceID: LocalSystem]) {
        for (device, description) in descriptions {
            for port in description.ports {
                guard let aggregate = port.aggregateIfIndex else { continue }
                let member = PortKey(device: device, ifIndex: port.ifIndex)
                let whole = PortKey(device: device, ifIndex: aggregate)
                if leadsOn(member) { leadingOn.insert(whole) }
                if taken.contains(member) { taken.insert(whole) }
            }
        }
    }
}
