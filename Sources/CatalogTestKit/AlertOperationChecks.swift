import Catalog
import Inventory

extension CatalogContract {
    static let alertActionChecks: [Check] = [
        Check("what operators say of alerts gets rising numbers and comes back in their order") { catalog in
            let alerts = [Specimens.alert(), Specimens.alert(lasting: 1)]
            try await catalog.saveAlerts(AlertBatch(alerts))
            var said: [AlertAction] = []
            for (place, kind) in (AlertAction.Kind.allCases + AlertAction.Kind.allCases).enumerated() {
                // The order is that of saying, not of the clock.
                var action = AlertAction(alertID: alerts[place % 2].id, kind: kind, at: Specimens.time(-Double(place)))
                if place > 1 {
                    (action.until, action.note) = (Specimens.time(3_600), "planned; 'x' \"y\" თბილისი\n")
                    action.author = ""
                }
                let stored = try await catalog.addAlertAction(action)
                try expect(stored.number > (said.last?.number ?? 0), "\(stored.number) is above those before")
                action.number = stored.number
                try expectEqual(stored, action, "what was stored")
                said.append(stored)
            }
            for place in said.indices {
                let after = place == 0 ? 0 : said[place - 1].number
                let rest = Array(said[place...])
                try expectEqual(try await catalog.alertActions(after: after, limit: 99), rest, "after \(after)")
                try expectEqual(
                    try await catalog.alertActions(after: after, limit: 2), Array(rest.prefix(2)), "two after \(after)")
            }
            try expectEqual(try await catalog.alertActions(after: said[3].number, limit: 9), [], "after the last")
        },
        Check("nothing is said of an alert that is none, nor twice under one id") { catalog in
            let alert = Specimens.alert()
            try await catalog.saveAlerts(AlertBatch([alert]))
            let stranger = AlertID.random()
            let error = try await expectFailure(.invalidValue, "an action of an unknown alert") {
                try await catalog.acknowledge(stranger)
            }
            try expect(error.message.contains(stranger.description), "the message names the alert: \(error)")
            let action = AlertAction(alertID: alert.id, kind: .acknowledge, at: Specimens.noon)
            let stored = try await catalog.addAlertAction(action)
            try await expectFailure(.conflict, "an action said again") { _ = try await catalog.addAlertAction(action) }
            try expectEqual(try await catalog.alertActions(after: 0, limit: 9), [stored], "what was said")
        },
        Check("a number is not given again when what was said goes with its alert") { catalog in
            let alerts = [Specimens.alert(), Specimens.alert()]
            try await catalog.saveAlerts(AlertBatch(alerts))
            try await catalog.acknowledge(alerts[1].id)
            let last = try await catalog.acknowledge(alerts[0].id).number
            var batch = AlertBatch()
            batch.removed = [alerts[0].id]
            try await catalog.saveAlerts(batch)
            let next = try await catalog.acknowledge(alerts[1].id).number
            try expect(next > last, "\(next) is above all that were given")
        },
        Check("the number of the last applied action is as it was told last") { catalog in
            try expectEqual(try await catalog.appliedAlertAction(), 0, "before any")
            for number in [3, 9, 9, 12] as [Int64] {
                var batch = AlertBatch()
                batch.appliedAction = number
                try await catalog.saveAlerts(batch)
                try await catalog.saveAlerts(AlertBatch([Specimens.alert()]))
                try expectEqual(try await catalog.appliedAlertAction(), number, "the last applied")
            }
        },
    ]

    private static func silence(from start: Double, to end: Double, _ matchers: [AlertMatcher]? = nil) -> Silence {
        Silence(
            matchers: matchers ?? [AlertMatcher("type", "isp")], from: Specimens.time(start), to: Specimens.time(end),
            comment: "", at: Specimens.time(-start))
    }

    static let silenceChecks: [Check] = [
        Check("silences come back as saved, ordered by begin, then id, and those that are over are left out") {
            catalog in
            let matchers = AlertMatcher.Comparison.allCases.map { AlertMatcher("tag_site", $0, "\"Tbilisi\" \\ é|\n") }
            var saved = (0..<6).map { silence(from: Double($0 / 3), to: Double($0), matchers + [AlertMatcher("", "")]) }
            (saved[2].comment, saved[2].author) = ("planned 'x' თბილისი", "")
            for one in saved.shuffled() { try await catalog.saveSilence(one) }
            let order = saved.sorted { ($0.startsAt, $0.id) < ($1.startsAt, $1.id) }
            try expectEqual(try await catalog.silences(endingAfter: nil), order, "silences")
            let later = order.filter { $0.endsAt > Specimens.time(3) }
            try expectEqual(try await catalog.silences(endingAfter: Specimens.time(3)), later, "silences left")
            let last = Timestamp(milliseconds: .max)
            try expectEqual(try await catalog.silences(endingAfter: last), [], "silences for ever")
        },
        Check("a silence saved again is replaced, one removed is gone, and one that ends too early is refused") {
            catalog in
            var saved = silence(from: 0, to: 60)
            try await catalog.saveSilence(saved)
            (saved.endsAt, saved.comment) = (Specimens.time(30), "shorter")
            try await catalog.saveSilence(saved)
            try expectEqual(try await catalog.silences(endingAfter: nil), [saved], "silences")
            let refused = [silence(from: 0, to: -0.001), silence(from: 0, to: 60, [])]
            for wrong in refused {
                try await expectFailure(.invalidValue, "\(wrong)") { try await catalog.saveSilence(wrong) }
            }
            for isThere in [true, false] {
                try expectEqual(try await catalog.removeSilence(saved.id), isThere, "removed")
                try expectEqual(try await catalog.silences(endingAfter: nil), [], "silences")
            }
        },
    ]

    private static func window(_ name: String, seconds: Int = 3_600) -> MaintenanceWindow {
        MaintenanceWindow(
            name: name, begins: .schedule("0 2 * * 6"), durationSeconds: seconds, zone: "Asia/Tbilisi",
            at: Specimens.noon)
    }

    static let maintenanceWindowChecks: [Check] = [
        Check("maintenance windows come back as saved, ordered by name, then id") { catalog in
            var saved = ["b", "a", "b", "", "B"].map { window($0, seconds: $0 == "a" ? 60 : 2_678_400) }
            saved[0].begins = .at(Specimens.time(0.001))
            saved[0].matchers = [AlertMatcher("device", .matches, "LAB-.*"), AlertMatcher("type", .notEqual, "isp")]
            (saved[0].endsAt, saved[0].comment, saved[0].author) = (Specimens.time(9), "'x' \"y\"\n", "")
            for one in saved.shuffled() { try await catalog.saveMaintenanceWindow(one) }
            let order = saved.sorted { ($0.name, $0.id) < ($1.name, $1.id) }
            try expectEqual(try await catalog.maintenanceWindows(), order, "windows")
        },
        Check("a maintenance window saved again is replaced, one removed is gone, and one of no length is refused") {
            catalog in
            var saved = window("a")
            try await catalog.saveMaintenanceWindow(saved)
            (saved.name, saved.begins, saved.zone) = ("b", .at(Specimens.noon), "UTC")
            try await catalog.saveMaintenanceWindow(saved)
            try expectEqual(try await catalog.maintenanceWindows(), [saved], "windows")
            for seconds in [Int.min, -60, 0, 59, 2_678_401, .max] {
                let error = try await expectFailure(.invalidValue, "\(seconds) seconds") {
                    try await catalog.saveMaintenanceWindow(window("c", seconds: seconds))
                }
                try expect(error.message.contains("\(seconds)"), "the message names the length: \(error)")
            }
            for isThere in [true, false] {
                try expectEqual(try await catalog.removeMaintenanceWindow(saved.id), isThere, "removed")
                try expectEqual(try await catalog.maintenanceWindows(), [], "windows")
            }
        },
    ]
}
