import Catalog
import Inventory

extension CatalogContract {
    static let topologyRevisionChecks: [Check] = revisionNumberChecks + topologyDecisionChecks

    private static func record(_ number: Int64, _ links: Int = 0, at seconds: Double = 0) -> TopologyRevisionRecord {
        var record = TopologyRevisionRecord(number: number, at: Specimens.noon.advanced(bySeconds: seconds))
        (record.devicesRead, record.connections, record.mapped) = (876, 2_145, 1_987)
        (record.links, record.appeared, record.vanished) = (links, 3, 1)
        return record
    }

    private static let revisionNumberChecks: [Check] = [
        Check("revisions come back, the last one first, and the latest is the book's") { catalog in
            for number in 1...3 {
                try await catalog.reviseTopology { _ in
                    (TopologyChange(revision: record(Int64(number), number)), ())
                }
                try expectEqual(try await catalog.topologyState().revision, Int64(number), "state")
            }
            let all = [record(3, 3), record(2, 2), record(1, 1)]
            try expectEqual(try await catalog.topologyRevisions(limit: 10), all, "revisions")
            try expectEqual(try await catalog.topologyRevisions(limit: 2), [all[0], all[1]], "two revisions")
            try expectEqual(try await catalog.topologyRevisions(limit: 0), [], "no revisions")
            try expectEqual(try await catalog.topologyBook().revision, all[0], "the book's")
        },
        Check("a revision of the latest number takes its place") { catalog in
            for number: Int64 in [1, 2] {
                try await catalog.reviseTopology { _ in (TopologyChange(revision: record(number)), ()) }
            }
            let again = record(2, 40, at: 86_400)
            try await catalog.reviseTopology { _ in (TopologyChange(revision: again), ()) }
            try expectEqual(try await catalog.topologyRevisions(limit: 10), [again, record(1)], "revisions")
        },
        Check("a number that is neither the latest nor the next writes nothing of its revision") { catalog in
            let scene = try await TopologyScene(catalog)
            func expectRefusal(_ numbers: [Int64], after last: Int64) async throws {
                let before = try await catalog.topologyState()
                for number in numbers {
                    try await expectFailure(.invalidValue, "revision \(number) after \(last)") {
                        try await catalog.reviseTopology { _ in
                            var change = TopologyChange(revision: record(number))
                            change.insertedNeighbours = [Specimens.neighbour(of: scene.a)]
                            return (change, ())
                        }
                    }
                }
                try expectEqual(try await catalog.topologyState(), before, "state after what was refused")
                try expectEqual(try await catalog.neighbours(of: scene.a.id), [], "neighbours")
            }
            try await expectRefusal([0, 2, -1, .min, .max], after: 0)
            try await scene.revise { _ in }
            try await scene.revise { _ in }
            try await expectRefusal([1, 4, 0, -1, .min, .max], after: 2)
        },
    ]

    private static let topologyDecisionChecks: [Check] = [
        Check("decide sees the book, its outcome comes back, and no change writes nothing") { catalog in
            let scene = try await TopologyScene(catalog)
            let neighbour = Specimens.neighbour(of: scene.a)
            try await scene.revise { $0.insertedNeighbours = [neighbour] }
            let (state, lists) = (try await catalog.topologyState(), try await catalog.revision())
            let seen = try await catalog.reviseTopology { book in (nil, book.neighbours) }
            try expectEqual(seen, [neighbour], "neighbours given to decide")
            try expectEqual(try await catalog.topologyState(), state, "state")
            try expectEqual(try await catalog.revision(), lists, "revision of the lists")
        },
        Check("rows about what does not exist are left out, the others saved") { catalog in
            let scene = try await TopologyScene(catalog)
            let gone = Specimens.device("gone", "192.0.2.9")
            let gonePort = Specimens.interface(of: gone, 1)
            let good = Specimens.neighbour(of: scene.a, at: scene.aPorts[0])
            let ofGone = Specimens.neighbour(of: gone)
            let atGone = Specimens.neighbour(of: scene.a, at: gonePort, "2")
            var toGone = Specimens.fullNeighbour(of: scene.b, at: scene.bPorts[0], far: gone, farPort: gonePort)
            var connection = InterfaceConnection()
            connection.deviceID = gone.id
            connection.interfaceID = gonePort.id
            connection.neighbourName = "gone"
            let links = [Specimens.link(scene.a, scene.b), Specimens.link(scene.a, gone, port: "Gi2")]
            try await scene.revise { [toGone, connection] change in
                change.insertedNeighbours = [good, ofGone, atGone, toGone]
                change.heardDevices = [gone.id]
                change.descriptions = [gone.id: Specimens.description()]
                change.connections = [scene.aPorts[0].id: connection, gonePort.id: connection]
                change.savedLinks = links
                change.positions = [NodePosition(deviceID: gone.id, x: 0, y: 0, tier: nil)]
            }
            let book = try await catalog.topologyBook()
            try expectEqual(try await catalog.neighbours(of: scene.a.id), [good], "neighbours of a")
            toGone.match.deviceID = nil
            toGone.match.interfaceID = nil
            toGone.match.confidence = 0
            toGone.match.candidates = [scene.b.id]
            try expectEqual(try await catalog.neighbours(of: scene.b.id), [toGone], "neighbours of b")
            try expect(book.descriptions.isEmpty && book.positions.isEmpty, "nothing is said of the unknown device")
            try expectEqual(book.links, [links[0]], "links")
            connection.deviceID = nil
            connection.interfaceID = nil
            let connected = book.ports.first { $0.id == scene.aPorts[0].id }?.connection
            try expectEqual(connected, connection, "the connection without its far end")
        },
        Check("a revision that is refused in its midst writes nothing") { catalog in
            let scene = try await TopologyScene(catalog)
            let neighbour = Specimens.neighbour(of: scene.a)
            try await scene.revise { $0.insertedNeighbours = [neighbour] }
            let before = try await catalog.topologyState()
            var wrong = Specimens.neighbour(of: scene.b)
            wrong.match.confidence = 2
            try await expectFailure(.invalidValue, "a confidence of 2") {
                try await scene.revise { [wrong] change in
                    change.removedNeighbours = [neighbour.id]
                    change.insertedNeighbours = [Specimens.neighbour(of: scene.b), wrong]
                }
            }
            try expectEqual(try await catalog.topologyState(), before, "state")
            try expectEqual(try await catalog.topologyBook().neighbours, [neighbour], "neighbours")
        },
        Check("concurrent runs each follow the one before") { catalog in
            let scene = try await TopologyScene(catalog)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<20 {
                    group.addTask {
                        try await scene.revise { change in
                            change.insertedNeighbours = [Specimens.neighbour(of: scene.a, "\(number)")]
                        }
                    }
                }
                for number in 0..<20 {
                    group.addTask {
                        let link = ManualLink(
                            aDeviceID: scene.a.id, bDeviceID: scene.b.id, note: "\(number)", at: Specimens.noon)
                        try await catalog.saveManualLink(link)
                    }
                }
                try await group.waitForAll()
            }
            let numbers = try await catalog.topologyRevisions(limit: 100).map(\.number)
            try expectEqual(numbers, (1...20).reversed(), "numbers of revisions")
            try expectEqual(try await catalog.neighbours(of: scene.a.id).count, 20, "neighbours")
            try expectEqual(try await catalog.manualLinks().count, 20, "manual links")
        },
        Check("readers see a revision of the topology as a whole or not at all") { catalog in
            let scene = try await TopologyScene(catalog)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    for _ in 0..<10 {
                        try await scene.revise { change in
                            change.insertedNeighbours = (0..<5).map { Specimens.neighbour(of: scene.a, "\($0)") }
                        }
                    }
                }
                group.addTask {
                    for _ in 0..<30 {
                        let book = try await catalog.topologyBook()
                        let expected = Int(book.revision?.number ?? 0) * 5
                        try expectEqual(book.neighbours.count, expected, "neighbours of one revision")
                    }
                }
                try await group.waitForAll()
            }
        },
        Check("a cancelled run of topology writes nothing, and a closed catalog has none") { catalog in
            let scene = try await TopologyScene(catalog)
            let running = Task {
                try await expectFailure(.cancelled, "a run whose task is cancelled") {
                    try await catalog.reviseTopology { _ in
                        withUnsafeCurrentTask { $0?.cancel() }
                        var change = TopologyChange(revision: record(1))
                        change.insertedNeighbours = [Specimens.neighbour(of: scene.a)]
                        return (change, ())
                    }
                }
            }
            _ = try await running.value
            try expectEqual(try await catalog.topologyState().revision, 0, "revision")
            try expectEqual(try await catalog.neighbours(of: scene.a.id), [], "neighbours")
            try await catalog.close()
            try await expectFailure(.closed, "the book after close") { _ = try await catalog.topologyBook() }
            try await expectFailure(.closed, "the state after close") { _ = try await catalog.topologyState() }
        },
    ]
}
