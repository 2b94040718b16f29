/// How much an interface carries, by what it is for.
enum TrafficPlan {
    /// Draws a profile.
    ///
    /// Means stay low enough that the busiest hour, with its variation, leaves the line below 80 %.
    static func profile(
        _ interface: SimulatedInterface, _ purpose: InterfacePurpose, _ random: inout SeededRandom
    ) -> TrafficProfile {
        let speed = Double(interface.speedBitsPerSecond) / 8
        var inbound = flow(purpose, speed, share(purpose, &random), &random)
        var outbound = flow(purpose, speed, share(purpose, &random) * outboundPart(purpose), &random)
        inbound.octetsPerPacket = random.between(480, 900)
        outbound.octetsPerPacket = random.between(260, 620)
        if random.chance(0.04) { inbound.errorsPerMillion = random.between(0.2, 40) }
        if random.chance(0.05) { outbound.discardsPerMillion = random.between(1, 120) }
        return TrafficProfile(inbound: inbound, outbound: outbound)
    }

    private static func flow(
        _ purpose: InterfacePurpose, _ speed: Double, _ share: Double, _ random: inout SeededRandom
    ) -> TrafficFlow {
        let seed = UInt32(truncatingIfNeeded: random.next())
        return TrafficFlow(octetsPerSecond: speed * share, shape: shape(purpose, &random), seed: seed)
    }

    private static func shape(_ purpose: InterfacePurpose, _ random: inout SeededRandom) -> TrafficShape {
        switch purpose {
        case .isp: .internet
        case .trunk: random.chance(0.6) ? .backbone : .office
        case .branchLink: .branch
        case .serverLink: .server
        case .access, .voice: random.chance(0.5) ? .branch : .office
        case .management, .loopback, .camera: .steady
        }
    }

    /// Mean share of the line's speed.
    private static func share(_ purpose: InterfacePurpose, _ random: inout SeededRandom) -> Double {
        switch purpose {
        case .isp: random.between(0.04, 0.24)
        case .trunk: random.between(0.01, 0.12)
        case .branchLink: random.between(0.004, 0.06)
        case .serverLink: random.between(0.01, 0.10)
        case .access: random.between(0.0005, 0.01)
        case .voice: random.between(0.0002, 0.002)
        case .camera: random.between(0.004, 0.03)
        case .management: random.between(0.00002, 0.0004)
        case .loopback: 0
        }
    }

    private static func outboundPart(_ purpose: InterfacePurpose) -> Double {
        switch purpose {
        case .isp: 0.35
        case .branchLink, .access: 0.5
        case .camera: 0.03
        case .trunk, .serverLink, .management, .loopback, .voice: 1
        }
    }
}

extension Manner {
    /// Kinds whose names run in one series share a number.
    func nameSeries(_ kind: PortKind) -> Int {
        switch kind {
        case .fast: 0
        case .gigabit: 1
        case .wan: self == .mikroTik || self == .fortinet ? 2 : 1
        case .tenGigabit: self == .arubaCX || self == .ciscoNXOS ? 1 : 3
        case .hundredGigabit: self == .mikroTik || self == .fortinet || self == .procurve || self == .linux ? 3 : 4
        case .bundle: 5
        case .loopback: 6
        case .management: 7
        case .tunnel: 8
        case .vlan(let id): 1000 + id
        }
    }

    /// Some vendors say 8 Gbit/s of a loopback, some 10 Mbit/s, some nothing.
    func speed(_ kind: PortKind) -> UInt64 {
        guard kind == .loopback else { return kind.speed }
        return switch self {
        case .ciscoIOS, .ciscoIOSXE, .ciscoNXOS: 8_000_000_000
        case .linux: 10_000_000
        default: 0
        }
    }

    func mtu(_ kind: PortKind) -> Int32 {
        switch kind {
        case .loopback: self == .linux ? 65_536 : 1514
        case .tunnel: 1476
        case .tenGigabit, .hundredGigabit, .bundle: self == .linux ? 1500 : 9216
        default: self == .juniper ? 1514 : 1500
        }
    }
}
