public import Catalog
import CatalogRows
import GRDB
public import Inventory

extension SQLiteCatalog {
    /// Replaces all that is known of some interfaces; rows that stay keep their ids and are changed in place.
    public func replaceBaselines(
        of interfaces: [InterfaceID], with baselines: [Baseline]
    ) async throws(CatalogError) -> Int {
        guard !interfaces.isEmpty || !baselines.isEmpty else { return 0 }
        let learnt = try LearntWeek.grouped(baselines, named: Set(interfaces))
        return try await write("saving baselines") { db in
            let known = try db.knownInterfaces(interfaces)
            return try db.withRoom {
                var stored = 0
                // In the order of the table's unique key, page after page.
                for interface in known.sorted() {
                    let rows = learnt[interface]?.rows ?? []
                    try db.relearn(interface, rows)
                    stored += rows.count
                }
                return stored
            }
        }
    }

    /// The baselines of one interface, ordered by day, then hour.
    public func baselines(of interface: InterfaceID) async throws(CatalogError) -> [Baseline] {
        try await read("reading the baselines of an interface") { db in
            try db.rows("\(Baseline.selectSQL) WHERE interface_id = ?1 \(weekOrder)") { sink in sink.id(interface) }
        }
    }

    /// The baselines of the next interfaces by id.
    public func baselines(
        after: InterfaceID?, limit: Int
    ) async throws(CatalogError) -> [Baseline] {
        let sql = """
            \(Baseline.selectSQL) WHERE interface_id IN (
              SELECT DISTINCT interface_id FROM interface_baselines WHERE interface_id > ?1
              ORDER BY interface_id LIMIT ?2)
            \(weekOrder)
            """
        return try await read("reading the baselines of interfaces") { db in
            try db.rows(sql) { sink in
                if let after { sink.id(after) } else { sink.text("") }
                sink.integer(Int64(max(0, limit)))
            }
        }
    }

    /// How many there are and how far they can be trusted; one pass over the table.
    public func baselineStatistics() async throws(CatalogError) -> BaselineStatistics {
        let sql = """
            SELECT count(*), count(DISTINCT interface_id), ifnull(avg(confidence), 0),
              count(CASE WHEN confidence >= 0.8 THEN 1 END), max(last_updated) FROM interface_baselines
            """
        return try await read("counting baselines") { db in
            var statistics = BaselineStatistics()
            try db.each(sql, { _ in }) { row in
                statistics = BaselineStatistics(
                    total: Int(row.requiredInteger()), interfaces: Int(row.requiredInteger()),
                    averageConfidence: row.real(), reliable: Int(row.requiredInteger()), lastUpdated: try row.time())
            }
            return statistics
        }
    }
}

private let weekOrder = "ORDER BY interface_id, day_of_week, hour_of_day"

extension Database {
    /// Those of some interfaces that exist.
    func knownInterfaces(_ ids: [InterfaceID]) throws -> Set<InterfaceID> {
        guard !ids.isEmpty else { return [] }
        var known: Set<InterfaceID> = []
        let sql = "SELECT id FROM device_interfaces WHERE id IN (SELECT value FROM json_each(?1))"
        try each(sql, { $0.text(idList(ids)) }) { row in known.insert(try row.requiredID()) }
        return known
    }

    /// Puts rows in the place of all that an interface has.
    fileprivate func relearn(_ interface: InterfaceID, _ rows: [Baseline]) throws {
        // Rows that are there are changed in place, found by their number: an INSERT that runs into one costs twice as
        // much, and so would looking each of them up by interface, hour and day.
        var numbers = [Int64?](repeating: nil, count: 168)
        var count = 0
        try each(Baseline.numbersSQL, { $0.id(interface) }) { row in
            let number = row.requiredInteger()
            numbers[Int(row.requiredInteger())] = number
            count += 1
        }
        let insert = try cachedStatement(sql: Baseline.learnSQL)
        let update = try cachedStatement(sql: Baseline.relearnSQL)
        for row in rows {
            if let number = numbers[row.hourOfWeek] {
                try run(update, RelearntBaseline(number: number, row: row))
                count -= 1
            } else {
                try run(insert, row)
            }
        }
        if count > 0 { try forget(interface, but: rows) }
    }

    private func forget(_ interface: InterfaceID, but rows: [Baseline]) throws {
        let sql = """
            DELETE FROM interface_baselines WHERE interface_id = ?1
              AND day_of_week * 24 + hour_of_day NOT IN (SELECT value FROM json_each(?2))
            """
        try run(sql) { sink in
            sink.id(interface)
            sink.text("[" + rows.map { String($0.hourOfWeek) }.joined(separator: ",") + "]")
        }
    }
}
