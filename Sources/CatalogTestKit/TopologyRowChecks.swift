import Catalog
import Inventory

extension CatalogContract {
    static let topologyRowChecks: [Check] = neighbourChecks + descriptionChecks

    private static let neighbourChecks: [Check] = [
        Check("an empty catalog has no topology") { catalog in
            try expectEqual(try await catalog.topologyState().revision, 0, "revision")
            let book = try await catalog.topologyBook()
            try expect(book.devices.isEmpty && book.ports.isEmpty && book.neighbours.isEmpty, "the book is empty")
            try expect(book.links.isEmpty && book.manualLinks.isEmpty && book.positions.isEmpty, "nothing is linked")
            try expectEqual(book.revision, nil, "the latest revision")
            try expectEqual(try await catalog.neighbours(of: .random()), [], "neighbours of an unknown device")
            try expectEqual(try await catalog.links(at: Specimens.noon), [], "links")
            try expectEqual(try await catalog.topologyRevisions(limit: 9), [], "revisions")
            try expectEqual(try await catalog.manualLinks(), [], "manual links")
            try expectEqual(try await catalog.removeTopologyHistory(before: endOfTime), 0, "removed links")
        },
        Check("a neighbour comes back as saved, the plainest and the fullest one") { catalog in
            let scene = try await TopologyScene(catalog)
            let full = Specimens.fullNeighbour(
                of: scene.a, at: scene.aPorts[0], far: scene.b, farPort: scene.bPorts[1])
            let plain = Specimens.neighbour(of: scene.b)
            try await scene.revise { $0.insertedNeighbours = [full, plain] }
            try expectEqual(try await catalog.neighbours(of: scene.a.id), [full], "the full one")
            try expectEqual(try await catalog.neighbours(of: scene.b.id), [plain], "the plain one")
        },
        Check("every word of protocols, rules and kinds comes back") { catalog in
            let scene = try await TopologyScene(catalog)
            var expected: [Neighbour] = []
            for (number, rule) in LocalPortRule.allCases.enumerated() {
                let by = NeighbourProtocol.allCases[number % NeighbourProtocol.allCases.count]
                var neighbour = Specimens.neighbour(of: scene.a, "\(number)", by: by)
                neighbour.reading.localPortRule = rule
                neighbour.match.deviceRules = [MatchRule.allCases[number % MatchRule.allCases.count]]
                let kinds: [NeighbourID.Kind] = [.mac, .address, .text]
                neighbour.reading.chassis = NeighbourID(subtype: number, kind: kinds[number % 3], text: "x")
                neighbour.reading.capabilities = [NeighbourCapability.allCases[number % 8]]
                expected.append(neighbour)
            }
            try await scene.revise { [expected] in $0.insertedNeighbours = expected }
            try expectEqual(try await catalog.neighbours(of: scene.a.id), expected, "neighbours")
        },
        Check("hostile texts of neighbours and descriptions come back octet by octet") { catalog in
            let scene = try await TopologyScene(catalog)
            for text in Specimens.hostileTexts {
                var neighbour = Specimens.neighbour(of: scene.a, text, name: text)
                neighbour.reading.chassis = NeighbourID(kind: .text, text: text)
                neighbour.reading.port = NeighbourID(subtype: 7, kind: .text, text: text)
                neighbour.reading.portDescription = text
                neighbour.reading.systemDescription = text
                neighbour.reading.platform = text
                neighbour.reading.managementAddresses = [text, "1", text]
                var link = Specimens.link(scene.a, nil, port: text)
                link.link.b.deviceName = text
                link.link.group = text
                let local = Specimens.description(text)
                try await scene.revise { [neighbour, link] change in
                    change.insertedNeighbours = [neighbour]
                    change.savedLinks = [link]
                    change.descriptions = [scene.a.id: local]
                }
                let book = try await catalog.topologyBook()
                let shown = "of the text \(text.prefix(20).debugDescription)"
                try expectOctets(book.neighbours, [neighbour], "the neighbour \(shown)")
                try expectOctets(book.links, [link], "the link \(shown)")
                try expectOctets(book.descriptions, [scene.a.id: local], "the description \(shown)")
                try await scene.revise { [neighbour, link] change in
                    change.removedNeighbours = [neighbour.id]
                    change.savedLinks = [link.vanished(9, at: 9)]
                }
            }
        },
        Check("neighbours of a device are ordered by local port as people count, then protocol, then id") { catalog in
            let scene = try await TopologyScene(catalog)
            let ids = (0..<4).map { _ in NeighbourRowID.random() }.sorted()
            let ordered = [
                Specimens.neighbour(of: scene.a, "Gi1/0/2", by: .lldp, id: ids[1]),
                Specimens.neighbour(of: scene.a, "Gi1/0/2", by: .lldp, id: ids[2]),
                Specimens.neighbour(of: scene.a, "Gi1/0/2", by: .cdp, id: ids[0]),
                Specimens.neighbour(of: scene.a, "Gi1/0/10", by: .lldp, id: ids[3]),
            ]
            let other = Specimens.neighbour(of: scene.b, "Gi1/0/3")
            try await scene.revise { $0.insertedNeighbours = [other] + ordered.reversed() }
            try expectEqual(try await catalog.neighbours(of: scene.a.id), ordered, "neighbours of a")
            let all = (ordered + [other]).sorted { ($0.deviceID, $0.id) < ($1.deviceID, $1.id) }
            try expectEqual(try await catalog.topologyBook().neighbours, all, "neighbours of the book")
        },
        Check("neighbours are changed, removed and left alone as a revision says") { catalog in
            let scene = try await TopologyScene(catalog)
            let rows = (1...4).map { Specimens.neighbour(of: scene.a, "\($0)") }
            try await scene.revise { $0.insertedNeighbours = rows }
            var (changed, stranger) = (rows[1], Specimens.neighbour(of: scene.a, "9"))
            changed.reading.systemName = "renamed"
            changed.interfaceID = scene.aPorts[1].id
            changed.match.deviceID = scene.b.id
            stranger.reading.systemName = "never stored"
            try await scene.revise { [changed, stranger] change in
                change.updatedNeighbours = [changed, stranger]
                change.removedNeighbours = [rows[2].id, .random()]
            }
            try expectEqual(
                try await catalog.neighbours(of: scene.a.id), [rows[0], changed, rows[3]], "neighbours afterwards")
        },
        Check("what was heard advances, of the devices that are named alone") { catalog in
            let scene = try await TopologyScene(catalog)
            let rows = [
                Specimens.neighbour(of: scene.a, "1"), Specimens.neighbour(of: scene.a, "2"),
                Specimens.neighbour(of: scene.b, "1"),
            ]
            try await scene.revise { $0.insertedNeighbours = rows }
            let heard = try await catalog.reviseTopology { _ in
                let record = TopologyRevisionRecord(number: 2, at: Specimens.noon.advanced(bySeconds: 7))
                var change = TopologyChange(revision: record)
                change.removedNeighbours = [rows[1].id]
                change.heardDevices = [scene.a.id, .random()]
                return (change, record.at)
            }
            var expected = rows[0]
            expected.lastSeenAt = heard
            try expectEqual(try await catalog.neighbours(of: scene.a.id), [expected], "neighbours of a")
            try expectEqual(try await catalog.neighbours(of: scene.b.id), [rows[2]], "neighbours of b")
        },
    ]

    /// Equal as values and octet by octet: texts that are equal only to people are not.
    private static func expectOctets<Value: Equatable>(_ found: Value, _ expected: Value, _ what: String) throws {
        try expect(found == expected, what)
        let (left, right) = ("\(found)", "\(expected)")
        try expect(found is [DeviceID: LocalSystem] || left.utf8.elementsEqual(right.utf8), "octets of \(what)")
    }

    private static let descriptionChecks: [Check] = [
        Check("descriptions and positions come back, are replaced, and the others stay") { catalog in
            let scene = try await TopologyScene(catalog)
            let (first, second) = (Specimens.description(), Specimens.description("other"))
            let places = [
                NodePosition(deviceID: scene.a.id, x: -0.1, y: 1e300, tier: nil),
                NodePosition(deviceID: scene.b.id, x: 3, y: 4.5, tier: 2),
            ]
            try await scene.revise { change in
                change.descriptions = [scene.a.id: first, scene.b.id: LocalSystem()]
                change.positions = places
            }
            var book = try await catalog.topologyBook()
            try expectEqual(book.descriptions, [scene.a.id: first, scene.b.id: LocalSystem()], "descriptions")
            try expectEqual(book.positions, [scene.a.id: places[0], scene.b.id: places[1]], "positions")
            let moved = NodePosition(deviceID: scene.a.id, x: 0, y: 0, tier: 0)
            try await scene.revise { change in
                change.descriptions = [scene.a.id: second]
                change.positions = [moved]
            }
            book = try await catalog.topologyBook()
            try expectEqual(book.descriptions, [scene.a.id: second, scene.b.id: LocalSystem()], "new descriptions")
            try expectEqual(book.positions, [scene.a.id: moved, scene.b.id: places[1]], "new positions")
        },
        Check("the book has all devices and ports, in order, as interfaces tell") { catalog in
            let device = Specimens.device("b")
            let other = Specimens.device("a", "192.0.2.2")
            try await catalog.add(device, other)
            // In the order of their ids, which is not that of their ifIndex.
            let ids = (0..<4).map { _ in InterfaceID.random() }.sorted()
            let plain = zip([10, 2, 2, 0], ids).map { Specimens.interface(of: device, $0, id: $1) }
            let rows = plain.shuffled() + [Specimens.fullInterface(of: device)]
            try await catalog.revise(device) { $0.inserted = rows }
            try await catalog.revise(other) { $0.inserted = [Specimens.interface(of: other, 1)] }
            let book = try await catalog.topologyBook()
            try expectEqual(book.devices, [other, device], "devices")
            var expected = try await catalog.interfaces(of: device.id) + catalog.interfaces(of: other.id)
            expected.sort { ($0.deviceID, $0.facts.ifIndex, $0.id) < ($1.deviceID, $1.facts.ifIndex, $1.id) }
            try expectEqual(book.ports, expected.map { port($0) }, "ports")
            try expect(book.ports.contains { $0.isMissing }, "a missing one is told as such")
        },
    ]

    /// An interface as topology sees it.
    private static func port(_ interface: Interface) -> PortRecord {
        var connection = InterfaceConnection()
        connection.deviceID = interface.connectedToDeviceID
        connection.interfaceID = interface.connectedToInterfaceID
        connection.neighbourName = interface.lldpNeighborName
        connection.neighbourPort = interface.lldpNeighborPort
        connection.neighbourProtocol = interface.neighborProtocol
        return PortRecord(
            id: interface.id, deviceID: interface.deviceID, facts: interface.facts,
            interfaceType: interface.interfaceType, isMissing: interface.missingSince != nil, connection: connection)
    }
}
