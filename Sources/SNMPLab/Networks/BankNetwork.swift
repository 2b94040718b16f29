/// Builds `bank-876`, the reference bank.
struct BankBuilder {
    var network: NetworkBuilder
    var aliases = BankAliases()
    var cores: [Int] = []
    var edges: [Int] = []
    var hubs: [(device: Int, town: String)] = []
    var leaves: [Int] = []
    var firewalls: [Int] = []
    var adminSwitches: [Int] = []
    var branches: [Branch] = []
    /// Providers still to be placed.
    var uplinks: [String] = []
    var uplinkPorts: [PortReference] = []
    /// Backbone trunks that may be marked critical.
    var backbone: [PortReference] = []
    var spareHosts: [Int] = []
    var hypervisorPorts: [PortReference] = []

    /// One branch: its devices and what LAN ports it has.
    struct Branch {
        var number: Int
        var town: String
        var main: Int
        var second: Int?
        var isRemote: Bool
        var isSilent = false
        var lanPorts: [PortReference] = []
    }

    static func build(seed: UInt64, referenceMilliseconds: Int64) -> [SimulatedDevice] {
        var builder = BankBuilder(
            network: NetworkBuilder(seed: seed, referenceMilliseconds: referenceMilliseconds))
        builder.uplinks = BankPlaces.providers.flatMap { Array(repeating: $0.name, count: $0.uplinks) }
        builder.uplinks = builder.network.random.shuffled(builder.uplinks)
        builder.addHeadOffice()
        builder.addServers()
        builder.addBranches()
        builder.addRemoteBranches()
        builder.addUplinks()
        builder.addSpares()
        builder.addLANPorts()
        builder.markCritical()
        builder.attachStrangers()
        return builder.network.finish()
    }

    /// Adds a device of a manner, drawing its model.
    mutating func add(
        _ name: String, _ type: SimulatedDeviceType, _ manner: Manner, _ location: String, _ tags: [String]
    ) -> Int {
        let isRouter = type == .router
        let (model, product) = BankPlaces.model(manner, isRouter: isRouter, &network.random)
        return network.addDevice(
            name, type: type, manner: manner, model: model, product: product, location: location, tags: tags)
    }

    /// A trunk between two devices over one cable, with text on both ends.
    mutating func trunk(_ a: Int, _ b: Int, _ kind: PortKind, otherKind: PortKind? = nil) -> [PortReference] {
        let truth = InterfaceTruth(purpose: .trunk)
        let near = network.addPort(a, kind, alias: "", truth)
        let far = network.addPort(b, otherKind ?? kind, alias: "", truth)
        network.connect(near, far)
        let nearText = aliases.trunk(to: network.device(b).name, network.interface(far).name)
        let farText = aliases.trunk(to: network.device(a).name, network.interface(near).name)
        network.edit(near) { $0.alias = nearText }
        network.edit(far) { $0.alias = farText }
        return [near, far]
    }

    /// Two cables bundled: the bundle's interface and two members at each end.
    mutating func bundle(_ a: Int, _ b: Int) -> [PortReference] {
        let truth = InterfaceTruth(purpose: .trunk)
        let near = network.addPort(a, .bundle, alias: "", truth, speed: 200_000_000_000)
        let far = network.addPort(b, .bundle, alias: "", truth, speed: 200_000_000_000)
        network.edit(near) { [name = network.device(b).name] in $0.alias = "Backbone LAG to \(name)" }
        network.edit(far) { [name = network.device(a).name] in $0.alias = "Backbone LAG to \(name)" }
        for _ in 0..<2 {
            let members = trunk(a, b, .hundredGigabit)
            for (member, bundle, other) in [(members[0], near, b), (members[1], far, a)] {
                let text = aliases.member(of: network.interface(bundle).name, to: network.device(other).name)
                network.edit(member) { $0.alias = text }
            }
        }
        return [near, far]
    }

    /// A device's out-of-band port and its place on an administration switch.
    mutating func outOfBand(_ device: Int) {
        let truth = InterfaceTruth(purpose: .management)
        let own = network.addPort(device, .management, alias: "", truth)
        let port = network.addPort(adminSwitches[device % adminSwitches.count], .gigabit, alias: "", truth)
        network.connect(own, port)
        let text = aliases.management(network.device(device).name, network.interface(own).name)
        network.edit(port) { $0.alias = text }
    }

    mutating func addLoopback(_ device: Int, alias: String = "") {
        _ = network.addPort(
            device, .loopback, alias: alias, InterfaceTruth(purpose: .loopback, isMonitored: false))
    }
}

extension BankBuilder {
    /// Cores, edge routers, hubs, data centres, firewalls and the administration network.
    mutating func addHeadOffice() {
        for number in 1...BankPlan.cores {
            let manner: Manner = number <= 2 ? .ciscoNXOS : .arubaCX
            cores.append(add("CORE-SW-0\(number)", .switch, manner, "TBILISI HQ", ["core"]))
        }
        for number in 1...BankPlan.adminSwitches {
            adminSwitches.append(add("ADM-SW-0\(number)", .switch, .procurve, "TBILISI HQ", ["admin"]))
        }
        for number in 1...BankPlan.edges {
            let manner: Manner = number % 2 == 0 ? .juniper : .ciscoIOSXE
            edges.append(add("EDGE-RTR-0\(number)", .router, manner, "TBILISI HQ", ["edge"]))
        }
        for number in 0..<BankPlan.hubs {
            let town = BankPlaces.towns[number % 12]
            let manner: Manner = [.ciscoIOSXE, .huaweiVRP, .juniper][number % 3]
            let type: SimulatedDeviceType = number < 12 ? .router : .switch
            hubs.append((add("HUB-\(town)-\(number / 12 + 1)", type, manner, "\(town) hub", ["hub"]), town))
        }
        for number in 1...BankPlan.firewalls {
            let manner: Manner = number % 4 == 0 ? .juniper : .fortinet
            firewalls.append(add("FW-HQ-\(number < 10 ? "0" : "")\(number)", .firewall, manner, "TBILISI HQ", ["fw"]))
        }
        cableHeadOffice()
        cableDataCentres()
        for device in cores + edges + hubs.map(\.device) { addLoopback(device) }
    }

    private mutating func cableHeadOffice() {
        backbone += bundle(cores[0], cores[1]) + bundle(cores[2], cores[3])
        backbone += trunk(cores[0], cores[2], .hundredGigabit) + trunk(cores[1], cores[3], .hundredGigabit)
        for (turn, edge) in edges.enumerated() {
            backbone += trunk(edge, cores[turn % cores.count], .tenGigabit)
        }
        for (turn, firewall) in firewalls.enumerated() {
            _ = trunk(firewall, cores[turn % cores.count], .tenGigabit)
        }
        for (turn, admin) in adminSwitches.enumerated() {
            _ = trunk(admin, cores[turn % cores.count], .tenGigabit)
        }
        for (turn, hub) in hubs.enumerated() {
            _ = trunk(hub.device, cores[turn % 2], .tenGigabit)
            _ = trunk(hub.device, cores[2 + turn % 2], .tenGigabit)
        }
        for device in cores + edges + firewalls { outOfBand(device) }
    }

    /// Spines and leaves of two data centres.
    private mutating func cableDataCentres() {
        var spines: [Int] = []
        for number in 0..<BankPlan.spines {
            let centre = number / 2 + 1
            let name = "DC\(centre)-SPINE-0\(number % 2 + 1)"
            spines.append(add(name, .switch, .ciscoNXOS, "TBILISI DC\(centre)", ["dc"]))
        }
        for number in 0..<BankPlan.leaves {
            let centre = number < 12 ? 1 : 2
            let place = centre == 1 ? number + 1 : number - 11
            let name = "DC\(centre)-LEAF-\(place < 10 ? "0" : "")\(place)"
            let manner: Manner = number % 5 == 4 ? .arubaCX : .ciscoNXOS
            leaves.append(add(name, .switch, manner, "TBILISI DC\(centre)", ["dc"]))
        }
        for (turn, spine) in spines.enumerated() {
            _ = trunk(spine, cores[turn % 2], .hundredGigabit)
            _ = trunk(spine, cores[2 + turn % 2], .hundredGigabit)
        }
        for (turn, leaf) in leaves.enumerated() {
            let centre = turn < 12 ? 0 : 2
            _ = trunk(leaf, spines[centre], .hundredGigabit)
            _ = trunk(leaf, spines[centre + 1], .hundredGigabit)
        }
        for device in spines + leaves { outOfBand(device) }
        spareHosts = cores + leaves
    }

    /// Servers with two cables each; a third of them bundle the two.
    mutating func addServers() {
        let kinds = ["db", "app", "web", "backup", "file", "mail", "dns", "log", "swift", "card"]
        for number in 0..<BankPlan.servers {
            let name = "srv-\(kinds[number % kinds.count])0\(number / kinds.count + 1)"
            let server = add(name, .server, .linux, number < 36 ? "TBILISI DC1" : "TBILISI DC2", ["server"])
            addLoopback(server)
            let kind: PortKind = number % 3 == 0 ? .gigabit : .tenGigabit
            let isSilent = number % 2 == 1
            for cable in 0..<2 {
                let leaf = number < 36 ? (number + cable) % 12 : 12 + (number + cable) % 8
                addServerCable(server, to: leaves[leaf], kind, isSilent: isSilent)
            }
            if number % 3 == 1 {
                _ = network.addPort(server, .bundle, alias: "", InterfaceTruth(purpose: .trunk))
            }
            if isSilent { network.silenceTables(of: server) }
        }
    }

    private mutating func addServerCable(_ server: Int, to leaf: Int, _ kind: PortKind, isSilent: Bool) {
        let truth = InterfaceTruth(purpose: .serverLink)
        let own = network.addPort(server, kind, alias: "", truth)
        let port = network.addPort(leaf, kind, alias: "", truth)
        network.connect(own, port)
        let name = network.device(server).name
        let text = aliases.server(name, network.interface(own).name)
        network.edit(port) { $0.alias = text }
        if !isSilent { network.edit(own) { $0.alias = "\(name) \($0.name)" } }
    }
}
