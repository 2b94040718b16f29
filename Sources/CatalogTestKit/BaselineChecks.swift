import Catalog
import Inventory

extension CatalogContract {
    static let baselineChecks: [Check] = baselineRowChecks + baselineRefusalChecks + baselineReadingChecks

    private static let baselineRowChecks: [Check] = [
        Check("baselines come back as saved, ordered by day, then hour") { catalog in
            let scene = try await AnomalyScene(catalog)
            let (port, other) = (scene.interfaces[0], scene.interfaces[1])
            let week = Specimens.week(port)
            try expectEqual(try await catalog.baselines(of: port.id), [], "baselines never learnt")
            let count = try await catalog.replaceBaselines(of: [port.id, other.id], with: week.shuffled())
            try expectEqual(count, 168, "rows stored")
            try expectEqual(try await catalog.baselines(of: port.id), week, "baselines")
            try expectEqual(try await catalog.baselines(of: other.id), [], "baselines of the one without")
        },
        Check("a baseline keeps samples, confidence and numbers exactly, each direction its own") { catalog in
            let scene = try await AnomalyScene(catalog)
            var row = Specimens.baseline(scene.interfaces[0], hour: 23, day: 6, seed: 1e9)
            row.inbound = BaselineFigures(average: 0.1 + 0.2, standardDeviation: 1e-12, minimum: 0, maximum: 4e5)
            row.outbound = BaselineFigures(sampleCount: 61)
            (row.sampleCount, row.confidence) = (7, 0.3)
            let id = row.interfaceID
            _ = try await catalog.replaceBaselines(of: [id], with: [row])
            try expectEqual(try await catalog.baselines(of: id), [row], "baselines")
        },
        Check("learning again replaces rows, and each keeps the id of its hour") { catalog in
            let scene = try await AnomalyScene(catalog)
            let port = scene.interfaces[0].id
            let first = Specimens.week(scene.interfaces[0])
            let second = Specimens.week(scene.interfaces[0], seed: 500)
            for week in [first, second] { _ = try await catalog.replaceBaselines(of: [port], with: week) }
            let found = try await catalog.baselines(of: port)
            try expectEqual(found.map(\.id), first.map(\.id), "ids")
            try expectEqual(found.map(\.inbound), second.map(\.inbound), "what comes in")
            try expectEqual(found.map(\.lastUpdated), second.map(\.lastUpdated), "when they were learnt")
            _ = try await catalog.replaceBaselines(of: [port], with: found)
            try expectEqual(try await catalog.baselines(of: port), found, "baselines saved as they were")
        },
        Check("hours that were not learnt again are gone, those of interfaces not named stay") { catalog in
            let scene = try await AnomalyScene(catalog)
            let (port, other) = (scene.interfaces[0], scene.interfaces[1])
            let (weeks, later) = ([port, other].map { Specimens.week($0) }, Specimens.baseline(port, hour: 3, day: 2))
            _ = try await catalog.replaceBaselines(of: [port.id, other.id], with: weeks[0] + weeks[1])
            _ = try await catalog.replaceBaselines(of: [port.id], with: [later])
            var kept = later
            kept.id = weeks[0][2 * 24 + 3].id
            try expectEqual(try await catalog.baselines(of: port.id), [kept], "the hour that is left")
            let count = try await catalog.replaceBaselines(of: [port.id], with: [])
            try expectEqual(count, 0, "rows stored of none")
            try expectEqual(try await catalog.baselines(of: port.id), [], "baselines after learning nothing")
            try expectEqual(try await catalog.baselines(of: other.id), weeks[1], "the other's")
        },
        Check("of two baselines for one hour the last is stored and counts once") { catalog in
            let scene = try await AnomalyScene(catalog)
            let rows = (1...3).map { Specimens.baseline(scene.interfaces[0], hour: 5, day: 1, seed: Double($0)) }
            let count = try await catalog.replaceBaselines(of: [rows[0].interfaceID], with: rows)
            try expectEqual(count, 1, "rows stored")
            try expectEqual(try await catalog.baselines(of: rows[0].interfaceID), [rows[2]], "baselines")
        },
        Check("baselines of unknown interfaces are left out, the others saved") { catalog in
            let scene = try await AnomalyScene(catalog)
            let (port, stranger) = (scene.interfaces[0], scene.stranger)
            let week = Specimens.week(port)
            let count = try await catalog.replaceBaselines(
                of: [stranger.id, port.id], with: Specimens.week(stranger) + week)
            try expectEqual(count, 168, "rows stored")
            try expectEqual(try await catalog.baselines(of: port.id), week, "baselines")
            try expectEqual(try await catalog.baselines(of: stranger.id), [], "the unknown one's")
        },
        Check("baselines go with their interface and with its device") { catalog in
            let scene = try await AnomalyScene(catalog)
            let ports = scene.interfaces
            _ = try await catalog.replaceBaselines(of: ports.map(\.id), with: ports.map { Specimens.baseline($0) })
            try await scene.retire(ports[0])
            let gone = scene.devices[1].id
            try await catalog.reviseDevices(.ids([gone])) { _ in
                var revision = DeviceRevision()
                revision.removed = [gone]
                return (revision, ())
            }
            let left = try await catalog.baselines(after: nil, limit: 100).map(\.interfaceID)
            try expectEqual(Set(left), Set(ports[1...2].map(\.id)), "interfaces with baselines")
            try expectEqual(try await catalog.baselineStatistics().total, 2, "baselines")
        },
        Check("saving baselines does not move the revision of lists") { catalog in
            let scene = try await AnomalyScene(catalog)
            let before = try await catalog.revision()
            let week = Specimens.week(scene.interfaces[0])
            for _ in 1...2 { _ = try await catalog.replaceBaselines(of: [week[0].interfaceID], with: week) }
            try expectEqual(try await catalog.revision(), before, "revision")
        },
    ]

    private static let baselineRefusalChecks: [Check] = [
        Check("a baseline of an interface that is not named keeps all of its call out") { catalog in
            let scene = try await AnomalyScene(catalog)
            let (port, other) = (scene.interfaces[0], scene.interfaces[1])
            let week = Specimens.week(port)
            _ = try await catalog.replaceBaselines(of: [port.id], with: week)
            let error = try await expectFailure(.invalidValue, "a baseline of an interface that is not named") {
                let rows = [Specimens.baseline(port, seed: 9), Specimens.baseline(other)]
                _ = try await catalog.replaceBaselines(of: [port.id], with: rows)
            }
            try expect(error.message.contains("\(other.id)"), "the message names the interface: \(error)")
            try expectEqual(try await catalog.baselines(of: port.id), week, "baselines")
        },
        Check("a number out of its range keeps all baselines of its call out") { catalog in
            let scene = try await AnomalyScene(catalog)
            let ports = scene.interfaces
            let wrongs: [(String, @Sendable (inout Baseline) -> Void)] = [
                ("hour 24", { $0.hourOfDay = 24 }), ("hour -1", { $0.hourOfDay = -1 }),
                ("day 7", { $0.dayOfWeek = 7 }), ("day -1", { $0.dayOfWeek = -1 }),
                ("mean NaN", { $0.inbound.average = .nan }), ("mean -1", { $0.outbound.average = -1 }),
                ("deviation infinite", { $0.inbound.standardDeviation = .infinity }),
                ("deviation -1", { $0.inbound.standardDeviation = -1 }),
                ("minimum NaN", { $0.outbound.minimum = .nan }),
                ("maximum infinite", { $0.inbound.maximum = .infinity }),
                ("minimum above maximum", { ($0.inbound.minimum, $0.inbound.maximum) = (2, 1) }),
                ("samples -1", { $0.sampleCount = -1 }), ("samples in -1", { $0.inbound.sampleCount = -1 }),
                ("confidence 1.01", { $0.confidence = 1.01 }), ("confidence NaN", { $0.confidence = .nan }),
                ("confidence -0.1", { $0.confidence = -0.1 }),
                ("a time beyond the year 9999", { $0.lastUpdated = Timestamp(milliseconds: .max) }),
            ]
            for (name, change) in wrongs {
                var row = Specimens.baseline(ports[1])
                change(&row)
                try await expectFailure(.invalidValue, "a baseline with \(name)") {
                    let rows = [Specimens.baseline(ports[0]), row]
                    _ = try await catalog.replaceBaselines(of: ports.map(\.id), with: rows)
                }
            }
            try expectEqual(try await catalog.baselineStatistics(), BaselineStatistics(), "baselines in numbers")
        },
        Check("a new baseline with the id of another hour's is a conflict") { catalog in
            let scene = try await AnomalyScene(catalog)
            let first = Specimens.baseline(scene.interfaces[0])
            _ = try await catalog.replaceBaselines(of: [first.interfaceID], with: [first])
            var second = Specimens.baseline(scene.interfaces[1])
            second.id = first.id
            let port = second.interfaceID
            try await expectFailure(.conflict, "an id that is taken") { [second] in
                _ = try await catalog.replaceBaselines(of: [port], with: [second])
            }
            try expectEqual(try await catalog.baselineStatistics().total, 1, "baselines")
        },
    ]

    private static let baselineReadingChecks: [Check] = [
        Check("all baselines are read in pieces of whole interfaces, ordered by interface, day and hour") { catalog in
            let scene = try await AnomalyScene(catalog)
            let ports = scene.interfaces.sorted { $0.id < $1.id }
            let weeks = ports.flatMap { Specimens.week($0) }
            _ = try await catalog.replaceBaselines(of: ports.map(\.id), with: weeks)
            var (found, after) = ([Baseline](), InterfaceID?.none)
            for _ in 0..<100 {
                let page = try await catalog.baselines(after: after, limit: 4)
                try expect(page.count <= 4 * 168, "a page holds at most its limit of interfaces")
                guard let last = page.last else { break }
                found += page
                after = last.interfaceID
            }
            try expectEqual(found, weeks, "baselines of the pages")
            try expectEqual(try await catalog.baselines(after: nil, limit: 0), [], "a page of nothing")
        },
        Check("baselines in numbers: rows, interfaces, mean confidence, reliable ones, the latest learning") {
            catalog in
            let scene = try await AnomalyScene(catalog)
            try expectEqual(try await catalog.baselineStatistics(), BaselineStatistics(), "of none")
            let samples = [0, 7, 31, 60]
            let rows = samples.enumerated().map { number, count in
                Specimens.baseline(scene.interfaces[number % 2], hour: number, seed: Double(number), samples: count)
            }
            _ = try await catalog.replaceBaselines(of: scene.interfaces.map(\.id), with: rows)
            let found = try await catalog.baselineStatistics()
            try expectEqual(found.total, 4, "rows")
            try expectEqual(found.interfaces, 2, "interfaces")
            try expectEqual(found.reliable, 2, "rows of a confidence of 0.8 and more")
            try expect(abs(found.averageConfidence - (0 + 0.3 + 0.8 + 1) / 4) < 1e-12, "mean confidence \(found)")
            try expectEqual(found.lastUpdated, Specimens.time(3), "the latest learning")
        },
        Check("learning at once from two sides leaves one learning whole") { catalog in
            let scene = try await AnomalyScene(catalog)
            let ports = Array(scene.interfaces.prefix(2))
            let ids = ports.map(\.id)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for round in 1...8 {
                    let rows = ports.flatMap { Specimens.week($0, seed: Double(round * 1_000)) }
                    group.addTask { _ = try await catalog.replaceBaselines(of: ids, with: rows) }
                    group.addTask {
                        let seen = try await catalog.baselines(after: nil, limit: 10)
                        try expect(
                            [0, 336].contains(seen.count), "a reader saw \(seen.count) rows, part of a learning")
                    }
                }
                try await group.waitForAll()
            }
            let found = try await catalog.baselines(after: nil, limit: 10)
            try expectEqual(found.count, 336, "rows")
            let rounds = Set(found.map { ($0.lastUpdated.milliseconds - Specimens.noon.milliseconds) / 1_000_000 })
            try expectEqual(rounds.count, 1, "learnings that rows are of")
        },
    ]
}
