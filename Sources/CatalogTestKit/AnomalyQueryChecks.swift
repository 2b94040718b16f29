import Catalog
import Inventory

extension CatalogContract {
    /// Seven anomalies, the latest start first, that differ in all that can be asked for.
    private static func fill(_ scene: AnomalyScene) async throws -> [Anomaly] {
        let shapes: [(Int, Double, Double?, AnomalyState, AnomalySeverity, AnomalyPattern)] = [
            (0, 600, nil, .raised, .low, .spike), (1, 500, 50, .raised, .critical, .outage),
            (3, 400, nil, .muted, .high, .outage), (0, 300, 200, .heldBack, .low, .drift),
            (4, 200, 0, .expected, .medium, .spike), (2, 100, 350, .raised, .high, .unusual),
            (0, 0, nil, .raised, .critical, .saturation),
        ]
        var all = shapes.map { port, start, duration, state, severity, pattern in
            var anomaly = Specimens.anomaly(scene.interfaces[port], at: start, lasting: duration)
            (anomaly.state, anomaly.severity, anomaly.pattern) = (state, severity, pattern)
            return anomaly
        }
        let incidents = [Specimens.incident([all[1], all[5]]), Specimens.incident([all[2]])]
        try await scene.catalog.saveAnomalies(all.shuffled(), incidents: incidents)
        for (place, incident) in [(1, 0), (5, 0), (2, 1)] { all[place].incidentID = incidents[incident].id }
        return all
    }

    private typealias Question = (String, [Int], @Sendable (inout AnomalyQuery) -> Void)

    /// What each question is answered with, by place among those of `fill`.
    private static func questions(_ scene: AnomalyScene, _ all: [Anomaly]) -> [Question] {
        let (ports, devices) = (scene.interfaces.map(\.id), scene.devices.map(\.id))
        let incidents = [all[1].incidentID, all[2].incidentID].compactMap(\.self)
        let time = Specimens.time
        return [
            ("all", Array(0..<7), { _ in }),
            ("of an id", [3], { $0.ids = [all[3].id] }),
            ("of three ids, one unknown", [2, 6], { $0.ids = [all[6].id, .random(), all[2].id] }),
            ("of no id", [], { $0.ids = [] }),
            ("of one interface", [0, 3, 6], { $0.interfaces = [ports[0]] }),
            ("of two interfaces", [0, 1, 3, 6], { $0.interfaces = [ports[1], ports[0]] }),
            ("of no interface", [], { $0.interfaces = [] }),
            ("of an unknown interface", [], { $0.interfaces = [.random()] }),
            ("of a device", [2, 4], { $0.devices = [devices[1]] }),
            ("of both devices", Array(0..<7), { $0.devices = devices }),
            ("of no device", [], { $0.devices = [] }),
            (
                "of an interface and a device it is not of", [],
                {
                    ($0.interfaces, $0.devices) = ([ports[0]], [devices[1]])
                }
            ),
            ("of an incident", [1, 5], { $0.incidents = [incidents[0]] }),
            (
                "of two incidents, one unknown and one twice", [2],
                { $0.incidents = [incidents[1], .random(), incidents[1]] }
            ),
            ("of no incident", [], { $0.incidents = [] }),
            ("of two incidents, open", [2], { ($0.incidents, $0.isOver) = (incidents, false) }),
            ("raised", [0, 1, 5, 6], { $0.states = [.raised] }),
            ("muted or expected", [2, 4], { $0.states = [.muted, .expected] }),
            ("high or critical", [1, 2, 5, 6], { $0.severities = [.high, .critical] }),
            ("outages", [1, 2], { $0.patterns = [.outage] }),
            ("open", [0, 2, 6], { $0.isOver = false }),
            ("over", [1, 3, 4, 5], { $0.isOver = true }),
            ("from 450 s on, one that ended then not", [0, 1, 2, 3, 6], { $0.from = time(450) }),
            ("from 500 s on, one that ended then not", [0, 1, 2, 6], { $0.from = time(500) }),
            ("from 200 s on, one that began and ended then too", [0, 1, 2, 3, 4, 5, 6], { $0.from = time(200) }),
            ("before 200 s", [5, 6], { $0.to = time(200) }),
            ("within 210 s to 310 s", [3, 5, 6], { ($0.from, $0.to) = (time(210), time(310)) }),
            (
                "from the first to the last time there is", Array(0..<7),
                {
                    ($0.from, $0.to) = (Timestamp(milliseconds: .min), Timestamp(milliseconds: .max))
                }
            ),
            (
                "open outages of a device that are muted", [2],
                {
                    ($0.devices, $0.isOver, $0.states) = ([devices[1]], false, [.muted])
                    ($0.patterns, $0.severities) = ([.outage, .spike], [.high])
                }
            ),
        ]
    }

    static let anomalyQueryChecks: [Check] = [
        Check("anomalies are asked for by all that a query names, the latest start first, and counted alike") {
            catalog in
            let scene = try await AnomalyScene(catalog)
            let all = try await fill(scene)
            for (name, places, change) in questions(scene, all) {
                var query = AnomalyQuery(limit: 100)
                change(&query)
                let found = try await catalog.anomalies(query)
                try expectEqual(found, places.map { all[$0] }, "anomalies \(name)")
                query.limit = 2
                try expectEqual(try await catalog.anomalies(query), Array(found.prefix(2)), "the first two \(name)")
                query.after = AnomalyPlace(startedAt: all[3].startedAt, id: all[3].id)
                try expectEqual(try await catalog.anomalyCount(query), places.count, "count of anomalies \(name)")
                query.limit = 100
                let behind = places.filter { $0 > 3 }.map { all[$0] }
                try expectEqual(try await catalog.anomalies(query), behind, "anomalies \(name) behind the fourth")
            }
        },
        Check("anomalies that began together are ordered by id, and pages of them neither miss nor repeat one") {
            catalog in
            let scene = try await AnomalyScene(catalog)
            let all = (0..<20).map { Specimens.anomaly(scene.interfaces[$0 % 6], at: Double($0 / 7)) }
            try await catalog.saveAnomalies(all, incidents: [])
            let order = all.sorted { ($1.startedAt, $0.id) < ($0.startedAt, $1.id) }
            var (read, query) = ([Anomaly](), AnomalyQuery(limit: 3))
            for _ in 0..<100 {
                let page = try await catalog.anomalies(query)
                guard let last = page.last else { break }
                read += page
                query.after = AnomalyPlace(startedAt: last.startedAt, id: last.id)
                // What begins meanwhile comes before all of these.
                try await catalog.saveAnomalies([Specimens.anomaly(scene.interfaces[0], at: 60)], incidents: [])
            }
            try expectEqual(read, order, "anomalies of the pages")
        },
        Check("a place behind an anomaly holds when that one is gone") { catalog in
            let scene = try await AnomalyScene(catalog)
            let all = try await fill(scene)
            var query = AnomalyQuery(limit: 2)
            query.after = AnomalyPlace(startedAt: all[1].startedAt, id: all[1].id)
            try await scene.retire(scene.interfaces[1])
            try expectEqual(try await catalog.anomalies(query), [all[2], all[3]], "anomalies behind the second")
        },
        Check("readers see what a check found as a whole or not at all") { catalog in
            let scene = try await AnomalyScene(catalog)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    for round in 0..<15 {
                        let found = (0..<6).map { Specimens.anomaly(scene.interfaces[$0], at: Double(round)) }
                        try await catalog.saveAnomalies(found, incidents: [Specimens.incident(found)])
                    }
                }
                group.addTask {
                    for _ in 0..<40 {
                        let count = try await catalog.anomalyCount(AnomalyQuery(limit: 1))
                        try expect(count.isMultiple(of: 6), "a reader saw \(count) anomalies, part of a check")
                        let incidents = try await catalog.incidents(IncidentQuery(limit: 100))
                        try expect(incidents.allSatisfy { $0.anomalyIDs.count == 6 }, "an incident without its members")
                    }
                }
                try await group.waitForAll()
            }
            try expectEqual(try await catalog.incidentCount(IncidentQuery(limit: 1)), 15, "incidents")
        },
    ]
}
