import ArgumentParser

/// `wardflux devices import`.
struct DeviceImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Add and change devices from a file; importing it again changes nothing.",
        discussion: """
            CSV has the columns name,ip,port,version,community,profile,device_type,location,tags; a community becomes \
            an encrypted profile. A NetBox export is its devices as CSV or JSON. All errors of the file are reported \
            with line and column. Devices that NetBox knows no primary IP address of are skipped and named. Ends with \
            0 where all other rows are good, 2 where only the good rows were kept or rows are missing for another \
            reason, 1 where nothing was kept.
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
            for line in skippedLines { console.errorLine(line) }
            console.line(sentence)
        }
        if !errors.isEmpty || skipped.contains(where: Self.isFault) { throw QuietExit(status: .partial) }
    }

    private var skipped: [JSONValue] { report["skipped"]?.items ?? [] }

    /// Skipped rows that are named; the others are counted.
    private static let skippedMax = 50

    /// Whether a row was skipped for another reason than that its device has no address to ask it at.
    private static func isFault(_ skipped: JSONValue) -> Bool {
        // `primary_ip4` of a CSV, `[3].primary_ip` of a JSON document.
        let column = skipped["field"]?.string?.split(separator: ".").last ?? ""
        return !column.hasPrefix("primary_ip")
    }

    /// Each skipped row with its reason.
    private var skippedLines: [String] {
        var lines = skipped.prefix(Self.skippedMax).map { "\(file): skipped: \(TextWidth.safe(Problem.line($0)))" }
        let rest = skipped.count - lines.count
        if rest > 0 { lines.append("\(file): skipped: \(Units.count(Int64(rest))) more; --json names all of them") }
        return lines
    }

    /// `imported 12 devices: 10 added, 1 changed, 1 unchanged`.
    private var sentence: String {
        let added = report["added"]?.integer ?? 0
        let changed = report["changed"]?.integer ?? 0
        let same = report["unchanged"]?.integer ?? 0
        let verb = dryRun ? "would import" : "imported"
        let total = added + changed + same
        let left = skipped.isEmpty ? "" : ", \(Units.count(Int64(skipped.count))) skipped"
        return "\(verb) \(Units.count(total, "device")): \(Units.count(added)) added, "
            + "\(Units.count(changed)) changed, \(Units.count(same)) unchanged" + left
    }
}
