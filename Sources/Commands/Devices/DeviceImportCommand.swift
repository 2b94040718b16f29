import ArgumentParser

/// `wardflux devices import`.
struct DeviceImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Add and change devices from a file; importing it again changes nothing.",
        discussion: """
            CSV has the columns name,ip,port,version,community,profile,device_type,location,tags; a community becomes \
            an encrypted profile. A NetBox export is its devices as CSV or JSON. All errors of the file are reported \
            with line and column. Ends with 0 where all rows are good, 2 where only the good rows were kept, 1 where \
            nothing was kept.
            """)

    /// The forms a file may have.
    enum Format: String, ExpressibleByArgument, CaseIterable, Sendable {
        case csv
        case netboxCSV = "netbox-csv"
        case netboxJSON = "netbox-json"
    }

    /// What happens to a file with errors.
    enum Mode: String, ExpressibleByArgument, CaseIterable, Sendable {
        case all
        case good
    }

    @Argument(help: "The file; '-' is standard input.", completion: .file())
    var file: String

    @Option(name: .long, help: "Form of the file; by default guessed from its name and first octets.")
    var format: Format?

    @Option(name: .long, help: "With errors in the file: 'all' keeps nothing, 'good' keeps the good rows.")
    var mode: Mode = .all

    @Flag(name: .long, help: "Only check and tell what would change.")
    var dryRun = false

    @Flag(name: .long, help: "Print the report as JSON.")
    var json = false

    @OptionGroup var connection: ConnectionOptions

    func run() async throws {
        let bytes = try FileText.readArgument(file)
        let format = format ?? Self.guess(name: file, bytes: bytes)
        try await connection.withAPI(creating: true) { client in
            let report = try await client.send(
                "POST", Routes.deviceImport, bytes: bytes,
                contentType: format == .netboxJSON ? "application/json" : "text/csv",
                query: [
                    (name: "format", value: format.rawValue), (name: "mode", value: mode.rawValue),
                    (name: "dry_run", value: String(dryRun)),
                ])
            try ImportReport(report: report, file: file, json: json, dryRun: dryRun).finish()
        }
    }

    /// JSON by its first octet; NetBox CSV by columns that only NetBox has; else the CSV of WARD FLUX.
    static func guess(name: String, bytes: [UInt8]) -> Format {
        let first = bytes.first { ![9, 10, 13, 32, 0xEF, 0xBB, 0xBF].contains($0) }
        if first == UInt8(ascii: "[") || first == UInt8(ascii: "{") || name.hasSuffix(".json") { return .netboxJSON }
        let header = String(decoding: bytes.prefix { $0 != 10 && $0 != 13 }, as: UTF8.self).lowercased()
        let netbox = ["primary_ip4", "primary_ip", "device_role", "ip address", "manufacturer"]
        return netbox.contains { header.contains($0) } ? .netboxCSV : .csv
    }
}

/// What an import did, for people.
struct ImportReport: Sendable {
    /// The answer of the API.
    let report: JSONValue
    /// The file as it was named.
    let file: String
    /// Whether the answer is printed as it is.
    let json: Bool
    /// Whether nothing was to be written.
    let dryRun: Bool

    /// Prints the report; throws the end of the process where rows had errors.
    func finish() throws {
        let console = Console.current
        let errors = report["errors"]?.items ?? []
        if json {
            console.line(JSONWriter.pretty(report))
        } else {
            for error in errors { console.errorLine("\(file): \(TextWidth.safe(Problem.line(error)))") }
            console.line(sentence)
        }
        if !errors.isEmpty { throw QuietExit(status: .partial) }
    }

    /// `imported 12 devices: 10 added, 1 changed, 1 unchanged`.
    private var sentence: String {
        let added = report["added"]?.integer ?? 0
        let changed = report["changed"]?.integer ?? 0
        let same = report["unchanged"]?.integer ?? 0
        let verb = dryRun ? "would import" : "imported"
        let total = added + changed + same
        return "\(verb) \(Units.count(total)) devices: \(Units.count(added)) added, "
            + "\(Units.count(changed)) changed, \(Units.count(same)) unchanged"
    }
}
