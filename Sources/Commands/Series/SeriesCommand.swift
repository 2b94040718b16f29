import ArgumentParser

/// `wardflux series`.
struct SeriesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "series",
        abstract: "The recorded traffic: write it to files, read it from files, see how it fares.",
        subcommands: [SeriesExportCommand.self, SeriesImportCommand.self, Status.self])

    /// `wardflux series status`.
    struct Status: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "What the time-series store holds, and how it fares; 1 where it takes no readings.")

        @OptionGroup var output: OutputOptions
        @OptionGroup var connection: ConnectionOptions

        func run() async throws {
            try await connection.withAPI { client in
                let answer = try await client.get(Routes.seriesStatistics)
                output.print(object: answer)
                if answer["state"]?.string == "failing" { throw QuietExit(status: .failed) }
            }
        }
    }
}
