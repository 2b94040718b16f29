import Catalog
import Inventory

extension CatalogContract {
    static let concurrencyChecks: [Check] = [
        Check("concurrent revisions of one device lose no update") { catalog in
            var device = Specimens.device("a")
            device.uptimeSeconds = 0
            try await catalog.add(device)
            let id = device.id
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        try await catalog.reviseDevices(.ids([id])) { devices in
                            var revision = DeviceRevision()
                            revision.updated = devices
                            for position in devices.indices {
                                revision.updated[position].uptimeSeconds = (devices[position].uptimeSeconds ?? 0) + 1
                            }
                            return (revision, ())
                        }
                    }
                }
                try await group.waitForAll()
            }
            try expectEqual(try await catalog.device(id)?.uptimeSeconds, 20, "count of 20 increments")
        },
        Check("concurrent revisions of interfaces see each other's rows") { catalog in
            let device = Specimens.device("a")
            try await catalog.add(device)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        try await catalog.reviseInterfaces(of: [device.id]) { books in
                            var revision = InterfaceRevision(deviceID: device.id)
                            let next = Int64(books.first?.live.count ?? 0) + 1
                            revision.inserted = [Specimens.interface(of: device, next)]
                            return ([revision], ())
                        }
                    }
                }
                try await group.waitForAll()
            }
            let indexes = try await catalog.interfaces(of: device.id).map(\.facts.ifIndex)
            try expectEqual(indexes, Array(1...20), "ifIndex values, each taken once")
        },
        Check("readers see a revision as a whole or not at all") { catalog in
            let device = Specimens.device("a")
            try await catalog.add(device)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    for round in 0..<20 {
                        try await catalog.revise(device) { revision in
                            revision.inserted = (1...10).map {
                                Specimens.interface(of: device, Int64(round * 10 + $0))
                            }
                        }
                    }
                }
                group.addTask {
                    for _ in 0..<50 {
                        let count = try await catalog.interfaces(of: device.id).count
                        try expect(count.isMultiple(of: 10), "a reader saw \(count) rows, part of a revision")
                    }
                }
                try await group.waitForAll()
            }
        },
    ]
}
