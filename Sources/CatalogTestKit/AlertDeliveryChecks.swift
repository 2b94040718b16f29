import Catalog
import Inventory

/// What the deliveries of a catalog must be, by the words of the protocol.
private struct DeliveryModel {
    var numbers: SeededNumbers
    var all: [AlertDelivery] = []
    private let alerts = (0..<6).map { _ in Specimens.alert() }

    init(numbers: SeededNumbers) { self.numbers = numbers }

    private mutating func below(_ bound: Int) -> Int {
        Int.random(in: 0..<bound, using: &numbers)
    }

    /// Some that are new, and some that were tried, with what became of them.
    mutating func step() -> [AlertDelivery] {
        var changed: [AlertDelivery] = []
        for place in all.indices where all[place].state == .waiting && below(4) == 0 {
            all[place].attempts += 1
            all[place].dueAt = Specimens.time(Double(below(10)))
            if below(2) == 0 { all[place].lastError = "refused \(below(100))" }
            if below(2) == 0 {
                all[place].state = below(3) == 0 ? .failed : .delivered
                all[place].endedAt = Specimens.time(Double(below(10)))
            }
            changed.append(all[place])
        }
        for _ in 0..<below(4) {
            var new = Specimens.delivery(
                to: ["noc", "isp"][below(2)], group: "g\(below(3))", due: Double(below(10)))
            new.createdAt = Specimens.time(Double(below(10)))
            new.alerts = (0..<below(3)).map { _ in alerts[below(alerts.count)] }
            all.append(new)
            changed.append(new)
        }
        return changed
    }

    private var heads: [AlertDelivery] {
        var groups: Set<[String]> = []
        return all.filter { $0.state == .waiting && groups.insert([$0.receiver, $0.group]).inserted }
    }

    /// Whether one that was written before it waits for the same receiver, and tells of one of its alerts.
    private func isHeldBack(_ delivery: AlertDelivery) -> Bool {
        let told = Set(delivery.alerts.map(\.id))
        return all.prefix { $0.id != delivery.id }.contains { earlier in
            earlier.state == .waiting && earlier.receiver == delivery.receiver
                && earlier.alerts.contains { told.contains($0.id) }
        }
    }

    /// The first of each receiver, then the second of each; some are under way.
    func due(
        by time: Timestamp, perReceiver: Int = .max, except: Set<AlertDeliveryID> = []
    ) -> [AlertDelivery] {
        var ranked: [(place: Int, delivery: AlertDelivery)] = []
        var places: [String: Int] = [:]
        for delivery in heads where delivery.dueAt <= time {
            guard except.contains(delivery.id) || !isHeldBack(delivery) else { continue }
            let place = places[delivery.receiver, default: 0] + 1
            guard place <= perReceiver else { continue }
            places[delivery.receiver] = place
            if !except.contains(delivery.id) { ranked.append((place, delivery)) }
        }
        return ranked.enumerated().sorted { ($0.element.place, $0.offset) < ($1.element.place, $1.offset) }
            .map(\.element.delivery)
    }

    func nextDue(after time: Timestamp) -> Timestamp? { heads.map(\.dueAt).filter { $0 > time }.min() }

    /// Some that are due, as if they were under way.
    mutating func underWay(by time: Timestamp) -> Set<AlertDeliveryID> {
        Set(due(by: time).map(\.id).filter { _ in below(3) == 0 })
    }

    func counts(since time: Timestamp) -> [String: AlertDeliveryCounts] {
        var counts: [String: AlertDeliveryCounts] = [:]
        for delivery in all {
            if let end = delivery.endedAt, end < time { continue }
            var count = counts[delivery.receiver] ?? AlertDeliveryCounts()
            switch delivery.state {
            case .waiting:
                count.waiting += 1
                count.oldestWaiting = min(count.oldestWaiting ?? delivery.createdAt, delivery.createdAt)
            case .delivered: count.delivered += 1
            case .failed: count.failed += 1
            }
            if delivery.state != .delivered, let error = delivery.lastError { count.lastError = error }
            counts[delivery.receiver] = count
        }
        return counts
    }
}

extension CatalogContract {
    /// Without the number, which the catalog gives.
    private static func bare(_ deliveries: [AlertDelivery]) -> [AlertDelivery] {
        deliveries.map { delivery in
            var delivery = delivery
            delivery.number = 0
            return delivery
        }
    }

    private static let drawnDeliveryChecks = (1...3 as ClosedRange<UInt64>).map { seed in
        Check("whatever becomes of deliveries, those due, and their counts, follow from them, seed \(seed)") {
            catalog in
            var model = DeliveryModel(numbers: SeededNumbers(seed: seed))
            for round in 0..<40 {
                try await catalog.saveAlerts(AlertBatch(model.step()))
                let (time, what) = (Specimens.time(Double(round % 10)), "in round \(round) of seed \(seed)")
                let due = try await catalog.dueDeliveries(DueDeliveryQuery(by: time, limit: 99))
                try expectEqual(bare(due), model.due(by: time), "due \(what)")
                let busy = model.underWay(by: time)
                let numbers = Set(due.filter { busy.contains($0.id) }.map(\.number))
                let query = DueDeliveryQuery(by: time, perReceiver: round % 3, limit: 99, except: numbers)
                try expectEqual(
                    bare(try await catalog.dueDeliveries(query)),
                    model.due(by: time, perReceiver: round % 3, except: busy), "due but for some \(what)")
                try expectEqual(
                    try await catalog.nextDeliveryDue(after: time), model.nextDue(after: time), "next due \(what)")
                try expectEqual(
                    try await catalog.deliveryCounts(since: time), model.counts(since: time), "counts \(what)")
            }
        }
    }

    static let alertDeliveryChecks =
        drawnDeliveryChecks + [
            Check("deliveries come back as saved with all of their alerts, the latest first") { catalog in
                let alerts = [Specimens.fullAlert(), Specimens.alert(), Specimens.alert(.system("disk"), .diskSpace)]
                var saved = AlertDelivery.Reason.allCases.map { reason in
                    var delivery = Specimens.delivery(alerts.shuffled(), to: "n'\(reason)", group: "")
                    delivery.reason = reason
                    return delivery
                }
                (saved[1].state, saved[1].endedAt, saved[1].attempts) = (.failed, Specimens.time(9), 4)
                (saved[1].lastError, saved[1].alertCount) = ("HTTP 500 'x'\n\u{0}", 100_000)
                (saved[0].state, saved[0].endedAt, saved[0].alerts) = (.delivered, Specimens.time(9), [])
                // Its alerts need not be known, nor are they told as they are now.
                try await catalog.saveAlerts(AlertBatch(saved))
                var found = try await catalog.allDeliveries()
                try expectEqual(bare(found.reversed()), saved, "deliveries")
                for (later, earlier) in zip(found, found.dropFirst()) {
                    try expect(later.number > earlier.number, "numbers rise in the order of the batch")
                }
                let numbers = found.map(\.number)
                found[0].alerts = [alerts[1]]
                found[1].alerts.swapAt(0, 1)
                found[2].attempts += 1
                (found[0].number, found[1].receiver, found[1].group) = (0, "other", "h")
                var batch = AlertBatch([found[0], found[1], Specimens.delivery(), found[2]])
                batch.alerts = alerts
                try await catalog.saveAlerts(batch)
                let after = try await catalog.allDeliveries()
                try expectEqual(bare(Array(after.dropFirst())), bare(found), "deliveries replaced")
                try expectEqual(Array(after.dropFirst()).map(\.number), numbers, "numbers stay")
            },
            Check("what became of a delivery leaves what it tells of as it is") { catalog in
                let alerts = [Specimens.alert(), Specimens.fullAlert()]
                try await catalog.saveAlerts(AlertBatch([Specimens.delivery(alerts)]))
                var told = try await catalog.allDeliveries()[0]
                (told.state, told.attempts, told.endedAt) = (.delivered, 3, Specimens.time(5))
                var batch = AlertBatch()
                let new = Specimens.delivery(alerts)
                batch.attempts = [told, new]
                batch.attempts[0].alerts = []
                try await catalog.saveAlerts(batch)
                try expectEqual(bare(try await catalog.allDeliveries()), bare([new, told]), "deliveries")
            },
            Check("deliveries of a group are due one after another, and one that waits keeps no other group waiting") {
                catalog in
                let saved = [
                    Specimens.delivery(group: "a", due: 60), Specimens.delivery(group: "a", due: 0),
                    Specimens.delivery(group: "b", due: 5), Specimens.delivery(to: "isp", group: "a", due: 3),
                    Specimens.delivery(group: "b", due: 0),
                ]
                func next(after seconds: Double = 0) async throws -> Timestamp? {
                    try await catalog.nextDeliveryDue(after: Specimens.time(seconds))
                }
                try expectEqual(try await next(), nil, "before any")
                try await catalog.saveAlerts(AlertBatch(saved))
                func due(_ seconds: Double, limit: Int = 99) async throws -> [AlertDeliveryID] {
                    let query = DueDeliveryQuery(by: Specimens.time(seconds), limit: limit)
                    return try await catalog.dueDeliveries(query).map(\.id)
                }
                try expectEqual(try await due(2.999), [], "due too early")
                try expectEqual(try await next(), Specimens.time(3), "the next is due")
                try expectEqual(try await next(after: 3), Specimens.time(5), "the next after that is due")
                try expectEqual(try await due(3), [saved[3].id], "due in time")
                try expectEqual(try await due(59), [saved[2].id, saved[3].id], "due but for the group that waits")
                try expectEqual(try await due(60), [saved[0].id, saved[3].id, saved[2].id], "due of all groups")
                try expectEqual(try await due(60, limit: 2), [saved[0].id, saved[3].id], "the first of each receiver")
                try expectEqual(try await due(60, limit: 0), [], "none of them")
                for (state, next) in [(AlertDelivery.State.failed, saved[1]), (.delivered, nil)] {
                    let query = DueDeliveryQuery(by: Specimens.time(60), limit: 1)
                    var first = try await catalog.dueDeliveries(query)[0]
                    (first.state, first.endedAt) = (state, Specimens.time(60))
                    try await catalog.saveAlerts(AlertBatch([first]))
                    let ids = next.map { [$0.id, saved[3].id, saved[2].id] } ?? [saved[2].id, saved[3].id]
                    try expectEqual(try await due(60), ids, "due once the first is \(state)")
                }
                try expectEqual(try await next(), Specimens.time(3), "the next is due")
            },
            Check("of one receiver no more are due than asked for, those under way counted, however many wait") {
                catalog in
                let slow = (0..<9).map { Specimens.delivery(to: "slow", group: "s\($0)") }
                let saved = slow + [Specimens.delivery(to: "noc", group: "n")]
                try await catalog.saveAlerts(AlertBatch(saved))
                let numbers = try await catalog.allDeliveries().reversed().map(\.number)
                func due(except places: [Int]) async throws -> [AlertDeliveryID] {
                    let query = DueDeliveryQuery(
                        by: Specimens.noon, perReceiver: 2, limit: 99, except: Set(places.map { numbers[$0] }))
                    return try await catalog.dueDeliveries(query).map(\.id)
                }
                try expectEqual(try await due(except: []), [saved[0].id, saved[9].id, saved[1].id], "two and one")
                try expectEqual(try await due(except: [0]), [saved[9].id, saved[1].id], "one and one")
                try expectEqual(try await due(except: [0, 1]), [saved[9].id], "the other's alone")
            },
            Check("what is to be said later of an alert waits for what is to be said before, whatever its group") {
                catalog in
                let (port, other) = (Specimens.alert(), Specimens.alert())
                let saved = [
                    Specimens.delivery([port, other], group: "high", due: 60),
                    Specimens.delivery([other, port], group: "critical"), Specimens.delivery(group: "none"),
                    Specimens.delivery([port], to: "isp"), Specimens.delivery([other], group: "low"),
                ]
                try await catalog.saveAlerts(AlertBatch(saved))
                func due(_ seconds: Double) async throws -> [AlertDeliveryID] {
                    let query = DueDeliveryQuery(by: Specimens.time(seconds), limit: 99)
                    return try await catalog.dueDeliveries(query).map(\.id)
                }
                try expectEqual(try await due(0), [saved[2].id, saved[3].id], "due while the first waits")
                try expectEqual(
                    try await due(60), [saved[0].id, saved[3].id, saved[2].id], "due once the first is due")
                var first = saved[0]
                (first.state, first.endedAt) = (.delivered, Specimens.noon)
                try await catalog.saveAlerts(AlertBatch([first]))
                try expectEqual(
                    try await due(0), [saved[1].id, saved[3].id, saved[2].id], "due once the first was made")
            },
            Check("deliveries are asked for by receiver, state, alert and number") { catalog in
                let alerts = [Specimens.alert(), Specimens.alert()]
                var saved = [
                    Specimens.delivery([alerts[0]]), Specimens.delivery(alerts, to: "isp"),
                    Specimens.delivery([alerts[1], alerts[1]]), Specimens.delivery(to: "isp"),
                ]
                (saved[1].state, saved[1].endedAt) = (.delivered, Specimens.noon)
                (saved[2].state, saved[2].endedAt) = (.failed, Specimens.noon)
                try await catalog.saveAlerts(AlertBatch(saved))
                let numbers = try await catalog.allDeliveries().reversed().map(\.number)
                typealias Question = (String, [Int], @Sendable (inout AlertDeliveryQuery) -> Void)
                let questions: [Question] = [
                    ("all", [3, 2, 1, 0], { _ in }), ("to noc", [2, 0], { $0.receiver = "noc" }),
                    ("to nobody", [], { $0.receiver = "" }), ("that wait", [3, 0], { $0.states = [.waiting] }),
                    ("that ended", [2, 1], { $0.states = [.failed, .delivered] }),
                    ("about the first", [1, 0], { $0.alert = alerts[0].id }),
                    ("about the second", [2, 1], { $0.alert = alerts[1].id }),
                    ("about a stranger", [], { $0.alert = .random() }),
                    ("before the third", [1, 0], { $0.before = numbers[2] }),
                    ("two", [3, 2], { $0.limit = 2 }),
                    (
                        "about the second to isp, delivered", [1],
                        { ($0.receiver, $0.states, $0.alert) = ("isp", [.delivered], alerts[1].id) }
                    ),
                ]
                for (name, places, change) in questions {
                    var query = AlertDeliveryQuery(limit: 99)
                    change(&query)
                    let found = try await catalog.deliveries(query)
                    try expectEqual(bare(found), places.map { saved[$0] }, "deliveries \(name)")
                }
            },
            Check("deliveries that ended before a time go with what they said, those that wait stay") { catalog in
                let alert = Specimens.alert()
                var saved = (0..<4).map { _ in Specimens.delivery([alert]) }
                for place in 0..<3 {
                    (saved[place].state, saved[place].endedAt) = (.delivered, Specimens.time(Double(place)))
                }
                try await catalog.saveAlerts(AlertBatch(saved))
                let last = try await catalog.allDeliveries()[0].number
                try expectEqual(try await catalog.removeDeliveries(endedBefore: Specimens.time(1)), 1, "removed")
                try expectEqual(bare(try await catalog.allDeliveries()), saved[1...].reversed(), "deliveries left")
                try expectEqual(
                    try await catalog.removeDeliveries(endedBefore: Timestamp(milliseconds: .max)), 2, "removed")
                var query = AlertDeliveryQuery(limit: 9)
                query.alert = alert.id
                try expectEqual(bare(try await catalog.deliveries(query)), [saved[3]], "deliveries about the alert")
                (saved[3].state, saved[3].endedAt) = (.failed, Specimens.noon)
                try await catalog.saveAlerts(AlertBatch([saved[3]]))
                try expectEqual(try await catalog.removeDeliveries(endedBefore: Specimens.time(1)), 1, "removed")
                try await catalog.saveAlerts(AlertBatch([Specimens.delivery()]))
                let next = try await catalog.allDeliveries()
                try expect(next.count == 1 && next[0].number > last, "no number is given again")
            },
        ]
}
