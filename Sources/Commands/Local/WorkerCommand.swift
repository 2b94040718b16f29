import ArgumentParser
import Server

/// `wardflux worker`.
struct WorkerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "worker",
        abstract: "Poll and discover devices for a cluster, until Ctrl-C or SIGTERM.",
        discussion: """
            One of any number, on any hosts: each owns a share of the devices, and takes over from those that vanish. Needs \
            catalog.url, a shared time-series store, the key that the others have, and a data directory of its own. It is \
            `serve` with cluster.roles=worker: without the API.
            """)

    @Option(name: .long, help: ArgumentHelp("How operators call it (the host's name).", valueName: "name"))
    var node: String?

    @OptionGroup var settings: SettingOptions
    @OptionGroup var data: DataOptions

    func run() async throws {
        var flags = settings.flags
        if flags["cluster.roles"] == nil { flags["cluster.roles"] = "worker" }
        if let node { flags["cluster.node"] = node }
        let configuration = try data.configuration(flags: flags)
        let console = Console.current
        console.line("WARD FLUX \(ProductVersion.current), a worker on \(configuration.dataDirectory)")
        let application = ServerApplication(
            configuration, environment: console.environment, version: ProductVersion.current,
            logger: configuration.logger())
        try await application.run()
    }
}
