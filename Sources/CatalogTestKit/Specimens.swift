import Catalog
import Inventory

/// Values for the checks: plain ones, and those with every field at an edge.
enum Specimens {
    static let noon = Timestamp(milliseconds: 1_772_366_400_123)

    static func device(_ name: String, _ address: String = "192.0.2.1", port: Int = 161) -> Device {
        Device(name: name, address: address, port: port, at: noon)
    }

    /// A device with every field filled, some with what breaks naive storage.
    static func fullDevice() -> Device {
        var device = Device(
            name: "CORE-SW-03 'quoted' \"é\" 🏦", address: "2001:db8::1", port: 65_535,
            at: Timestamp(milliseconds: -1))
        device.deviceType = .accessPoint
        device.vendor = ""
        device.model = "C9500-48Y4C\nslot 2"
        device.osVersion = "17.09.04a"
        device.location = "თბილისი, Rustaveli 5; DROP TABLE devices"
        device.sysName = "core-sw-03.bank.example"
        device.sysDescr = String(repeating: "Cisco IOS Software ", count: 200)
        device.sysObjectID = "1.3.6.1.4.1.9.1.2694"
        device.enabled = false
        device.status = .down
        device.lastSeenAt = Timestamp(milliseconds: 253_402_300_799_999)
        device.uptimeSeconds = 42_949_672
        device.tags = ["", "a,b", "branch \"12\"", "☎️"]
        device.lastError = "no answer from 192.0.2.1 in 3 s"
        device.lastCompleteDiscoveryAt = Timestamp(milliseconds: 0)
        device.updatedAt = noon
        return device
    }

    static func interface(
        of device: Device, _ ifIndex: Int64, name: String? = nil, id: InterfaceID = .random()
    ) -> Interface {
        var facts = InterfaceFacts(ifIndex: ifIndex)
        facts.ifName = name ?? "Gi1/0/\(ifIndex)"
        return Interface(id: id, deviceID: device.id, facts: facts, at: noon)
    }

    /// An interface with every field filled and every number at an edge, but for the far end.
    static func fullInterface(of device: Device) -> Interface {
        var facts = InterfaceFacts(ifIndex: 2_147_483_647)
        facts.ifName = "HundredGigE0/0/0/1.4094"
        facts.ifDescr = ""
        facts.ifAlias = "*** Magti uplink — მაგთი 🛰 'x' ***"
        facts.ifType = 6
        facts.ifMtu = 65_535
        facts.ifSpeed = 400_000_000_000
        facts.ifPhysAddress = "00:1b:54:ff:00:01"
        facts.adminStatus = 0
        facts.operStatus = 99
        facts.ifLastChange = 4_294_967_295
        facts.connectorPresent = false
        facts.counterDiscontinuityTime = 0
        facts.duplex = .half
        var interface = Interface(deviceID: device.id, facts: facts, at: noon)
        interface.interfaceType = .serverLink
        interface.ispProvider = "magti"
        interface.isCritical = true
        interface.classificationConfidence = 0.1 + 0.2
        interface.classificationRule = "isp.magti.alias"
        interface.overrides = Set(OverridableField.allCases)
        interface.lldpNeighborName = ""
        interface.lldpNeighborPort = "Te1/1/1"
        interface.neighborProtocol = "cdp"
        interface.monitoringEnabled = false
        interface.enabled = false
        interface.wasUp = true
        interface.notes = "line 1\nline 2\tტექსტი"
        interface.createdAt = Timestamp(milliseconds: 1)
        interface.updatedAt = Timestamp(milliseconds: 999)
        interface.lastDiscoveredAt = Timestamp(milliseconds: 1_000)
        interface.lastSeenAt = Timestamp(milliseconds: 1_772_323_199_999)
        interface.missingSince = Timestamp(milliseconds: 1_709_164_800_000)
        interface.missingUncountedSeconds = 9_000_000_000
        return interface
    }

    static func run(_ job: String, _ minute: Int64, subject: String? = nil, _ state: JobState = .queued) -> JobRun {
        var run = JobRun(
            job: job, subject: subject, trigger: .schedule, scheduledAt: noon.advanced(bySeconds: Double(minute) * 60))
        run.state = state
        if state.isFinal { run.endedAt = run.scheduledAt.advanced(bySeconds: 10) }
        return run
    }
}

extension Catalog {
    /// Adds devices.
    func add(_ devices: Device...) async throws {
        try await reviseDevices(.ids([])) { _ in
            var revision = DeviceRevision()
            revision.inserted = devices
            return (revision, ())
        }
    }

    /// Changes the interfaces of one device as `edit` says.
    func revise(_ device: Device, _ edit: @escaping @Sendable (inout InterfaceRevision) -> Void) async throws {
        try await reviseInterfaces(of: [device.id]) { books in
            var revision = InterfaceRevision(deviceID: device.id)
            edit(&revision)
            return (books.isEmpty ? [] : [revision], ())
        }
    }

    /// All that is stored of one device's interfaces.
    func book(of device: Device) async throws -> InterfaceBook? {
        try await reviseInterfaces(of: [device.id]) { books in ([], books.first) }
    }

    /// One device as stored.
    func device(_ id: DeviceID) async throws -> Device? {
        try await devices(.ids([id])).first
    }
}
