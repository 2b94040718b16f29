import CatalogRows
@testable import CatalogSQLite
import Foundation
import GRDB
import Inventory

/// A folder of its own for one test, removed with it.
final class TemporaryStore: Sendable {
    let folder: String
    /// Where the catalog of the test goes.
    var path: String { folder + "/catalog.sqlite" }

    init() throws {
        folder = NSTemporaryDirectory() + "wardflux-catalog-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: folder)
    }
}

extension Database {
    /// Adds an interface to a store of an older version, whose table has fewer columns: what it lacks is not kept.
    func insertIntoOlder(_ interface: Interface) throws {
        let present = Set(try columns(in: Interface.table).map(\.name))
        var named = NamedValues(columns: Interface.columns)
        interface.write(to: &named)
        let values = named.values.filter { present.contains($0.key) }.sorted { $0.key < $1.key }
        // Texts come in quotes of their own, numbers as they are; times and ids bare.
        let words = values.map { column, value in
            let isBare = column.hasSuffix("_at") || column.hasSuffix("id") || column == "missing_since"
            return isBare ? "'\(value)'" : value
        }
        let names = values.map(\.key).joined(separator: ", ")
        try execute(sql: "INSERT INTO \(Interface.table) (\(names)) VALUES (\(words.joined(separator: ", ")))")
    }
}
