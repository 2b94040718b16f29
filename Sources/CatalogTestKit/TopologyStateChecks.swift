import Catalog
import Inventory

extension CatalogContract {
    /// Throws unless the edition is higher after `body`.
    private static func expectRise(
        _ catalog: any Catalog, _ what: String, _ body: () async throws -> Void
    ) async throws {
        let before = try await catalog.topologyState().edition
        try await body()
        let after = try await catalog.topologyState().edition
        try expect(after > before, "the edition went from \(before) to \(after) with \(what)")
    }

    /// The same of an edit; the revision's own row stays as it is, so that only the edit can move the edition.
    private static func expectEdit(
        _ catalog: any Catalog, _ what: String, _ edit: @escaping @Sendable (inout TopologyChange) -> Void
    ) async throws {
        try await expectRise(catalog, what) {
            try await catalog.reviseTopology { book in
                guard let revision = book.revision else { return (nil, ()) }
                var change = TopologyChange(revision: revision)
                edit(&change)
                return (change, ())
            }
        }
    }

    static let topologyStateChecks: [Check] = [
        Check("the edition rises with every write of topology, and stays while nothing is written") { catalog in
            let scene = try await TopologyScene(catalog)
            try await expectRise(catalog, "a revision") { try await scene.revise { _ in } }
            let neighbour = Specimens.neighbour(of: scene.a, at: scene.aPorts[0])
            let other = Specimens.neighbour(of: scene.a, at: scene.aPorts[1], "2")
            let link = Specimens.link(scene.a, scene.b)
            try await expectEdit(catalog, "neighbours") { $0.insertedNeighbours = [neighbour, other] }
            try await expectEdit(catalog, "a changed neighbour") { change in
                var changed = neighbour
                changed.reading.platform = "x"
                change.updatedNeighbours = [changed]
            }
            try await expectEdit(catalog, "what was heard") { $0.heardDevices = [scene.a.id] }
            try await expectEdit(catalog, "a removed neighbour") { $0.removedNeighbours = [neighbour.id] }
            try await expectEdit(catalog, "a description") { $0.descriptions = [scene.a.id: Specimens.description()] }
            try await expectEdit(catalog, "a link") { $0.savedLinks = [link] }
            try await expectEdit(catalog, "a vanished link") { $0.savedLinks = [link.vanished(1, at: 1)] }
            try await expectEdit(catalog, "a position") {
                $0.positions = [NodePosition(deviceID: scene.b.id, x: 1, y: 1, tier: nil)]
            }
            let manual = ManualLink(aDeviceID: scene.a.id, bDeviceID: scene.b.id, at: Specimens.noon)
            try await expectRise(catalog, "a manual link") { try await catalog.saveManualLink(manual) }
            try await expectRise(catalog, "a removed manual link") { _ = try await catalog.removeManualLink(manual.id) }
            try await expectRise(catalog, "removed history") {
                _ = try await catalog.removeTopologyHistory(before: endOfTime)
            }
            try await expectRise(catalog, "a retired interface") {
                try await catalog.revise(scene.a) { $0.retired = [scene.aPorts[1].id] }
            }
            try await expectRise(catalog, "a removed device") { try await catalog.remove(scene.b) }
            let last = try await catalog.topologyState().edition
            _ = try await catalog.topologyBook()
            _ = try await catalog.reviseTopology { book in (nil, book.links) }
            try expectEqual(try await catalog.topologyState().edition, last, "edition after reads")
        },
        Check("what is stored already is not written again") { catalog in
            let scene = try await TopologyScene(catalog)
            let neighbour = Specimens.neighbour(of: scene.a)
            let link = Specimens.link(scene.a, scene.b)
            let position = NodePosition(deviceID: scene.a.id, x: 1, y: 2, tier: 0)
            try await scene.revise { change in
                change.insertedNeighbours = [neighbour]
                change.savedLinks = [link]
                change.positions = [position]
                change.descriptions = [scene.a.id: Specimens.description()]
            }
            let before = try await catalog.topologyState()
            try await catalog.reviseTopology { book in
                guard let revision = book.revision else { return (nil, ()) }
                var change = TopologyChange(revision: revision)
                change.updatedNeighbours = [neighbour]
                change.savedLinks = [link]
                change.positions = [position]
                change.descriptions = [scene.a.id: Specimens.description()]
                return (change, ())
            }
            try expectEqual(try await catalog.topologyState(), before, "state")
        },
    ]

    static let topologyRemovalChecks: [Check] = [
        Check("what a removed device said goes with it; who saw it keeps what was seen, without the device") {
            catalog in
            let scene = try await TopologyScene(catalog)
            var seen = Specimens.fullNeighbour(
                of: scene.a, at: scene.aPorts[0], far: scene.b, farPort: scene.bPorts[0])
            seen.match.candidates = []
            var connection = InterfaceConnection()
            connection.deviceID = scene.b.id
            connection.interfaceID = scene.bPorts[0].id
            connection.neighbourName = "b"
            connection.neighbourPort = "Gi1"
            let link = Specimens.link(scene.a, scene.b)
            try await scene.revise { [seen, connection] change in
                change.insertedNeighbours = [seen, Specimens.neighbour(of: scene.b)]
                change.descriptions = [scene.b.id: Specimens.description()]
                change.positions = [NodePosition(deviceID: scene.b.id, x: 0, y: 0, tier: 1)]
                change.connections = [scene.aPorts[0].id: connection]
                change.savedLinks = [link]
            }
            try await catalog.remove(scene.b)
            let book = try await catalog.topologyBook()
            seen.match.deviceID = nil
            seen.match.interfaceID = nil
            seen.match.confidence = 0
            try expectEqual(book.neighbours, [seen], "neighbours")
            try expect(book.descriptions.isEmpty && book.positions.isEmpty, "description and position are gone")
            try expectEqual(book.links, [link], "links stay until the next run")
            connection.deviceID = nil
            connection.interfaceID = nil
            try expectEqual(book.ports.map(\.connection), [connection, InterfaceConnection()], "connections")
        },
        Check("an interface that is removed takes its neighbours along, and others' word of it") { catalog in
            let scene = try await TopologyScene(catalog)
            let gone = Specimens.neighbour(of: scene.b, at: scene.bPorts[0])
            let stays = Specimens.neighbour(of: scene.b, at: scene.bPorts[1], "2")
            var seen = Specimens.fullNeighbour(
                of: scene.a, at: scene.aPorts[0], far: scene.b, farPort: scene.bPorts[0])
            try await scene.revise { [seen] in $0.insertedNeighbours = [gone, stays, seen] }
            try await catalog.revise(scene.b) { $0.retired = [scene.bPorts[0].id] }
            seen.match.interfaceID = nil
            try expectEqual(try await catalog.neighbours(of: scene.a.id), [seen], "neighbours of a")
            try expectEqual(try await catalog.neighbours(of: scene.b.id), [stays], "neighbours of b")
        },
        Check("a device that returns has its id in the history of links") { catalog in
            let scene = try await TopologyScene(catalog)
            let link = Specimens.link(scene.a, scene.b)
            try await scene.revise { $0.savedLinks = [link] }
            try await catalog.remove(scene.b)
            try expectEqual(try await catalog.addDevice(Specimens.device("b", "192.0.2.2")).id, scene.b.id, "id")
            try await scene.revise { change in
                change.insertedNeighbours = [Specimens.neighbour(of: scene.b)]
                change.positions = [NodePosition(deviceID: scene.b.id, x: 0, y: 0, tier: 1)]
            }
            let book = try await catalog.topologyBook()
            try expectEqual(book.links, [link], "links")
            try expectEqual(book.neighbours.map(\.deviceID), [scene.b.id], "neighbours")
        },
    ]
}
