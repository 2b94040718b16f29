import Catalog
import Inventory

extension CatalogContract {
    private static func action(
        _ interface: Interface, _ kind: AnomalyActionKind = .mute, at seconds: Double = 0
    ) -> AnomalyAction {
        AnomalyAction(kind: kind, interfaceID: interface.id, at: Specimens.time(seconds))
    }

    private static func exclusion(
        _ scope: ExclusionScope, from: Double = 0, to: Double = 60
    ) -> BaselineExclusion {
        BaselineExclusion(
            scope: scope, from: Specimens.time(from), to: Specimens.time(to), at: Specimens.time(-from))
    }

    static let anomalyActionChecks: [Check] = [
        Check("what operators say comes back as saved, ordered by creation, then id") { catalog in
            let scene = try await AnomalyScene(catalog)
            var saved: [AnomalyAction] = []
            for kind in AnomalyActionKind.allCases {
                for side in TrafficSide.all.map(Optional.some) + [nil] {
                    var said = action(scene.interfaces[0], kind, at: Double(saved.count / 3))
                    said.side = side
                    saved.append(said)
                }
            }
            saved[4].anomalyID = .random()
            (saved[4].until, saved[4].note) = (Specimens.time(86_400), "planned; 'x' \"y\" თბილისი\n")
            saved[4].author = ""
            for said in saved.shuffled() { try await catalog.saveAnomalyAction(said) }
            let order = saved.sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
            try expectEqual(try await catalog.anomalyActions(after: nil), order, "actions")
            let later = order.filter { $0.createdAt > Specimens.time(2) }
            try expectEqual(try await catalog.anomalyActions(after: Specimens.time(2)), later, "actions after a time")
            try expectEqual(try await catalog.anomalyActions(after: Specimens.time(99)), [], "actions after the last")
        },
        Check("what was said of an interface, and one thing of it, are found by their ids") { catalog in
            let scene = try await AnomalyScene(catalog)
            let said = (0..<6).map { action(scene.interfaces[$0 % 2], at: Double($0 / 3)) }
            for one in said.shuffled() { try await catalog.saveAnomalyAction(one) }
            for (place, interface) in scene.interfaces.prefix(2).enumerated() {
                let own = said.filter { $0.interfaceID == interface.id }
                    .sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
                try expectEqual(try await catalog.anomalyActions(of: interface.id), own, "actions of \(place)")
            }
            try expectEqual(try await catalog.anomalyActions(of: scene.stranger.id), [], "actions of a stranger")
            for one in said { try expectEqual(try await catalog.anomalyAction(one.id), one, "one action") }
            try expectEqual(try await catalog.anomalyAction(.random()), nil, "an action that is none")
        },
        Check("an action saved again is replaced, and one taken back is gone") { catalog in
            let scene = try await AnomalyScene(catalog)
            let first = action(scene.interfaces[0])
            var second = action(scene.interfaces[1], .newNormal, at: 5)
            second.id = first.id
            for said in [first, second] { try await catalog.saveAnomalyAction(said) }
            try expectEqual(try await catalog.anomalyActions(after: nil), [second], "actions")
            for isThere in [true, false] {
                let removed = try await catalog.removeAnomalyAction(first.id)
                try expectEqual(removed, isThere, "whether there was one to take back")
            }
            try expectEqual(try await catalog.anomalyActions(after: nil), [], "actions")
        },
        Check("an action on an unknown interface is refused, naming it") { catalog in
            let scene = try await AnomalyScene(catalog)
            let wrong = action(scene.stranger)
            let error = try await expectFailure(.invalidValue, "an action on an unknown interface") {
                try await catalog.saveAnomalyAction(wrong)
            }
            try expect(error.message.contains("\(wrong.interfaceID)"), "the message names the interface: \(error)")
            try expectEqual(try await catalog.anomalyActions(after: nil), [], "actions")
        },
        Check("an action goes with its interface, but stays when its anomaly is removed") { catalog in
            let scene = try await AnomalyScene(catalog)
            let anomaly = Specimens.anomaly(scene.interfaces[0], lasting: 1)
            try await catalog.saveAnomalies([anomaly], incidents: [])
            var said = (0..<2).map { action(scene.interfaces[$0], at: Double($0)) }
            said[0].anomalyID = anomaly.id
            for action in said { try await catalog.saveAnomalyAction(action) }
            let removed = try await catalog.removeAnomalies(endedBefore: Specimens.time(9))
            try expectEqual(removed, 1, "anomalies removed")
            try expectEqual(try await catalog.anomalyActions(after: nil), said, "actions")
            try await scene.retire(scene.interfaces[0])
            try expectEqual(try await catalog.anomalyActions(after: nil), [said[1]], "actions left")
        },
    ]

    static let baselineExclusionChecks: [Check] = [
        Check("excluded times come back as saved, ordered by begin, then id") { catalog in
            let scene = try await AnomalyScene(catalog)
            let scopes: [ExclusionScope] = [
                .all, .device(scene.devices[0].id), .interface(scene.interfaces[4].id), .tag("site:'Tbilisi' ☎️"),
                .tag(""),
            ]
            var saved = scopes.enumerated().map { exclusion($1, from: Double($0 / 2), to: Double($0 / 2)) }
            saved[3].to = Timestamp(milliseconds: 253_402_300_799_999)
            saved[3].reason = "line change\n\"x\""
            for one in saved.shuffled() { try await catalog.saveBaselineExclusion(one) }
            let order = saved.sorted { ($0.from, $0.id) < ($1.from, $1.id) }
            try expectEqual(try await catalog.baselineExclusions(), order, "excluded times")
        },
        Check("an excluded time saved again is replaced, its scope too, and a removed one is gone") { catalog in
            let scene = try await AnomalyScene(catalog)
            let id = BaselineExclusionID.random()
            let scopes: [ExclusionScope] = [
                .device(scene.devices[0].id), .tag("x"), .interface(scene.interfaces[0].id), .all,
            ]
            for (number, scope) in scopes.enumerated() {
                var changed = exclusion(scope, to: Double(number))
                changed.id = id
                try await catalog.saveBaselineExclusion(changed)
                try expectEqual(try await catalog.baselineExclusions(), [changed], "excluded times")
            }
            for isThere in [true, false] {
                let removed = try await catalog.removeBaselineExclusion(id)
                try expectEqual(removed, isThere, "whether there was one to remove")
            }
            try expectEqual(try await catalog.baselineExclusions(), [], "excluded times")
        },
        Check("a time that ends before it begins, or is of what does not exist, is not excluded") { catalog in
            let scene = try await AnomalyScene(catalog)
            let kept = exclusion(.all)
            try await catalog.saveBaselineExclusion(kept)
            let wrongs = [
                exclusion(.all, from: 0.001, to: 0), exclusion(.device(.random())),
                exclusion(.interface(scene.stranger.id)),
            ]
            for var wrong in wrongs {
                wrong.id = kept.id
                try await expectFailure(.invalidValue, "an exclusion of \(wrong.scope)") { [wrong] in
                    try await catalog.saveBaselineExclusion(wrong)
                }
            }
            try expectEqual(try await catalog.baselineExclusions(), [kept], "excluded times")
        },
        Check("an excluded time goes with its device or interface") { catalog in
            let scene = try await AnomalyScene(catalog)
            let saved = [
                exclusion(.device(scene.devices[0].id)), exclusion(.interface(scene.interfaces[0].id)),
                exclusion(.interface(scene.interfaces[3].id)), exclusion(.interface(scene.interfaces[4].id)),
            ]
            for one in saved { try await catalog.saveBaselineExclusion(one) }
            try await scene.retire(scene.interfaces[3])
            let gone = scene.devices[0].id
            try await catalog.reviseDevices(.ids([gone])) { _ in
                var revision = DeviceRevision()
                revision.removed = [gone]
                return (revision, ())
            }
            try expectEqual(try await catalog.baselineExclusions(), [saved[3]], "excluded times left")
        },
    ]
}
