import ArgumentParser

/// `wardflux`.
struct WardFluxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wardflux",
        abstract: "Discovers every network interface of an organisation and knows what each one is for.",
        discussion: """
            Commands work on a data directory (--data-dir) or on a server (--server). They end with 0 where all was \
            done, 1 where it failed, 2 where part of it was done, 64 where the command line is wrong; those that read \
            one device with 3 where it was not read to the end and 4 where it gave nothing.
            """,
        groupedSubcommands: [
            CommandGroup(
                name: "Run",
                subcommands: [
                    ServeCommand.self, WorkerCommand.self, DoctorCommand.self, BackupCommand.self, RestoreCommand.self,
                    CatalogCommand.self,
                    DemoCommand.self,
                    LabCommand.self,
                ]),
            CommandGroup(
                name: "Inventory",
                subcommands: [
                    DevicesCommand.self, ProfilesCommand.self, InterfacesCommand.self, TopologyCommand.self,
                    DiscoverCommand.self, SweepCommand.self, JobsCommand.self, RulesCommand.self,
                ]),
            CommandGroup(
                name: "Recorded traffic",
                subcommands: [SeriesCommand.self, AnomaliesCommand.self, BaselinesCommand.self]),
            CommandGroup(name: "Alerts", subcommands: [AlertsCommand.self]),
            CommandGroup(
                name: "One device",
                subcommands: [
                    ProbeCommand.self, GetCommand.self, WalkCommand.self, BulkCommand.self, TableCommand.self,
                    TrapCommand.self,
                ]),
            CommandGroup(name: "Access", subcommands: [TokensCommand.self, VersionCommand.self]),
        ])
}

/// `wardflux version`.
struct VersionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "version", abstract: "Print the version.")

    func run() {
        Console.current.line(ProductVersion.current)
    }
}
