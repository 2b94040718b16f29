import Testing

@testable import SNMP

@Suite(
    "Version 3 notifications of net-snmp's snmptrap and snmpinform", .timeLimit(.minutes(2)),
    .enabled(if: NetSNMPTool.isInstalled("snmptrap")))
struct SecuredNotificationTests {
    /// A user, as the listener and as net-snmp know it.
    struct Account: Sendable, CustomTestStringConvertible {
        var authentication: AuthenticationProtocol?
        var privacy: PrivacyProtocol?

        var user: USMUser {
            USMUser(
                name: "watcher",
                authentication: authentication.map { .init($0, Passphrase("authentication")) },
                privacy: privacy.map { .init($0, Passphrase("encryption!")) })
        }

        func options(_ passphrase: String = "authentication") -> [String] {
            var options = ["-v", "3", "-u", "watcher", "-l", user.level.rawValue, "-r", "0", "-t", "5"]
            if let authentication { options += ["-a", authentication.rawValue, "-A", passphrase] }
            if let privacy { options += ["-x", privacy.rawValue, "-X", "encryption!"] }
            return options
        }

        var testDescription: String { "\(user.level) \(authentication?.rawValue ?? "-") \(privacy?.rawValue ?? "-")" }
    }

    static let accounts = [
        Account(), Account(authentication: .sha1), Account(authentication: .md5),
        Account(authentication: .sha1, privacy: .aes128), Account(authentication: .sha256, privacy: .aes128),
        Account(authentication: .md5, privacy: .des),
    ]

    private static let engine: [UInt8] = [0x80, 0, 0, 9, 3, 1, 2, 3, 4, 5, 6]
    private static let coldStart = ["", "1.3.6.1.6.3.1.1.5.1"]

    private func listener(_ account: Account) throws -> NotificationListener {
        var configuration = NotificationConfiguration()
        configuration.addresses = [TransportAddress(127, 0, 0, 1, port: 0)]
        configuration.access.users = [account.user]
        return try NotificationListener(configuration)
    }

    private func first(of listener: NotificationListener) async -> SNMPNotification? {
        for await batch in listener.notifications { return batch.first }
        return nil
    }

    private func trap(_ options: [String], to listener: NotificationListener) -> Int32 {
        let place = ["-e", "0x8000000903010203040506", "\(listener.addresses[0])"]
        return NetSNMPTool.run("snmptrap", options + place + Self.coldStart)
    }

    @Test("a trap arrives with its user, level and engine", arguments: accounts)
    func traps(account: Account) async throws {
        let listener = try listener(account)
        #expect(trap(account.options(), to: listener) == 0)
        let found = try #require(await first(of: listener))
        #expect(found.kind == .coldStart && found.version == .v3 && !found.isInform)
        #expect(found.sender == .user(name: "watcher", level: account.user.level, engineID: Self.engine))
    }

    @Test("an inform finds the listener's engine and is acknowledged", arguments: accounts)
    func informs(account: Account) async throws {
        let listener = try listener(account)
        let arguments = account.options() + ["\(listener.addresses[0])"] + Self.coldStart
        #expect(NetSNMPTool.run("snmpinform", arguments) == 0)
        let found = try #require(await first(of: listener))
        #expect(found.kind == .coldStart && found.isInform)
        #expect(listener.statistics.informsAcknowledged == 1)
        #expect(listener.statistics.reports >= 1)
    }

    @Test("a wrong pass phrase, a foreign user and a lower level bring nothing in")
    func refusals() async throws {
        let account = Account(authentication: .sha1, privacy: .aes128)
        let listener = try listener(account)
        #expect(trap(account.options("something else"), to: listener) == 0)
        #expect(trap(Account(authentication: .sha1).options(), to: listener) == 0)
        let stranger = account.options().map { $0 == "watcher" ? "stranger" : $0 }
        #expect(trap(stranger, to: listener) == 0)
        #expect(trap(account.options(), to: listener) == 0)
        _ = await first(of: listener)
        #expect(listener.statistics.delivered == 1)
        #expect(listener.statistics.unauthenticated == 2)
        #expect(listener.statistics.unknownUser == 1)
    }
}
