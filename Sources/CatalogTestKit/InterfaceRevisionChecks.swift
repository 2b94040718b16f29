import Catalog
import Inventory

extension CatalogContract {
    static let interfaceRevisionChecks: [Check] = [
        Check("books come in the order of the ids given, unknown ones left out") { catalog in
            let devices = (1...4).map { Specimens.device("d\($0)", "192.0.2.\($0)") }
            for device in devices {
                try await catalog.add(device)
                try await catalog.revise(device) { $0.inserted = [Specimens.interface(of: device, 1)] }
            }
            let asked = [devices[2].id, .random(), devices[0].id, devices[2].id]
            let books = try await catalog.reviseInterfaces(of: asked) { ([], $0) }
            try expectEqual(books.map(\.device), [devices[2], devices[0]], "devices of the books")
            try expectEqual(books.map(\.live.count), [1, 1], "interfaces in the books")
        },
        Check("a revision changes what it names and nothing else") { catalog in
            let device = Specimens.device("a")
            try await catalog.add(device)
            let interfaces = (1...3).map { Specimens.interface(of: device, $0) }
            try await catalog.revise(device) { $0.inserted = interfaces }
            var (changedDevice, changed) = (device, interfaces[1])
            changedDevice.status = .up
            changedDevice.sysName = "core"
            changed.facts.ifAlias = "new"
            let added = Specimens.interface(of: device, 4)
            try await catalog.revise(device) { [changedDevice, changed] revision in
                revision.device = changedDevice
                revision.updated = [changed]
                revision.inserted = [added]
            }
            try expectEqual(try await catalog.device(device.id), changedDevice, "device")
            let expected = [interfaces[0], changed, interfaces[2], added]
            try expectEqual(try await catalog.interfaces(of: device.id), expected, "interfaces")
        },
        Check("a row that cannot be written leaves nothing of the whole call") { catalog in
            let (first, second) = (Specimens.device("a", "192.0.2.1"), Specimens.device("b", "192.0.2.2"))
            try await catalog.add(first, second)
            let stored = Specimens.interface(of: second, 1)
            try await catalog.revise(second) { $0.inserted = [stored] }
            try await expectFailure(.conflict, "an interface whose id is taken") {
                try await catalog.reviseInterfaces(of: [first.id, second.id]) { books in
                    var one = InterfaceRevision(deviceID: first.id)
                    one.inserted = [Specimens.interface(of: first, 1)]
                    one.device = first
                    one.device?.status = .up
                    var two = InterfaceRevision(deviceID: second.id)
                    two.seenAt = Specimens.noon.advanced(bySeconds: 60)
                    two.inserted = [Specimens.interface(of: second, 2), stored]
                    return ([one, two], ())
                }
            }
            try expectEqual(try await catalog.devices(.all), [first, second], "devices after the conflict")
            try expectEqual(try await catalog.interfaces(after: nil, limit: 10), [stored], "interfaces after it")
        },
        Check("a device changed with its interfaces may not take another's name") { catalog in
            let (first, second) = (Specimens.device("a", "192.0.2.1"), Specimens.device("b", "192.0.2.2"))
            try await catalog.add(first, second)
            try await expectFailure(.conflict, "a name that is taken") {
                try await catalog.revise(second) { revision in
                    revision.device = second
                    revision.device?.name = "a"
                    revision.inserted = [Specimens.interface(of: second, 1)]
                }
            }
            try expectEqual(try await catalog.interfaceCount(), 0, "interfaces after the conflict")
        },
        Check("a revision of a device that was not read is refused") { catalog in
            let (first, second) = (Specimens.device("a", "192.0.2.1"), Specimens.device("b", "192.0.2.2"))
            try await catalog.add(first, second)
            try await expectFailure(.invalidValue, "a revision of another device") {
                try await catalog.reviseInterfaces(of: [first.id]) { _ in
                    var revision = InterfaceRevision(deviceID: second.id)
                    revision.inserted = [Specimens.interface(of: second, 1)]
                    return ([revision], ())
                }
            }
            try await expectFailure(.invalidValue, "an interface of another device") {
                try await catalog.revise(first) { $0.inserted = [Specimens.interface(of: second, 1)] }
            }
            try expectEqual(try await catalog.interfaceCount(), 0, "interfaces after the refusals")
        },
        Check("seen-timestamps advance on rows that are not missing, and nothing else changes") { catalog in
            let (device, other) = (Specimens.device("a", "192.0.2.1"), Specimens.device("b", "192.0.2.2"))
            try await catalog.add(device, other)
            var present = Specimens.fullInterface(of: device)
            present.missingSince = nil
            var missing = Specimens.interface(of: device, 1)
            missing.missingSince = Specimens.noon
            let elsewhere = Specimens.interface(of: other, 1)
            try await catalog.revise(device) { [present, missing] in $0.inserted = [missing, present] }
            try await catalog.revise(other) { $0.inserted = [elsewhere] }
            let later = Specimens.noon.advanced(bySeconds: 3600)
            try await catalog.revise(device) { $0.seenAt = later }
            present.lastSeenAt = later
            present.lastDiscoveredAt = later
            try expectEqual(try await catalog.interfaces(of: device.id), [missing, present], "interfaces")
            try expectEqual(try await catalog.interfaces(of: other.id), [elsewhere], "interfaces of another device")
            try expectEqual(try await catalog.device(device.id), device, "device")
        },
        Check("seen-timestamps advance after the other changes of a revision") { catalog in
            let device = Specimens.device("a")
            try await catalog.add(device)
            var (vanishing, returning) = (Specimens.interface(of: device, 1), Specimens.interface(of: device, 2))
            returning.missingSince = Specimens.noon
            try await catalog.revise(device) { [vanishing, returning] in $0.inserted = [vanishing, returning] }
            let later = Specimens.noon.advanced(bySeconds: 60)
            var added = Specimens.interface(of: device, 3)
            vanishing.missingSince = later
            returning.missingSince = nil
            try await catalog.revise(device) { [vanishing, returning, added] revision in
                revision.updated = [vanishing, returning]
                revision.inserted = [added]
                revision.seenAt = later
            }
            for keyPath in [\Interface.lastSeenAt, \Interface.lastDiscoveredAt] {
                returning[keyPath: keyPath] = later
                added[keyPath: keyPath] = later
            }
            let expected = [vanishing, returning, added]
            try expectEqual(try await catalog.interfaces(of: device.id), expected, "interfaces")
        },
    ]
}
