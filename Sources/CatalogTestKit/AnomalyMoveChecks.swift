import Catalog
import Inventory

extension CatalogContract {
    /// Three anomalies of one incident, one of another, and one of none.
    private static func fill(_ scene: AnomalyScene) async throws -> (anomalies: [Anomaly], incidents: [Incident]) {
        var all = (0..<5).map { Specimens.anomaly(scene.interfaces[$0], at: Double($0)) }
        let incidents = [Specimens.incident(Array(all[0..<3])), Specimens.incident([all[3]], at: 3)]
        for place in 0..<4 { all[place].incidentID = incidents[place / 3].id }
        try await scene.catalog.saveAnomalies(all, incidents: incidents)
        return (all, incidents)
    }

    static let anomalyMoveChecks: [Check] = [
        Check("a move changes a state where it is as it was read, and nothing else of the row") { catalog in
            let scene = try await AnomalyScene(catalog)
            let full = Specimens.fullAnomaly(scene.interfaces[0])
            try await catalog.saveAnomalies([full], incidents: [])
            let moves = [
                AnomalyMove(full.id, from: .raised, to: .muted), AnomalyMove(.random(), from: .raised, to: .muted),
                AnomalyMove(full.id, from: .heldBack, to: .heldBack),
            ]
            try expectEqual(try await catalog.moveAnomalies(moves), MovedAnomalies(), "moved")
            try expectEqual(try await catalog.anomaly(full.id), full, "the anomaly")
            var after = full
            for state in [AnomalyState.expected, .muted, .raised, .heldBack] {
                let move = AnomalyMove(full.id, from: after.state, to: state)
                after.state = state
                try expectEqual(try await catalog.moveAnomalies([move]), MovedAnomalies(anomalies: [after]), "moved")
                try expectEqual(try await catalog.anomaly(full.id), after, "the anomaly")
            }
        },
        Check("a move keeps what was saved of the anomaly since it was read, its incident too") { catalog in
            let scene = try await AnomalyScene(catalog)
            var (all, incidents) = try await fill(scene)
            all[0].endedAt = Specimens.time(60)
            incidents[1].anomalyIDs = [all[0].id, all[3].id]
            try await catalog.saveAnomalies([all[0]], incidents: [incidents[1]])
            (all[0].incidentID, all[0].state) = (incidents[1].id, .muted)
            let moved = try await catalog.moveAnomalies([AnomalyMove(all[0].id, from: .raised, to: .muted)])
            try expectEqual(moved, MovedAnomalies(anomalies: [all[0]]), "moved")
            try expectEqual(try await catalog.incident(incidents[0].id)?.anomalyIDs, [all[1].id, all[2].id], "left")
            try expectEqual(try await catalog.incident(incidents[1].id), incidents[1], "joined")
        },
        Check("an incident is as the most told of its members, and answered where it changed") { catalog in
            let scene = try await AnomalyScene(catalog)
            var (all, incidents) = try await fill(scene)
            let rounds: [([AnomalyState], AnomalyState)] = [
                ([.muted, .raised, .expected], .raised), ([.muted, .heldBack, .expected], .heldBack),
                ([.muted, .muted, .expected], .muted), ([.expected, .expected, .expected], .expected),
                ([.expected, .muted, .heldBack], .heldBack), ([.raised, .muted, .heldBack], .raised),
            ]
            for (states, state) in rounds {
                let moves = (0..<3).map { AnomalyMove(all[$0].id, from: all[$0].state, to: states[$0]) }
                let changed = (0..<3).filter { all[$0].state != states[$0] }
                for place in 0..<3 { all[place].state = states[place] }
                let isChanged = incidents[0].state != state
                incidents[0].state = state
                let moved = try await catalog.moveAnomalies(moves.shuffled())
                try expectEqual(moved.anomalies, changed.map { all[$0] }, "anomalies moved to \(states)")
                try expectEqual(moved.incidents, isChanged ? [incidents[0]] : [], "incidents moved to \(states)")
                try expectEqual(try await catalog.incident(incidents[0].id), incidents[0], "the incident")
                try expectEqual(try await catalog.incident(incidents[1].id), incidents[1], "the other incident")
            }
        },
        Check("an incident is not derived anew from moves that were passed over") { catalog in
            let scene = try await AnomalyScene(catalog)
            var (all, incidents) = try await fill(scene)
            incidents[0].state = .heldBack
            try await catalog.saveAnomalies([], incidents: [incidents[0]])
            let late = AnomalyMove(all[0].id, from: .muted, to: .raised)
            try expectEqual(try await catalog.moveAnomalies([late]), MovedAnomalies(), "moved")
            try expectEqual(try await catalog.incident(incidents[0].id), incidents[0], "the incident")
            all[4].state = .muted
            let alone = try await catalog.moveAnomalies([AnomalyMove(all[4].id, from: .raised, to: .muted)])
            try expectEqual(alone, MovedAnomalies(anomalies: [all[4]]), "one of no incident")
            try expectEqual(try await catalog.moveAnomalies([]), MovedAnomalies(), "no moves")
        },
        Check("the states of open anomalies are those of all that are not over") { catalog in
            let scene = try await AnomalyScene(catalog)
            try expectEqual(try await catalog.openAnomalyStates(), [:], "states of none")
            let shapes: [(Double?, AnomalyState)] = [
                (nil, .raised), (1, .raised), (nil, .muted), (nil, .heldBack), (nil, .expected), (2, .heldBack),
            ]
            let all = shapes.enumerated().map { place, shape in
                var anomaly = Specimens.anomaly(scene.interfaces[place], at: Double(place), lasting: shape.0)
                anomaly.state = shape.1
                return anomaly
            }
            try await catalog.saveAnomalies(all, incidents: [])
            let open = all.filter { !$0.isOver }.map { ($0.id, $0.state) }
            let states = Dictionary(uniqueKeysWithValues: open)
            try expectEqual(try await catalog.openAnomalyStates(), states, "states")
        },
        Check("moves and savings at once leave incidents that are as their members") { catalog in
            let scene = try await AnomalyScene(catalog)
            let (all, incidents) = try await fill(scene)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (from, to) in [(AnomalyState.raised, AnomalyState.muted), (.muted, .raised)] {
                    group.addTask {
                        for round in 0..<30 {
                            _ = try await catalog.moveAnomalies([AnomalyMove(all[round % 3].id, from: from, to: to)])
                        }
                    }
                }
                group.addTask {
                    for _ in 0..<15 { try await catalog.saveAnomalies([all[3]], incidents: [incidents[1]]) }
                }
                try await group.waitForAll()
            }
            var query = AnomalyQuery(limit: 9)
            query.incidents = [incidents[0].id]
            let states = Set(try await catalog.anomalies(query).map(\.state))
            let state = try await catalog.incident(incidents[0].id)?.state
            try expectEqual(state, states.contains(.raised) ? .raised : .muted, "the incident of \(states)")
        },
    ]
}
