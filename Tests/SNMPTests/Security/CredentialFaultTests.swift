import Synchronization
import Testing

@testable import SNMP

@Suite("Users that stop working", .timeLimit(.minutes(5)))
struct CredentialFaultTests {
    private static let user = USMUser(
        name: "bert", authentication: .init(.sha1, Passphrase("authpass12")),
        privacy: .init(.aes128, Passphrase("privpass12")))
    private static let agent = SecuredAgent(user: user)

    private func target(_ agent: LoopbackAgent) -> Target {
        Target(
            address: TransportAddress(127, 0, 0, 1, port: agent.port), credential: .v3(Self.user),
            timeoutMilliseconds: 40, retries: 1)
    }

    @Test(
        "a user refused after it worked is told, within its attempts, and works again when it may",
        arguments: [
            (V3Report.unknownUserName, SecurityFault.Kind.unknownUserName), (.wrongDigest, .wrongDigest),
            (.decryptionError, .decryptionError),
        ])
    func refusedLater(report: V3Report, kind: SecurityFault.Kind) async throws {
        let isRefused = Mutex(false)
        let agent = try LoopbackAgent { request, _ in
            guard isRefused.withLock({ $0 }), let header = Self.agent.header(request), !header.engineID.isEmpty else {
                return [Self.agent.respond(to: request)]
            }
            return [Self.agent.plainReport(report, header)]
        }
        defer { agent.stop() }
        let engine = try Engine()
        let target = target(agent)
        #expect(try await engine.get([SampleTables.sysName], from: target).count == 1)
        isRefused.withLock { $0 = true }
        let before = agent.requests.count
        do {
            _ = try await engine.get([SampleTables.sysName], from: target)
            Issue.record("a refused user was answered")
        } catch {
            #expect(error.code == .security(SecurityFault(kind, SecurityUser.of(Self.user))))
        }
        #expect(agent.requests.count - before <= 4)
        isRefused.withLock { $0 = false }
        #expect(try await engine.get([SampleTables.sysName], from: target).count == 1)
    }

    @Test("every request asks for a Report, as some agents need it to answer at all")
    func reportable() async throws {
        let agent = try LoopbackAgent { request, _ in [Self.agent.respond(to: request)] }
        defer { agent.stop() }
        let engine = try Engine()
        for _ in 0..<3 { _ = try await engine.get([SampleTables.sysName], from: target(agent)) }
        let flags = agent.requests.compactMap { Self.agent.header($0)?.flags }
        #expect(flags.count == 4)
        #expect(flags.allSatisfy { $0 & V3Header.Flag.reportable != 0 })
    }
}
