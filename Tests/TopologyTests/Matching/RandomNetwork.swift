import Catalog
import Discovery
import Inventory

@testable import Topology

/// A random network whose devices name themselves and their ports in the manners of several vendors.
struct RandomNetwork {
    /// How a device announces itself.
    enum Manner: CaseIterable {
        /// LLDP with ifName; CDP with the long name and the domain.
        case ios
        /// CDP with a serial number behind the name.
        case nexus
        /// The port's id is its ifIndex, its description the operator's text.
        case junos
        /// The port's id is its MAC address, its description the ifName.
        case linux
        /// The port's id is the number on the panel, which is another port's ifIndex.
        case panel
        /// CDP only: nothing tells the chassis.
        case old
        /// The port's id is that of the chassis, the same on all ports; nothing names the port.
        case dumb
    }

    struct Cable {
        let a: Int
        let aPort: Int
        let b: Int
        let bPort: Int
    }

    var net = Wiring()
    private(set) var cables: [Cable] = []
    private(set) var strangers = 0
    private(set) var manners: [Manner] = []
    /// Devices that answer nothing.
    private(set) var silent: Set<Int> = []
    private var random: SplitMix
    private var usedPorts: [Int]

    static let portCount = 8

    init(seed: UInt64) {
        random = SplitMix(seed: seed)
        let count = Int.random(in: 2...12, using: &random)
        usedPorts = [Int](repeating: 0, count: count)
        for number in 0..<count { add(number) }
        for number in 0..<count where Int.random(in: 0..<10, using: &random) == 0 { silent.insert(number) }
        for _ in 0..<Int.random(in: 1...count * 2, using: &random) { addCable() }
        for cable in cables {
            tell(cable.a, cable.aPort, of: cable.b, cable.bPort)
            tell(cable.b, cable.bPort, of: cable.a, cable.aPort)
        }
        for number in 0..<count where !silent.contains(number) {
            net.answers(name(number))
            if Bool.random(using: &random) { addStranger(number) }
        }
    }

    func name(_ number: Int) -> String { "dev\(number)" }

    private func sysName(_ number: Int) -> String { "sys-\(number).example.net" }

    /// ifName of a port, from 0.
    func portName(_ device: Int, _ port: Int) -> String {
        switch manners[device] {
        case .ios, .nexus, .old, .dumb: "Gi0/\(port)"
        case .junos: "ge-0/0/\(port)"
        case .linux: "eth\(port)"
        case .panel: "\(port + 1)"
        }
    }

    /// ifIndex of a port; on panels it is the number of another port.
    private func ifIndex(_ device: Int, _ port: Int) -> Int64 {
        switch manners[device] {
        case .panel: Int64((port + 3) % Self.portCount + 1)
        case .junos: Int64(500 + port)
        default: Int64(port + 1)
        }
    }

    private func address(_ device: Int, _ port: Int) -> String {
        Wiring.address(device + 1, manners[device] == .dumb ? 0 : port + 1)
    }

    private mutating func add(_ number: Int) {
        manners.append(Manner.allCases.randomElement(using: &random) ?? .ios)
        let chassis = manners[number] == .old ? "none" : nil
        let id = net.device(name(number), sysName: sysName(number), chassis: chassis)
        for port in 0..<Self.portCount {
            let name = portName(number, port)
            net.addPort(
                id, ifIndex(number, port), name, descr: name.replacing("Gi0/", with: "GigabitEthernet0/"),
                alias: "to somewhere \(port)", address: address(number, port))
        }
    }

    /// A cable between free ports; of those whose ends name no port only one between two devices.
    private mutating func addCable() {
        let free = usedPorts.indices.filter { usedPorts[$0] < Self.portCount - 1 }
        guard let a = free.randomElement(using: &random), let b = free.randomElement(using: &random), a != b,
            !(silent.contains(a) && silent.contains(b))
        else { return }
        let namesNothing = [a, b].contains { manners[$0] == .dumb }
        let isParallel = cables.contains { Set([$0.a, $0.b]) == Set([a, b]) }
        guard !(namesNothing && isParallel) else { return }
        cables.append(Cable(a: a, aPort: usedPorts[a], b: b, bPort: usedPorts[b]))
        usedPorts[a] += 1
        usedPorts[b] += 1
    }

    private mutating func addStranger(_ number: Int) {
        strangers += 1
        let (chassis, name) = (Wiring.address(0xEE00 + strangers, 0), "stranger-\(strangers)")
        net.hears(self.name(number), on: portName(number, Self.portCount - 1)) {
            $0.systemName = name
            $0.chassis = Wiring.mac(chassis)
            $0.port = Wiring.name("Gi0/1")
        }
    }

    /// What one end of a cable hears of the other, by the protocols that both speak.
    private mutating func tell(_ near: Int, _ nearPort: Int, of far: Int, _ farPort: Int) {
        guard !silent.contains(near) else { return }
        let speaksCDP = [near, far].allSatisfy { [.ios, .nexus, .old].contains(manners[$0]) }
        let speaksLLDP = [near, far].allSatisfy { manners[$0] != .old }
        let (host, port) = (name(near), portName(near, nearPort))
        if speaksLLDP || !speaksCDP { hear(host, port, lldp(far, farPort), .lldp) }
        if speaksCDP { hear(host, port, cdp(far, farPort), .cdp) }
    }

    private mutating func hear(
        _ host: String, _ port: String, _ said: NeighbourReading, _ heardBy: NeighbourProtocol
    ) {
        net.hears(host, on: port, by: heardBy) {
            $0.chassis = said.chassis
            $0.port = said.port
            $0.portDescription = said.portDescription
            $0.systemName = said.systemName
            $0.managementAddresses = said.managementAddresses
            $0.capabilities = [.bridge]
        }
    }

    private mutating func lldp(_ far: Int, _ port: Int) -> NeighbourReading {
        var said = NeighbourReading(heardBy: .lldp, localPort: "-")
        said.chassis = Wiring.mac(Wiring.chassis(far + 1))
        // Some give no name, some only the short one; of those whose chassis nobody knows a name is all there is.
        let names = [sysName(far), "sys-\(far)", manners[far] == .old ? sysName(far) : nil]
        said.systemName = names.randomElement(using: &random) ?? nil
        switch manners[far] {
        case .ios, .nexus, .old: said.port = Wiring.name(portName(far, port))
        case .panel: said.port = NeighbourID(subtype: 7, kind: .text, text: portName(far, port))
        case .junos:
            said.port = NeighbourID(subtype: 7, kind: .text, text: "\(ifIndex(far, port))")
            said.portDescription = "to somewhere \(port)"
        case .linux:
            said.port = NeighbourID(subtype: 3, kind: .mac, text: address(far, port))
            said.portDescription = portName(far, port)
        case .dumb: said.port = NeighbourID(subtype: 3, kind: .mac, text: Wiring.chassis(far + 1))
        }
        return said
    }

    private func cdp(_ far: Int, _ port: Int) -> NeighbourReading {
        var said = NeighbourReading(heardBy: .cdp, localPort: "-")
        said.systemName = manners[far] == .nexus ? "sys-\(far)(FDO21\(far)K10)" : sysName(far).uppercased()
        said.port = NeighbourID(kind: .text, text: "GigabitEthernet0/\(port)")
        return said
    }

    /// The true cables as text, as far as anybody can know: a silent end that names no port is `-`.
    var truth: [String] {
        cables.map { cable in
            [(cable.a, cable.aPort), (cable.b, cable.bPort)].map { device, port in
                let isUnknown = silent.contains(device) && manners[device] == .dumb
                return "\(name(device)):\(isUnknown ? Wiring.chassis(device + 1) : portName(device, port))"
            }.sorted().joined(separator: " - ")
        }.sorted()
    }

    /// The same network with all its rows in another order.
    mutating func shuffle() {
        for device in net.arrivals.keys.sorted() { net.arrivals[device]?.neighbours.shuffle(using: &random) }
        net.book.ports.shuffle(using: &random)
    }
}
