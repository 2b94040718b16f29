import API
import Catalog
import FoundationEssentials
import Glibc
import Inventory
import Listing
import Logging
import Pipelines
import Testing

@testable import Server

@Suite struct ServicesTests {
    private static let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    /// Does something with a data directory that does not exist yet.
    private func withDirectory(_ body: (String) async throws -> Void) async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "wardflux-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try await body(path)
    }

    private func configuration(_ directory: String, port: Int = 0) -> ServerConfiguration {
        var configuration = ServerConfiguration(dataDirectory: directory + "/data")
        configuration.port = port
        configuration.pipelines.discoverAllSchedule = nil
        configuration.pipelines.cleanUpSchedule = nil
        configuration.pipelines.discoverTopologySchedule = nil
        return configuration
    }

    private func send(
        _ transport: any APITransport, _ method: String, _ path: String, _ body: String = "",
        type: String = "application/json"
    ) async throws -> (status: Int, document: JSONValue) {
        let answer = try await transport.send(
            APIRequest(
                method, "/api/v1" + path, headers: [APIHeader("Content-Type", type)], body: Array(body.utf8)))
        return (answer.status, answer.bytes.isEmpty ? .null : try JSONParser.parse(answer.bytes))
    }

    @Test func aDirectoryIsMadeForItsOwnerAndKeepsWhatWasSaved() async throws {
        try await withDirectory { directory in
            let configuration = configuration(directory)
            for expected in [201, 409] {
                let status = try await Services.withTransport(configuration, version: "0", logger: Self.quiet) {
                    try await send($0, "POST", "/devices", #"{"name":"A","ip":"10.0.0.1"}"#).status
                }
                #expect(status == expected)
            }
            var status = stat()
            #expect(stat(configuration.dataDirectory, &status) == 0 && status.st_mode & 0o777 == 0o700)
        }
    }

    @Test func anImportTwiceChangesNothingAndKeepsNoCommunityInTheOpen() async throws {
        try await withDirectory { directory in
            let file = "name,ip,community\nA,10.0.0.1,s3cret\nB,10.0.0.2,s3cret\nC,10.0.0.3,other\n"
            try await Services.withTransport(configuration(directory), version: "0", logger: Self.quiet) { transport in
                let first = try await send(transport, "POST", "/devices/import", file, type: "text/csv").document
                #expect(first["added"] == 3 && first["errors"] == [])
                let second = try await send(transport, "POST", "/devices/import", file, type: "text/csv").document
                #expect(second["added"] == 0 && second["changed"] == 0 && second["unchanged"] == 3)
                #expect(try await send(transport, "GET", "/profiles").document["total"] == 2)
            }
            for name in try FileManager.default.contentsOfDirectory(atPath: directory + "/data") {
                let content = FileManager.default.contents(atPath: directory + "/data/" + name) ?? Data()
                #expect(content.firstRange(of: Data("s3cret".utf8)) == nil, "\(name)")
            }
        }
    }

    @Test func anImportWithErrorsKeepsAllOrGoodRows() async throws {
        try await withDirectory { directory in
            let file = "name,ip,port\nA,10.0.0.1,161\nB,10.0.0.2,0\n,10.0.0.3,161\n"
            try await Services.withTransport(configuration(directory), version: "0", logger: Self.quiet) { transport in
                let all = try await send(transport, "POST", "/devices/import", file, type: "text/csv")
                #expect(all.status == 422)
                guard case .array(let errors) = all.document["errors"] else { return }
                #expect(errors.map { $0["line"] } == [3, 4])
                #expect(try await send(transport, "GET", "/devices").document["total"] == 0)
                let dry = try await send(
                    transport, "POST", "/devices/import?mode=good&dry_run=true", file, type: "text/csv")
                #expect(dry.document["added"] == 1)
                #expect(try await send(transport, "GET", "/devices").document["total"] == 0)
                let good = try await send(transport, "POST", "/devices/import?mode=good", file, type: "text/csv")
                #expect(good.status == 200 && good.document["added"] == 1)
                #expect(try await send(transport, "GET", "/devices").document["total"] == 1)
            }
        }
    }

    @Test func oneServerWorksOnADirectoryAndCommandsMayWorkBesideIt() async throws {
        try await withDirectory { directory in
            let configuration = configuration(directory)
            let first = try await Services.open(configuration, for: .serving, version: "0", logger: Self.quiet)
            await #expect(throws: DataDirectoryError.self) {
                try await Services.open(configuration, for: .serving, version: "0", logger: Self.quiet)
            }
            let beside = try await Services.open(configuration, for: .once, version: "0", logger: Self.quiet)
            await beside.close()
            await first.close()
        }
    }

    @Test func anAddressOthersReachNeedsATokenFirst() async throws {
        try await withDirectory { directory in
            var configuration = configuration(directory)
            configuration.host = "0.0.0.0"
            let server = ServerApplication(configuration, version: "0", logger: Self.quiet)
            let error = await #expect(throws: ConfigurationError.self) { try await server.run() }
            #expect(error?.faults.first?.key == "http.host")
            #expect(error?.description.contains("wardflux tokens create") == true)
        }
    }

    @Test func aBrokenAlertFileIsAnErrorAtTheStartOfAServerAlone() async throws {
        try await withDirectory { directory in
            let configuration = configuration(directory)
            try FileManager.default.createDirectory(
                atPath: configuration.dataDirectory, withIntermediateDirectories: true)
            try Data("rules: [".utf8).write(to: URL(filePath: configuration.dataDirectory + "/alerts.yaml"))
            let error = await #expect(throws: ConfigurationError.self) {
                try await Services.open(configuration, for: .serving, version: "0", logger: Self.quiet)
            }
            #expect(error?.faults.first?.key == "alerts.file")
            try await Services.withTransport(configuration, version: "0", logger: Self.quiet) { transport in
                let health = try await send(transport, "GET", "/health").document["components"]
                #expect(health?["alerts"]?["status"] == "degraded")
                #expect(health?["deliveries"]?["status"] == "healthy")
            }
        }
    }

    @Test func aBrokenRuleFileIsAnErrorAtStart() async throws {
        try await withDirectory { directory in
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
            let path = directory + "/rules.yaml"
            try Data("rules: [".utf8).write(to: URL(filePath: path))
            var configuration = configuration(directory)
            configuration.rulesFile = path
            let error = await #expect(throws: ConfigurationError.self) {
                try await Services.open(configuration, for: .once, version: "0", logger: Self.quiet)
            }
            #expect(error?.faults.first?.key == "rules.file")
        }
    }
}
