import Testing

@testable import SNMPLab

@Suite struct BankNetworkTests {
    static let bank = try? SimulatedNetwork(named: "bank-876")

    private func network() throws -> SimulatedNetwork {
        try #require(Self.bank)
    }

    @Test func theSumsAreThoseOfTheReference() throws {
        let truth = try network().groundTruth
        #expect(truth.devices == 876)
        #expect(truth.interfaces == 3_247)
        #expect(truth.interfacesByPurpose[.isp] == 187)
        #expect(truth.interfacesByPurpose[.trunk] == 456)
        #expect(truth.critical == 201)
        #expect(truth.monitored == 3_120)
        #expect(truth.neighbours == 2_145)
        #expect(truth.neighboursInside == 1_987)
        #expect(truth.neighboursOutside == 158)
        #expect(truth.connectedDevices == 831)
        #expect(truth.unconnectedDevices == 45)
        #expect(truth.uplinksByProvider.count == 7)
        #expect(truth.uplinksByProvider.values.reduce(0, +) == 187)
        #expect(Set(truth.interfacesByPurpose.keys) == Set(InterfacePurpose.allCases))
    }

    @Test func criticalAreUplinksAndMarkedTrunks() throws {
        for device in try network().devices {
            for (interface, truth) in zip(device.interfaces, device.truth) {
                let isMarked = interface.alias.contains("[CRITICAL]")
                #expect(truth.isCritical == (truth.purpose == .isp || isMarked), "\(device.name) \(interface.name)")
                #expect(!isMarked || truth.purpose == .trunk)
                #expect((truth.provider != nil) == (truth.purpose == .isp))
            }
        }
    }

    @Test func whatIsNotMonitoredIsALoopbackOrNeverWasUp() throws {
        for device in try network().devices {
            for (interface, truth) in zip(device.interfaces, device.truth) {
                let neverUp = interface.adminStatus == 2 && interface.lastChange == 0 && interface.operStatus == 2
                #expect(truth.isMonitored == !(interface.type == 24 || neverUp), "\(device.name) \(interface.name)")
            }
        }
    }

    @Test func namesIndexesAndAddressesAreUnique() throws {
        let network = try network()
        #expect(Set(network.devices.map(\.name)).count == 876)
        #expect(Set(network.devices.map(\.systemName)).count == 876)
        #expect(Set(network.devices.map { network.address(of: $0) }).count == 876)
        for device in network.devices {
            let interfaces = device.interfaces
            #expect(interfaces.count >= 2, "\(device.name)")
            #expect(Set(interfaces.map(\.index)).count == interfaces.count, "\(device.name)")
            #expect(Set(interfaces.map(\.name)).count == interfaces.count, "\(device.name)")
            #expect(interfaces.map(\.index) == interfaces.map(\.index).sorted(), "\(device.name)")
        }
    }

    /// A cable has two ends, and whoever reports a neighbour reports the one at the other end.
    @Test func cablingAgreesFromBothEnds() throws {
        let network = try network()
        for device in network.devices {
            for (position, truth) in device.truth.enumerated() {
                guard case .interface(let far, let place)? = truth.farEnd else { continue }
                let other = network.devices[far].truth[place]
                #expect(other.farEnd == .interface(device: device.ordinal, position: position))
                #expect(other.purpose == truth.purpose, "\(device.name) \(device.interfaces[position].name)")
            }
            for neighbour in device.neighbours {
                let farEnd = try #require(device.truth[neighbour.position].farEnd)
                guard let far = neighbour.device, case .interface(far, let place) = farEnd else {
                    #expect(neighbour.device == nil)
                    continue
                }
                let there = network.devices[far]
                #expect(neighbour.chassisID == there.physicalAddress(offset: 0))
                #expect(neighbour.systemName.hasPrefix(there.systemName))
                let names = [there.interfaces[place].name, there.interfaces[place].descr]
                #expect(names.contains(neighbour.portDescr), "\(device.name)")
            }
        }
    }

    @Test func someLinksAreSeenFromOneEndOnly() throws {
        let truth = try network().groundTruth
        #expect(truth.cables == 1_027)
        #expect(truth.cablesSeenFromBothEnds == 960)
        #expect(truth.neighboursInside == truth.cables + truth.cablesSeenFromBothEnds)
    }

    @Test func strangersAreManyKindsAndEachIsOne() throws {
        let strangers = try network().devices.flatMap(\.neighbours).filter { $0.device == nil }
        #expect(Set(strangers.map(\.systemName)).count == 158)
        #expect(strangers.contains { $0.capabilities.contains(.telephone) })
        #expect(strangers.contains { $0.capabilities.contains(.accessPoint) })
        #expect(strangers.contains { $0.heardBy == .cdp })
        #expect(strangers.contains { $0.heardBy == .lldp })
    }

    @Test func allMannersOccurAndTextsVary() throws {
        let devices = try network().devices
        #expect(Set(devices.map(\.manner)) == Set(Manner.allCases))
        for purpose in [InterfacePurpose.isp, .trunk, .branchLink, .voice, .camera] {
            let texts = devices.flatMap { device in
                zip(device.interfaces, device.truth).filter { $0.1.purpose == purpose }.map(\.0.alias)
            }
            let words = Set(texts.map { $0.filter { !$0.isNumber } })
            #expect(words.count >= 5, "\(purpose): \(words)")
        }
    }

    @Test func theSameSeedGivesTheSameNetworkAndAnotherAnother() throws {
        let (first, second) = (try network(), try SimulatedNetwork(named: "bank-876"))
        let other = try SimulatedNetwork(named: "bank-876", seed: 1)
        #expect(first.devices.map(\.interfaces) == second.devices.map(\.interfaces))
        #expect(first.devices.map(\.truth) == second.devices.map(\.truth))
        #expect(first.devices.map(\.neighbours) == second.devices.map(\.neighbours))
        #expect(first.devices.map(\.interfaces) != other.devices.map(\.interfaces))
        #expect(first.groundTruth.interfacesByPurpose == other.groundTruth.interfacesByPurpose)
    }

    @Test func theCSVListsEveryDevice() throws {
        let lines = try network().devicesCSV(port: 1161).split(separator: "\n")
        #expect(lines.count == 877)
        #expect(lines[0] == "name,ip,port,version,community,profile,device_type,location,tags")
        #expect(lines[1] == "CORE-SW-01,127.1.0.1,1161,2c,public,,switch,TBILISI HQ,core")
        #expect(lines.allSatisfy { $0.filter { $0 == "," }.count == 8 })
    }

    @Test(arguments: ["bank", "bank-877", "grid-", "grid-0x4", "grid-4", "grid-4x0", "grid-2000000x1", "grid-4x4x4"])
    func unknownNetworksAreRefused(name: String) {
        #expect { try SimulatedNetwork(named: name) } throws: { error in
            (error as? LabError)?.code == .unknownNetwork && "\(error)".contains(name)
        }
    }

    @Test func gridsHaveTheSizeOfTheirName() throws {
        let grid = try SimulatedNetwork(named: "grid-300x48")
        #expect(grid.devices.count == 300)
        #expect(grid.groundTruth.interfaces == 300 * 48)
        #expect(Set(grid.devices.map(\.chassisAddress)).count == 300)
    }

    @Test func addressesAndDevicesCorrespond() {
        for (ordinal, text) in [(0, "127.1.0.1"), (249, "127.1.0.250"), (250, "127.1.1.1"), (62_500, "127.2.0.1")] {
            let number = LabAddress.number(ofDevice: ordinal)
            #expect(LabAddress.text(number) == text)
            #expect(LabAddress.parse(text) == number)
            #expect(LabAddress.device(at: number) == ordinal)
        }
        for text in ["127.0.0.1", "127.1.0.0", "127.1.0.251", "127.1.250.1", "10.1.0.1"] {
            #expect(LabAddress.parse(text).flatMap(LabAddress.device) == nil, "\(text)")
        }
        #expect(LabAddress.parse("127.0.0") == nil)
        #expect(LabAddress.parse("127.0.0.256") == nil)
    }
}
