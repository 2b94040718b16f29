import Catalog
import Inventory

extension CatalogContract {
    static let retirementChecks: [Check] = [
        Check("a retired interface leaves the lists and keeps its identity and settings") { catalog in
            let device = Specimens.device("a")
            try await catalog.add(device)
            let plain = Specimens.interface(of: device, 1)
            var full = Specimens.fullInterface(of: device)
            full.connectedToDeviceID = device.id
            full.connectedToInterfaceID = plain.id
            try await catalog.revise(device) { [full] in $0.inserted = [plain, full] }
            try await catalog.revise(device) { [full] in $0.retired = [full.id, .random()] }
            full.connectedToDeviceID = nil
            full.connectedToInterfaceID = nil
            try expectEqual(try await catalog.interfaces(of: device.id), [plain], "interfaces of the device")
            try expectEqual(try await catalog.interfaces(withIDs: [full.id]), [], "the retired one by its id")
            try expectEqual(try await catalog.interfaceCount(), 1, "count of interfaces")
            try expectEqual(try await catalog.book(of: device)?.retired, [full], "retired interfaces")
        },
        Check("an interface that leads to a retired one no longer leads anywhere") { catalog in
            let device = Specimens.device("a")
            try await catalog.add(device)
            let retiring = Specimens.interface(of: device, 1)
            var leading = Specimens.interface(of: device, 2)
            leading.connectedToInterfaceID = retiring.id
            try await catalog.revise(device) { [leading] in $0.inserted = [retiring, leading] }
            try await catalog.revise(device) { $0.retired = [retiring.id] }
            leading.connectedToInterfaceID = nil
            try expectEqual(try await catalog.interfaces(of: device.id), [leading], "interfaces")
        },
        Check("an interface inserted with a retired one's id is taken back") { catalog in
            let device = Specimens.device("a")
            try await catalog.add(device)
            let staying = Specimens.interface(of: device, 1)
            var returning = Specimens.interface(of: device, 2)
            returning.notes = "keep me"
            try await catalog.revise(device) { [returning] in $0.inserted = [staying, returning] }
            try await catalog.revise(device) { [returning] in $0.retired = [staying.id, returning.id] }
            returning.facts.ifIndex = 12
            try await catalog.reviseInterfaces(of: [device.id]) { books in
                var revision = InterfaceRevision(deviceID: device.id)
                revision.inserted = (books.first?.retired ?? []).filter { $0.notes == "keep me" }
                for position in revision.inserted.indices { revision.inserted[position].facts.ifIndex = 12 }
                return ([revision], ())
            }
            try expectEqual(try await catalog.interfaces(of: device.id), [returning], "interfaces")
            try expectEqual(try await catalog.book(of: device)?.retired, [staying], "retired interfaces")
        },
        Check("an interface may be retired, returned and retired again") { catalog in
            let device = Specimens.device("a")
            try await catalog.add(device)
            let interface = Specimens.interface(of: device, 1)
            for _ in 1...2 {
                try await catalog.revise(device) { $0.inserted = [interface] }
                try await catalog.revise(device) { $0.retired = [interface.id] }
            }
            let book = try await catalog.book(of: device)
            try expectEqual(book?.live, [], "live interfaces")
            try expectEqual(book?.retired, [interface], "retired interfaces")
        },
        Check("retired interfaces are ordered by ifIndex, then id") { catalog in
            let device = Specimens.device("a")
            try await catalog.add(device)
            let interfaces = [3, 1, 1, 2].map { Specimens.interface(of: device, $0) }
            try await catalog.revise(device) { $0.inserted = interfaces }
            try await catalog.revise(device) { $0.retired = interfaces.map(\.id) }
            let expected = interfaces.sorted { ($0.facts.ifIndex, $0.id) < ($1.facts.ifIndex, $1.id) }
            try expectEqual(try await catalog.book(of: device)?.retired, expected, "retired interfaces")
        },
    ]
}
