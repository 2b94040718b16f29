import Catalog
import Inventory

extension CatalogContract {
    /// One batch that fills all there is of an alert, and the alert.
    private static func whole() -> (Alert, AlertBatch) {
        let alert = Specimens.alert()
        var batch = AlertBatch([alert])
        batch.changes = [AlertChange(alert.id, .began, at: Specimens.noon, "began")]
        batch.deliveries = [Specimens.delivery([alert])]
        batch.appliedAction = 7
        return (alert, batch)
    }

    static let alertLifeChecks: [Check] = [
        Check("an entity and condition have one open alert, and a second one is refused by the names of both") {
            catalog in
            let entities = [Specimens.port(), .device(.random()), .system("disk")]
            let first = entities.map { Specimens.alert($0, .anomaly) }
            try await catalog.saveAlerts(AlertBatch(first))
            for state in AlertState.allCases where state != .resolved {
                for (entity, known) in zip(entities, first) {
                    var second = Specimens.alert(entity, .anomaly, at: 60)
                    second.state = state
                    let error = try await expectFailure(.conflict, "a second open alert that is \(state)") { [second] in
                        try await catalog.saveAlerts(AlertBatch([Specimens.alert(), second]))
                    }
                    for name in [entity.key, "anomaly", known.id.description, second.id.description] {
                        try expect(error.message.contains(name), "the message names \(name): \(error)")
                    }
                }
            }
            try await expectFailure(.conflict, "two open alerts of one key in a batch") {
                let entity = Specimens.port()
                try await catalog.saveAlerts(AlertBatch([Specimens.alert(entity), Specimens.alert(entity, at: 1)]))
            }
            try expectEqual(Set(try await catalog.allAlerts()), Set(first), "alerts")
            let others = [
                Specimens.alert(entities[0], .interfaceDown), Specimens.alert(entities[0], .anomaly, lasting: 1),
                Specimens.alert(entities[0], .anomaly, lasting: 1),
            ]
            try await catalog.saveAlerts(AlertBatch(others))
            try expectEqual(try await catalog.alertCount(AlertQuery(limit: 1)), 6, "alerts")
        },
        Check("an alert that is over makes room for one of the same key, in one batch and in any order") { catalog in
            let entity = Specimens.port()
            var all = [Specimens.alert(entity)]
            try await catalog.saveAlerts(AlertBatch(all))
            for round in 1...8 {
                let place = all.count - 1
                (all[place].state, all[place].resolvedAt) = (.resolved, Specimens.time(Double(round)))
                all.append(Specimens.alert(entity, at: Double(round)))
                let pair = Array(all.suffix(2))
                try await catalog.saveAlerts(AlertBatch(round.isMultiple(of: 2) ? pair : pair.reversed()))
            }
            try expectEqual(try await catalog.allAlerts(), all.reversed(), "alerts")
        },
        Check("what was pending and never fired leaves nothing behind, and makes room in its batch") { catalog in
            let entity = Specimens.port()
            var pending = Specimens.alert(entity)
            (pending.state, pending.firedAt) = (.pending, nil)
            var batch = AlertBatch([pending])
            batch.changes = [AlertChange(pending.id, .began, at: Specimens.noon, "began")]
            try await catalog.saveAlerts(batch)
            try await catalog.acknowledge(pending.id)
            let next = Specimens.alert(entity, at: 60)
            batch = AlertBatch([next])
            batch.removed = [pending.id, .random()]
            try await catalog.saveAlerts(batch)
            try expectEqual(try await catalog.allAlerts(), [next], "alerts")
            try expectEqual(try await catalog.alertChanges(of: pending.id), [], "steps")
            try expectEqual(try await catalog.alertActions(after: 0, limit: 9), [], "what was said")
            // Its steps went too, so that one of the same id begins anew.
            try await catalog.saveAlerts(AlertBatch([Specimens.alert(lasting: 1), next]))
            try expectEqual(try await catalog.alertChanges(of: pending.id), [], "steps")
        },
        Check("a batch of which any part is refused leaves nothing of any part") { catalog in
            let (kept, first) = whole()
            try await catalog.saveAlerts(first)
            let deliveries = try await catalog.allDeliveries()
            func spoilt(_ spoil: (inout AlertBatch) -> Void) -> AlertBatch {
                var (alert, batch) = whole()
                var changed = kept
                changed.message = "changed"
                (alert.severity, batch.appliedAction, batch.removed) = (.low, 9, [])
                batch.alerts.append(changed)
                spoil(&batch)
                return batch
            }
            let batches: [(CatalogError.Code, AlertBatch)] = [
                (
                    .invalidValue,
                    spoilt { $0.changes.append(AlertChange(.random(), .fired, at: Specimens.noon, "unknown")) }
                ),
                (
                    .invalidValue,
                    spoilt { batch in
                        batch.removed = [kept.id]
                        batch.alerts.removeLast()
                        batch.changes.append(AlertChange(kept.id, .fired, at: Specimens.noon, "removed"))
                    }
                ),
                (.conflict, spoilt { $0.alerts.append(Specimens.alert(kept.entity)) }),
                (.invalidValue, spoilt { $0.alerts[0].resolvedAt = Specimens.noon }),
                (.invalidValue, spoilt { $0.deliveries.append(Specimens.delivery(to: "")) }),
                (
                    .invalidValue,
                    spoilt { batch in
                        batch.removed = [kept.id]
                        batch.deliveries[0].state = .delivered
                    }
                ),
                (.invalidValue, spoilt { $0.appliedAction = -1 }),
            ]
            for (number, (code, batch)) in batches.enumerated() {
                let error = try await expectFailure(code, "batch \(number)") { try await catalog.saveAlerts(batch) }
                if number == 0 {
                    let unknown = batch.changes[1].alertID.description
                    try expect(error.message.contains(unknown), "the message names the alert: \(error)")
                }
                try expectEqual(try await catalog.allAlerts(), [kept], "alerts after batch \(number)")
                try expectEqual(
                    try await catalog.alertChanges(of: kept.id), first.changes, "steps after batch \(number)")
                try expectEqual(try await catalog.allDeliveries(), deliveries, "deliveries after batch \(number)")
                try expectEqual(try await catalog.appliedAlertAction(), 7, "what is applied after batch \(number)")
            }
        },
        Check("alerts that were over before a time go with all of theirs, but causes of open ones stay") { catalog in
            let over = (0..<6).map { Specimens.alert(lasting: Double($0)) }
            var open = [Specimens.alert(at: 1), Specimens.alert(at: 2), Specimens.alert(lasting: 9)]
            (open[0].causeID, open[2].causeID) = (over[1].id, over[0].id)
            var batch = AlertBatch(over + open)
            batch.changes = batch.alerts.map { AlertChange($0.id, .began, at: Specimens.noon, "") }
            try await catalog.saveAlerts(batch)
            for alert in over + open {
                try await catalog.acknowledge(alert.id)
            }
            try expectEqual(try await catalog.removeAlerts(resolvedBefore: Specimens.time(3)), 2, "alerts removed")
            let left = [over[1]] + over[3...] + open
            try expectEqual(Set(try await catalog.allAlerts()), Set(left), "alerts left")
            for alert in over + open {
                let steps = try await catalog.alertChanges(of: alert.id)
                try expectEqual(steps.count, left.contains(alert) ? 1 : 0, "steps of one of them")
            }
            let said = try await catalog.alertActions(after: 0, limit: 99)
            try expectEqual(Set(said.map(\.alertID)), Set(left.map(\.id)), "alerts of which something was said")
            let first = Timestamp(milliseconds: .min)
            try expectEqual(try await catalog.removeAlerts(resolvedBefore: first), 0, "alerts removed")
            let last = Timestamp(milliseconds: .max)
            try expectEqual(try await catalog.removeAlerts(resolvedBefore: last), 4, "alerts removed")
            (open[0].state, open[0].resolvedAt) = (.resolved, Specimens.time(99))
            try await catalog.saveAlerts(AlertBatch([open[0]]))
            try expectEqual(try await catalog.removeAlerts(resolvedBefore: last), 2, "the cause and what it explained")
            try expectEqual(try await catalog.allAlerts(), [open[1]], "alerts left")
        },
        Check("readers see what was written of alerts as a whole or not at all") { catalog in
            let ports = (0..<6).map { _ in Specimens.port() }
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    for round in 0..<15 {
                        let found = ports.map { Specimens.alert($0, at: Double(round), lasting: 1) }
                        try await catalog.saveAlerts(AlertBatch(found))
                    }
                }
                group.addTask {
                    for _ in 0..<40 {
                        let count = try await catalog.alertCount(AlertQuery(limit: 1))
                        try expect(count.isMultiple(of: 6), "a reader saw \(count) alerts, part of a batch")
                    }
                }
                try await group.waitForAll()
            }
            try expectEqual(try await catalog.alertCount(AlertQuery(limit: 1)), 90, "alerts")
        },
    ]
}
