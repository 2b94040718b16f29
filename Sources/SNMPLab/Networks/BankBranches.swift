extension BankBuilder {
    /// Branches: a router or switch with one or two lines to hubs, some with a second switch.
    mutating func addBranches() {
        for number in 1...BankPlan.branches {
            let town = BankPlaces.towns[(number * 7) % BankPlaces.towns.count]
            let hasSwitch = number % 7 == 0 && number / 7 <= BankPlan.branchSwitches
            let isSilent = number % 7 == 3 && number / 7 < BankPlan.silentBranches
            let manner = isSilent ? Manner.mikroTik : Self.branchManner(number)
            let main = addBranchDevice(number, town, manner, hasSwitch: hasSwitch)
            var branch = Branch(number: number, town: town, main: main, isRemote: false, isSilent: isSilent)
            addLine(branch, hub: hubs[number % hubs.count].device)
            if number % 7 == 5 && number / 7 < BankPlan.secondLines {
                addLine(branch, hub: hubs[(number + 11) % hubs.count].device)
            }
            if isSilent { network.silenceTables(of: main) }
            if hasSwitch { branch.second = addSecondSwitch(branch) }
            branches.append(branch)
        }
    }

    private static func branchManner(_ number: Int) -> Manner {
        switch number % 20 {
        case 0..<6: .ciscoIOS
        case 6..<10: .ciscoIOSXE
        case 10..<14: .huaweiVRP
        case 14..<17: .mikroTik
        case 17: .juniper
        case 18: .procurve
        default: .fortinet
        }
    }

    /// Names follow whoever set the branch up; where there is a second switch, neither name says "branch".
    private mutating func addBranchDevice(_ number: Int, _ town: String, _ manner: Manner, hasSwitch: Bool) -> Int {
        let isSwitch = manner == .procurve || (number % 3 == 0 && manner != .mikroTik && manner != .fortinet)
        let type: SimulatedDeviceType = isSwitch ? .switch : (manner == .fortinet ? .firewall : .router)
        let location = "\(town) branch \(number)"
        guard !hasSwitch else {
            return add("\(town)-\(isSwitch ? "L3" : "RTR")-\(number)", type, manner, location, ["branch"])
        }
        let name =
            switch manner {
            case .ciscoIOS, .ciscoIOSXE: isSwitch ? "BRANCH-SW-\(number)" : "BRANCH-RTR-\(number)"
            case .huaweiVRP: "BR-\(town)-\(number)"
            case .juniper: "branch-\(number)-\(town.lowercased())"
            case .mikroTik: "MT-\(town)-\(number)"
            case .fortinet: "FGT-\(town)-\(number)"
            default: "BR\(number)-\(town)"
            }
        return add(name, type, manner, location, ["branch"])
    }

    /// A line between a branch and a hub.
    private mutating func addLine(_ branch: Branch, hub: Int) {
        let truth = InterfaceTruth(purpose: .branchLink)
        let speed: UInt64 = network.random.chance(0.7) ? 100_000_000 : 1_000_000_000
        let own = network.addPort(branch.main, .gigabit, alias: "", truth, speed: speed)
        let port = network.addPort(hub, .gigabit, alias: "", truth, speed: speed)
        network.connect(own, port)
        let ownText = aliases.fromBranch(branch.number, hub: network.device(hub).name)
        let hubText = aliases.toBranch(branch.number, branch.town)
        network.edit(own) { $0.alias = ownText }
        network.edit(port) { $0.alias = hubText }
    }

    private mutating func addSecondSwitch(_ branch: Branch) -> Int {
        let manner: Manner = [.ciscoIOS, .procurve, .huaweiVRP, .ciscoIOS][branch.number % 4]
        let location = "\(branch.town) branch \(branch.number)"
        let device = add("\(branch.town)-SW-\(branch.number)", .switch, manner, location, ["branch"])
        _ = trunk(branch.main, device, .gigabit)
        return device
    }

    /// Branches without a line: a router on the Internet with a tunnel to head office.
    mutating func addRemoteBranches() {
        for turn in 0..<BankPlan.remoteBranches {
            let number = BankPlan.branches + 1 + turn
            let town = BankPlaces.towns[(turn * 3 + 12) % BankPlaces.towns.count]
            let manner: Manner = turn % 3 == 2 ? .fortinet : .mikroTik
            let type: SimulatedDeviceType = manner == .fortinet ? .firewall : .router
            let prefix = manner == .fortinet ? "FGT" : "MT"
            let device = add(
                "\(prefix)-\(town)-\(number)", type, manner, "\(town) branch \(number)", ["branch", "remote"])
            addUplink(to: device, .wan)
            let text = aliases.tunnel(number)
            _ = network.addPort(device, .tunnel, alias: text, InterfaceTruth(purpose: .branchLink))
            branches.append(Branch(number: number, town: town, main: device, isRemote: true))
        }
    }

    /// The next provider's line into a device.
    mutating func addUplink(to device: Int, _ kind: PortKind) {
        guard let provider = uplinks.popLast() else { return }
        let text = aliases.uplink(provider, &network.random)
        let truth = InterfaceTruth(purpose: .isp, provider: provider, isCritical: true)
        uplinkPorts.append(network.addPort(device, kind, alias: text, truth))
    }

    /// Providers' lines at the edge, at hubs and firewalls; what is left goes to branches.
    mutating func addUplinks() {
        for edge in edges {
            for _ in 0..<BankPlan.uplinksPerEdge { addUplink(to: edge, .tenGigabit) }
        }
        for hub in hubs.prefix(BankPlan.hubUplinks) { addUplink(to: hub.device, .gigabit) }
        for firewall in firewalls.prefix(BankPlan.firewallUplinks) { addUplink(to: firewall, .wan) }
        let candidates = branches.filter { !$0.isRemote && !$0.isSilent && $0.second == nil }
        let chosen = network.random.shuffled(candidates.map(\.main)).prefix(uplinks.count)
        for device in chosen.sorted() {
            let usesWANPort = network.device(device).manner == .mikroTik || network.device(device).manner == .fortinet
            addUplink(to: device, usesWANPort ? .wan : .gigabit)
        }
    }

    /// Ports that are switched off and never were up.
    mutating func addSpares() {
        let truth = InterfaceTruth(purpose: .access, isMonitored: false)
        for turn in 0..<BankPlan.sparePorts {
            let kind: PortKind = turn % 2 == 0 ? .tenGigabit : .gigabit
            let port = network.addPort(spareHosts[turn % spareHosts.count], kind, alias: "", truth)
            network.edit(port) {
                $0.adminStatus = 2
                $0.operStatus = 2
                $0.lastChange = 0
            }
        }
    }
}
