import Testing

@testable import SNMPLab

@Suite struct CablingFaultTests {
    /// Two cables of a bank whose four ends all hear each other.
    private struct Scene {
        let network: SimulatedNetwork
        /// `first[0]` is joined to `first[1]`, `second[0]` to `second[1]`.
        let first: [LabPort]
        let second: [LabPort]
    }

    private func scene() throws -> Scene {
        let network = try #require(BankNetworkTests.bank)
        let cables: [[LabPort]] = network.devices.flatMap { device -> [[LabPort]] in
            device.neighbours.compactMap { neighbour -> [LabPort]? in
                guard neighbour.heardBy == .lldp, let far = neighbour.device, far > device.ordinal,
                    case .interface(_, let place)? = device.truth[neighbour.position].farEnd,
                    network.devices[far].reportsNeighbours
                else { return nil }
                return [
                    LabPort(device: device.ordinal, position: neighbour.position),
                    LabPort(device: far, position: place),
                ]
            }
        }
        let first = try #require(cables.first)
        let second = try #require(cables.first { Set($0.map(\.device)).isDisjoint(with: first.map(\.device)) })
        return Scene(network: network, first: first, second: second)
    }

    private func heard(_ port: LabPort, _ faults: LabFaults, _ network: SimulatedNetwork) -> [String] {
        let device = network.devices[port.device].hearing(faults.devices[port.device]?.heard ?? [:])
        return device.neighbours.filter { $0.position == port.position }.map(\.systemName)
    }

    private func isDown(_ port: LabPort, _ faults: LabFaults) -> Bool {
        faults.devices[port.device]?.interfaces[port.position]?.isDown ?? false
    }

    private func name(_ port: LabPort, _ network: SimulatedNetwork) -> String {
        network.devices[port.device].interfaces[port.position].name
    }

    @Test func aMovedCableIsHeardAtItsNewEndsAndLeavesTheOldOnesWithoutLink() throws {
        let scene = try scene()
        let (network, a, b) = (scene.network, scene.first[0], scene.second[1])
        var faults = LabFaults()
        let fault = LabFault.rewire(
            interface: name(a, network), otherDevice: network.devices[b.device].name, otherInterface: name(b, network))
        let changed = try faults.apply(fault, toDevice: a.device, of: network, at: 1_000)
        #expect(Set(changed) == Set((scene.first + scene.second).map(\.device)))
        #expect(heard(a, faults, network).first?.hasPrefix(network.devices[b.device].systemName) == true)
        #expect(heard(b, faults, network).first?.hasPrefix(network.devices[a.device].systemName) == true)
        for loose in [scene.first[1], scene.second[0]] {
            #expect(heard(loose, faults, network) == [])
            #expect(isDown(loose, faults))
        }
        #expect(!isDown(a, faults) && !isDown(b, faults))
    }

    @Test func aCablePulledAfterItWasMovedTakesItsNewFarEndDown() throws {
        let scene = try scene()
        let (network, a, b) = (scene.network, scene.first[0], scene.second[1])
        var faults = LabFaults()
        let fault = LabFault.rewire(
            interface: name(a, network), otherDevice: network.devices[b.device].name, otherInterface: name(b, network))
        try faults.apply(fault, toDevice: a.device, of: network, at: 1_000)
        try faults.apply(
            .linkDown(interface: name(a, network), alone: false), toDevice: a.device, of: network, at: 2_000)
        #expect(isDown(a, faults) && isDown(b, faults))
    }

    @Test func aCableWithBothEndsInOnePortIsRefused() throws {
        let scene = try scene()
        let (network, a) = (scene.network, scene.first[0])
        var faults = LabFaults()
        let fault = LabFault.rewire(
            interface: name(a, network), otherDevice: network.devices[a.device].name, otherInterface: name(a, network))
        #expect { try faults.apply(fault, toDevice: a.device, of: network, at: 1) } throws: {
            ($0 as? LabError)?.code == .badFault
        }
    }
}
