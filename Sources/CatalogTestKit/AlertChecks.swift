import Catalog
import Inventory

extension CatalogContract {
    static let alertChecks: [Check] = [
        Check("an alert comes back as saved, the plainest and the fullest") { catalog in
            var plain = Alert(entity: .system(""), condition: .diskSpace, rule: "", severity: .low, at: Specimens.noon)
            plain.state = .pending
            let full = Specimens.fullAlert()
            try expectEqual(try await catalog.alert(plain.id), nil, "an alert never saved")
            try await catalog.saveAlerts(AlertBatch())
            try await catalog.saveAlerts(AlertBatch([plain, full]))
            try expectEqual(try await catalog.alert(plain.id), plain, "the plainest")
            try expectEqual(try await catalog.alert(full.id), full, "the fullest")
            try expectEqual(try await catalog.allAlerts(), [plain, full], "alerts")
        },
        Check("every word an alert can hold comes back") { catalog in
            var saved: [Alert] = []
            func add(_ entity: AlertEntity = Specimens.port(), _ change: (inout Alert) -> Void = { _ in }) {
                var alert = Specimens.alert(entity, at: -Double(saved.count))
                change(&alert)
                saved.append(alert)
            }
            for entity in [.device(.random()), .system("job:discover-topology"), .system("é:'")] + [Specimens.port()] {
                add(entity)
            }
            for condition in AlertCondition.allCases { add { $0.condition = condition } }
            for severity in AlertSeverity.allCases { add { $0.severity = severity } }
            for hold in AlertHold.allCases { add { $0.hold = hold } }
            for state in AlertState.allCases {
                add { ($0.state, $0.resolvedAt) = (state, state == .resolved ? Specimens.noon : nil) }
            }
            for severity in AlertSeverity.allCases {
                add { $0.tellings = [AlertTelling("noc", at: Specimens.noon, severity: severity)] }
            }
            for type in DeviceType.allCases {
                var device = Specimens.device("d")
                device.deviceType = type
                add { $0.context.device = AlertContext.Device(device) }
            }
            for type in InterfaceType.allCases {
                var interface = Specimens.interface(of: Specimens.device("d"), 1)
                interface.interfaceType = type
                add { $0.context.interface = AlertContext.Interface(interface) }
            }
            try await catalog.saveAlerts(AlertBatch(saved.shuffled()))
            try expectEqual(try await catalog.allAlerts(), saved, "alerts")
        },
        Check("an alert saved again is replaced with its steps kept, and the last of one call counts") { catalog in
            let first = Specimens.fullAlert()
            var later = Specimens.alert(at: 60)
            later.id = first.id
            for saved in [[first], [first, later], [later, first], [first, later]] {
                var batch = AlertBatch(saved)
                batch.changes = [AlertChange(first.id, .began, at: Specimens.noon, "a")]
                try await catalog.saveAlerts(batch)
                try expectEqual(try await catalog.allAlerts(), saved.suffix(1), "alerts")
            }
            try expectEqual(try await catalog.alertChanges(of: first.id).count, 4, "steps")
        },
        Check("a number that is not finite, or a time without a written form, keeps all of its batch out") { catalog in
            let good = Specimens.alert()
            typealias Change = @Sendable (inout Alert, Double) -> Void
            let fields: [(String, Change)] = [
                ("value", { $0.value = $1 }), ("threshold", { $0.threshold = $1 }),
                ("penalty", { $0.context.penalty = $1 }), ("worst", { $0.context.worst = $1 }),
            ]
            for (name, change) in fields {
                for number in [Double.nan, .infinity, -.infinity] {
                    var wrong = Specimens.alert()
                    change(&wrong, number)
                    let batches = [AlertBatch([good, wrong]), AlertBatch([Specimens.delivery([good, wrong])])]
                    for batch in batches {
                        let error = try await expectFailure(.invalidValue, "an alert with \(name) \(number)") {
                            try await catalog.saveAlerts(batch)
                        }
                        try expect(error.message.contains(name), "the message names \(name): \(error)")
                    }
                }
            }
            let never = Timestamp(milliseconds: .max)
            let times: [@Sendable (inout Alert) -> Void] = [
                { $0.lastSeenAt = never }, { $0.context.clearSince = never }, { $0.context.penaltyAt = never },
                { $0.tellings = [AlertTelling("noc", at: never, severity: .low)] },
                { $0.context.facts = [AlertFact("a", "b", at: never)] },
                { $0.context.before = [AlertEvent(at: never, "a")] },
            ]
            for change in times {
                var wrong = Specimens.alert()
                change(&wrong)
                for batch in [AlertBatch([good, wrong]), AlertBatch([Specimens.delivery([good, wrong])])] {
                    try await expectFailure(.invalidValue, "an alert with a time beyond all years") {
                        try await catalog.saveAlerts(batch)
                    }
                }
            }
            try expectEqual(try await catalog.allAlerts(), [], "alerts")
            try expectEqual(try await catalog.allDeliveries(), [], "deliveries")
        },
        Check("the steps of an alert come back in the order in which they were written") { catalog in
            let alerts = [Specimens.alert(), Specimens.alert()]
            var written: [[AlertChange]] = [[], []]
            for round in 0..<3 {
                var batch = AlertBatch(round == 0 ? alerts : [])
                for (place, kind) in AlertChange.Kind.allCases.enumerated() {
                    let author = place.isMultiple(of: 2) ? nil : "o'\(place)"
                    let step = AlertChange(
                        alerts[place % 2].id, kind, at: Specimens.time(Double(round)), "sent to \"noc\"\u{0}\n",
                        author: author)
                    batch.changes.append(step)
                    written[place % 2].append(step)
                }
                try await catalog.saveAlerts(batch)
            }
            for (alert, steps) in zip(alerts, written) {
                try expectEqual(try await catalog.alertChanges(of: alert.id), steps, "steps")
            }
            try expectEqual(try await catalog.alertChanges(of: .random()), [], "steps of a stranger")
        },
        Check("alerts outlive their device, and nothing of them moves the revision of lists") { catalog in
            let device = Specimens.device("a")
            let interface = Specimens.interface(of: device, 1)
            try await catalog.add(device)
            try await catalog.revise(device) { $0.inserted = [interface] }
            let saved = [
                Specimens.alert(.device(device.id), at: 1), Specimens.alert(.interface(interface.id, of: device.id)),
            ]
            let before = try await catalog.revision()
            var batch = AlertBatch(saved)
            batch.deliveries = [Specimens.delivery(saved)]
            try await catalog.saveAlerts(batch)
            try await catalog.acknowledge(saved[0].id)
            try expectEqual(try await catalog.revision(), before, "the revision")
            try await catalog.reviseDevices(.ids([device.id])) { _ in
                var revision = DeviceRevision()
                revision.removed = [device.id]
                return (revision, ())
            }
            try expectEqual(try await catalog.allAlerts(), saved, "alerts")
            var query = AlertQuery(limit: 9)
            query.devices = [device.id]
            try expectEqual(try await catalog.alerts(query), saved, "alerts of the device")
        },
    ]
}
