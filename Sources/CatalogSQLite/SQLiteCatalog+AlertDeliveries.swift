public import Catalog
import CatalogRows
import GRDB
public import Inventory

extension SQLiteCatalog {
    /// What is to be delivered by a time: the first of each receiver, then the second of each, and so on, by number.
    public func dueDeliveries(_ query: DueDeliveryQuery) async throws(CatalogError) -> [AlertDelivery] {
        try await read("reading the deliveries that are due") { db in
            let numbers = try db.numbersDue(query)
            let list = JSONText.list(numbers) { "\($0)" }
            let sql = "\(AlertDelivery.selectSQL) WHERE number IN (SELECT value FROM json_each(?1))"
            let found = try db.deliveries(sql) { sink in sink.text(list) }
            let byNumber = Dictionary(found.map { ($0.number, $0) }) { first, _ in first }
            return numbers.compactMap { byNumber[$0] }
        }
    }

    /// When the next of those that are first in their group is due that was not by a time.
    public func nextDeliveryDue(after time: Timestamp) async throws(CatalogError) -> Timestamp? {
        try await read("reading when a delivery is due") { db in
            var due: Timestamp?
            let sql = "SELECT min(due_at) FROM (\(firstWaitingSQL)) WHERE due_at > ?1"
            try db.each(sql, { $0.time(time.clamped) }) { row in due = try row.time() }
            return due
        }
    }

    /// The deliveries a query asks for, the latest number first.
    public func deliveries(_ query: AlertDeliveryQuery) async throws(CatalogError) -> [AlertDelivery] {
        let (sql, conditions) = query.page
        return try await read("reading deliveries") { db in
            try db.deliveries(sql) { sink in conditions.bind(to: &sink) }
        }
    }

    /// How many deliveries wait, and how many were delivered and given up since a time, by receiver.
    public func deliveryCounts(
        since time: Timestamp
    ) async throws(CatalogError) -> [String: AlertDeliveryCounts] {
        try await read("counting deliveries") { db in
            var counts: [String: AlertDeliveryCounts] = [:]
            try db.each(waitingCountsSQL, { _ in }) { row in
                var count = AlertDeliveryCounts()
                let receiver = row.requiredText()
                count.waiting = Int(row.requiredInteger())
                count.oldestWaiting = try row.time()
                counts[receiver] = count
            }
            try db.each(endedCountsSQL, { $0.time(time.clamped) }) { row in
                let receiver = row.requiredText()
                counts[receiver, default: AlertDeliveryCounts()].delivered = Int(row.requiredInteger())
                counts[receiver, default: AlertDeliveryCounts()].failed = Int(row.requiredInteger())
            }
            try db.each(deliveryErrorsSQL, { $0.time(time.clamped) }) { row in
                counts[row.requiredText()]?.lastError = row.text()
            }
            return counts
        }
    }

    /// Removes deliveries that ended before a time.
    public func removeDeliveries(endedBefore time: Timestamp) async throws(CatalogError) -> Int {
        try await write("removing old deliveries") { db in
            try db.run("DELETE FROM alert_deliveries WHERE ended_at < ?1") { sink in sink.time(time.clamped) }
            return db.changesCount
        }
    }
}

/// Of each receiver and group the first that waits; SQLite takes `due_at` from the row of the least number.
private let firstWaitingSQL = """
    SELECT min(number) AS number, receiver, due_at FROM alert_deliveries WHERE state = 'waiting'
    GROUP BY receiver, group_key
    """

let dueHeadsSQL = """
    SELECT receiver, number FROM (\(firstWaitingSQL)) WHERE due_at <= ?1 ORDER BY receiver, number
    """

/// Whether an earlier delivery that waits for the same receiver tells of one of its alerts.
///
/// Most have no earlier one that waits: then their alerts, of which much may have been told, are not looked at.
let heldBackSQL = """
    SELECT CASE WHEN EXISTS (
      SELECT 1 FROM alert_deliveries WHERE state = 'waiting' AND receiver = ?2 AND number < ?1)
    THEN EXISTS (
      SELECT 1 FROM alert_delivery_alerts AS mine
      CROSS JOIN alert_delivery_alerts AS other ON other.alert_id = mine.alert_id AND other.delivery < mine.delivery
      CROSS JOIN alert_deliveries AS earlier ON earlier.number = other.delivery
      WHERE mine.delivery = ?1 AND earlier.state = 'waiting' AND earlier.receiver = ?2)
    ELSE 0 END
    """

let waitingCountsSQL = """
    SELECT receiver, count(*), min(created_at) FROM alert_deliveries WHERE state = 'waiting' GROUP BY receiver
    """

let endedCountsSQL = """
    SELECT receiver, sum(state = 'delivered'), sum(state = 'failed') FROM alert_deliveries
    WHERE ended_at >= ?1 GROUP BY receiver
    """

/// Of what was delivered in the end the last attempt did not fail.
private let deliveryErrorsSQL = """
    SELECT receiver, last_error, max(number) FROM alert_deliveries
    WHERE (state = 'waiting' OR ended_at >= ?1) AND state <> 'delivered' AND last_error IS NOT NULL GROUP BY receiver
    """

extension AlertDeliveryQuery {
    /// The statement that reads its answer, with its parameters.
    var page: (sql: String, conditions: SQLConditions) {
        var conditions = SQLConditions()
        if let receiver { conditions.add("receiver = \(conditions.parameter(receiver))") }
        conditions.add("state", in: states)
        if let alert {
            let about = "SELECT delivery FROM alert_delivery_alerts WHERE alert_id ="
            conditions.add("number IN (\(about) \(conditions.parameter(alert.description)))")
        }
        if let before { conditions.add("number < \(conditions.parameter(Int(before)))") }
        let limit = conditions.parameter(max(1, limit))
        return ("\(AlertDelivery.selectSQL) \(conditions.sql) ORDER BY number DESC LIMIT \(limit)", conditions)
    }
}

extension Database {
    /// Deliveries with the alerts they tell of.
    fileprivate func deliveries(
        _ sql: String, _ fill: (inout StatementSink) -> Void
    ) throws -> [AlertDelivery] {
        var found: [AlertDelivery] = try rows(sql, fill)
        for place in found.indices {
            let number = found[place].number
            found[place].alerts = try alerts(ofDelivery: number)
        }
        return found
    }

    /// Numbers of deliveries that may be made, in the order of the answer.
    ///
    /// Those of a receiver are looked at until there are enough of it: a storm leaves thousands behind them.
    fileprivate func numbersDue(_ query: DueDeliveryQuery) throws -> [Int64] {
        var heads: [(receiver: String, number: Int64)] = []
        try each(dueHeadsSQL, { $0.time(query.time.clamped) }) { row in
            heads.append((row.requiredText(), row.requiredInteger()))
        }
        var found: [(place: Int, number: Int64)] = []
        var (receiver, place) = (String?.none, 0)
        for head in heads {
            if head.receiver != receiver { (receiver, place) = (head.receiver, 0) }
            guard place < query.perReceiver else { continue }
            let isUnderWay = query.except.contains(head.number)
            if !isUnderWay, try isHeldBack(head.number, of: head.receiver) { continue }
            place += 1
            if !isUnderWay { found.append((place, head.number)) }
        }
        return found.sorted { ($0.place, $0.number) < ($1.place, $1.number) }.prefix(query.limit).map(\.number)
    }

    private func isHeldBack(_ number: Int64, of receiver: String) throws -> Bool {
        var isHeldBack = false
        let fill: (inout StatementSink) -> Void = { sink in
            sink.integer(number)
            sink.text(receiver)
        }
        try each(heldBackSQL, fill) { row in isHeldBack = row.requiredInteger() != 0 }
        return isHeldBack
    }

    private func alerts(ofDelivery number: Int64) throws -> [Alert] {
        let sql = "SELECT alert FROM alert_delivery_alerts WHERE delivery = ?1 ORDER BY place"
        var alerts: [Alert] = []
        do {
            try each(sql, { $0.integer(number) }) { row in
                alerts.append(try row.json("an alert in JSON") { try Alert(reading: &$0) })
            }
        } catch let error as UnreadableValue {
            let column = "\(DeliveryAlert.table).\(error.column)"
            throw UnreadableValue(column: column, text: error.text, expected: error.expected)
        }
        return alerts
    }
}
