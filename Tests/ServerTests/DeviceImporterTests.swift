import API
import Catalog
import CatalogSQLite
import Inventory
import Testing
import Vault

@testable import Server

@Suite("Importing files of devices into a catalog")
struct DeviceImporterTests {
    private let catalog: SQLiteCatalog
    private let importer: DeviceImporter

    init() throws {
        catalog = try SQLiteCatalog.inMemory()
        importer = DeviceImporter(
            catalog: catalog, vault: Vault(key: .random()), now: { Timestamp(seconds: 1_772_366_400) })
    }

    private func run(_ text: String, keepsGoodRows: Bool = false, isDryRun: Bool = false) async throws
        -> DeviceImportReport
    {
        try await importer.run(
            DeviceImportRequest(
                format: .csv, keepsGoodRows: keepsGoodRows, isDryRun: isDryRun, bytes: Array(text.utf8)))
    }

    private func devices() async throws -> [String] {
        try await catalog.devices(.all).map { "\($0.name) \($0.address)" }
    }

    @Test("All that is wrong is reported at once, by line and column, whatever the mode", arguments: 0..<4)
    func reportsAll(way: Int) async throws {
        #expect(try await run("name,ip\nold,10.0.0.1\nother,10.0.0.2\n").added == 2)
        let (keepsGoodRows, isDryRun) = (way % 2 == 1, way > 1)
        let report = try await run(
            """
            name,ip,port,community,profile
            a,10.0.0.11,161,,lann
            b,10.0.0.12,0,s3cret,
            old,10.0.0.2,161,s3cret,
            good,10.0.0.13,161,s3cret,
            """, keepsGoodRows: keepsGoodRows, isDryRun: isDryRun)
        #expect(
            report.failures.map { "\($0.line ?? 0) \($0.column ?? 0) \($0.field)" } == [
                "2 18 profile", "3 13 port", "4 5 ip",
            ])
        #expect(report.added == (keepsGoodRows ? 1 : 0) && report.changed == 0)
        #expect(!"\(report)".contains("s3cret"))
        let isWritten = keepsGoodRows && !isDryRun
        #expect(
            try await devices() == (isWritten ? ["good 10.0.0.13"] : []) + ["old 10.0.0.1", "other 10.0.0.2"])
        #expect(try await catalog.credentialProfiles().map(\.name) == (isWritten ? ["imported-1"] : []))
    }

    @Test("Devices swap addresses, pass on names, and new ones take what is given up")
    func passesNamesOn() async throws {
        #expect(try await run("name,ip\na,10.0.0.1\nb,10.0.0.2\n").added == 2)
        let ids = try await catalog.devices(.all).map(\.id)
        let swapped = try await run("name,ip\na,10.0.0.2\nb,10.0.0.1\n")
        #expect(swapped.changed == 2 && swapped.failures.isEmpty)
        #expect(try await devices() == ["a 10.0.0.2", "b 10.0.0.1"])
        let moved = try await run("name,ip\na,10.0.0.9\nnew,10.0.0.2\n")
        #expect(moved.changed == 1 && moved.added == 1)
        #expect(try await devices() == ["a 10.0.0.9", "b 10.0.0.1", "new 10.0.0.2"])
        #expect(try await catalog.devices(.all).prefix(2).map(\.id) == ids)
    }
}
