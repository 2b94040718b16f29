import Testing

@testable import SNMP

/// net-snmp's agent as the judge of what is sent: an implementation that shares nothing with this one.
@Suite("net-snmp's snmpd is asked by version 3", .timeLimit(.minutes(2)), .enabled(if: RealAgent.isInstalled))
struct RealAgentTests {
    private static let root: ObjectIdentifier = "1.3.6.1.2.1.1"
    private static let authPass = "authpass12"
    private static let privPass = "privpass12"

    private static func user(
        _ authentication: AuthenticationProtocol?, _ privacy: PrivacyProtocol?, name: String? = nil,
        authPass: String = authPass, privPass: String = privPass
    ) -> USMUser {
        let own = "u_\(authentication?.rawValue ?? "none")_\(privacy?.rawValue ?? "none")"
        return USMUser(
            name: name ?? own, authentication: authentication.map { .init($0, Passphrase(authPass)) },
            privacy: privacy.map { .init($0, Passphrase(privPass)) })
    }

    private static let users: [USMUser] =
        [user(nil, nil)]
        + AuthenticationProtocol.allCases.flatMap { type in
            [user(type, nil)] + PrivacyProtocol.allCases.map { user(type, $0) }
        }

    private static func configuration() -> [String] {
        users.flatMap { user -> [String] in
            var words = ["createUser", user.name]
            if let type = user.authentication?.type { words += [type.rawValue, authPass] }
            if let type = user.privacy?.type { words += [type.rawValue, privPass] }
            let level = user.level == .authPriv ? "priv" : user.level == .authNoPriv ? "auth" : "noauth"
            return [words.joined(separator: " "), "rouser \(user.name) \(level)"]
        }
    }

    private func target(_ agent: RealAgent, _ user: USMUser, timeout: UInt32 = 500, retries: Int = 2) -> Target {
        Target(
            address: TransportAddress(127, 0, 0, 1, port: agent.port), credential: .v3(user),
            timeoutMilliseconds: timeout, retries: retries)
    }

    /// Asks until the agent has started, at most 20 seconds.
    private func waitUntilUp(_ agent: RealAgent, _ engine: Engine) async throws {
        var patient = target(agent, Self.users[0], timeout: 100, retries: 0)
        patient.sourcePolicy = .strict
        for _ in 0..<200 {
            do {
                _ = try await engine.get([SampleTables.sysUpTime], from: patient)
                return
            } catch {
                try await Task.sleep(for: .milliseconds(100))
            }
        }
        Issue.record("snmpd does not answer")
    }

    private func failure(_ engine: Engine, _ target: Target) async -> SNMPError.Code? {
        do throws(SNMPError) {
            _ = try await engine.get([SampleTables.sysUpTime], from: target)
            return nil
        } catch {
            return error.code
        }
    }

    @Test("walks by every combination of protocols, and names what is wrong with the others")
    func interoperability() async throws {
        let agent = try RealAgent(configuration: Self.configuration())
        defer { agent.remove() }
        try agent.start()
        let engine = try Engine()
        try await waitUntilUp(agent, engine)
        for user in Self.users {
            let walk = try await engine.walk(Self.root, of: target(agent, user))
            #expect(walk.status == .complete, "\(user)")
            #expect(walk.varBinds.count > 5, "\(user)")
        }
        let wrongs: [(USMUser, SecurityFault.Kind)] = [
            (Self.user(.sha1, nil, name: "nobody"), .unknownUserName),
            (Self.user(.sha1, .aes128, authPass: "wrongpass1"), .wrongDigest),
            (Self.user(.sha256, nil, name: "u_SHA_none"), .wrongDigest),
            (Self.user(.sha1, .aes128, name: "u_SHA_none"), .unsupportedSecurityLevel),
            (Self.user(.sha1, .aes256Reeder, name: "u_SHA_AES-256"), .silentAfterDiscovery),
            (Self.user(.sha1, .aes128, privPass: "wrongpriv1"), .silentAfterDiscovery),
        ]
        for (user, kind) in wrongs {
            let code = await failure(engine, target(agent, user, timeout: 150, retries: 1))
            #expect(code == .security(SecurityFault(kind, SecurityUser.of(user))), "\(user)")
        }
    }

    @Test(
        "a restart between two polls, or another device at the address, costs the second one no attempt",
        arguments: [true, false])
    func restarted(isSameDevice: Bool) async throws {
        let agent = try RealAgent(configuration: Self.configuration())
        defer { agent.remove() }
        try agent.start()
        let engine = try Engine()
        try await waitUntilUp(agent, engine)
        let user = Self.user(.sha1, .aes128)
        #expect(await failure(engine, target(agent, user)) == nil)
        let before = engine.statistics.security
        agent.stop()
        if !isSameDevice { agent.forget() }
        try agent.start()
        // The user without authentication is served too, and tells that the agent is up.
        try await waitUntilUp(agent, engine)
        #expect(await failure(engine, target(agent, user, retries: 0)) == nil)
        let after = engine.statistics.security
        #expect(after.resynchronisations == before.resynchronisations + (isSameDevice ? 1 : 0))
        #expect(after.enginesReplaced == before.enginesReplaced + (isSameDevice ? 0 : 1))
    }
}
