import ArgumentParser
import Inventory
import SNMP

/// One SNMP agent, and how patiently it is asked.
struct AgentOptions: ParsableArguments {
    @Argument(help: "IPv4 or IPv6 address or host name, with the port where it is not 161.")
    var address: AgentAddress

    @Option(name: .long, help: "SNMP version: 1 or 2c.")
    var version = SNMPVersionArgument(.v2c)

    @OptionGroup var community: CommunityOptions

    @Option(name: .long, help: ArgumentHelp("How long the first attempt waits.", valueName: "seconds"))
    var timeout = 1.5

    @Option(name: .long, help: "Attempts after the first one.")
    var retries = 2

    mutating func validate() throws {
        guard (0.001...600).contains(timeout) else { throw ValidationError("--timeout is 0.001 to 600 seconds.") }
        guard (0...16).contains(retries) else { throw ValidationError("--retries is 0 to 16.") }
    }

    /// The target these options mean; looks the host name up.
    func target() throws -> Target {
        let community = Community(try community.required().reveal())
        let addresses: [TransportAddress]
        do {
            addresses = try TransportAddress.resolve(host: address.host, port: UInt16(address.port))
        } catch {
            throw AgentFailure(address: address, version: version.version).failure(error)
        }
        guard let first = addresses.first else { throw CommandFailure("\(address.host) has no address") }
        var target = Target(first, version.version == .v1 ? .v1(community: community) : .v2c(community: community))
        target.timeoutMilliseconds = UInt32(timeout * 1000)
        target.retries = retries
        return target
    }

    /// Runs one operation on the agent with an engine of its own.
    func ask<Outcome: Sendable>(
        _ operation: (Engine, Target) async throws(SNMPError) -> Outcome
    ) async throws -> Outcome {
        let target = try target()
        let failure = AgentFailure(address: address, version: version.version)
        do {
            let engine = try Engine()
            defer { engine.shutdown() }
            return try await operation(engine, target)
        } catch {
            throw failure.failure(error)
        }
    }
}

/// What a person is told of an agent that does not answer as it should.
struct AgentFailure: Sendable {
    /// The agent as it was named.
    let address: AgentAddress
    /// The version it was asked in.
    let version: SNMPVersionName

    /// Which address, how long was waited, what came, and what to check next.
    func failure(_ error: SNMPError) -> CommandFailure {
        CommandFailure(message(error), details: advice(error), remedy: nil)
    }

    private func message(_ error: SNMPError) -> String {
        let attempts = "\(error.attempts) \(error.attempts == 1 ? "attempt" : "attempts")"
        let waited = "waited \(Self.seconds(error.elapsedMilliseconds)) s, \(attempts)"
        let place = error.target.map { "\($0)" } ?? address.text
        switch error.code {
        case .timeout, .deadline: return "no answer from \(place) (\(waited))"
        case .refused: return "nothing listens at \(place): the port is closed (\(waited))"
        case .unreachable(let number): return "\(place) cannot be reached (errno \(number), \(waited))"
        case .undecodable: return "what \(place) answers is not SNMP (\(waited))"
        case .emptyResponse: return "\(place) answers without any value (\(waited))"
        case .errorStatus(let status, _): return "\(place) refuses: \(status)"
        case .nameResolution(let host, let reason): return "the name \(host) cannot be looked up: \(reason)"
        case .cancelled, .overloaded, .shutdown, .invalidArgument, .system: return "\(place): \(error)"
        }
    }

    private func advice(_ error: SNMPError) -> [String] {
        let walk = "next: snmpwalk -v\(version.rawValue) -c COMMUNITY \(address.text) 1.3.6.1.2.1.1"
        let tolerated = error.tolerated
        switch error.code {
        case .timeout where tolerated.undecodable > 0:
            return ["\(tolerated.undecodable) datagrams came from there that are not SNMP", "check the port", walk]
        case .timeout where tolerated.wrongCommunity > 0:
            return ["answers came with another community than was sent", walk]
        case .timeout where tolerated.wrongSource > 0:
            return [
                "\(tolerated.wrongSource) answers came from another address than was asked",
                "ask the address the agent answers from, or give it that source address", walk,
            ]
        case .timeout where tolerated.other > 0:
            return ["\(tolerated.other) datagrams came that answer no request: another request-id or kind", walk]
        case .timeout, .deadline:
            return [
                "check the address and the port",
                "check the community: an agent is silent to a wrong one",
                "check the version: some agents speak only 1 or only 2c (--version)",
                "check the agent's access list: on Cisco IOS `snmp-server community COMMUNITY RO ACL` and "
                    + "`access-list ACL permit THIS-HOST`",
                walk,
            ]
        case .refused: return ["check that the SNMP agent runs, and its port", walk]
        case .unreachable: return ["check the address and the routes to it: ping \(address.host)"]
        case .undecodable: return ["check that the port is an SNMP agent's", walk]
        case .emptyResponse, .errorStatus: return ["check what the community may read (its view)", walk]
        case .nameResolution: return ["check the name, or give the address"]
        case .cancelled, .overloaded, .shutdown, .invalidArgument, .system: return []
        }
    }

    /// `10.5`.
    private static func seconds(_ milliseconds: UInt64) -> String {
        "\(milliseconds / 1000).\(milliseconds % 1000 / 100)"
    }
}
