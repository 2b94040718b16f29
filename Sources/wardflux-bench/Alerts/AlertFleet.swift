import Alerting
import Inventory
import Traffic

/// A made-up network for alerts: devices of 48 ports, cabled as a tree, and what polls read of them.
struct AlertFleet: Sendable {
    static let portsPerDevice = 48
    /// What ports beyond the cabled ones are for, in turn.
    static let mixed: [InterfaceType] = [
        .access, .access, .access, .access, .serverLink, .branchLink, .trunk, .isp,
    ]
    private static let speed: Int64 = 1_000_000_000
    private static let pollSeconds = 300.0
    /// Devices below each device of the tree; port 0 leads up, those after it down.
    private static let fanOut = 8
    /// Of so many ports one is down, and one carries more than it should.
    private static let share = 1_000

    let devices: [Device]
    let ports: [Interface]

    /// So many ports, all of them up.
    init(ports count: Int, at now: Timestamp, kinds: [InterfaceType] = AlertFleet.mixed) {
        let number = (count + Self.portsPerDevice - 1) / Self.portsPerDevice
        let made = (0..<number).map { Self.device($0, at: now) }
        devices = made
        ports = (0..<count).map { Self.port($0, of: made[$0 / Self.portsPerDevice].id, kinds, at: now) }
    }

    private static func device(_ number: Int, at now: Timestamp) -> Device {
        let address = "127.\(1 + number / 62_500).\(number / 250 % 250).\(1 + number % 250)"
        var device = Device(name: "SW-\(number + 1)", address: address, at: now)
        (device.deviceType, device.location) = (.switch, "site \(number / 10)")
        return device
    }

    private static func port(
        _ number: Int, of device: DeviceID, _ kinds: [InterfaceType], at now: Timestamp
    ) -> Interface {
        let place = number % portsPerDevice
        var facts = InterfaceFacts(ifIndex: Int64(place + 1))
        (facts.ifName, facts.ifSpeed) = ("Gi1/0/\(place + 1)", speed)
        (facts.adminStatus, facts.operStatus) = (1, 1)
        var port = Interface(deviceID: device, facts: facts, at: now)
        port.interfaceType = place <= fanOut ? .trunk : kinds[place % kinds.count]
        port.isCritical = port.interfaceType == .isp
        return port
    }

    // MARK: - Cables

    /// The tree of cables, seen from its top.
    var graph: ReachabilityGraph {
        let cables = devices.indices.dropFirst().map { number in
            let (above, turn) = ((number - 1) / Self.fanOut, (number - 1) % Self.fanOut)
            return ReachabilityGraph.Cable(end(number, 0), end(above, 1 + turn))
        }
        return ReachabilityGraph(
            devices: devices.map { ReachabilityGraph.Device(id: $0.id, name: $0.name) }, cables: cables,
            place: devices.first?.id)
    }

    private func end(_ number: Int, _ place: Int) -> ReachabilityGraph.End {
        let index = number * Self.portsPerDevice + place
        let port = ports.indices.contains(index) ? ports[index] : nil
        return ReachabilityGraph.End(devices[number].id, port?.id, port: port?.displayName)
    }

    // MARK: - Polls

    /// What a poll of all ports reads: some are down, others full, those another time others.
    func rates(at now: Timestamp, round: Int) -> [InterfaceRates] {
        ports.indices.map { number in
            let isDown = number % Self.share == Self.share / 2
            let isFull = (number + round) % Self.share == 0
            return Self.rates(of: ports[number].id, at: now, isDown: isDown, load: isFull ? 0.9 : 0.3)
        }
    }

    /// What a poll reads of one port.
    static func rates(of port: InterfaceID, at now: Timestamp, isDown: Bool, load: Double = 0.3) -> InterfaceRates {
        var reading = CounterReading(at: now, intervalSeconds: UInt16(pollSeconds))
        reading.present = .all
        reading.ifSpeed = speed
        (reading.adminStatus, reading.operStatus) = (1, isDown ? 2 : 1)
        var step = CounterStep(from: now.advanced(bySeconds: -pollSeconds), to: now)
        step.seconds = pollSeconds
        (step.known, step.rated) = (.all, .all)
        let octets = UInt64(Double(speed) / 8 * load * pollSeconds)
        let packets = octets / 700
        step.increases = SIMD8(octets, octets / 2, 0, 0, packets / 100_000, 0, packets, packets / 2)
        return InterfaceRates(port, reading, step: step)
    }
}
