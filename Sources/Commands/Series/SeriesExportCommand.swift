import ArgumentParser

/// `wardflux series export`.
struct SeriesExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write readings as they were stored, with the labels of their interfaces.",
        discussion: """
            jsonl and csv hold all of a reading, and 'series import' makes the very same of them; prometheus is the text \
            that VictoriaMetrics takes at /api/v1/import/prometheus. Times are RFC 3339, dates, 'now', or before now \
            such as -7d.
            """)

    @OptionGroup var range: RangeOptions

    @Option(
        name: .long,
        help: ArgumentHelp("Only this interface, by id or DEVICE:INTERFACE; may be repeated.", valueName: "interface"))
    var interface: [String] = []

    @Option(name: .long, help: "Form of the file; otherwise as its name ends, else jsonl.")
    var format: Format?

    @Option(name: [.customShort("o"), .long], help: "File to write; standard output otherwise.", completion: .file())
    var output: String?

    @OptionGroup var connection: ConnectionOptions

    /// The forms of an export.
    enum Format: String, ExpressibleByArgument, CaseIterable, Sendable {
        case jsonl
        case csv
        case prometheus

        /// The form that a file's name says.
        init(name: String) {
            self = name.hasSuffix(".csv") ? .csv : name.hasSuffix(".prom") ? .prometheus : .jsonl
        }
    }

    func run() async throws {
        let form = format ?? Format(name: output ?? "")
        try await connection.withAPI { client in
            var query = range.query + [(name: "format", value: form.rawValue)]
            if !interface.isEmpty {
                var ids: [String] = []
                for name in interface { ids.append(try await Lookup.interfaceID(name, client)) }
                query.append((name: "interface", value: ids.joined(separator: ",")))
            }
            guard let output, output != "-" else {
                let lines = WholeLines()
                try await client.download(Routes.seriesExport, query) { try lines.take($0) }
                return lines.end()
            }
            let file = try OutputFile(output)
            try await client.download(Routes.seriesExport, query) { try file.write($0) }
            let octets = try file.finish()
            Console.current.errorLine("wrote \(output): \(Units.count(octets, "octet"))")
        }
    }
}
