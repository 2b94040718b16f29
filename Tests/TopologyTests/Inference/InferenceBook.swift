import Catalog
import Inventory

/// A book in a few words: devices with ports, who hears whom, and what bridges learnt.
struct InferenceBook {
    var book = TopologyBook()
    var forwarding: [DeviceID: [String: Int64]] = [:]
    private var generator: InferenceGenerator

    init(seed: UInt64 = 1) { generator = InferenceGenerator(seed: seed) }

    /// Adds a device with ports 1 to `ports`, each with an address of its own.
    mutating func add(
        _ name: String, type: DeviceType = .other, ports: Int = 1, sysName: String? = nil, aliases: [Int: String] = [:]
    ) -> DeviceID {
        var device = Device(id: .random(using: &generator), name: name, address: name, at: Timestamp(seconds: 0))
        device.deviceType = type
        device.sysName = sysName
        let number = book.devices.count
        book.devices.append(device)
        for port in 0..<ports {
            var facts = InterfaceFacts(ifIndex: Int64(port + 1))
            facts.ifName = "Gi0/\(port + 1)"
            facts.ifType = 6
            facts.ifAlias = aliases[port + 1]
            facts.ifPhysAddress = Self.mac(device: number, port: port + 1)
            add(facts, to: device.id)
        }
        return device.id
    }

    mutating func add(_ facts: InterfaceFacts, to device: DeviceID) {
        book.ports.append(
            PortRecord(
                id: .random(using: &generator), deviceID: device, facts: facts, interfaceType: .access,
                isMissing: false, connection: InterfaceConnection()))
    }

    /// A device hears another at a port; `far` nil for a stranger.
    mutating func hears(
        _ device: DeviceID, at port: Int64, far: DeviceID?, capabilities: Set<NeighbourCapability> = [.bridge]
    ) {
        var reading = NeighbourReading(heardBy: .lldp, localPort: "\(port)")
        reading.localIfIndex = port
        reading.capabilities = capabilities
        var match = NeighbourMatch()
        match.deviceID = far
        book.neighbours.append(
            Neighbour(
                id: .random(using: &generator), deviceID: device, interfaceID: id(device, port), reading: reading,
                match: match, at: Timestamp(seconds: 0)))
    }

    /// A bridge learnt the address of a device's port.
    mutating func learns(_ bridge: DeviceID, at port: Int64, _ device: DeviceID, itsPort: Int = 1) {
        guard let number = book.devices.firstIndex(where: { $0.id == device }) else { return }
        forwarding[bridge, default: [:]][Self.mac(device: number, port: itsPort)] = port
    }

    func id(_ device: DeviceID, _ port: Int64) -> InterfaceID? {
        book.ports.first { $0.deviceID == device && $0.facts.ifIndex == port }?.id
    }

    static func mac(device: Int, port: Int) -> String {
        let number = device * 256 + port
        let digits = String(number, radix: 16)
        let padded = Array(String(repeating: "0", count: 6 - digits.count) + digits)
        return "00:1b:21:" + [0, 2, 4].map { String(padded[$0..<$0 + 2]) }.joined(separator: ":")
    }
}

/// SplitMix64: the same numbers for the same seed, everywhere.
struct InferenceGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}
