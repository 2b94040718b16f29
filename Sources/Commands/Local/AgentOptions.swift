import ArgumentParser
import Inventory
import SNMP

/// How an agent is spoken to: version, and community or user.
struct CredentialOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp("SNMP version: 1, 2c or 3. (default: 3 with --user, else 2c)", valueName: "version"),
        transform: { text throws(ValidationError) in
            guard let version = SNMPVersionName(reading: text) else {
                throw ValidationError("'\(text)' is no version of SNMP; there are 1, 2c and 3")
            }
            return version
        })
    var version: SNMPVersionName?

    @OptionGroup var community: CommunityOptions
    @OptionGroup var user: UserOptions

    /// The version asked in.
    var effectiveVersion: SNMPVersionName { version ?? (user.user == nil ? .v2c : .v3) }

    mutating func validate() throws {
        if effectiveVersion == .v3 {
            if user.user == nil { throw ValidationError("version 3 needs a user: give --user NAME.") }
            if community.community != nil || community.communityFile != nil {
                throw ValidationError("a community belongs to versions 1 and 2c; version 3 takes --user.")
            }
        } else if let option = user.given.first {
            let remedy = version == nil ? "give --user NAME too" : "leave --version out, or give 3"
            throw ValidationError("\(option) belongs to version 3; \(remedy).")
        }
    }

    /// The credential, its secrets asked for where nothing else gives them.
    func required() throws -> Credential {
        switch effectiveVersion {
        case .v1: .v1(community: Community(try community.required().reveal()))
        case .v2c: .v2c(community: Community(try community.required().reveal()))
        case .v3: .v3(try user.required())
        }
    }
}

/// `--source`.
enum SourceArgument: String, ExpressibleByArgument, CaseIterable {
    case strict
    case port
    case any

    /// What the engine takes.
    var policy: SourcePolicy {
        switch self {
        case .strict: .strict
        case .port: .anyPort
        case .any: .anyAddress
        }
    }
}

/// One SNMP agent, and how patiently and with how much at a time it is asked.
///
/// Option groups are nested no deeper than need be: a debug build checks each of them once for every level above it.
struct AgentOptions: ParsableArguments {
    @Argument(help: "IPv4 or IPv6 address or host name, with the port where it is not 161.")
    var address: AgentAddress

    @Option(name: .long, help: ArgumentHelp("How long the first attempt waits.", valueName: "seconds"))
    var timeout = 1.5

    @Option(name: .long, help: "Attempts after the first one.")
    var retries = 2

    @Option(
        name: .long,
        help: ArgumentHelp("Requests to the device at one time; weak ones drop more than 1 to 4.", valueName: "count"))
    var inFlight = 2

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Where an answer may come from: strict (address and port asked), port (any port of it), any.",
            valueName: "policy"))
    var source = SourceArgument.port

    mutating func validate() throws {
        guard (0.001...600).contains(timeout) else { throw ValidationError("--timeout is 0.001 to 600 seconds.") }
        guard (0...16).contains(retries) else { throw ValidationError("--retries is 0 to 16.") }
        guard (1...64).contains(inFlight) else { throw ValidationError("--in-flight is 1 to 64.") }
    }

    /// What people are told of a failure of this agent.
    func failure(_ credential: Credential) -> AgentFailure {
        AgentFailure(address: address, credential: credential)
    }

    /// The target these options mean; looks the host name up.
    func target(_ credential: Credential) throws(SNMPError) -> Target {
        let addresses = try TransportAddress.resolve(host: address.host, port: UInt16(address.port))
        // `resolve` promises at least one address.
        var target = Target(addresses[0], credential)
        target.timeoutMilliseconds = UInt32(timeout * 1000)
        target.retries = retries
        target.inFlight = inFlight
        target.sourcePolicy = source.policy
        return target
    }

    /// Runs one operation on the agent with an engine of its own.
    func ask<Outcome: Sendable>(
        as options: CredentialOptions, _ operation: (Engine, Target) async throws(SNMPError) -> Outcome
    ) async throws -> Outcome {
        let credential = try options.required()
        do {
            let target = try target(credential)
            let engine = try Engine()
            defer { engine.shutdown() }
            return try await operation(engine, target)
        } catch {
            throw failure(credential).failure(error)
        }
    }
}
