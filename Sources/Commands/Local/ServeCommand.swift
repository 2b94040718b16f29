import ArgumentParser
import Server

/// `wardflux serve`.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Run the system: schedules, jobs and the REST API, until Ctrl-C or SIGTERM.",
        discussion: """
            Settings come from flags, else from the environment, else from the configuration file. The API listens on \
            127.0.0.1:5001; another address than loopback is refused until there is an access token.
            """)

    @Option(
        name: .long,
        help: ArgumentHelp("Where the API listens (127.0.0.1:5001); port 0 takes any free one.", valueName: "host:port")
    )
    var bind: BindAddress?

    @Option(
        name: .long,
        help: ArgumentHelp("Classification rules on top of the shipped ones.", valueName: "file"),
        completion: .file())
    var rules: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "What this process does for a cluster: all, or some of api, scheduler, worker, evaluator.",
            valueName: "roles"))
    var roles: String?

    @OptionGroup var settings: SettingOptions
    @OptionGroup var data: DataOptions

    /// Settings by key, of these options.
    var flags: [String: String] {
        var flags = settings.flags
        if let bind {
            flags["http.host"] = bind.host
            flags["http.port"] = String(bind.port)
        }
        if let rules { flags["rules.file"] = rules }
        if let roles { flags["cluster.roles"] = roles }
        return flags
    }

    func run() async throws {
        let configuration = try data.configuration(flags: flags)
        let console = Console.current
        let application = ServerApplication(
            configuration, environment: console.environment, version: ProductVersion.current,
            logger: configuration.logger(),
            ready: { port in
                let address = BindAddress(host: configuration.host, port: port)
                console.line("WARD FLUX \(ProductVersion.current) on \(configuration.dataDirectory)")
                console.line("dashboard: \(address.url)/")
                console.line("API: \(address.url)/api/v1/health   document: \(address.url)/api/v1/openapi.json")
            })
        try await application.run()
    }
}

/// Where a server listens: `127.0.0.1:5001`, `[::1]:5001`, `:5001`.
struct BindAddress: ExpressibleByArgument, Hashable, Sendable {
    /// Address or host name.
    var host: String
    /// TCP port; 0 takes any free one.
    var port: Int

    /// An address by its parts.
    init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// Reads `host:port`; without a host it is 127.0.0.1, without a port 5001.
    init?(argument: String) {
        var host = argument
        var port = "5001"
        if argument.hasPrefix("[") {
            guard let end = argument.firstIndex(of: "]") else { return nil }
            let rest = argument[argument.index(after: end)...]
            host = String(argument[argument.index(after: argument.startIndex)..<end])
            guard rest.isEmpty || rest.hasPrefix(":") else { return nil }
            if !rest.isEmpty { port = String(rest.dropFirst()) }
        } else if argument.count(where: { $0 == ":" }) == 1, let colon = argument.firstIndex(of: ":") {
            host = String(argument[..<colon])
            port = String(argument[argument.index(after: colon)...])
        }
        guard let number = Int(port), (0...65_535).contains(number), !host.contains(" ") else { return nil }
        self.host = host.isEmpty ? "127.0.0.1" : host
        self.port = number
    }

    /// As a browser takes it.
    var url: String { "http://\(host.contains(":") ? "[\(host)]" : host):\(port)" }
}
