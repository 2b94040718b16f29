import Catalog
import CatalogSQLite
import Discovery
import Inventory
import Testing

/// One interface from its first discovery to its return after the clean-up, hour by hour through a catalog.
@Suite("The life of an interface in a catalog")
struct InterfaceLifeTests {
    private static let start = Timestamp(seconds: 1_772_337_600)
    private static let device = Device(name: "sw1", address: "192.0.2.1", at: start)
    private static let verdict = InterfaceVerdict(type: .access, confidence: 0.5, rule: "default-access")

    private let catalog: SQLiteCatalog

    init() async throws {
        catalog = try SQLiteCatalog.inMemory()
        try await catalog.reviseDevices(.all) { _ in
            var revision = DeviceRevision()
            revision.inserted = [Self.device]
            return (revision, ())
        }
    }

    private func time(_ hour: Int) -> Timestamp {
        Self.start.advanced(bySeconds: Double(hour) * 3600)
    }

    private func revise(
        _ decide: @escaping @Sendable (InterfaceBook) -> InterfaceRevision
    ) async throws -> InterfaceRevision? {
        try await catalog.reviseInterfaces(of: [Self.device.id]) { books in
            let revisions = books.map(decide)
            return (revisions, revisions.first)
        }
    }

    /// A complete discovery that finds these interfaces, by ifIndex and name.
    private func discover(_ found: [(Int64, String)], at hour: Int) async throws {
        let now = time(hour)
        let facts = found.map { index, name in
            var facts = InterfaceFacts(ifIndex: index)
            facts.ifName = name
            return facts
        }
        _ = try await revise { book in
            InterfaceReconciler.reconcile(book: book, reading: DeviceReading(interfaces: facts), at: now) { _ in
                Self.verdict
            }.0
        }
    }

    /// An hour in which the device does not answer.
    private func fail(at hour: Int) async throws {
        let (now, failure) = (time(hour), DeviceFailure(.unreachable, message: "no answer"))
        _ = try await revise { book in DeviceUpdate.failed(book.device, failure, at: now) }
    }

    /// Runs the clean-up; the interfaces it removed.
    private func cleanUp() async throws -> [InterfaceID] {
        try await revise { book in CleanUp.retire(book) }?.retired ?? []
    }

    private func book() async throws -> InterfaceBook {
        try #require(try await catalog.reviseInterfaces(of: [Self.device.id]) { books in ([], books.first) })
    }

    private func live(_ name: String) async throws -> Interface {
        try #require(try await book().live.first { $0.facts.ifName == name })
    }

    /// What an operator sets, and writes beside it.
    private func operatorSets(_ id: InterfaceID) async throws {
        _ = try await revise { book in
            var revision = InterfaceRevision(deviceID: book.device.id)
            for var row in book.live where row.id == id {
                row.interfaceType = .camera
                row.isCritical = true
                row.monitoringEnabled = false
                row.overrides = [.interfaceType, .isCritical, .monitoringEnabled]
                row.notes = "the vault's camera"
                revision.updated = [row]
            }
            return revision
        }
    }

    @Test("Missing, the device away for three days, removed after seven counted days, returned as it was")
    func life() async throws {
        let (both, one) = ([(1, "Gi1"), (2, "Gi2")] as [(Int64, String)], [(1, "Gi1")] as [(Int64, String)])
        for hour in 0..<24 { try await discover(both, at: hour) }
        let (stays, goes) = (try await live("Gi1"), try await live("Gi2"))
        try await operatorSets(goes.id)

        // Missing from hour 24; hours 97 to 168 without an answer: 73 h between complete discoveries, 2 h of which
        // count. Seven days are 168 h, so the clean-up may take it at hour 24 + 168 + 71.
        let removal = 263
        for hour in 24..<removal {
            if (97...168).contains(hour) { try await fail(at: hour) } else { try await discover(one, at: hour) }
            #expect(try await cleanUp() == [], "hour \(hour)")
        }
        let missing = try await live("Gi2")
        #expect(missing.missingSince == time(24) && missing.missingUncountedSeconds == 71 * 3600)
        #expect(missing.lastSeenAt == time(23) && missing.id == goes.id)

        try await discover(one, at: removal)
        #expect(try await cleanUp() == [goes.id])
        #expect(try await cleanUp() == [])
        let after = try await book()
        #expect(after.live.map(\.id) == [stays.id] && after.retired.map(\.id) == [goes.id])
        #expect(after.live[0].missingSince == nil && after.live[0].lastSeenAt == time(removal))

        for hour in removal + 1..<removal + 24 { try await discover(one, at: hour) }
        try await discover([(1, "Gi1"), (7, "Gi2")], at: removal + 24)
        let back = try await live("Gi2")
        #expect(back.id == goes.id && back.createdAt == goes.createdAt && back.facts.ifIndex == 7)
        #expect(back.missingSince == nil && back.missingUncountedSeconds == 0 && back.lastSeenAt == time(removal + 24))
        #expect(back.interfaceType == .camera && back.isCritical && !back.monitoringEnabled)
        #expect(back.overrides == [.interfaceType, .isCritical, .monitoringEnabled])
        #expect(back.notes == "the vault's camera")
        #expect(try await book().retired == [])
        #expect(try await cleanUp() == [])
    }

    @Test("A device that was deleted and is imported again: device and interfaces have their ids and settings")
    func returnOfTheDevice() async throws {
        try await discover([(1, "Gi1"), (2, "Gi2"), (3, "Gi3")], at: 0)
        let (first, second) = (try await live("Gi1"), try await live("Gi2"))
        try await operatorSets(second.id)
        try await catalog.reviseDevices(.all) { devices in
            var revision = DeviceRevision()
            revision.removed = devices.map(\.id)
            return (revision, ())
        }
        #expect(try await catalog.interfaceCount() == 0)

        let again = time(24)
        let draft = DeviceDraft(name: "sw1", address: "192.0.2.77")
        try await catalog.reviseDevices(.all) { devices in
            let plan = ImportPlan.plan(existing: devices, drafts: [draft], at: again, profileName: { _, _ in "" })
            return (plan.0, ())
        }
        #expect(try await catalog.devices(.all).map(\.id) == [Self.device.id])
        // Renumbered meanwhile, and one port is new.
        try await discover([(7, "Gi1"), (8, "Gi2"), (9, "Te1")], at: 25)
        let (back, set, new) = (try await live("Gi1"), try await live("Gi2"), try await live("Te1"))
        #expect(back.id == first.id && back.createdAt == first.createdAt && back.facts.ifIndex == 7)
        #expect(set.id == second.id && set.interfaceType == .camera && set.notes == "the vault's camera")
        #expect(set.lastSeenAt == time(25) && set.missingSince == nil)
        #expect(new.createdAt == time(25))
        #expect(try await book().retired.map(\.facts.ifName) == ["Gi3"])
    }

    /// Topology finds what is at the other end of an interface, hour by hour beside discovery.
    private func connect(_ id: InterfaceID, to name: String?, at hour: Int) async throws {
        let now = time(hour)
        try await catalog.reviseTopology { book in
            var change = TopologyChange(
                revision: TopologyRevisionRecord(number: (book.revision?.number ?? 0) + 1, at: now))
            var connection = InterfaceConnection()
            connection.neighbourName = name
            connection.neighbourPort = name.map { "\($0)-port" }
            connection.neighbourProtocol = name.map { _ in "lldp" }
            connection.deviceID = name.map { _ in Self.device.id }
            change.connections = [id: connection]
            return (change, ())
        }
    }

    @Test("What topology found of an interface stays through discoveries, and what discovery found through topology")
    func connectionsBesideDiscovery() async throws {
        try await discover([(1, "Gi1"), (2, "Gi2")], at: 0)
        let first = try await live("Gi1")
        try await connect(first.id, to: "core", at: 1)
        try await operatorSets(first.id)
        // Unchanged, renumbered, missing, back again.
        let rounds: [[(Int64, String)]] = [
            [(1, "Gi1"), (2, "Gi2")], [(7, "Gi1"), (2, "Gi2")], [(2, "Gi2")], [(7, "Gi1"), (2, "Gi2")],
        ]
        for (hour, found) in rounds.enumerated() {
            try await discover(found, at: hour + 2)
            let row = try await live("Gi1")
            #expect(row.id == first.id && row.connectedToDeviceID == Self.device.id, "hour \(hour + 2)")
            #expect(row.lldpNeighborName == "core" && row.lldpNeighborPort == "core-port", "hour \(hour + 2)")
            #expect(row.neighborProtocol == "lldp", "hour \(hour + 2)")
        }
        let before = try await live("Gi1")
        try await connect(first.id, to: nil, at: 10)
        var expected = before
        (expected.connectedToDeviceID, expected.neighborProtocol) = (nil, nil)
        (expected.lldpNeighborName, expected.lldpNeighborPort) = (nil, nil)
        expected.updatedAt = time(10)
        #expect(try await live("Gi1") == expected)
        #expect(expected.notes == "the vault's camera" && expected.facts.ifIndex == 7)
    }
}
