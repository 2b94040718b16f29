import Glibc
import Testing

@testable import SNMP

/// net-snmp's trap receiver as the judge of what is sent.
@Suite(
    "Traps and informs are received by net-snmp's snmptrapd", .timeLimit(.minutes(2)),
    .enabled(if: RealAgent.Program.trapReceiver.isInstalled))
struct NotificationSenderTests {
    private static let engineID: [UInt8] = [0x80, 0, 0, 0, 4, 1, 2, 3, 4]
    private static let contact: ObjectIdentifier = "1.3.6.1.2.1.1.4.0"

    private static let users: [USMUser] = [
        USMUser(name: "open"),
        USMUser(name: "signed", authentication: .init(.sha256, Passphrase("authpass12"))),
        USMUser(
            name: "sealed", authentication: .init(.sha1, Passphrase("authpass12")),
            privacy: .init(.aes128, Passphrase("privpass12"))),
        USMUser(
            name: "des", authentication: .init(.md5, Passphrase("authpass12")),
            privacy: .init(.des, Passphrase("privpass12"))),
    ]

    private static func configuration() -> [String] {
        ["authCommunity log public"]
            + users.flatMap { user -> [String] in
                var words = [user.name]
                if let type = user.authentication?.type { words += [type.rawValue, "authpass12"] }
                if let type = user.privacy?.type { words += [type.rawValue, "privpass12"] }
                let level = user.level == .authPriv ? "priv" : user.level == .authNoPriv ? "auth" : "noauth"
                let rest = words.joined(separator: " ")
                return [
                    "createUser -e 0x\(EngineID(engineID)?.description ?? "") \(rest)", "createUser \(rest)",
                    "authUser log \(user.name) \(level)",
                ]
            }
    }

    private static func coldStart(_ text: String, type: PDUType = .trapV2) -> PDU {
        PDU(
            type: type, requestID: 7,
            varBinds: [
                VarBind(SampleTables.sysUpTime, .timeTicks(4711)),
                VarBind(NotificationParameters.snmpTrapOID, .objectIdentifier("1.3.6.1.6.3.1.1.5.1")),
                VarBind(contact, .octetString(Array(text.utf8))),
            ])
    }

    private func target(_ receiver: RealAgent, _ credential: Credential) -> Target {
        Target(
            address: TransportAddress(127, 0, 0, 1, port: receiver.port), credential: credential,
            timeoutMilliseconds: 500, retries: 3)
    }

    /// Sends an inform until the receiver has started, at most 20 seconds.
    private func waitUntilUp(_ receiver: RealAgent, _ engine: Engine) async throws {
        var patient = target(receiver, .v2c(community: Community("public")))
        (patient.timeoutMilliseconds, patient.retries) = (100, 0)
        for _ in 0..<200 {
            do {
                return try await engine.inform(Self.coldStart("up").varBinds, to: patient)
            } catch {
                try await Task.sleep(for: .milliseconds(100))
            }
        }
        Issue.record("snmptrapd does not answer")
    }

    private func send(_ octets: [UInt8], to receiver: RealAgent) {
        let descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = receiver.port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let sent = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                sendto(descriptor, octets, octets.count, 0, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        #expect(sent == octets.count)
    }

    private func traps() throws -> [[UInt8]] {
        var v1 = PDU(
            type: .trapV1, requestID: 0, varBinds: [VarBind(Self.contact, .octetString(Array("trap of v1".utf8)))])
        v1.trapV1 = TrapV1Header(
            enterprise: "1.3.6.1.4.1.9.1.1", agentAddress: [127, 0, 0, 9], genericTrap: 0, specificTrap: 0,
            timestamp: 4711)
        let community = Array("public".utf8)
        let plain = [
            CommunityMessage(version: .v1, community: community, pdu: v1).encode(),
            CommunityMessage(version: .v2c, community: community, pdu: Self.coldStart("trap of v2c")).encode(),
        ]
        return try plain
            + Self.users.enumerated().map { number, user in
                let octets = user.trapMessage(
                    Self.coldStart("trap of \(user.name)"), engineID: Self.engineID, engineBoots: 3,
                    engineTime: 40 + Int32(number), messageID: 100 + Int32(number))
                return try #require(octets)
            }
    }

    @Test("traps and informs of every version and level arrive with what they say")
    func received() async throws {
        let receiver = try RealAgent(.trapReceiver, configuration: Self.configuration())
        defer { receiver.remove() }
        try receiver.start()
        let engine = try Engine()
        defer { engine.shutdown() }
        try await waitUntilUp(receiver, engine)
        for octets in try traps() { send(octets, to: receiver) }
        try await engine.inform(
            Self.coldStart("inform of v2c").varBinds, to: target(receiver, .v2c(community: Community("public"))))
        for user in Self.users {
            for text in ["first", "second"] {
                let said = Self.coldStart("\(text) inform of \(user.name)").varBinds
                try await engine.inform(said, to: target(receiver, .v3(user)))
            }
        }
        // It takes datagrams in their order: what was acknowledged last came after all the others.
        let log = receiver.log()
        let texts =
            ["trap of v1", "trap of v2c", "inform of v2c"]
            + Self.users.flatMap {
                ["trap of \($0.name)", "first inform of \($0.name)", "second inform of \($0.name)"]
            }
        for text in texts { #expect(log.contains("\"\(text)\""), "\(text) in \(log)") }
    }

    @Test("who has a wrong key, or is not known, is told so and not received")
    func refused() async throws {
        let receiver = try RealAgent(.trapReceiver, configuration: Self.configuration())
        defer { receiver.remove() }
        try receiver.start()
        let engine = try Engine()
        defer { engine.shutdown() }
        try await waitUntilUp(receiver, engine)
        let wrong = USMUser(name: "signed", authentication: .init(.sha256, Passphrase("wrongpass12")))
        let stranger = USMUser(name: "stranger", authentication: .init(.sha256, Passphrase("authpass12")))
        for (user, kind) in [(wrong, SecurityFault.Kind.wrongDigest), (stranger, .unknownUserName)] {
            do throws(SNMPError) {
                try await engine.inform(Self.coldStart("refused").varBinds, to: target(receiver, .v3(user)))
                Issue.record("acknowledged")
            } catch {
                #expect(error.code == .security(SecurityFault(kind, SecurityUser.of(user))))
            }
        }
        #expect(!receiver.log().contains("refused"))
    }
}

@Suite("The octets of a trap of version 3")
struct TrapMessageTests {
    private static let user = USMUser(
        name: "bert", authentication: .init(.sha1, Passphrase("authpass12")),
        privacy: .init(.aes128, Passphrase("privpass12")))
    private static let trap = NotificationParametersTests.trapV2("1.3.6.1.6.3.1.1.5.3")

    private static func message(
        _ user: USMUser = user, _ trap: PDU = trap, engineID: [UInt8] = [0x80, 0, 0, 0, 4, 1], boots: Int32 = 3,
        time: Int32 = 5, messageID: Int32 = 9
    ) -> [UInt8]? {
        user.trapMessage(trap, engineID: engineID, engineBoots: boots, engineTime: time, messageID: messageID)
    }

    @Test("say engine, boots, time, user and context, and ask for no Report")
    func contents() throws {
        var user = Self.user
        user.contextName = "vlan-7"
        let octets = try #require(Self.message(user))
        let opened = try #require(SecuredPeer.open(octets, user))
        #expect(opened.pdu == Self.trap)
        #expect((opened.boots, opened.time, opened.messageID) == (3, 5, 9))
        #expect(opened.engineID == [0x80, 0, 0, 0, 4, 1] && opened.contextEngineID == opened.engineID)
        #expect(opened.contextName == Array("vlan-7".utf8))
        #expect(opened.flags == V3Header.Flag.authenticated | V3Header.Flag.encrypted)
    }

    @Test("are not made of what cannot be")
    func refused() {
        #expect(Self.message() != nil)
        #expect(Self.message(USMUser(name: "")) == nil)
        #expect(Self.message(USMUser(name: "b", authentication: .init(.sha1, Passphrase("short")))) == nil)
        for id in [[], [0, 0, 0, 0, 0], [UInt8](repeating: 1, count: 33)] { #expect(Self.message(engineID: id) == nil) }
        #expect(Self.message(boots: -1) == nil)
        #expect(Self.message(time: -1) == nil)
        #expect(Self.message(messageID: -1) == nil)
        for type in [PDUType.get, .response, .inform, .trapV1] {
            var other = Self.trap
            other.type = type
            #expect(Self.message(Self.user, other) == nil, "\(type)")
        }
        var large = Self.trap
        large.varBinds.append(VarBind("1.3.6.1.4.1.9", .octetString([UInt8](repeating: 0, count: 65_600))))
        #expect(Self.message(Self.user, large) == nil)
    }
}
