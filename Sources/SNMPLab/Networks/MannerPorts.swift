/// What sort of interface a device has at a place.
enum PortKind: Hashable, Sendable {
    case fast, gigabit, tenGigabit, hundredGigabit
    case bundle, loopback, management, tunnel
    case vlan(Int)
    case wan

    /// Speed in bits per second.
    var speed: UInt64 {
        switch self {
        case .fast: 100_000_000
        case .gigabit, .management, .vlan, .wan: 1_000_000_000
        case .tenGigabit: 10_000_000_000
        case .hundredGigabit: 100_000_000_000
        case .bundle: 20_000_000_000
        case .loopback: 0
        case .tunnel: 100_000
        }
    }

    var isPhysical: Bool {
        switch self {
        case .fast, .gigabit, .tenGigabit, .hundredGigabit, .management, .wan: true
        case .bundle, .loopback, .tunnel, .vlan: false
        }
    }

    /// ifType: 6 ethernetCsmacd, 161 ieee8023adLag, 24 softwareLoopback, 131 tunnel, 53 propVirtual.
    var type: Int32 {
        switch self {
        case .fast, .gigabit, .tenGigabit, .hundredGigabit, .management, .wan: 6
        case .bundle: 161
        case .loopback: 24
        case .tunnel: 131
        case .vlan: 53
        }
    }
}

extension Manner {
    /// ifName, ifDescr and ifIndex of the `number`th port of a kind, from 0, where the device already has `taken`.
    func port(_ kind: PortKind, _ number: Int, taken: Int, isRouter: Bool) -> (
        name: String, descr: String, index: UInt32
    ) {
        switch self {
        case .ciscoIOS, .ciscoIOSXE: cisco(kind, number, isRouter: isRouter)
        case .ciscoNXOS: nexus(kind, number)
        case .huaweiVRP: huawei(kind, number)
        case .juniper: junos(kind, number, taken: taken)
        case .mikroTik, .procurve, .arubaCX, .fortinet, .linux:
            sequential(plainName(kind, number), taken: taken, kind)
        }
    }

    private func cisco(_ kind: PortKind, _ number: Int, isRouter: Bool) -> (String, String, UInt32) {
        // Routers number slot/card/port from 0, fixed switches unit/module/port from 1; classic IOS has two parts.
        let routed = isRouter && self == .ciscoIOSXE
        let place =
            isRouter
            ? (routed ? "0/0/\(number)" : "0/\(number)")
            : (self == .ciscoIOSXE ? "1/0/\(number + 1)" : "0/\(number + 1)")
        let step = UInt32(number)
        return switch kind {
        case .fast: ("Fa\(place)", "FastEthernet\(place)", 10_001 + step)
        case .gigabit, .wan:
            ("Gi\(place)", "GigabitEthernet\(place)", (isRouter ? 1 : 10_101) + step)
        case .tenGigabit:
            ("Te1/1/\(number + 1)", "TenGigabitEthernet1/1/\(number + 1)", (isRouter ? 40 : 10_201) + step)
        case .hundredGigabit:
            ("Hu1/0/\(number + 1)", "HundredGigE1/0/\(number + 1)", (isRouter ? 80 : 10_301) + step)
        case .bundle: ("Po\(number + 1)", "Port-channel\(number + 1)", 5_001 + step)
        case .loopback: ("Lo\(number)", "Loopback\(number)", 11_501 + step)
        case .management: ("Fa\(number)", "FastEthernet\(number)", 10_000 + step)
        case .tunnel: ("Tu\(number + 1)", "Tunnel\(number + 1)", 20_001 + step)
        case .vlan(let id): ("Vl\(id)", "Vlan\(id)", 12_000 + UInt32(id))
        }
    }

    private func nexus(_ kind: PortKind, _ number: Int) -> (String, String, UInt32) {
        let step = UInt32(number)
        return switch kind {
        case .bundle: both("port-channel\(number + 1)", 0x1600_0000 + step)
        case .loopback: both("loopback\(number)", 0x1400_0000 + step)
        case .management: both("mgmt0", 0x0500_0000)
        case .tunnel: both("Tunnel\(number + 1)", 0x1B00_0000 + step)
        case .vlan(let id): both("Vlan\(id)", 0x0901_0000 + UInt32(id))
        case .hundredGigabit: both("Ethernet1/\(number + 49)", 0x1A00_0000 + (step + 48) * 0x200)
        default: both("Ethernet1/\(number + 1)", 0x1A00_0000 + step * 0x200)
        }
    }

    private func huawei(_ kind: PortKind, _ number: Int) -> (String, String, UInt32) {
        let step = UInt32(number)
        return switch kind {
        case .fast: both("Ethernet0/0/\(number + 1)", 70 + step)
        case .gigabit, .wan: both("GigabitEthernet0/0/\(number + 1)", 6 + step)
        case .tenGigabit: both("XGigabitEthernet0/0/\(number + 1)", 100 + step)
        case .hundredGigabit: both("100GE0/0/\(number + 1)", 140 + step)
        case .bundle: both("Eth-Trunk\(number + 1)", 200 + step)
        case .loopback: both("LoopBack\(number)", 250 + step)
        case .management: both("MEth0/0/1", 5)
        case .tunnel: both("Tunnel0/0/\(number + 1)", 270 + step)
        case .vlan(let id): both("Vlanif\(id)", 300 + UInt32(id))
        }
    }

    private func junos(_ kind: PortKind, _ number: Int, taken: Int) -> (String, String, UInt32) {
        let index = UInt32(510 + taken)
        return switch kind {
        case .fast: both("fe-0/0/\(number)", index)
        case .gigabit, .wan: both("ge-0/0/\(number)", index)
        case .tenGigabit: both("xe-0/0/\(number)", index)
        case .hundredGigabit: both("et-0/0/\(number)", index)
        case .bundle: both("ae\(number)", index)
        case .loopback: both("lo0", 16)
        case .management: both("fxp0", 1)
        case .tunnel: both("st0.\(number + 1)", index)
        case .vlan(let id): both("irb.\(id)", index)
        }
    }

    private func both(_ name: String, _ index: UInt32) -> (String, String, UInt32) {
        (name, name, index)
    }

    private func sequential(
        _ names: (name: String, descr: String), taken: Int, _ kind: PortKind
    ) -> (String, String, UInt32) {
        (names.name, names.descr, UInt32(taken + 1))
    }

    /// Names of the vendors that number interfaces one after another.
    private func plainName(_ kind: PortKind, _ number: Int) -> (name: String, descr: String) {
        let name: String =
            switch self {
            case .mikroTik: Self.mikroTikName(kind, number)
            case .procurve: Self.procurveName(kind, number)
            case .arubaCX: Self.arubaName(kind, number)
            case .fortinet: Self.fortinetName(kind, number)
            default: Self.linuxName(kind, number)
            }
        guard self == .linux, kind.isPhysical else { return (name, name) }
        return (name, "Intel Corporation Ethernet Controller X710 for 10GbE SFP+")
    }

    private static func mikroTikName(_ kind: PortKind, _ number: Int) -> String {
        switch kind {
        case .tenGigabit, .hundredGigabit: "sfp-sfpplus\(number + 1)"
        case .bundle: "bonding\(number + 1)"
        case .loopback: "lo"
        case .management: "ether-mgmt"
        case .tunnel: "gre-tunnel\(number + 1)"
        case .vlan(let id): "vlan\(id)"
        case .wan: "ether1"
        case .fast, .gigabit: "ether\(number + 2)"
        }
    }

    private static func procurveName(_ kind: PortKind, _ number: Int) -> String {
        switch kind {
        case .tenGigabit, .hundredGigabit: "A\(number + 1)"
        case .bundle: "Trk\(number + 1)"
        case .loopback: "lo\(number)"
        case .management: "OOBM"
        case .tunnel: "tunnel\(number + 1)"
        case .vlan(let id): "VLAN\(id)"
        case .fast, .gigabit, .wan: "\(number + 1)"
        }
    }

    private static func arubaName(_ kind: PortKind, _ number: Int) -> String {
        switch kind {
        case .bundle: "lag\(number + 1)"
        case .loopback: "loopback\(number)"
        case .management: "mgmt"
        case .tunnel: "tunnel\(number + 1)"
        case .vlan(let id): "vlan\(id)"
        case .hundredGigabit: "1/1/\(number + 49)"
        case .fast, .gigabit, .tenGigabit, .wan: "1/1/\(number + 1)"
        }
    }

    private static func fortinetName(_ kind: PortKind, _ number: Int) -> String {
        switch kind {
        case .tenGigabit, .hundredGigabit: "x\(number + 1)"
        case .bundle: "agg\(number + 1)"
        case .loopback: "loopback\(number)"
        case .management: "mgmt"
        case .tunnel: "vpn-hq\(number + 1)"
        case .vlan(let id): "vlan\(id)"
        case .wan: "wan\(number + 1)"
        case .fast, .gigabit: "port\(number + 1)"
        }
    }

    private static func linuxName(_ kind: PortKind, _ number: Int) -> String {
        switch kind {
        case .bundle: "bond\(number)"
        case .loopback: "lo"
        case .vlan(let id): "vlan\(id)"
        case .tunnel: "tun\(number)"
        case .management: "ipmi0"
        case .tenGigabit, .hundredGigabit: "ens\(192 + number * 32)"
        case .fast, .gigabit, .wan: "eno\(number + 1)"
        }
    }
}
