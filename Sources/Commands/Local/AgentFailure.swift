import SNMP

/// What a person is told of an agent that does not answer as it should.
struct AgentFailure: Sendable {
    /// The agent as it was named.
    let address: AgentAddress
    /// How it was spoken to.
    let credential: Credential

    /// Which address, how long was waited, what came, and what to check next.
    func failure(_ error: SNMPError, status: ExitStatus = .failed) -> CommandFailure {
        CommandFailure(message(error), details: advice(error), remedy: nil, status: status)
    }

    /// The cause with how long was waited, where that matters.
    private func message(_ error: SNMPError) -> String {
        guard error.attempts > 0 else { return cause(error) }
        let attempts = "\(error.attempts) \(error.attempts == 1 ? "attempt" : "attempts")"
        return cause(error) + " (waited \(Self.seconds(error.elapsedMilliseconds)) s, \(attempts))"
    }

    /// One line: what failed, on which address.
    func cause(_ error: SNMPError) -> String {
        let place = error.target.map { "\($0)" } ?? address.text
        switch error.code {
        case .timeout, .deadline: return "no answer from \(place)"
        case .refused: return "nothing listens at \(place): the port is closed"
        case .unreachable(let number): return "\(place) cannot be reached (errno \(number))"
        case .requestTooLarge: return "\(place) does not take requests as long as this one"
        case .undecodable: return "what \(place) answers is not SNMP"
        case .emptyResponse: return "\(place) answers without any value"
        case .errorStatus(let status, _): return "\(place) refuses: \(status)"
        case .nameResolution(let host, let reason): return "the name \(host) cannot be looked up: \(reason)"
        case .security(let fault): return "\(place): \(fault)"
        case .cancelled, .overloaded, .shutdown, .invalidArgument, .system: return "\(place): \(error)"
        }
    }

    private func advice(_ error: SNMPError) -> [String] {
        switch error.code {
        case .timeout, .deadline: return silence(error.tolerated) + [walk]
        case .refused: return ["check that the SNMP agent runs, and its port", walk]
        case .unreachable: return ["check the address and the routes to it: ping \(address.host)"]
        case .requestTooLarge: return ["ask for shorter names, or raise the agent's message size"]
        case .undecodable: return ["check that the port is an SNMP agent's", walk]
        case .emptyResponse, .errorStatus: return ["check what the \(whom) may read (its view)", walk]
        case .nameResolution: return ["check the name, or give the address"]
        case .security(let fault): return [fault.remedy] + protocols + [walk]
        case .cancelled, .overloaded, .shutdown, .invalidArgument, .system: return []
        }
    }

    /// What to check where nothing came that counts.
    private func silence(_ tolerated: SNMPError.Tolerated) -> [String] {
        if tolerated.undecodable > 0 {
            return ["\(tolerated.undecodable) datagrams came from there that are not SNMP", "check the port"]
        }
        if tolerated.wrongCommunity > 0 { return ["answers came with another community than was sent"] }
        if tolerated.wrongSource > 0 {
            return [
                "\(tolerated.wrongSource) answers came from another address than was asked",
                "ask the address the agent answers from, or accept any (--source any)",
            ]
        }
        if tolerated.other > 0 {
            return ["\(tolerated.other) datagrams came that answer no request: another request-id or kind"]
        }
        let first = "check the address and the port"
        let last =
            "check the agent's access list: on Cisco IOS `snmp-server community COMMUNITY RO ACL` and "
            + "`access-list ACL permit THIS-HOST`"
        guard case .v3(let user) = credential else {
            return [
                first, "check the community: an agent is silent to a wrong one",
                "check the version: some agents speak only 1 or only 2c (--version)", last,
            ]
        }
        return [first, "check that the agent speaks version 3 and knows the user \(user.name)"] + protocols + [last]
    }

    /// What the user was asked with.
    private var protocols: [String] {
        guard case .v3(let user) = credential, let authentication = user.authentication else { return [] }
        let names = [authentication.type.rawValue] + (user.privacy.map { [$0.type.rawValue] } ?? [])
        return ["user \(user.name) was asked with the protocols \(names.joined(separator: " and "))"]
    }

    var whom: String {
        guard case .v3(let user) = credential else { return "community" }
        return "user \(user.name)"
    }

    /// The same question for net-snmp, with placeholders for secrets.
    private var walk: String {
        let place = "\(address.text) 1.3.6.1.2.1.1"
        guard case .v3(let user) = credential else {
            return "next: snmpwalk -v\(credential.version) -c COMMUNITY \(place)"
        }
        var options = "-v3 -l \(user.level.rawValue) -u \(user.name)"
        if let authentication = user.authentication { options += " -a \(authentication.type.rawValue) -A PASSPHRASE" }
        if let privacy = user.privacy { options += " -x \(privacy.type.rawValue) -X PASSPHRASE" }
        if !user.contextName.isEmpty { options += " -n \(user.contextName)" }
        return "next: snmpwalk \(options) \(place)"
    }

    /// `10.5`.
    private static func seconds(_ milliseconds: UInt64) -> String {
        "\(milliseconds / 1000).\(milliseconds % 1000 / 100)"
    }
}
