import ArgumentParser
import SNMP

/// `wardflux profiles`.
struct ProfilesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "profiles",
        abstract: "Credential profiles: how devices are asked. Their secrets are encrypted and never shown.",
        subcommands: [List.self, Show.self, Add.self, Set.self, Remove.self],
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
                    empty: "No profiles. `wardflux profiles add default` makes one.")
            }
        }
    }

    /// `wardflux profiles show`.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "One profile, without its secrets.")

        @Argument(help: "Its name.")
        var name: String

        @OptionGroup var output: OutputOptions
        @OptionGroup var connection: ConnectionOptions

        func run() async throws {
            try await connection.withAPI { client in
                output.print(object: try await client.get(Routes.profile(name)))
            }
        }
    }

    /// `wardflux profiles add`.
    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add a profile. Devices without a profile are asked with the one named default.",
            discussion: """
                Version 2c and 1: wardflux profiles add core --community-file FILE
                Version 3: wardflux profiles add core --user NAME --auth SHA --auth-pass-file FILE --priv AES \
                --priv-pass-file FILE
                """)

        @Argument(help: "Its name.")
        var name: String

        @OptionGroup var credential: CredentialOptions
        @OptionGroup var connection: ConnectionOptions

        func run() async throws {
            let members = ProfileFields.members(try credential.required())
            let body = JSONValue.object([JSONValue.Member(name: "name", value: .string(name))] + members)
            try await connection.withAPI(creating: true) { client in
                _ = try await client.send("POST", Routes.profiles, body)
                Console.current.line("added the profile \(name)")
            }
        }
    }

    /// `wardflux profiles set`.
    struct Set: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add a profile or replace it as a whole, its secrets too; for the rest as `profiles add`.")

        @Argument(help: "Its name.")
        var name: String

        @OptionGroup var credential: CredentialOptions
        @OptionGroup var connection: ConnectionOptions

        func run() async throws {
            let body = JSONValue.object(ProfileFields.members(try credential.required()))
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

/// A credential as the API takes it.
enum ProfileFields {
    /// The members of a body, secrets included: it goes to the API and nowhere else.
    static func members(_ credential: Credential) -> [JSONValue.Member] {
        var members = [JSONValue.Member(name: "version", value: .string("\(credential.version)"))]
        func add(_ name: String, _ text: String) {
            members.append(JSONValue.Member(name: name, value: .string(text)))
        }
        switch credential {
        case .v1(let community), .v2c(let community):
            add("community", String(decoding: community.octets, as: UTF8.self))
        case .v3(let user):
            add("user", user.name)
            if let key = user.authentication {
                add("auth_protocol", key.type.rawValue)
                add("auth_passphrase", String(decoding: key.passphrase.octets, as: UTF8.self))
            }
            if let key = user.privacy {
                add("priv_protocol", key.type.rawValue)
                add("priv_passphrase", String(decoding: key.passphrase.octets, as: UTF8.self))
            }
            if !user.contextName.isEmpty { add("context_name", user.contextName) }
        }
        return members
    }
}
