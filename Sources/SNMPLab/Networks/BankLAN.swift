extension BankBuilder {
    /// What people and things plug into, until the network has its number of interfaces.
    mutating func addLANPorts() {
        for turn in 0..<BankPlan.managementVLANs {
            let text = aliases.next("vlan", ["MGMT", "Management VLAN", "NET-MGMT"])
            _ = network.addPort(
                hubs[turn].device, .vlan(99), alias: text, InterfaceTruth(purpose: .management))
        }
        for turn in 0..<BankPlan.hypervisorPorts {
            let text = aliases.next(
                "hypervisor", ["esxi-\(turn + 1) vmnic2", "ESX-HOST-\(turn + 1)", "Hyper-V host \(turn + 1)"])
            let port = network.addPort(
                leaves[turn % leaves.count], .tenGigabit, alias: text, InterfaceTruth(purpose: .serverLink))
            hypervisorPorts.append(port)
        }
        let present = network.drafts.reduce(0) { $0 + $1.device.interfaces.count }
        var places = lanPlaces(count: BankPlan.interfaces - present)
        places = network.random.shuffled(places)
        for (turn, place) in places.enumerated() {
            let purpose: InterfacePurpose =
                turn < BankPlan.voicePorts
                ? .voice : (turn < BankPlan.voicePorts + BankPlan.cameraPorts ? .camera : .access)
            addLANPort(branch: place.branch, device: place.device, purpose)
        }
    }

    /// Where the ports go: one at each lone branch device, two at each second switch, the rest spread evenly.
    private func lanPlaces(count: Int) -> [(branch: Int, device: Int)] {
        var places: [(branch: Int, device: Int)] = []
        for (index, branch) in branches.enumerated() {
            if let second = branch.second {
                places += [(index, second), (index, second)]
            } else {
                places.append((index, branch.main))
            }
        }
        var turn = 0
        while places.count < count {
            let index = (turn * 11) % branches.count
            places.append((index, branches[index].second ?? branches[index].main))
            turn += 1
        }
        return places
    }

    private mutating func addLANPort(branch: Int, device: Int, _ purpose: InterfacePurpose) {
        let text = lanText(purpose)
        let speed: UInt64? = purpose == .access ? nil : 100_000_000
        let port = network.addPort(device, .gigabit, alias: text, InterfaceTruth(purpose: purpose), speed: speed)
        branches[branch].lanPorts.append(port)
    }

    private mutating func lanText(_ purpose: InterfacePurpose) -> String {
        let number = network.random.below(60) + 1
        return switch purpose {
        case .voice:
            aliases.next(
                "voice",
                [
                    "VoIP phones", "IP-PHONE-22\(number + 10)", "Voice GW FXS", "IP telephony", "IP Phone \(number)",
                    "VOICE vlan phones",
                ])
        case .camera:
            aliases.next(
                "camera",
                [
                    "IPCAM-lobby", "CCTV cash desk", "Camera entrance \(number)", "NVR vault",
                    "IPCAM-parking-\(number)",
                    "kamera ezo",
                ])
        default:
            aliases.next(
                "access",
                [
                    "", "Users floor \(number % 4 + 1)", "LAN", "PC kassa \(number)", "ATM-\(number + 100)",
                    "Printer HP LJ", "Workstations", "", "AP-lobby", "teller \(number % 9 + 1)", "bankomati \(number)",
                    "Guest WiFi AP", "office \(number + 100)",
                ])
        }
    }

    /// The backbone trunks a rule calls critical.
    mutating func markCritical() {
        for port in backbone.prefix(BankPlan.criticalTrunks) {
            network.edit(port) { $0.alias += " [CRITICAL]" }
            network.editTruth(port) { $0.isCritical = true }
        }
    }
}

extension BankBuilder {
    /// What is plugged in and speaks, but is not of the network.
    mutating func attachStrangers() {
        let remote = Set(branches.filter(\.isRemote).map(\.main))
        let lines = network.random.shuffled(uplinkPorts.filter { !remote.contains($0.device) })
        attach(lines, BankPlan.providerRouters) { builder, port, number in builder.providerRouter(at: port, number) }
        let lan = branches.filter { !$0.isSilent && !$0.isRemote }.flatMap(\.lanPorts)
        let voice = lan.filter { network.truth($0).purpose == .voice }
        attach(voice, BankPlan.phones) { _, _, number in Self.phone(number) }
        attach(voice, BankPlan.computers) { _, _, number in Self.computer(number) }
        let access = lan.filter { network.truth($0).purpose == .access && Self.suitsAccessPoint(network.interface($0)) }
        attach(access, BankPlan.accessPoints) { _, _, number in Self.accessPoint(number) }
        let cameras = lan.filter { network.truth($0).purpose == .camera }
        attach(cameras, BankPlan.cameras) { _, _, number in Self.camera(number) }
        attach(hypervisorPorts, BankPlan.hypervisors) { _, _, number in Self.hypervisor(number) }
        unplugSome(of: access)
    }

    private mutating func attach(
        _ ports: [PortReference], _ count: Int, _ make: (BankBuilder, PortReference, Int) -> Stranger
    ) {
        for (number, port) in ports.prefix(count).enumerated() {
            network.attach(make(self, port, number + 1), to: port)
        }
    }

    private static func suitsAccessPoint(_ interface: SimulatedInterface) -> Bool {
        interface.alias.contains("AP") || interface.alias == "LAN"
    }

    /// A few ports in use once have nothing plugged in now.
    private mutating func unplugSome(of ports: [PortReference]) {
        for port in ports where network.truth(port).farEnd == nil && network.random.chance(0.2) {
            network.edit(port) { $0.operStatus = 2 }
        }
    }

    private func providerRouter(at port: PortReference, _ number: Int) -> Stranger {
        let provider = network.truth(port).provider ?? "isp"
        return Stranger(
            name: "\(provider.split(separator: "_")[0])-pe-\(number)", portID: "Te0/0/0/\(number % 8)",
            descr: "Cisco IOS XR Software, ASR 9006", platform: "cisco ASR9006", capabilities: [.router],
            speaksCDP: number % 2 == 0, chassisAddress: 0xE0_AC_F1_00_00_00 + UInt64(number) << 8)
    }

    private static func phone(_ number: Int) -> Stranger {
        let address = 0x80_5E_0C_00_00_00 + UInt64(number)
        let suffix = String(address, radix: 16, uppercase: true)
        return Stranger(
            name: "SEP\(suffix)", portID: "Port 1", descr: "Cisco IP Phone 7841, V5, sip78xx.14-1-1",
            platform: "Cisco IP Phone 7841", capabilities: [.bridge, .telephone], speaksCDP: true,
            chassisAddress: address)
    }

    private static func computer(_ number: Int) -> Stranger {
        Stranger(
            name: "pc-teller-\(number)", portID: "Ethernet", descr: "Windows 10 Enterprise", platform: "PC",
            capabilities: [.station], speaksCDP: false, chassisAddress: 0xB0_7B_25_00_00_00 + UInt64(number))
    }

    private static func accessPoint(_ number: Int) -> Stranger {
        Stranger(
            name: "AP-\(number + 200)", portID: "GigabitEthernet0", descr: "Cisco AP Software, ap3g3-k9w8 Version 17.9",
            platform: "cisco AIR-AP2802I-E-K9", capabilities: [.bridge, .accessPoint], speaksCDP: true,
            chassisAddress: 0x70_F3_5A_00_00_00 + UInt64(number) << 4)
    }

    private static func camera(_ number: Int) -> Stranger {
        Stranger(
            name: "IPC-\(number + 300)", portID: "eth0", descr: "HIKVISION DS-2CD2143G2-I", platform: "DS-2CD2143G2-I",
            capabilities: [.station], speaksCDP: false, chassisAddress: 0xC0_56_E3_00_00_00 + UInt64(number))
    }

    private static func hypervisor(_ number: Int) -> Stranger {
        Stranger(
            name: "esxi-\(number).bank.example", portID: "vmnic2", descr: "VMware ESXi 7.0.3 build-21930508",
            platform: "VMware ESX", capabilities: [.bridge, .station], speaksCDP: false,
            chassisAddress: 0xAC_1F_6B_00_00_00 + UInt64(number))
    }
}
