import ArgumentParser
import Inventory

/// `wardflux devices`.
struct DevicesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "devices",
        abstract: "The devices of the inventory: list, add, change, remove, import, export.",
        subcommands: [
            List.self, Show.self, Add.self, Edit.self, Remove.self, DeviceNeighboursCommand.self,
            DeviceImportCommand.self, DeviceExportCommand.self,
        ],
        defaultSubcommand: List.self)

    /// `wardflux devices list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "The devices, ordered by name.")

        @OptionGroup var filters: FilterOptions
        @OptionGroup var output: OutputOptions
        @OptionGroup var connection: ConnectionOptions

        func run() async throws {
            try await connection.withAPI { client in
                let listed = try await client.list(Routes.devices, filters.query(), limit: filters.limit)
                output.print(
                    rows: listed.items, columns: Columns.devices, whole: listed.envelope,
                    empty: "No devices. `wardflux devices add` or `wardflux devices import` adds some.")
            }
        }
    }

    /// `wardflux devices show`.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "All that is known of one device.")

        @Argument(help: "Name or id of the device.")
        var device: String

        @OptionGroup var output: OutputOptions
        @OptionGroup var connection: ConnectionOptions

        func run() async throws {
            try await connection.withAPI { client in
                let id = try await Lookup.deviceID(device, client)
                output.print(object: try await client.get(Routes.device(id)))
            }
        }
    }

    /// `wardflux devices add`.
    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Add a device.")

        @Argument(help: "Its name.")
        var name: String

        @Argument(help: "IPv4 or IPv6 address, or host name.")
        var address: String

        @OptionGroup var fields: DeviceFields
        @OptionGroup var output: OutputOptions
        @OptionGroup var connection: ConnectionOptions

        func run() async throws {
            let named = [
                JSONValue.Member(name: "name", value: .string(name)),
                JSONValue.Member(name: "ip", value: .string(address)),
            ]
            let members = named + fields.members
            try await connection.withAPI(creating: true) { client in
                output.print(object: try await client.send("POST", Routes.devices, .object(members)))
            }
        }
    }

    /// `wardflux devices edit`.
    struct Edit: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Change a device.")

        @Argument(help: "Name or id of the device.")
        var device: String

        @Option(name: .long, help: "New name.")
        var name: String?

        @Option(name: .long, help: "New address or host name.")
        var ip: String?

        @OptionGroup var fields: DeviceFields
        @OptionGroup var output: OutputOptions
        @OptionGroup var connection: ConnectionOptions

        /// The members to change.
        var members: [JSONValue.Member] {
            var members: [JSONValue.Member] = []
            if let name { members.append(JSONValue.Member(name: "name", value: .string(name))) }
            if let ip { members.append(JSONValue.Member(name: "ip", value: .string(ip))) }
            return members + fields.members
        }

        mutating func validate() throws {
            if members.isEmpty { throw ValidationError("Nothing to change; give at least one option.") }
        }

        func run() async throws {
            try await connection.withAPI { client in
                let id = try await Lookup.deviceID(device, client)
                output.print(object: try await client.send("PATCH", Routes.device(id), .object(members)))
            }
        }
    }

    /// `wardflux devices remove`.
    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Remove a device and its interfaces; its alert history stays.")

        @Argument(help: "Name or id of the device.")
        var device: String

        @OptionGroup var connection: ConnectionOptions

        func run() async throws {
            try await connection.withAPI { client in
                let id = try await Lookup.deviceID(device, client)
                _ = try await client.send("DELETE", Routes.device(id))
                Console.current.line("removed \(device)")
            }
        }
    }
}

/// What an operator may say of a device.
struct DeviceFields: ParsableArguments {
    @Option(name: .long, help: "UDP port of its SNMP agent (161).")
    var port: Int?

    @Option(name: .long, help: "Name of its credential profile.")
    var profile: String?

    @Option(name: .long, help: "switch, router, firewall, access_point, server, phone, camera or other.")
    var type: String?

    @Option(name: .long, help: "Where it stands.")
    var location: String?

    @Option(name: .long, help: "A tag; may be repeated. Given once or more, the tags are these.")
    var tag: [String] = []

    @Flag(inversion: .prefixedEnableDisable, help: "Whether jobs read it.")
    var polling: Bool?

    mutating func validate() throws {
        if let port, !(1...65_535).contains(port) { throw ValidationError("--port is 1 to 65535.") }
        if let type, DeviceType(rawValue: type) == nil {
            let types = DeviceType.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("--type is one of \(types), not '\(type)'.")
        }
    }

    /// The members of a request body, only those that were given.
    var members: [JSONValue.Member] {
        var members: [JSONValue.Member] = []
        func add(_ name: String, _ value: JSONValue?) {
            if let value { members.append(JSONValue.Member(name: name, value: value)) }
        }
        add("port", port.map { JSONValue($0) })
        add("credential_profile", profile.map(JSONValue.string))
        add("device_type", type.map(JSONValue.string))
        add("location", location.map(JSONValue.string))
        add("tags", tag.isEmpty ? nil : .array(tag.map(JSONValue.string)))
        add("enabled", polling.map(JSONValue.bool))
        return members
    }
}
