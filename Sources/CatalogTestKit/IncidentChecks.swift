import Catalog
import Inventory

extension CatalogContract {
    static let incidentChecks: [Check] = [
        Check("an incident comes back as saved, its members in the order in which they began") { catalog in
            let scene = try await AnomalyScene(catalog)
            let found = (0..<3).map { Specimens.anomaly(scene.interfaces[$0], at: Double($0)) }
            let full = Specimens.fullIncident([found[0], found[1]], of: scene.devices[0])
            let plain = Specimens.incident([found[2]])
            try expectEqual(try await catalog.incident(full.id), nil, "an incident never saved")
            var shuffled = full
            shuffled.anomalyIDs.reverse()
            try await catalog.saveAnomalies(found.reversed(), incidents: [plain, shuffled])
            try expectEqual(try await catalog.incident(full.id), full, "the fullest")
            try expectEqual(try await catalog.incidents(IncidentQuery(limit: 9)), [plain, full], "incidents")
        },
        Check("every scope, severity and state of an incident comes back") { catalog in
            let scene = try await AnomalyScene(catalog)
            var (found, saved): ([Anomaly], [Incident]) = ([], [])
            for scope in IncidentScope.allCases {
                for (severity, state) in zip(AnomalySeverity.allCases, AnomalyState.allCases) {
                    found.append(Specimens.anomaly(scene.interfaces[0]))
                    var incident = Specimens.incident(found.suffix(1), at: -Double(saved.count))
                    (incident.scope, incident.severity, incident.state) = (scope, severity, state)
                    saved.append(incident)
                }
            }
            try await catalog.saveAnomalies(found, incidents: saved)
            try expectEqual(try await catalog.incidents(IncidentQuery(limit: 100)), saved, "incidents")
        },
        Check("an incident says who its members are, and they name it") { catalog in
            let scene = try await AnomalyScene(catalog)
            let found = (0..<3).map { Specimens.anomaly(scene.interfaces[$0], at: Double($0)) }
            var incident = Specimens.incident([found[0]])
            try await catalog.saveAnomalies([found[0], found[2]], incidents: [incident])
            incident.anomalyIDs = [found[1].id, found[2].id]
            try await catalog.saveAnomalies([found[1]], incidents: [incident])
            try expectEqual(try await catalog.incident(incident.id), incident, "incident")
            let named = try await catalog.anomalies(AnomalyQuery(limit: 9)).map(\.incidentID)
            try expectEqual(named, [incident.id, incident.id, nil], "incidents that the anomalies name")
        },
        Check("an anomaly saved alone belongs to the incident it names, and to none where there is none") { catalog in
            let scene = try await AnomalyScene(catalog)
            var found = (0..<2).map { Specimens.anomaly(scene.interfaces[$0], at: Double($0)) }
            let incident = Specimens.incident([found[0]])
            try await catalog.saveAnomalies([found[0]], incidents: [incident])
            found[1].incidentID = incident.id
            try await catalog.saveAnomalies([found[1]], incidents: [])
            try expectEqual(try await catalog.incident(incident.id)?.anomalyIDs, found.map(\.id), "members")
            found[1].incidentID = .random()
            try await catalog.saveAnomalies([found[1]], incidents: [])
            try expectEqual(try await catalog.anomaly(found[1].id)?.incidentID, nil, "an incident that is not there")
            try expectEqual(try await catalog.incident(incident.id)?.anomalyIDs, [found[0].id], "members left")
        },
        Check("an anomaly that goes to another incident leaves the first, which goes where it was the last") {
            catalog in
            let scene = try await AnomalyScene(catalog)
            let found = (0..<3).map { Specimens.anomaly(scene.interfaces[$0], at: Double($0)) }
            let first = [Specimens.incident([found[0], found[1]]), Specimens.incident([found[2]])]
            try await catalog.saveAnomalies(found, incidents: first)
            let second = Specimens.incident([found[1], found[2]], at: 60)
            try await catalog.saveAnomalies([], incidents: [second])
            let left = try await catalog.incidents(IncidentQuery(limit: 9))
            try expectEqual(left.map(\.id), [second.id, first[0].id], "incidents")
            try expectEqual(left.last?.anomalyIDs, [found[0].id], "members left")
        },
        Check("incidents may exchange their members within a call") { catalog in
            let scene = try await AnomalyScene(catalog)
            let found = (0..<2).map { Specimens.anomaly(scene.interfaces[$0]) }
            var incidents = found.map { Specimens.incident([$0]) }
            try await catalog.saveAnomalies(found, incidents: incidents)
            (incidents[0].anomalyIDs, incidents[1].anomalyIDs) = (incidents[1].anomalyIDs, incidents[0].anomalyIDs)
            try await catalog.saveAnomalies([], incidents: incidents)
            for incident in incidents {
                try expectEqual(try await catalog.incident(incident.id), incident, "incident")
            }
        },
        Check("members of unknown interfaces are left out, and an incident without members is removed") { catalog in
            let scene = try await AnomalyScene(catalog)
            let (known, strange) = (Specimens.anomaly(scene.interfaces[0]), Specimens.anomaly(scene.stranger))
            var incidents = [Specimens.incident([strange, known]), Specimens.incident([strange])]
            try await catalog.saveAnomalies([strange, known], incidents: incidents)
            incidents[0].anomalyIDs = [known.id]
            try expectEqual(try await catalog.incidents(IncidentQuery(limit: 9)), [incidents[0]], "incidents")
            incidents[0].anomalyIDs = []
            try await catalog.saveAnomalies([], incidents: [incidents[0]])
            try expectEqual(try await catalog.incidentCount(IncidentQuery(limit: 1)), 0, "incidents")
            try expectEqual(try await catalog.anomaly(known.id), known, "the anomaly stays, of no incident")
        },
        Check("incidents are asked for by state, by being over and by time, the latest start first") { catalog in
            let scene = try await AnomalyScene(catalog)
            let shapes: [(Double, Double?, AnomalyState)] = [
                (0, 10, .raised), (60, nil, .muted), (120, 30, .raised), (180, nil, .raised),
            ]
            let found = shapes.map { Specimens.anomaly(scene.interfaces[0], at: $0.0, lasting: $0.1) }
            let all = zip(shapes, found).map { shape, member in
                var incident = Specimens.incident([member], at: shape.0, lasting: shape.1)
                incident.state = shape.2
                return incident
            }
            try await catalog.saveAnomalies(found, incidents: all)
            let questions: [(String, [Int], @Sendable (inout IncidentQuery) -> Void)] = [
                ("all", [3, 2, 1, 0], { _ in }), ("raised", [3, 2, 0], { $0.states = [.raised] }),
                ("of two states", [3, 2, 1, 0], { $0.states = [.raised, .muted] }),
                ("open", [3, 1], { $0.isOver = false }), ("over", [2, 0], { $0.isOver = true }),
                ("from 140 s on", [3, 2, 1], { $0.from = Specimens.time(140) }),
                ("before 120 s", [1, 0], { $0.to = Specimens.time(120) }),
                (
                    "over, from 5 s, before 70 s", [0],
                    {
                        ($0.isOver, $0.from, $0.to) = (true, Specimens.time(5), Specimens.time(70))
                    }
                ),
            ]
            for (name, places, change) in questions {
                var query = IncidentQuery(limit: 9)
                change(&query)
                try expectEqual(try await catalog.incidents(query), places.map { all[$0] }, "incidents \(name)")
                query.limit = 1
                query.after = IncidentPlace(startedAt: Specimens.time(0), id: all[0].id)
                try expectEqual(try await catalog.incidentCount(query), places.count, "count of incidents \(name)")
            }
        },
        Check("incidents are read in pages that stay while new ones begin") { catalog in
            let scene = try await AnomalyScene(catalog)
            // Two begin at each moment, so that pages end among equals.
            let found = (0..<10).map { Specimens.anomaly(scene.interfaces[0], at: Double($0 / 2)) }
            let all = found.enumerated().map { Specimens.incident([$1], at: Double($0 / 2)) }
            try await catalog.saveAnomalies(found, incidents: all)
            let order = all.sorted { ($1.startedAt, $0.id) < ($0.startedAt, $1.id) }
            var (read, query) = ([Incident](), IncidentQuery(limit: 3))
            for _ in 0..<100 {
                let page = try await catalog.incidents(query)
                guard let last = page.last else { break }
                read += page
                query.after = IncidentPlace(startedAt: last.startedAt, id: last.id)
                let newer = Specimens.anomaly(scene.interfaces[1], at: 100)
                try await catalog.saveAnomalies([newer], incidents: [Specimens.incident([newer], at: 100)])
            }
            try expectEqual(read, order, "incidents of the pages")
        },
    ]
}
