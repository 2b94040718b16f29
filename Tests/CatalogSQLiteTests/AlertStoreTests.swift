import Catalog
import CatalogRows
@testable import CatalogSQLite
import Foundation
import GRDB
import Inventory
import Testing

/// What alerts do in a SQLite file that is opened again, and that others use at the same time.
@Suite("Alerts in a SQLite catalog")
struct AlertStoreTests {
    private static let now = Timestamp(seconds: 1_772_366_400)

    private static func alert(at seconds: Double = 0) -> Alert {
        var alert = Alert(
            entity: .interface(.random(), of: .random()), condition: .interfaceDown, rule: "r", severity: .high,
            at: now.advanced(bySeconds: seconds))
        alert.context.facts = [AlertFact("oper status", "down", at: now)]
        alert.tellings = [AlertTelling("noc", at: now, severity: .high)]
        return alert
    }

    private static func delivery(_ alerts: [Alert] = [], ended: Bool = false) -> AlertDelivery {
        var delivery = AlertDelivery(receiver: "noc", group: "g", reason: .change, alerts: alerts, at: now)
        if ended { (delivery.state, delivery.endedAt) = (.delivered, now) }
        return delivery
    }

    private func batch(_ alerts: [Alert] = [], _ deliveries: [AlertDelivery] = []) -> AlertBatch {
        var batch = AlertBatch()
        (batch.alerts, batch.deliveries) = (alerts, deliveries)
        return batch
    }

    @Test("all that is written is there after a restart, and numbers go on though the highest were removed")
    func goesOn() async throws {
        let store = try TemporaryStore()
        let alerts = [Self.alert(at: 1), Self.alert()]
        var (last, lastAction): (Int64, Int64) = (0, 0)
        for round in 0..<3 {
            let catalog = try SQLiteCatalog.open(path: store.path)
            let known = try await catalog.alerts(AlertQuery(limit: 9))
            #expect(known == (round == 0 ? [] : alerts))
            #expect(try await catalog.appliedAlertAction() == Int64(round * 7))
            var written = batch(alerts, [Self.delivery(alerts), Self.delivery(ended: true)])
            written.appliedAction = Int64(round * 7 + 7)
            try await catalog.saveAlerts(written)
            let numbers = try await catalog.deliveries(AlertDeliveryQuery(limit: 2)).map(\.number)
            #expect(numbers.count == 2 && numbers.allSatisfy { $0 > last }, "\(numbers) after \(last)")
            last = try #require(numbers.first)
            let passing = Self.alert()
            try await catalog.saveAlerts(batch([passing]))
            let said = try await catalog.addAlertAction(
                AlertAction(alertID: passing.id, kind: .acknowledge, at: Self.now))
            #expect(said.number > lastAction)
            lastAction = said.number
            var gone = batch()
            gone.removed = [passing.id]
            try await catalog.saveAlerts(gone)
            #expect(try await catalog.removeDeliveries(endedBefore: Self.now.advanced(bySeconds: 1)) == 1)
            try await catalog.close()
        }
    }

    @Test("two programs that say things and write deliveries at once get all numbers once, each in its order")
    func numbersInTurn() async throws {
        let store = try TemporaryStore()
        let catalogs = [try SQLiteCatalog.open(path: store.path), try SQLiteCatalog.open(path: store.path)]
        let alert = Self.alert()
        try await catalogs[0].saveAlerts(batch([alert]))
        let numbers = Locked<[[Int64]]>([[], []])
        try await withThrowingTaskGroup(of: Void.self) { group in
            for place in 0..<2 {
                group.addTask {
                    for _ in 0..<20 {
                        let action = AlertAction(alertID: alert.id, kind: .acknowledge, at: Self.now)
                        let number = try await catalogs[place].addAlertAction(action).number
                        numbers.change { $0[place].append(number) }
                        try await catalogs[place].saveAlerts(batch([], [Self.delivery(), Self.delivery()]))
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(numbers.value.allSatisfy { $0 == $0.sorted() })
        #expect(Set(numbers.value.joined()).count == 40)
        for catalog in catalogs {
            #expect(
                try await catalog.alertActions(after: 0, limit: 99).map(\.number) == numbers.value.joined().sorted())
            let deliveries = try await catalog.deliveries(AlertDeliveryQuery(limit: 99))
            #expect(Set(deliveries.map(\.number)).count == 80)
            try await catalog.close()
        }
    }

    @Test(
        "what an operator left unreadable is named",
        arguments: [
            ("condition", "'gone'"), ("entity", "'device:x'"), ("context", "'{\"penalty\":\"x\"}'"),
            ("context", "'{\"device\":{\"type\":\"toaster\"}}'"), ("context", "'{\"cause\":{}}'"),
            ("context", "'{\"before\":[{\"text\":\"\"}]}'"), ("tellings", "'[{}]'"),
            ("started_at", "'2026-99-01T00:00:00.000Z'"),
        ])
    func namesUnreadable(column: String, value: String) async throws {
        let store = try TemporaryStore()
        let catalog = try SQLiteCatalog.open(path: store.path)
        try await catalog.saveAlerts(batch([Self.alert()]))
        let beside = try DatabaseQueue(path: store.path)
        try await beside.write { db in try db.execute(sql: "UPDATE alert_history SET \(column) = \(value)") }
        do {
            let found = try await catalog.alerts(AlertQuery(limit: 9))
            Issue.record("\(found) was read from \(column) = \(value)")
        } catch {
            #expect(error.code == .invalidValue)
            #expect(error.message.contains("alert_history.\(column)"), "\(error)")
        }
        try await catalog.close()
    }

    @Test(
        "an alert of a delivery that cannot be read is named", arguments: ["{}", #"{"id":"x"}"#, #"{"value":1e999}"#])
    func namesUnreadableDelivery(text: String) async throws {
        let store = try TemporaryStore()
        let catalog = try SQLiteCatalog.open(path: store.path)
        try await catalog.saveAlerts(batch([], [Self.delivery([Self.alert()])]))
        let beside = try DatabaseQueue(path: store.path)
        try await beside.write { db in
            try db.execute(sql: "UPDATE alert_delivery_alerts SET alert = ?", arguments: [text])
        }
        let error = await #expect(throws: CatalogError.self) {
            _ = try await catalog.dueDeliveries(DueDeliveryQuery(by: Self.now, limit: 9))
        }
        #expect(error?.code == .invalidValue)
        #expect(error?.message.contains("alert_delivery_alerts.alert") == true, "\(String(describing: error))")
        try await catalog.close()
    }

    @Test("a context of another program's is read as far as it is known")
    func readsForeignContexts() async throws {
        let store = try TemporaryStore()
        let catalog = try SQLiteCatalog.open(path: store.path)
        try await catalog.saveAlerts(batch([Self.alert()]))
        let beside = try DatabaseQueue(path: store.path)
        let text = #"{ "new": [{"x": null}], "worst": 1E2, "labels": { "a" : "b" }, "facts": [] }"#
        try await beside.write { db in try db.execute(sql: "UPDATE alert_history SET context = ?", arguments: [text]) }
        var expected = AlertContext()
        (expected.worst, expected.labels) = (100, ["a": "b"])
        #expect(try await catalog.alerts(AlertQuery(limit: 9)).first?.context == expected)
        try await catalog.close()
    }

    @Test("an operator is kept to the same rules")
    func refusesOperators() async throws {
        let store = try TemporaryStore()
        let catalog = try SQLiteCatalog.open(path: store.path)
        try await catalog.saveAlerts(batch([Self.alert()], [Self.delivery()]))
        let beside = try DatabaseQueue(path: store.path)
        let wrong = [
            "UPDATE alert_history SET value = 9e999", "UPDATE alert_history SET threshold = -9e999",
            "UPDATE alert_history SET state = 'resolved'", "UPDATE alert_history SET state = 'open'",
            "UPDATE alert_history SET interface_id = NULL", "UPDATE alert_history SET context = '[]'",
            "UPDATE alert_deliveries SET state = 'delivered'", "UPDATE alert_deliveries SET receiver = ''",
        ]
        for sql in wrong {
            await #expect(throws: DatabaseError.self, "\(sql)") {
                try await beside.write { db in try db.execute(sql: sql) }
            }
        }
        try await catalog.close()
    }

    @Test("usual questions walk an index in the order of their answer")
    func usesIndexes() async throws {
        let catalog = try SQLiteCatalog.inMemory()
        let place = AlertPlace(startedAt: Self.now, id: .random())
        let open: Set<AlertState> = [.pending, .firing, .acknowledged]
        let questions: [(String, (inout AlertQuery) -> Void)] = [
            ("alert_history_started", { _ in }), ("alert_history_started", { $0.after = place }),
            ("alert_history_started", { $0.severities = [.high] }),
            ("alert_history_started", { ($0.from, $0.to) = (Self.now, Self.now) }),
            ("alert_history_open", { $0.states = open }), ("alert_history_open", { $0.states = [.firing] }),
            ("alert_history_open", { ($0.states, $0.after) = (open, place) }),
            ("alert_history_owing", { $0.owesRecovery = true }),
            ("alert_history_device", { $0.devices = [.random()] }),
            ("alert_history_interface", { $0.interfaces = [.random()] }),
        ]
        for (index, change) in questions {
            var query = AlertQuery(limit: 50)
            change(&query)
            let plan = try await plan(query.page.sql, in: catalog)
            #expect(plan.contains(index) && !plan.contains("TEMP B-TREE"), "\(query): \(plan)")
        }
        for count in 1...2 {
            var query = AlertQuery(limit: 50)
            query.causes = (0..<count).map { _ in .random() }
            let ofCauses = try await plan(query.page.sql, in: catalog)
            #expect(ofCauses.contains("alert_history_cause"), "\(count): \(ofCauses)")
            (query.ids, query.causes) = ((0..<count).map { _ in .random() }, nil)
            let ofIDs = try await plan(query.page.sql, in: catalog)
            #expect(ofIDs.contains("sqlite_autoindex_alert_history_1"), "\(count): \(ofIDs)")
        }
    }

    @Test("deliveries that are due are found by an index alone, whatever ended before them")
    func findsDueByIndex() async throws {
        let catalog = try SQLiteCatalog.inMemory()
        let due = try await plan(dueHeadsSQL, in: catalog)
        #expect(due.contains("COVERING INDEX alert_deliveries_waiting"), "\(due)")
        let held = try await plan(heldBackSQL, in: catalog)
        for index in ["waiting", "alerts_delivery (delivery=", "alerts_alert (alert_id=", "INTEGER PRIMARY KEY"] {
            #expect(held.contains(index) && !held.contains("SCAN alert"), "\(held)")
        }
        let waiting = try await plan(waitingCountsSQL, in: catalog)
        #expect(waiting.contains("alert_deliveries_waiting"), "\(waiting)")
        let ended = try await plan(endedCountsSQL, in: catalog)
        #expect(ended.contains("alert_deliveries_ended"), "\(ended)")
        var query = AlertDeliveryQuery(limit: 9)
        query.alert = .random()
        let about = try await plan(query.page.sql, in: catalog)
        #expect(about.contains("alert_delivery_alerts_alert"), "\(about)")
        let removal = try await plan("DELETE FROM alert_deliveries WHERE ended_at < ?1", in: catalog)
        #expect(removal.contains("alert_deliveries_ended"), "\(removal)")
    }

    private func plan(_ sql: String, in catalog: SQLiteCatalog) async throws -> String {
        try await catalog.store.read { db in
            let statement = try db.makeStatement(sql: "EXPLAIN QUERY PLAN \(sql)")
            try statement.setArguments(StatementArguments(repeatElement(nil as Int?, count: parameterCount(sql))))
            return try Row.fetchAll(statement).map { "\($0["detail"] as String? ?? "")" }.joined(separator: "; ")
        }
    }
}

/// The highest number of a `?` in a statement.
private func parameterCount(_ sql: String) -> Int {
    sql.split(separator: "?").dropFirst().compactMap { Int($0.prefix { $0.isNumber }) }.max() ?? 0
}
