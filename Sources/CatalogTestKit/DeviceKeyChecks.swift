import Catalog
import Inventory

extension CatalogContract {
    /// Names and addresses that pass from one device to another within one revision.
    static let deviceKeyChecks: [Check] = [
        Check("two devices swap their names") { catalog in
            try await pass(on: catalog) { [$0[0].named($0[1]), $0[1].named($0[0]), $0[2]] }
        },
        Check("two devices swap their addresses") { catalog in
            try await pass(on: catalog) { [$0[0].placed($0[1]), $0[1].placed($0[0]), $0[2]] }
        },
        Check("three devices pass their names and addresses round") { catalog in
            try await pass(on: catalog) { devices in
                (0..<3).map { place in
                    devices[place].named(devices[(place + 1) % 3]).placed(devices[(place + 2) % 3])
                }
            }
        },
        Check("names and addresses move up a chain, in either order of the rows") { catalog in
            let end = Specimens.device("end", "192.0.2.9")
            try await pass(on: catalog) { devices in
                [devices[0].named(devices[1]), devices[1].named(devices[2]), devices[2].named(end)]
            }
            try await pass(on: catalog) { devices in
                [devices[2].placed(end), devices[1].placed(devices[2]), devices[0].placed(devices[1])]
            }
        },
        Check("a new device takes the name and the address that another gives up") { catalog in
            let old = Specimens.device("a", "192.0.2.1")
            try await catalog.add(old)
            let moved = old.named(Specimens.device("b")).placed(Specimens.device("b", "192.0.2.2"))
            let new = Specimens.device("a", "192.0.2.1")
            try await catalog.change([moved], adding: [new])
            try expectEqual(try await catalog.devices(.all), [new, moved], "devices")
        },
        Check("a changed device takes the name and the address of a removed one") { catalog in
            let (gone, kept) = (Specimens.device("a", "192.0.2.1"), Specimens.device("b", "192.0.2.2"))
            try await catalog.add(gone, kept)
            let moved = kept.named(gone).placed(gone)
            try await catalog.change([moved], removing: [gone.id])
            try expectEqual(try await catalog.devices(.all), [moved], "devices")
        },
        Check("of many changed devices, one whose name is taken is a conflict and leaves nothing") { catalog in
            let devices = passers()
            for device in devices { try await catalog.add(device) }
            let error = try await expectFailure(.conflict, "two devices of one name") {
                try await catalog.change([devices[0].named(devices[2]), devices[1].named(devices[0])])
            }
            try expect(error.message.contains("name") && error.message.contains("c"), "message names it: \(error)")
            try expectEqual(try await catalog.devices(.all), devices, "devices after the conflict")
        },
    ]

    private static func passers() -> [Device] {
        [
            Specimens.device("a", "192.0.2.1"), Specimens.device("b", "192.0.2.1", port: 1161),
            Specimens.device("c", "192.0.2.3"),
        ]
    }

    /// Stores three fresh devices, changes them in one revision and expects them as changed.
    private static func pass(on catalog: any Catalog, _ change: ([Device]) -> [Device]) async throws {
        let old = try await catalog.devices(.all).map(\.id)
        try await catalog.change([], removing: old)
        _ = try await catalog.forgetDevices(removedBefore: endOfTime)
        let devices = passers()
        for device in devices { try await catalog.add(device) }
        let changed = change(devices)
        try await catalog.change(changed)
        try expectEqual(try await catalog.devices(.all), changed.sorted { $0.name < $1.name }, "devices")
    }
}

extension Device {
    fileprivate func named(_ other: Device) -> Device {
        var device = self
        device.name = other.name
        return device
    }

    fileprivate func placed(_ other: Device) -> Device {
        var device = self
        device.address = other.address
        device.port = other.port
        return device
    }
}

extension Catalog {
    /// Changes, adds and removes devices in one revision.
    fileprivate func change(_ changed: [Device], adding: [Device] = [], removing: [DeviceID] = []) async throws {
        try await reviseDevices(.ids([])) { _ in
            var revision = DeviceRevision()
            revision.updated = changed
            revision.inserted = adding
            revision.removed = removing
            return (revision, ())
        }
    }
}
