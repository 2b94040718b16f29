import Catalog
import Inventory

extension CatalogContract {
    /// After every removal of a check.
    static let endOfTime = Timestamp(milliseconds: 253_402_300_799_999)

    static let returningDeviceChecks: [Check] = recognitionChecks + returningInterfaceChecks + forgettingChecks

    private static let recognitionChecks: [Check] = [
        Check("a removed device that is added again by its name gets its id back, its other columns are new") {
            catalog in
            let old = Specimens.fullDevice()
            try await catalog.add(old)
            try await catalog.remove(old)
            try expectEqual(try await catalog.devices(.all), [], "devices after the removal")
            let new = Specimens.device(old.name, "192.0.2.9")
            var expected = new
            expected.id = old.id
            try expectEqual(try await catalog.addDevice(new), expected, "the device as it was stored")
            try expectEqual(try await catalog.devices(.all), [expected], "devices")
        },
        Check("a removed device that is added again at its address and port gets its id back") { catalog in
            let old = Specimens.device("a", "192.0.2.1", port: 1161)
            try await catalog.add(old)
            try await catalog.remove(old)
            let elsewhere = Specimens.device("b", "192.0.2.1", port: 161)
            try expectEqual(try await catalog.addDevice(elsewhere).id, elsewhere.id, "id at another port")
            let renamed = Specimens.device("c", "192.0.2.1", port: 1161)
            try await catalog.add(renamed)
            let ids = try await catalog.devices(.all).map(\.id)
            try expectEqual(ids, [elsewhere.id, old.id], "ids of b and c")
        },
        Check("a device with the name of one removed device and the address of another is the one of its name") {
            catalog in
            let (first, second) = (Specimens.device("a", "192.0.2.1"), Specimens.device("b", "192.0.2.2"))
            try await catalog.add(first, second)
            try await catalog.remove(first, second)
            let found = try await catalog.addDevice(Specimens.device("a", "192.0.2.2"))
            try expectEqual(found.id, first.id, "id by the name")
            let other = try await catalog.addDevice(Specimens.device("b", "192.0.2.3"))
            try expectEqual(other.id, second.id, "id of the one that stayed removed")
        },
        Check("of new devices the one of its name is the removed one, not the one at its address") { catalog in
            let old = Specimens.device("a", "192.0.2.1")
            try await catalog.add(old)
            try await catalog.remove(old)
            let (neighbour, namesake) = (Specimens.device("b", "192.0.2.1"), Specimens.device("a", "192.0.2.2"))
            try await catalog.add(neighbour, namesake)
            let ids = try await catalog.devices(.all).map(\.id)
            try expectEqual(ids, [old.id, neighbour.id], "ids of a and b")
        },
        Check("of several removed devices of one name the last removed returns") { catalog in
            let (first, second) = (Specimens.device("a", "192.0.2.1"), Specimens.device("b", "192.0.2.2"))
            try await catalog.add(first, second)
            try await catalog.remove(first)
            var renamed = second
            renamed.name = "a"
            try await catalog.reviseDevices(.ids([])) { [renamed] _ in
                var revision = DeviceRevision()
                revision.updated = [renamed]
                return (revision, ())
            }
            // Times of removal have milliseconds.
            try await Task.sleep(for: .milliseconds(5))
            try await catalog.remove(second)
            let found = try await catalog.addDevice(Specimens.device("a", "192.0.2.7"))
            try expectEqual(found.id, second.id, "id of the one removed last")
        },
        Check("a device that cannot be added again stays removed") { catalog in
            let (old, other) = (Specimens.device("a", "192.0.2.1"), Specimens.device("b", "192.0.2.2"))
            try await catalog.add(old, other)
            try await catalog.remove(old)
            try await expectFailure(.conflict, "an address that is taken") {
                _ = try await catalog.addDevice(Specimens.device("a", "192.0.2.2"))
            }
            try expectEqual(try await catalog.addDevice(Specimens.device("a")).id, old.id, "id of the returned one")
        },
    ]

    private static let returningInterfaceChecks: [Check] = [
        Check("the interfaces of a returned device, live and retired ones, are its retired ones") { catalog in
            let (device, other) = (Specimens.device("a", "192.0.2.1"), Specimens.device("b", "192.0.2.2"))
            try await catalog.add(device, other)
            let (plain, retired) = (Specimens.interface(of: device, 1), Specimens.interface(of: device, 2))
            var full = Specimens.fullInterface(of: device)
            full.connectedToInterfaceID = plain.id
            try await catalog.revise(device) { [full] in $0.inserted = [plain, retired, full] }
            try await catalog.revise(device) { $0.retired = [retired.id] }
            try await catalog.revise(other) { $0.inserted = [Specimens.interface(of: other, 1)] }
            full.connectedToInterfaceID = nil
            for _ in 1...2 {
                try await catalog.remove(device)
                try expectEqual(try await catalog.interfaceCount(), 1, "interfaces after the removal")
                _ = try await catalog.addDevice(Specimens.device("a", "192.0.2.1"))
                let book = try await catalog.book(of: device)
                try expectEqual(book?.live, [], "live interfaces")
                try expectEqual(book?.retired, [plain, retired, full], "retired interfaces")
            }
            try await catalog.revise(device) { [full] in $0.inserted = [full] }
            try expectEqual(try await catalog.interfaces(of: device.id), [full], "interfaces taken back")
            try expectEqual(try await catalog.book(of: device)?.retired, [plain, retired], "the others")
            try expectEqual(try await catalog.book(of: other)?.retired, [], "retired interfaces of another device")
        }
    ]

    private static let forgettingChecks: [Check] = [
        Check("removed devices are forgotten by the time of their removal, and do not return then") { catalog in
            let (first, second) = (Specimens.device("a", "192.0.2.1"), Specimens.device("b", "192.0.2.2"))
            try await catalog.add(first, second)
            try await catalog.revise(first) { $0.inserted = [Specimens.interface(of: first, 1)] }
            try await catalog.remove(first)
            try expectEqual(try await catalog.forgetDevices(removedBefore: Specimens.noon), 0, "long ago")
            try expectEqual(try await catalog.forgetDevices(removedBefore: endOfTime), 1, "forgotten devices")
            try expectEqual(try await catalog.devices(.all), [second], "devices")
            let new = Specimens.device("a", "192.0.2.1")
            try expectEqual(try await catalog.addDevice(new), new, "the device as it was stored")
            try expectEqual(try await catalog.book(of: new)?.retired, [], "retired interfaces")
        }
    ]
}
