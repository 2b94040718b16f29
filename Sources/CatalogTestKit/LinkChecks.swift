import Catalog
import Inventory

extension CatalogContract {
    static let linkChecks: [Check] = [
        Check("links come back as saved, ordered by id, the plainest and the fullest") { catalog in
            let scene = try await TopologyScene(catalog)
            var full = Specimens.link(scene.a, scene.b, port: "Gi1/0/1", appeared: 7, at: 0.001)
            full.link.a.interfaceID = scene.aPorts[0].id
            full.link.b.interfaceID = scene.bPorts[0].id
            full.link.origin = .inferred
            full.link.confidence = 0.1 + 0.2
            full.link.group = "Po1"
            full.link.witnesses = [
                LinkWitness(
                    deviceID: scene.a.id, source: "fdb", deviceRules: MatchRule.allCases, interfaceRules: [.farEnd]),
                LinkWitness(deviceID: scene.b.id, source: "manual"),
            ]
            var plain = Specimens.link(scene.a, nil)
            plain.link.witnesses = []
            plain.link.a.port = nil
            plain.link.origin = .manual
            let links = [full, plain].sorted { $0.id < $1.id }
            try await scene.revise { [full, plain] in $0.savedLinks = [full, plain] }
            try expectEqual(try await catalog.topologyBook().links, links, "links of the book")
            try expectEqual(try await catalog.links(at: Specimens.noon.advanced(bySeconds: 1)), links, "links")
        },
        Check("a link that is there changes in place, and one that vanishes leaves the book") { catalog in
            let scene = try await TopologyScene(catalog)
            var (first, second) = (Specimens.link(scene.a, scene.b), Specimens.link(scene.a, nil, port: "Gi2"))
            try await scene.revise { [first, second] in $0.savedLinks = [first, second] }
            first.link.confidence = 0.5
            first.link.b.deviceName = "renamed"
            first.link.witnesses.append(LinkWitness(deviceID: scene.b.id, source: "cdp"))
            second = second.vanished(2, at: 120)
            try await scene.revise { [first, second] in $0.savedLinks = [first, second] }
            try expectEqual(try await catalog.topologyBook().links, [first], "links of the book")
            let all = [first, second].sorted { $0.id < $1.id }
            try expectEqual(try await catalog.links(at: Specimens.noon), all, "links at noon, as they last were")
        },
        Check("links whose ends call themselves alike stand beside each other, each with an id of its own") { catalog in
            let scene = try await TopologyScene(catalog)
            let links = (1...3).map { _ in Specimens.link(scene.a, nil) }.sorted { $0.id < $1.id }
            try await scene.revise { $0.savedLinks = links }
            try expectEqual(try await catalog.topologyBook().links, links, "links")
            let next = Specimens.link(scene.a, nil, appeared: 2, at: 60)
            try await scene.revise { $0.savedLinks = [next, links[1].vanished(2, at: 60)] }
            let there = [links[0], links[2], next].sorted { $0.id < $1.id }
            try expectEqual(try await catalog.topologyBook().links, there, "links after one was replaced")
            try await expectFailure(.conflict, "a link of an id that is taken") {
                try await scene.revise { $0.savedLinks = [links[1]] }
            }
            try expectEqual(try await catalog.topologyBook().links, there, "links after the refusal")
        },
        Check("links may swap what identifies them within a revision") { catalog in
            let scene = try await TopologyScene(catalog)
            var links = (1...3).map { Specimens.link(scene.a, scene.b, port: "Gi\($0)") }.sorted { $0.id < $1.id }
            try await scene.revise { [links] in $0.savedLinks = links }
            let ports = links.map(\.link.a.port)
            for (position, port) in [ports[1], ports[2], ports[0]].enumerated() { links[position].link.a.port = port }
            try await scene.revise { [links] in $0.savedLinks = links }
            try expectEqual(try await catalog.topologyBook().links, links, "links")
        },
        Check("a link to a device that is gone can still vanish") { catalog in
            let scene = try await TopologyScene(catalog)
            let link = Specimens.link(scene.a, scene.b)
            try await scene.revise { $0.savedLinks = [link] }
            try await catalog.remove(scene.b)
            try expectEqual(try await catalog.topologyBook().links, [link], "links after the removal")
            try await scene.revise { $0.savedLinks = [link.vanished(2, at: 120)] }
            try expectEqual(try await catalog.topologyBook().links, [], "links after the next run")
            try expectEqual(
                try await catalog.links(at: Specimens.noon), [link.vanished(2, at: 120)], "links before it")
        },
    ]

    /// Links by when they appeared and vanished, in seconds after noon.
    private static let lives: [(name: String, from: Double, to: Double?)] = [
        ("always", 0, nil), ("early", 0, 10), ("late", 20, nil), ("middle", 10, 20), ("moment", 20, 20.001),
    ]

    /// Stores links of these lives; gives each its name by id.
    private static func live(_ scene: TopologyScene) async throws -> [LinkRecordID: String] {
        var (records, names): ([LinkRecord], [LinkRecordID: String]) = ([], [:])
        for life in lives {
            var record = Specimens.link(scene.a, scene.b, port: life.name, at: life.from)
            if let end = life.to { record = record.vanished(2, at: end) }
            records.append(record)
            names[record.id] = life.name
        }
        try await scene.revise { [records] in $0.savedLinks = records }
        return names
    }

    private static func at(_ seconds: Double) -> Timestamp { Specimens.noon.advanced(bySeconds: seconds) }

    static let linkHistoryChecks: [Check] = [
        Check("links of a time are those that had appeared and had not yet vanished") { catalog in
            let names = try await live(try await TopologyScene(catalog))
            let cases: [(Timestamp, Set<String>)] = [
                (Timestamp(milliseconds: .min), []), (at(-0.001), []), (at(0), ["always", "early"]),
                (at(9.999), ["always", "early"]), (at(10), ["always", "middle"]), (at(19.999), ["always", "middle"]),
                (at(20), ["always", "late", "moment"]), (at(20.001), ["always", "late"]),
                (Timestamp(milliseconds: .max), ["always", "late"]),
            ]
            for (time, expected) in cases {
                let found = try await catalog.links(at: time)
                try expectEqual(Set(found.compactMap { names[$0.id] }), expected, "links at \(time.milliseconds)")
                try expectEqual(found.map(\.id), found.map(\.id).sorted(), "order of links at \(time.milliseconds)")
            }
        },
        Check("changes are those after a time and not after another, the latest first") { catalog in
            let names = try await live(try await TopologyScene(catalog))
            let (first, last) = (Timestamp(milliseconds: .min), Timestamp(milliseconds: .max))
            let cases: [(Timestamp, Timestamp, [Set<String>])] = [
                (first, last, [["moment"], ["late", "middle"], ["early"], ["always"]]),
                (at(0), at(10), [["early", "middle"]]), (at(9.999), at(9.999), []), (at(10), at(9), []),
                (at(-0.001), at(0), [["always", "early"]]), (at(10), at(20), [["late", "middle", "moment"]]),
                (at(20), at(20.001), [["moment"]]), (at(20.001), last, []), (first, at(-1), []),
                (at(0), at(19.999), [["early", "middle"]]),
            ]
            for (after, until, expected) in cases {
                let what = "changes after \(after.milliseconds) until \(until.milliseconds)"
                let found = try await catalog.linkChanges(after: after, until: until, limit: 100)
                var rest = found[...]
                for group in expected {
                    let piece = rest.prefix(group.count)
                    rest = rest.dropFirst(group.count)
                    try expectEqual(Set(piece.compactMap { names[$0.id] }), group, what)
                    try expectEqual(piece.map(\.id), piece.map(\.id).sorted(), "order of \(what)")
                }
                try expect(rest.isEmpty, "\(rest.count) too many of \(what)")
                for limit in [0, 1, 2] {
                    let some = try await catalog.linkChanges(after: after, until: until, limit: limit)
                    try expectEqual(some, Array(found.prefix(limit)), "\(limit) of \(what)")
                }
            }
        },
        Check("old history goes: links that vanished before a time, revisions but the latest") { catalog in
            let scene = try await TopologyScene(catalog)
            let names = try await live(scene)
            for _ in 0..<3 { try await scene.revise { _ in } }
            let removed = try await catalog.removeTopologyHistory(before: at(20))
            try expectEqual(removed, 1, "links that vanished before 20 s")
            try expectEqual(try await catalog.topologyRevisions(limit: 9).count, 4, "revisions of the minutes after")
            try expectEqual(try await catalog.removeTopologyHistory(before: at(120.001)), 2, "more links")
            try expectEqual(
                try await catalog.topologyRevisions(limit: 9).map(\.number), [4, 3], "revisions since 120.001 s")
            try expectEqual(try await catalog.removeTopologyHistory(before: endOfTime), 0, "links that are there stay")
            try expectEqual(try await catalog.topologyRevisions(limit: 9).map(\.number), [4], "the latest stays")
            let left = try await catalog.linkChanges(
                after: Timestamp(milliseconds: .min), until: endOfTime, limit: 100)
            try expectEqual(left.compactMap { names[$0.id] }, ["late", "always"], "links")
            try await scene.revise { _ in }
            try expectEqual(try await catalog.topologyState().revision, 5, "the next number")
        },
    ]
}
