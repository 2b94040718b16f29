import ArgumentParser
import Inventory

/// `wardflux profiles`.
struct ProfilesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "profiles",
        abstract: "Credential profiles: how devices are asked. Their secrets are encrypted and never shown.",
        subcommands: [List.self, Set.self, Remove.self],
        defaultSubcommand: List.self)

    /// `wardflux profiles list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "The profiles, without their secrets.")

        @OptionGroup var output: OutputOptions
        @OptionGroup var connection: ConnectionOptions

        func run() async throws {
            try await connection.withAPI { client in
                let answer = try await client.get(Routes.profiles)
                output.print(
                    rows: answer["items"]?.items ?? [], columns: Columns.profiles, whole: answer,
                    empty: "No profiles. `wardflux profiles set default` makes one.")
            }
        }
    }

    /// `wardflux profiles set`.
    struct Set: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add a profile or replace it. Devices without a profile are asked with the one named default.")

        @Argument(help: "Its name.")
        var name: String

        @Option(name: .long, help: "SNMP version: 1 or 2c.")
        var version = SNMPVersionArgument(.v2c)

        @OptionGroup var community: CommunityOptions
        @OptionGroup var connection: ConnectionOptions

        func run() async throws {
            let secret = try community.required()
            let body: JSONValue = [
                "version": .string(version.version.rawValue), "community": .string(secret.reveal()),
            ]
            try await connection.withAPI(creating: true) { client in
                _ = try await client.send("PUT", Routes.profile(name), body)
                Console.current.line("saved the profile \(name)")
            }
        }
    }

    /// `wardflux profiles remove`.
    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Remove a profile no device refers to.")

        @Argument(help: "Its name.")
        var name: String

        @OptionGroup var connection: ConnectionOptions

        func run() async throws {
            try await connection.withAPI { client in
                _ = try await client.send("DELETE", Routes.profile(name))
                Console.current.line("removed the profile \(name)")
            }
        }
    }
}

/// An SNMP version as an argument.
struct SNMPVersionArgument: ExpressibleByArgument, Sendable {
    /// The version.
    var version: SNMPVersionName

    /// Reads `1` and `2c` in their usual spellings.
    init?(argument: String) {
        guard let version = SNMPVersionName(reading: argument), version != .v3 else { return nil }
        self.version = version
    }

    /// A version.
    init(_ version: SNMPVersionName) { self.version = version }

    var defaultValueDescription: String { version.rawValue }
    static var allValueStrings: [String] { ["1", "2c"] }
}
