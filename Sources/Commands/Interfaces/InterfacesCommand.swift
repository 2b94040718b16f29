import ArgumentParser

/// `wardflux interfaces`.
struct InterfacesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "interfaces",
        abstract: "The interfaces of all devices: list, show, count, set what they are for, what goes on there.",
        subcommands: [
            List.self, Show.self, Summary.self, InterfaceTopCommand.self, InterfaceMetricsCommand.self,
            InterfaceSetCommand.self, ISP.self, Critical.self,
        ],
        defaultSubcommand: List.self)

    /// `wardflux interfaces list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Interfaces, filtered, searched and sorted.")

        @OptionGroup var filters: FilterOptions
        @OptionGroup var common: InterfaceFilters
        @OptionGroup var output: OutputOptions
        @OptionGroup var connection: ConnectionOptions

        func run() async throws {
            try await connection.withAPI { client in
                var query = filters.query() + common.query
                if let device = common.device {
                    query.append((name: "device_id", value: try await Lookup.deviceID(device, client)))
                }
                try await InterfaceListing(client: client, output: output)
                    .print(Routes.interfaceList, query, limit: filters.limit)
            }
        }
    }

    /// `wardflux interfaces show`.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "All that is known of one interface.")

        @Argument(help: "Its id, or DEVICE:INTERFACE.")
        var interface: String

        @OptionGroup var output: OutputOptions
        @OptionGroup var connection: ConnectionOptions

        func run() async throws {
            try await connection.withAPI { client in
                output.print(object: try await Lookup.interface(interface, client))
            }
        }
    }

    /// `wardflux interfaces summary`.
    struct Summary: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "How many interfaces there are, of which kinds; or the last 24 hours of one, and now.")

        @Argument(help: "Its id, or DEVICE:INTERFACE; without it all are counted.")
        var interface: String?

        @OptionGroup var output: OutputOptions
        @OptionGroup var connection: ConnectionOptions

        func run() async throws {
            try await connection.withAPI { client in
                guard let interface else {
                    return output.print(object: try await client.get(Routes.interfaceSummary))
                }
                let id = try await Lookup.interfaceID(interface, client)
                output.print(object: try await client.get(Routes.summary(of: id)))
            }
        }
    }

    /// `wardflux interfaces isp`.
    struct ISP: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "isp", abstract: "The uplinks to providers.")

        @OptionGroup var filters: FilterOptions
        @OptionGroup var output: OutputOptions
        @OptionGroup var connection: ConnectionOptions

        func run() async throws {
            try await connection.withAPI { client in
                try await InterfaceListing(client: client, output: output)
                    .print(Routes.ispInterfaces, filters.query(), limit: filters.limit)
            }
        }
    }

    /// `wardflux interfaces critical`.
    struct Critical: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "The critical interfaces.")

        @OptionGroup var filters: FilterOptions
        @OptionGroup var output: OutputOptions
        @OptionGroup var connection: ConnectionOptions

        func run() async throws {
            try await connection.withAPI { client in
                try await InterfaceListing(client: client, output: output)
                    .print(Routes.criticalInterfaces, filters.query(), limit: filters.limit)
            }
        }
    }
}

/// Prints a list of interfaces.
struct InterfaceListing: Sendable {
    let client: APIClient
    let output: OutputOptions

    func print(_ path: String, _ query: QueryItems, limit: Int?) async throws {
        let listed = try await client.list(path, query, limit: limit)
        output.print(
            rows: listed.items, columns: Columns.interfaces, whole: listed.envelope,
            empty: "No interfaces match. `wardflux discover --all` reads them from the devices.")
        let isTable = !output.json && !output.csv
        if isTable && Int64(listed.items.count) < listed.total {
            Console.current.errorLine("\(listed.items.count) of \(Units.count(listed.total)) shown")
        }
    }
}

/// The filters people use most; `--filter` takes any other column.
struct InterfaceFilters: ParsableArguments {
    @Option(name: .long, help: "Only this device, by name or id.")
    var device: String?

    @Option(name: .long, help: "Only this type (isp, trunk, access, server_link, branch_link, management, …).")
    var type: String?

    @Option(name: .long, help: "Only this provider.")
    var provider: String?

    @Option(name: .long, help: "Only this ifOperStatus, as name or number.")
    var status: String?

    @Flag(inversion: .prefixedNo, help: "Only critical ones, or only others.")
    var critical: Bool?

    @Flag(inversion: .prefixedNo, help: "Only monitored ones, or only others.")
    var monitored: Bool?

    /// The query these options mean, without the device, whose id has to be found first.
    var query: QueryItems {
        var items: QueryItems = []
        if let type { items.append((name: "interface_type", value: type)) }
        if let provider { items.append((name: "isp_provider", value: provider)) }
        if let status {
            items.append((name: Int(status) == nil ? "if_oper_status_name" : "if_oper_status", value: status))
        }
        if let critical { items.append((name: "is_critical", value: String(critical))) }
        if let monitored { items.append((name: "monitoring_enabled", value: String(monitored))) }
        return items
    }
}
