import Catalog
import Inventory

extension CatalogContract {
    static let deviceChecks: [Check] = [
        Check("devices are ordered by name") { catalog in
            try await catalog.add(
                Specimens.device("b", "192.0.2.1"), Specimens.device("a", "192.0.2.2"),
                Specimens.device("C", "192.0.2.3"), Specimens.device("b-2", "192.0.2.4"))
            let names = try await catalog.devices(.all).map(\.name)
            try expectEqual(names, ["C", "a", "b", "b-2"], "names")
        },
        Check("a selection leaves unknown and repeated ids out") { catalog in
            let (first, second) = (Specimens.device("b", "192.0.2.1"), Specimens.device("a", "192.0.2.2"))
            try await catalog.add(first, second, Specimens.device("c", "192.0.2.3"))
            let found = try await catalog.devices(.ids([first.id, .random(), second.id, first.id]))
            try expectEqual(found, [second, first], "selected devices")
            try expectEqual(try await catalog.devices(.ids([])), [], "devices of an empty selection")
        },
        Check("decide is given the selected devices and its outcome comes back") { catalog in
            let (first, second) = (Specimens.device("a", "192.0.2.1"), Specimens.device("b", "192.0.2.2"))
            try await catalog.add(first, second)
            let all = try await catalog.reviseDevices(.all) { (DeviceRevision(), $0) }
            try expectEqual(all, [first, second], "devices given to decide")
            let some = try await catalog.reviseDevices(.ids([second.id])) { (DeviceRevision(), $0) }
            try expectEqual(some, [second], "device given to decide")
        },
        Check("devices are added, changed and removed in one revision") { catalog in
            let (gone, kept, new) = (
                Specimens.device("a", "192.0.2.1"), Specimens.device("b", "192.0.2.2"),
                // The name and the address of the removed one are free again.
                Specimens.device("a", "192.0.2.1")
            )
            try await catalog.add(gone, kept)
            var changed = kept
            changed.location = "cellar"
            try await catalog.reviseDevices(.all) { [changed] _ in
                var revision = DeviceRevision()
                revision.inserted = [new]
                revision.updated = [changed]
                revision.removed = [gone.id]
                return (revision, ())
            }
            try expectEqual(try await catalog.devices(.all), [new, changed], "devices")
        },
        Check("updates and removals of ids that do not exist are ignored") { catalog in
            let device = Specimens.device("a")
            try await catalog.add(device)
            try await catalog.reviseDevices(.all) { _ in
                var revision = DeviceRevision()
                revision.updated = [Specimens.device("ghost", "192.0.2.9")]
                revision.removed = [.random()]
                return (revision, ())
            }
            try expectEqual(try await catalog.devices(.all), [device], "devices")
        },
        Check("a name that would occur twice is a conflict and leaves nothing") { catalog in
            let device = Specimens.device("a", "192.0.2.1")
            try await catalog.add(device)
            let error = try await expectFailure(.conflict, "a second device of one name") {
                try await catalog.add(Specimens.device("b", "192.0.2.2"), Specimens.device("a", "192.0.2.3"))
            }
            try expect(error.message.contains("name") && error.message.contains("a"), "message names it: \(error)")
            try expectEqual(try await catalog.devices(.all), [device], "devices after the conflict")
        },
        Check("an address and port that would occur twice are a conflict") { catalog in
            try await catalog.add(Specimens.device("a", "192.0.2.1"), Specimens.device("b", "192.0.2.1", port: 1161))
            let error = try await expectFailure(.conflict, "a second device of one address and port") {
                try await catalog.add(Specimens.device("c", "192.0.2.1", port: 1161))
            }
            try expect(
                error.message.contains("192.0.2.1") && error.message.contains("1161"), "message names both: \(error)")
            try expectEqual(try await catalog.devices(.all).map(\.name), ["a", "b"], "names after the conflict")
        },
        Check("removing a device removes its interfaces and no others") { catalog in
            let (gone, kept) = (Specimens.device("a", "192.0.2.1"), Specimens.device("b", "192.0.2.2"))
            try await catalog.add(gone, kept)
            let (first, second) = (Specimens.interface(of: gone, 1), Specimens.interface(of: gone, 2))
            var other = Specimens.interface(of: kept, 1)
            other.connectedToDeviceID = gone.id
            try await catalog.revise(gone) { $0.inserted = [first, second] }
            try await catalog.revise(gone) { $0.retired = [second.id] }
            try await catalog.revise(kept) { [other] in $0.inserted = [other] }
            try await catalog.reviseDevices(.all) { _ in
                var revision = DeviceRevision()
                revision.removed = [gone.id]
                return (revision, ())
            }
            other.connectedToDeviceID = nil
            try expectEqual(try await catalog.interfaces(after: nil, limit: 10), [other], "interfaces left")
        },
    ]

    static let deviceValueChecks: [Check] = [
        Check("every field of a device comes back as it was stored") { catalog in
            let profile = SealedProfile(
                name: "läb", version: .v2c, sealed: [1], createdAt: Specimens.noon, updatedAt: Specimens.noon)
            try await catalog.saveCredentialProfile(profile)
            var full = Specimens.fullDevice()
            full.createdAt = Timestamp(milliseconds: -62_135_596_800_000)
            full.credentialProfile = profile.name
            let plain = Specimens.device("plain")
            try await catalog.add(full, plain)
            try expectEqual(try await catalog.device(full.id), full, "device with every field")
            try expectEqual(try await catalog.device(plain.id), plain, "device with few fields")
            var emptied = plain
            emptied.id = full.id
            try await catalog.reviseDevices(.ids([full.id])) { [emptied] _ in
                var revision = DeviceRevision()
                revision.updated = [emptied]
                revision.removed = [plain.id]
                return (revision, ())
            }
            try expectEqual(try await catalog.device(full.id), emptied, "device with its fields emptied")
        },
        Check("every kind and status of device is stored") { catalog in
            for (number, type) in DeviceType.allCases.enumerated() {
                var device = Specimens.device("\(type)", "192.0.2.\(number)")
                device.deviceType = type
                device.status = DeviceStatus.allCases[number % DeviceStatus.allCases.count]
                try await catalog.add(device)
                try expectEqual(try await catalog.device(device.id), device, "device of type \(type)")
            }
        },
        Check("values outside the schema's checks are refused by name") { catalog in
            for port in [0, -1, 65_536] {
                let error = try await expectFailure(.invalidValue, "port \(port)") {
                    try await catalog.add(Specimens.device("a", port: port))
                }
                try expect(
                    error.message.contains("port") && error.message.contains("\(port)"), "message names it: \(error)")
            }
            try await expectFailure(.invalidValue, "an empty name") { try await catalog.add(Specimens.device("")) }
            try await expectFailure(.invalidValue, "a year of five digits") {
                var device = Specimens.device("a")
                device.lastSeenAt = Timestamp(milliseconds: 253_402_300_800_000)
                try await catalog.add(device)
            }
            try await expectFailure(.invalidValue, "a credential profile that does not exist") {
                var device = Specimens.device("a")
                device.credentialProfile = "ghost"
                try await catalog.add(device)
            }
            try expectEqual(try await catalog.devices(.all), [], "devices after the refusals")
        },
    ]
}
