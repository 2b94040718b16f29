import Catalog
import CatalogSQLite
import CatalogTestKit
import Foundation
import GRDB
import Testing

@Suite("The contract of catalogs, kept by SQLite")
struct ContractTests {
    @Test("a file keeps the contract", arguments: CatalogContract.all)
    func file(_ check: CatalogContract.Check) async throws {
        let store = try TemporaryStore()
        let catalog = try SQLiteCatalog.open(path: store.path)
        try await check.run(on: catalog)
        try await catalog.close()
    }

    @Test("a catalog in memory keeps the contract", arguments: CatalogContract.all)
    func memory(_ check: CatalogContract.Check) async throws {
        try await check.run(on: try SQLiteCatalog.inMemory())
    }

    @Test("operators' SQL answers on a live catalog")
    func operatorSQL() async throws {
        let store = try TemporaryStore()
        let catalog = try SQLiteCatalog.open(path: store.path)
        let beside = try DatabaseQueue(path: store.path)
        try await OperatorSQL.check(catalog: catalog) { sql in
            try await beside.write { db in
                try Row.fetchAll(db, sql: sql).map { row in
                    row.databaseValues.map { value in value.isNull ? nil : String.fromDatabaseValue(value) ?? "\(value)"
                    }
                }
            }
        }
        try await catalog.close()
    }

    @Test(
        "operators' SQL answers in the sqlite3 program",
        .enabled(if: FileManager.default.isExecutableFile(atPath: sqlite3Program), "no /usr/bin/sqlite3 here"))
    func operatorSQLInShell() async throws {
        let store = try TemporaryStore()
        let catalog = try SQLiteCatalog.open(path: store.path)
        try await OperatorSQL.check(catalog: catalog) { sql in try runShell(store.path, sql) }
        try await catalog.close()
    }
}

private let sqlite3Program = "/usr/bin/sqlite3"

/// Runs one statement as an operator would, and splits what is printed into rows and columns.
private func runShell(_ path: String, _ sql: String) throws -> [[String?]] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: sqlite3Program)
    process.arguments = ["-batch", "-noheader", "-separator", "\u{1F}", path, sql]
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    let complaint = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    #expect(process.terminationStatus == 0, "sqlite3 said \(complaint) to \(sql)")
    return text.split(separator: "\n").map { line in
        line.split(separator: "\u{1F}", omittingEmptySubsequences: false).map { $0.isEmpty ? nil : String($0) }
    }
}
