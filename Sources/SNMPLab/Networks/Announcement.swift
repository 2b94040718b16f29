extension SimulatedDevice {
    /// What the device says of itself out of one of its ports.
    func announcement(
        from position: Int, by heardBy: SimulatedNeighbour.NeighbourProtocol, heardAt near: Int
    ) -> SimulatedNeighbour {
        let port = interfaces[position]
        let id = portID(of: position)
        return SimulatedNeighbour(
            position: near,
            heardBy: heardBy,
            device: ordinal,
            chassisSubtype: 4,
            chassisID: physicalAddress(offset: 0),
            portSubtype: id.subtype,
            portID: id.octets,
            portDescr: heardBy == .cdp ? port.descr : (id.subtype == 7 || id.subtype == 3 ? port.name : port.descr),
            systemName: heardBy == .cdp ? cdpDeviceID : systemName,
            systemDescr: systemDescr,
            platform: "cisco \(model)",
            capabilities: capabilities,
            address: LabAddress.number(ofDevice: ordinal)
        )
    }

    /// lldpLocPortId: the name; Junos and ProCurve give their own number, lldpd on Linux the MAC address.
    func portID(of position: Int) -> (subtype: UInt8, octets: [UInt8]) {
        let port = interfaces[position]
        switch manner {
        case .juniper: return (7, Array(String(port.index).utf8))
        case .procurve: return (7, Array(port.name.utf8))
        case .linux: return (3, physicalAddress(offset: port.physicalAddressOffset ?? 0))
        default: return (5, Array(port.name.utf8))
        }
    }

    /// NX-OS puts the serial number behind the name.
    private var cdpDeviceID: String {
        manner == .ciscoNXOS ? "\(systemName)(FDO\(21_000 + ordinal)K\(ordinal % 90 + 10))" : systemName
    }

    /// What it says it is.
    var capabilities: NeighbourCapabilities {
        switch type {
        case .switch: manner == .procurve || manner == .ciscoIOS ? [.bridge] : [.bridge, .router]
        case .router, .firewall: [.router]
        case .server: [.station]
        }
    }

    /// lldpLocPortNum of an interface.
    func lldpPortNumber(of position: Int) -> UInt32 {
        let port = interfaces[position]
        return manner.numbersPortsByBridge ? (port.portNumber ?? port.index) : port.index
    }
}

/// A device that is plugged in but is not of the network.
struct Stranger {
    var name: String
    var portID: String
    var descr: String
    var platform: String
    var capabilities: NeighbourCapabilities
    var speaksCDP: Bool
    /// Six octets of its chassis.
    var chassisAddress: UInt64

    func neighbour(at position: Int, by heardBy: SimulatedNeighbour.NeighbourProtocol) -> SimulatedNeighbour {
        let octets = (0..<6).map { UInt8(truncatingIfNeeded: chassisAddress >> UInt64(40 - 8 * $0)) }
        let namesPortByAddress = capabilities.contains(.station) && heardBy == .lldp
        return SimulatedNeighbour(
            position: position,
            heardBy: heardBy,
            device: nil,
            chassisSubtype: 4,
            chassisID: octets,
            portSubtype: namesPortByAddress ? 3 : 5,
            portID: namesPortByAddress ? octets : Array(portID.utf8),
            portDescr: portID,
            systemName: name,
            systemDescr: descr,
            platform: platform,
            capabilities: capabilities,
            address: nil
        )
    }
}

extension [SimulatedDevice] {
    /// Puts every device's interfaces in ifIndex order; positions in truths and neighbours follow.
    func renumberedByIndex() -> [SimulatedDevice] {
        let places = map { device -> [Int] in
            let order = device.interfaces.indices.sorted { device.interfaces[$0].index < device.interfaces[$1].index }
            var place = [Int](repeating: 0, count: order.count)
            for (new, old) in order.enumerated() { place[old] = new }
            return place
        }
        return enumerated().map { ordinal, device in
            var device = device
            let place = places[ordinal]
            for (old, new) in place.enumerated() {
                device.interfaces[new] = self[ordinal].interfaces[old]
                device.truth[new] = self[ordinal].truth[old]
            }
            for index in device.truth.indices {
                guard case .interface(let far, let position)? = device.truth[index].farEnd else { continue }
                device.truth[index].farEnd = .interface(device: far, position: places[far][position])
            }
            for index in device.neighbours.indices {
                device.neighbours[index].position = place[device.neighbours[index].position]
            }
            device.neighbours.sort { $0.position < $1.position }
            return device
        }
    }
}
