import Testing

@testable import SNMPLab

@Suite struct PowerFaultTests {
    private let network: SimulatedNetwork

    init() throws {
        network = try #require(BankNetworkTests.bank)
    }

    private func ordinal(_ name: String) throws -> Int {
        try #require(network.ordinal(of: name))
    }

    private func silent(_ faults: LabFaults) -> Set<String> {
        Set(
            faults.affectedDevices.filter { faults.devices[$0]?.condition.isSilent == true }.map {
                network.devices[$0].name
            })
    }

    private func downPorts(_ faults: LabFaults, of device: Int) -> Set<Int> {
        Set(faults.devices[device]?.interfaces.filter(\.value.isDown).keys.map { $0 } ?? [])
    }

    /// Devices to which no way leads from a device when others are gone, found cable by cable until nothing changes.
    private func unreachable(from start: Int, without gone: Set<Int>) -> Set<String> {
        let cables = network.cables
        var reached: Set<Int> = gone.contains(start) ? [] : [start]
        var isGrowing = true
        while isGrowing {
            let before = reached.count
            for cable in cables where gone.isDisjoint(with: [cable.a.device, cable.b.device]) {
                if reached.contains(cable.a.device) || reached.contains(cable.b.device) {
                    reached.formUnion([cable.a.device, cable.b.device])
                }
            }
            isGrowing = reached.count > before
        }
        let cabled = Set(cables.flatMap { [$0.a.device, $0.b.device] })
        return Set(cabled.subtracting(reached).map { network.devices[$0].name })
    }

    @Test func aDeviceWithoutPowerIsSilentAndItsCablesAreDarkAtTheirFarEndsOnly() throws {
        let core = try ordinal("CORE-SW-01")
        var faults = LabFaults()
        let changed = try faults.apply(.power(isOn: false), toDevice: core, of: network, at: 1_000)
        #expect(silent(faults) == ["CORE-SW-01"])
        let farEnds = network.cables.flatMap { cable -> [SimulatedCable.End] in
            cable.a.device == core ? [cable.b] : cable.b.device == core ? [cable.a] : []
        }
        #expect(farEnds.count > 4)
        for end in farEnds { #expect(downPorts(faults, of: end.device).contains(end.position)) }
        #expect(Set(changed) == Set(farEnds.map(\.device)).union([core]))
        try faults.apply(.power(isOn: true), toDevice: core, of: network, at: 9_000)
        #expect(silent(faults) == [])
        for end in farEnds { #expect(downPorts(faults, of: end.device) == []) }
        #expect(faults.devices[core]?.rebootedAtMilliseconds == 9_000)
    }

    @Test func aCablePulledMeanwhileStaysPulledWhenPowerIsBack() throws {
        let core = try ordinal("CORE-SW-01")
        let far = try #require(
            network.cables.lazy.compactMap { $0.a.device == core ? $0.b : nil }.first)
        let port = network.devices[far.device].interfaces[far.position].name
        var faults = LabFaults()
        try faults.apply(.power(isOn: false), toDevice: core, of: network, at: 1_000)
        try faults.apply(.linkDown(interface: port, alone: false), toDevice: far.device, of: network, at: 2_000)
        try faults.apply(.power(isOn: true), toDevice: core, of: network, at: 3_000)
        #expect(downPorts(faults, of: far.device) == [far.position])
        try faults.apply(.linkUp(interface: port, alone: false), toDevice: far.device, of: network, at: 4_000)
        #expect(downPorts(faults, of: far.device) == [])
    }

    @Test func aCablePutIntoADeviceWithoutPowerStaysDarkUntilItHasPower() throws {
        let core = try ordinal("CORE-SW-01")
        let far = try #require(
            network.cables.lazy.compactMap { $0.a.device == core ? $0.b : nil }.first)
        let port = network.devices[far.device].interfaces[far.position].name
        var faults = LabFaults()
        try faults.apply(.linkDown(interface: port, alone: false), toDevice: far.device, of: network, at: 1_000)
        try faults.apply(.power(isOn: false), toDevice: core, of: network, at: 2_000)
        try faults.apply(.linkUp(interface: port, alone: false), toDevice: far.device, of: network, at: 3_000)
        #expect(downPorts(faults, of: far.device).contains(far.position))
        try faults.apply(.power(isOn: true), toDevice: core, of: network, at: 4_000)
        #expect(downPorts(faults, of: far.device) == [])
    }

    @Test(arguments: ["CORE-SW-01", "HUB-KUTAISI-1", "ADM-SW-01", "EDGE-RTR-02"])
    func whatNoWayLeadsToFromTheManagerIsSilent(_ name: String) throws {
        let (vantage, failed) = (try ordinal("ADM-SW-02"), try ordinal(name))
        var faults = LabFaults()
        try faults.apply(.vantage(true), toDevice: vantage, of: network, at: 1_000)
        let before = silent(faults)
        #expect(before == unreachable(from: vantage, without: []))
        try faults.apply(.power(isOn: false), toDevice: failed, of: network, at: 2_000)
        #expect(silent(faults) == unreachable(from: vantage, without: [failed]))
        try faults.apply(.revived, toDevice: failed, of: network, at: 3_000)
        #expect(silent(faults).contains(name))
        try faults.apply(.power(isOn: true), toDevice: failed, of: network, at: 4_000)
        #expect(silent(faults) == before)
        try faults.apply(.vantage(false), toDevice: vantage, of: network, at: 5_000)
        #expect(silent(faults) == [])
    }

    @Test func theManagersOwnDeviceWithoutPowerSilencesAllThatIsCabled() throws {
        let vantage = try ordinal("ADM-SW-02")
        var faults = LabFaults()
        try faults.apply(.vantage(true), toDevice: vantage, of: network, at: 1_000)
        try faults.apply(.power(isOn: false), toDevice: vantage, of: network, at: 2_000)
        #expect(silent(faults).count == Set(network.cables.flatMap { [$0.a.device, $0.b.device] }).count)
    }

    @Test func farEndsTellThatTheirLinkIsDownAndWhatIsSilentTellsNothing() throws {
        let core = try ordinal("CORE-SW-01")
        var faults = LabFaults()
        let fault = LabFault.power(isOn: false)
        let changes = try faults.change(by: fault, toDevice: core, of: network, at: 1_000)
        let told = LabNotification.caused(by: fault, changes, faults, network, at: 1_000)
        #expect(told.count > 4)
        #expect(told.allSatisfy { $0.kind == .linkDown && $0.link?.operStatus == 2 && $0.device != core })
        let back = LabFault.power(isOn: true)
        let changesBack = try faults.change(by: back, toDevice: core, of: network, at: 2_000)
        let toldBack = LabNotification.caused(by: back, changesBack, faults, network, at: 2_000)
        #expect(toldBack.filter { $0.kind == .coldStart }.map(\.device) == [core])
        #expect(toldBack.count { $0.kind == .linkUp } == told.count)
    }

    @Test func theirCommandsAreRead() throws {
        #expect(try LabFault.parse("power-off CORE-SW-01").fault == .power(isOn: false))
        #expect(try LabFault.parse("power-on CORE-SW-01").fault == .power(isOn: true))
        #expect(try LabFault.parse("vantage ADM-SW-01").fault == .vantage(true))
        #expect(try LabFault.parse("vantage ADM-SW-01 off").fault == .vantage(false))
        #expect(throws: LabError.self) { try LabFault.parse("power-off CORE-SW-01 now") }
    }
}
