import Catalog
import Inventory

extension CatalogContract {
    static let anomalyChecks: [Check] = [
        Check("an anomaly comes back as saved, the plainest and the fullest") { catalog in
            let scene = try await AnomalyScene(catalog)
            let plain = Specimens.anomaly(scene.interfaces[0])
            let full = Specimens.fullAnomaly(scene.interfaces[1])
            try expectEqual(try await catalog.anomaly(plain.id), nil, "an anomaly never saved")
            try await catalog.saveAnomalies([plain, full], incidents: [])
            try expectEqual(try await catalog.anomaly(plain.id), plain, "the plainest")
            try expectEqual(try await catalog.anomaly(full.id), full, "the fullest")
            try expectEqual(try await catalog.anomalies(AnomalyQuery(limit: 9)), [plain, full], "anomalies")
        },
        Check("every word an anomaly can hold comes back") { catalog in
            let scene = try await AnomalyScene(catalog)
            var saved: [Anomaly] = []
            func add(_ change: (inout Anomaly) -> Void) {
                var anomaly = Specimens.anomaly(scene.interfaces[0], at: -Double(saved.count))
                change(&anomaly)
                saved.append(anomaly)
            }
            for side in TrafficSide.all { add { $0.side = side } }
            for mode in DetectionMode.allCases { add { $0.mode = mode } }
            for kind in AnomalyKind.allCases { add { $0.kind = kind } }
            for pattern in AnomalyPattern.allCases { add { $0.pattern = pattern } }
            for severity in AnomalySeverity.allCases { add { $0.severity = severity } }
            for state in AnomalyState.allCases { add { $0.state = state } }
            for duration in AnomalyDuration.allCases { add { $0.explanation.duration = duration } }
            for mode in DetectionMode.allCases {
                add { $0.explanation.other = OtherVerdict(mode: mode, score: nil, isAnomaly: false) }
            }
            let all = saved
            try await catalog.saveAnomalies(all, incidents: [])
            try expectEqual(try await catalog.anomalies(AnomalyQuery(limit: 100)), all, "anomalies")
        },
        Check("an anomaly saved again is replaced, and the last of one call counts") { catalog in
            let scene = try await AnomalyScene(catalog)
            let first = Specimens.fullAnomaly(scene.interfaces[0])
            var later = Specimens.anomaly(scene.interfaces[1], at: 60)
            later.id = first.id
            for saved in [[first], [first, later], [later, first]] {
                try await catalog.saveAnomalies(saved, incidents: [])
                try expectEqual(try await catalog.anomalies(AnomalyQuery(limit: 9)), saved.suffix(1), "anomalies")
            }
        },
        Check("anomalies of unknown interfaces are left out, the others saved") { catalog in
            let scene = try await AnomalyScene(catalog)
            let (known, strange) = (Specimens.anomaly(scene.interfaces[0]), Specimens.anomaly(scene.stranger))
            try await catalog.saveAnomalies([strange, known], incidents: [])
            try expectEqual(try await catalog.anomalies(AnomalyQuery(limit: 9)), [known], "anomalies")
            try await catalog.saveAnomalies([strange], incidents: [])
            try await catalog.saveAnomalies([], incidents: [])
            try expectEqual(try await catalog.anomalyCount(AnomalyQuery(limit: 1)), 1, "anomalies")
        },
        Check("a number that is not finite keeps all anomalies of its call out") { catalog in
            let scene = try await AnomalyScene(catalog)
            let good = Specimens.anomaly(scene.interfaces[0])
            let fields: [(String, @Sendable (inout Anomaly, Double) -> Void)] = [
                ("score", { $0.score = $1 }), ("actual", { $0.actual = $1 }), ("expected", { $0.expected = $1 }),
                ("low", { $0.low = $1 }), ("high", { $0.high = $1 }), ("confidence", { $0.confidence = $1 }),
                ("offset_factor", { $0.explanation.offsetFactor = $1 }),
                ("same_hour_last_weeks", { $0.explanation.sameHourLastWeeks = [1, nil, $1] }),
                ("peer_actual", { $0.explanation.peerActual = $1 }),
                ("peer_expected", { $0.explanation.peerExpected = $1 }),
                ("error_percent", { $0.explanation.errorPercent = $1 }),
                ("discard_percent", { $0.explanation.discardPercent = $1 }),
                ("line_speed", { $0.explanation.lineSpeed = $1 }),
                ("other", { $0.explanation.other = OtherVerdict(mode: .classic, score: $1, isAnomaly: true) }),
            ]
            for (name, change) in fields {
                for number in [Double.nan, .infinity, -.infinity] {
                    var wrong = Specimens.anomaly(scene.interfaces[1])
                    change(&wrong, number)
                    let error = try await expectFailure(.invalidValue, "an anomaly with \(name) \(number)") { [wrong] in
                        try await catalog.saveAnomalies([good, wrong], incidents: [])
                    }
                    try expect(error.message.contains(name), "the message names \(name): \(error)")
                }
            }
            for number in [-0.01, 1.01] {
                var wrong = good
                wrong.confidence = number
                try await expectFailure(.invalidValue, "a confidence of \(number)") { [wrong] in
                    try await catalog.saveAnomalies([wrong], incidents: [Specimens.incident([wrong])])
                }
            }
            try expectEqual(try await catalog.anomalyCount(AnomalyQuery(limit: 1)), 0, "anomalies")
            try expectEqual(try await catalog.incidentCount(IncidentQuery(limit: 1)), 0, "incidents")
        },
        Check("anomalies go with their interface, and an incident with its last member") { catalog in
            let scene = try await AnomalyScene(catalog)
            let found = scene.interfaces.prefix(3).map { Specimens.anomaly($0) }
            let incidents = [Specimens.incident([found[0]]), Specimens.incident([found[1], found[2]])]
            try await catalog.saveAnomalies(found, incidents: incidents)
            for gone in 0..<2 { try await scene.retire(scene.interfaces[gone]) }
            try expectEqual(try await catalog.anomalies(AnomalyQuery(limit: 9)).map(\.id), [found[2].id], "anomalies")
            try expectEqual(try await catalog.incident(incidents[0].id), nil, "the incident without members")
            try expectEqual(try await catalog.incident(incidents[1].id)?.anomalyIDs, [found[2].id], "members left")
        },
        Check("anomalies that were over before a time are removed, with incidents that then are empty") { catalog in
            let scene = try await AnomalyScene(catalog)
            let port = scene.interfaces[0]
            let ends: [Double?] = [10, 20, 30, nil]
            let found = ends.map { Specimens.anomaly(port, at: 0, lasting: $0) }
            let incidents = [Specimens.incident([found[0], found[1]]), Specimens.incident([found[1], found[2]])]
            try await catalog.saveAnomalies(found, incidents: [incidents[0]])
            try await catalog.saveAnomalies([], incidents: [incidents[1]])
            let early = try await catalog.removeAnomalies(endedBefore: Specimens.time(10))
            try expectEqual(early, 0, "anomalies over before the first end")
            let removed = try await catalog.removeAnomalies(endedBefore: Specimens.time(30))
            try expectEqual(removed, 2, "anomalies removed")
            let left = try await catalog.anomalies(AnomalyQuery(limit: 9)).map(\.id)
            try expectEqual(Set(left), Set(found[2...].map(\.id)), "anomalies left")
            try expectEqual(try await catalog.incident(incidents[0].id), nil, "the incident without members")
            try expectEqual(try await catalog.incident(incidents[1].id)?.anomalyIDs, [found[2].id], "members left")
            let rest = try await catalog.removeAnomalies(endedBefore: Timestamp(milliseconds: .max))
            try expectEqual(rest, 1, "anomalies over at all")
        },
        Check("saving anomalies, actions and exclusions does not move the revision of lists") { catalog in
            let scene = try await AnomalyScene(catalog)
            let before = try await catalog.revision()
            let found = Specimens.anomaly(scene.interfaces[0], lasting: 1)
            try await catalog.saveAnomalies([found], incidents: [Specimens.incident([found])])
            try await catalog.saveAnomalyAction(
                AnomalyAction(kind: .expected, interfaceID: found.interfaceID, at: Specimens.noon))
            try await catalog.saveBaselineExclusion(
                BaselineExclusion(scope: .all, from: Specimens.noon, to: Specimens.time(1), at: Specimens.noon))
            _ = try await catalog.removeAnomalies(endedBefore: Specimens.time(9))
            try expectEqual(try await catalog.revision(), before, "revision")
        },
    ]
}
