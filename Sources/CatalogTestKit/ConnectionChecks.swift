import Catalog
import Inventory

extension CatalogContract {
    /// A connection to an interface of another device.
    private static func connection(to far: Device, _ port: Interface) -> InterfaceConnection {
        var connection = InterfaceConnection()
        connection.deviceID = far.id
        connection.interfaceID = port.id
        connection.neighbourName = far.name
        connection.neighbourPort = port.facts.ifName
        connection.neighbourProtocol = "lldp"
        return connection
    }

    /// An interface as it is stored once a connection was written at a time.
    private static func connected(
        _ interface: Interface, _ connection: InterfaceConnection, at now: Timestamp
    ) -> Interface {
        var row = interface
        row.connectedToDeviceID = connection.deviceID
        row.connectedToInterfaceID = connection.interfaceID
        row.lldpNeighborName = connection.neighbourName
        row.lldpNeighborPort = connection.neighbourPort
        row.neighborProtocol = connection.neighbourProtocol
        row.updatedAt = now
        return row
    }

    static let connectionChecks: [Check] = [
        Check("a connection fills its interface's columns and moves updated_at, nothing else changes") { catalog in
            let scene = try await TopologyScene(catalog)
            let there = connection(to: scene.b, scene.bPorts[1])
            try await scene.revise { $0.connections = [scene.aPorts[0].id: there] }
            let minute = Specimens.noon.advanced(bySeconds: 60)
            let expected = [connected(scene.aPorts[0], there, at: minute), scene.aPorts[1]]
            try expectEqual(try await catalog.interfaces(of: scene.a.id), expected, "interfaces of a")
            try expectEqual(try await catalog.interfaces(of: scene.b.id), scene.bPorts, "interfaces of b")
            try await scene.revise { $0.connections = [scene.aPorts[0].id: InterfaceConnection()] }
            let emptied = connected(scene.aPorts[0], InterfaceConnection(), at: minute.advanced(bySeconds: 60))
            try expectEqual(try await catalog.interfaces(of: scene.a.id).first, emptied, "the emptied one")
        },
        Check("a connection that is stored already moves neither updated_at nor the lists' revision") { catalog in
            let scene = try await TopologyScene(catalog)
            let there = connection(to: scene.b, scene.bPorts[1])
            try await scene.revise { $0.connections = [scene.aPorts[0].id: there] }
            let (rows, lists) = (try await catalog.interfaces(of: scene.a.id), try await catalog.revision())
            try await scene.revise { change in
                change.connections = [scene.aPorts[0].id: there, scene.aPorts[1].id: InterfaceConnection()]
            }
            try expectEqual(try await catalog.interfaces(of: scene.a.id), rows, "interfaces")
            try expectEqual(try await catalog.revision(), lists, "revision of the lists")
            try await scene.revise { $0.connections = [scene.aPorts[1].id: there] }
            try expect(try await catalog.revision() != lists, "a connection that changes moves the lists' revision")
        },
        Check("neighbours and links alone do not move the lists' revision") { catalog in
            let scene = try await TopologyScene(catalog)
            let lists = try await catalog.revision()
            try await scene.revise { change in
                change.insertedNeighbours = [Specimens.neighbour(of: scene.a, at: scene.aPorts[0])]
                change.savedLinks = [Specimens.link(scene.a, scene.b)]
            }
            try expectEqual(try await catalog.revision(), lists, "revision of the lists")
        },
        Check("interfaces that are written whole from their book keep their connection") { catalog in
            let scene = try await TopologyScene(catalog)
            let there = connection(to: scene.b, scene.bPorts[1])
            try await scene.revise { $0.connections = [scene.aPorts[0].id: there] }
            try await catalog.reviseInterfaces(of: [scene.a.id]) { books in
                var revision = InterfaceRevision(deviceID: scene.a.id)
                revision.updated = (books.first?.live ?? []).map { row in
                    var row = row
                    row.notes = "seen"
                    return row
                }
                return ([revision], ())
            }
            var expected = connected(scene.aPorts[0], there, at: Specimens.noon.advanced(bySeconds: 60))
            expected.notes = "seen"
            try expectEqual(try await catalog.interfaces(of: scene.a.id).first, expected, "the connected interface")
            try expectEqual(
                try await catalog.topologyBook().ports.first { $0.id == scene.aPorts[0].id }?.connection, there,
                "the connection in the book")
        },
        Check("a book of interfaces has the neighbour that speaks for each") { catalog in
            let scene = try await TopologyScene(catalog)
            func neighbour(
                _ port: Interface?, _ capability: NeighbourCapability?, by: NeighbourProtocol = .lldp, _ name: String
            ) -> Neighbour {
                var row = Specimens.neighbour(of: scene.a, at: port, name, by: by, name: name)
                row.reading.capabilities = capability.map { [$0] } ?? []
                return row
            }
            let rows = [
                neighbour(scene.aPorts[0], .station, "pc"), neighbour(scene.aPorts[0], .telephone, "phone"),
                neighbour(scene.aPorts[1], .bridge, by: .cdp, "a-switch"), neighbour(scene.aPorts[1], nil, "silent"),
                neighbour(scene.aPorts[1], .bridge, "z-switch"), neighbour(scene.aPorts[1], .bridge, "y-switch"),
                neighbour(nil, .bridge, "nowhere"),
            ]
            try await scene.revise { $0.insertedNeighbours = rows.shuffled() }
            let books = try await catalog.reviseInterfaces(of: [scene.b.id, scene.a.id]) { ([], $0) }
            try expectEqual(books.map(\.device.id), [scene.b.id, scene.a.id], "devices of the books")
            try expectEqual(books.first?.neighbours, [:], "neighbours of b")
            let speaking = [scene.aPorts[0].id: rows[1].reading, scene.aPorts[1].id: rows[5].reading]
            try expectEqual(books.last?.neighbours, speaking, "neighbours of a")
        },
    ]
}
