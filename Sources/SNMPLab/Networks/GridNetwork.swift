/// Builds `grid-DxP`: D switches of P ports each, alike but for name, address, MAC addresses and load.
enum GridNetwork {
    /// How many different start times the devices have.
    static let startTimes = 64

    static func build(devices: Int, ports: Int, seed: UInt64, referenceMilliseconds: Int64) -> [SimulatedDevice] {
        let manner = Manner.arubaCX
        let model = "JL660A 6300M"
        var random = SeededRandom(seed: seed)
        let interfaces = (0..<ports).map { interface(at: $0, of: ports, manner, &random) }
        let truth = (0..<ports).map { InterfaceTruth(purpose: isTrunk($0, of: ports) ? .trunk : .access) }
        let starts = (0..<startTimes).map { _ in
            referenceMilliseconds - Int64(random.between(20, 300) * 86_400_000)
        }
        let description = manner.systemDescr(model: model, name: "")
        return (0..<devices).map { ordinal in
            let name = "GRID-SW-\(ordinal + 1)"
            return SimulatedDevice(
                ordinal: ordinal,
                name: name,
                systemName: name,
                systemDescr: description,
                systemObjectID: manner.objectID(product: 67),
                location: "grid",
                type: .switch,
                manner: manner,
                model: model,
                startedAtMilliseconds: starts[ordinal % startTimes],
                chassisAddress: manner.addressPrefix << 24 &+ UInt64(ordinal) << 12,
                tags: ["grid"],
                reportsNeighbours: false,
                interfaces: interfaces,
                truth: truth,
                neighbours: [],
                trafficScale: random.between(0.4, 1.2)
            )
        }
    }

    /// The last two ports go up to the next level.
    private static func isTrunk(_ position: Int, of ports: Int) -> Bool {
        ports > 4 && position >= ports - 2
    }

    private static func interface(
        at position: Int, of ports: Int, _ manner: Manner, _ random: inout SeededRandom
    ) -> SimulatedInterface {
        let isTrunk = isTrunk(position, of: ports)
        let port = manner.port(.gigabit, position, taken: position, isRouter: false)
        var interface = SimulatedInterface(
            index: port.index,
            name: port.name,
            descr: port.descr,
            alias: isTrunk ? "uplink \(position - ports + 3)" : (position % 3 == 0 ? "" : "Users port \(position + 1)"),
            type: 6,
            mtu: isTrunk ? 9198 : 1500,
            speedBitsPerSecond: isTrunk ? 10_000_000_000 : 1_000_000_000,
            physicalAddressOffset: UInt32(position + 1),
            adminStatus: 1,
            operStatus: 1,
            lastChange: UInt32(2_000 + position * 7),
            isPhysical: true,
            portNumber: UInt32(position + 1),
            traffic: .idle
        )
        interface.traffic = TrafficPlan.profile(interface, isTrunk ? .trunk : .access, &random)
        return interface
    }
}
