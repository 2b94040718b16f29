import ArgumentParser

/// `wardflux topology export`.
struct TopologyExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write the wiring as a file for other programs.")

    @Option(name: .long, help: "Form of the file; otherwise as its name ends, else json.")
    var format: Format?

    @Option(name: [.customShort("o"), .long], help: "File to write; standard output otherwise.", completion: .file())
    var output: String?

    @OptionGroup var part: TopologyPartOptions
    @OptionGroup var connection: ConnectionOptions

    /// The forms of an export.
    enum Format: String, ExpressibleByArgument, CaseIterable, Sendable {
        case dot
        case graphml
        case svg
        case json

        /// The form that a file's name says.
        init(name: String) {
            let ending = name.split(separator: ".").last.map { String($0).lowercased() } ?? ""
            self = ending == "gv" ? .dot : Format(rawValue: ending) ?? .json
        }
    }

    func run() async throws {
        let form = format ?? Format(name: output ?? "")
        let query = part.query + [(name: "format", value: form.rawValue)]
        try await connection.withAPI { client in
            guard let output, output != "-" else {
                let lines = WholeLines()
                try await client.download(Routes.topologyExport, query) { try lines.take($0) }
                return lines.end()
            }
            let file = try OutputFile(output)
            try await client.download(Routes.topologyExport, query) { try file.write($0) }
            let octets = try file.finish()
            Console.current.errorLine("wrote \(output): \(Units.count(octets, "octet"))")
        }
    }
}
