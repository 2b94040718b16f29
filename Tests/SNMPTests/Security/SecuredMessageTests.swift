import Testing

@testable import SNMP

@Suite("Messages of version 3 are sealed and opened in place")
struct SecuredMessageTests {
    private static let engineID: [UInt8] = [0x80, 0, 0, 1, 5, 1, 2, 3, 4]
    private static let names: [ObjectIdentifier] = [SampleTables.sysName, SampleTables.sysUpTime]
    private static let pdu = PDU(type: .get, requestID: 0x4000_0001, varBinds: names.map { VarBind($0) })

    static func user(
        _ authentication: AuthenticationProtocol?, _ privacy: PrivacyProtocol?, passphrase: String = "authpass12"
    ) -> USMUser {
        USMUser(
            name: "bert", authentication: authentication.map { .init($0, Passphrase(passphrase)) },
            privacy: privacy.map { .init($0, Passphrase("privpass12")) })
    }

    /// Every combination there is.
    static let users: [USMUser] =
        [user(nil, nil)]
        + AuthenticationProtocol.allCases.flatMap { type in
            [user(type, nil)] + PrivacyProtocol.allCases.map { user(type, $0) }
        }

    private static func sealed(_ user: USMUser, pdu: PDU = pdu) -> [UInt8] {
        SecuredPeer.seal(
            pdu, messageID: 0x2100_0001, user, engineID: engineID, boots: 7, time: 257, contextName: "vlan-7",
            isReportable: true)
    }

    @Test("every combination of protocols opens again", arguments: users)
    func roundTrip(user: USMUser) throws {
        for count in 0..<9 {
            // Nine lengths: DES pads each by another number of octets.
            var pdu = Self.pdu
            pdu.varBinds[0].value = .octetString([UInt8](repeating: 7, count: count))
            let message = try #require(SecuredPeer.open(Self.sealed(user, pdu: pdu), user))
            #expect(message.pdu == pdu)
            #expect(message.messageID == 0x2100_0001)
            #expect((message.boots, message.time) == (7, 257))
            #expect(message.engineID == Self.engineID)
            #expect(message.contextEngineID == Self.engineID)
            #expect(message.contextName == Array("vlan-7".utf8))
            #expect(message.userName == Array("bert".utf8))
            let level: UInt8 = user.level == .authPriv ? 3 : user.level == .authNoPriv ? 1 : 0
            #expect(message.flags == level | V3Header.Flag.reportable)
        }
    }

    /// The layout of RFC 3414 appendix A.4 around the one of RFC 3412 section 6.
    @Test("the octets are those of the standard")
    func layout() {
        let user = Self.user(.md5, .des)
        let message = Self.sealed(user)
        let head = octets(
            """
            30 81 94 02 01 03 30 11 02 04 21 00 00 01 02 03 00 ff e3 04 01 07 02 01 03
            04 32 30 30 04 09 80 00 00 01 05 01 02 03 04 02 01 07 02 02 01 01 04 04 62 65 72 74 04 0c
            """)
        #expect(Array(message.prefix(head.count)) == head)
        let salt = Array(message[(head.count + 12)..<(head.count + 22)])
        #expect(Array(salt.prefix(6)) == octets("04 08 00 00 00 07"))
        #expect(message[head.count + 22] == 0x04)
        #expect((message.count - head.count - 24) % 8 == 0)
    }

    @Test("any octet changed makes an authenticated message false", arguments: [users[1], users[8], users[9]])
    func changed(user: USMUser) {
        let message = Self.sealed(user)
        for place in message.indices {
            var spoilt = message
            spoilt[place] ^= 0x10
            #expect(SecuredPeer.open(spoilt, user) == nil, "octet \(place)")
        }
    }

    @Test("other keys, engines and key extensions do not open it")
    func otherKeys() {
        let message = Self.sealed(Self.user(.sha1, .aes256))
        #expect(SecuredPeer.open(message, Self.user(.sha1, .aes256, passphrase: "authpass13")) == nil)
        #expect(SecuredPeer.open(message, Self.user(.sha256, .aes256)) == nil)
        #expect(SecuredPeer.open(message, Self.user(.sha1, .aes256Reeder)) == nil)
        #expect(SecuredPeer.open(message, Self.user(.sha1, .aes256), keyEngineID: [1, 2, 3, 4, 5]) == nil)
        #expect(SecuredPeer.open(message, Self.user(.sha1, .aes256)) != nil)
    }

    @Test("equal requests leave with different salts and so different octets")
    func salted() {
        let user = Self.user(.sha1, .aes128)
        let secured = SecurityUser.of(user)
        var keys = LocalizedKeys(secured, EngineID(Self.engineID) ?? .empty)
        let ciphers = Ciphers()
        var seen: Set<[UInt8]> = []
        for _ in 0..<100 {
            var memory = [UInt8](repeating: 0, count: 512)
            let start = memory.withUnsafeMutableBytes { buffer -> Int? in
                var writer = BERWriter(buffer)
                Self.pdu.write(into: &writer)
                let envelope = V3Envelope(
                    messageID: 1, level: .authPriv, isReportable: true, engineID: keys.engineID, boots: 1, time: 1,
                    contextEngineID: keys.engineID, contextName: [])
                return envelope.seal(buffer, dataUnit: writer.count, secured, &keys, ciphers)
            }
            seen.insert(Array(memory[(start ?? 0)...]))
        }
        #expect(seen.count == 100)
    }

    @Test("what does not fit the buffer is refused, not cut", arguments: users.prefix(10))
    func overflow(user: USMUser) {
        let secured = SecurityUser.of(user)
        var keys = LocalizedKeys(secured, EngineID(Self.engineID) ?? .empty)
        for size in 60..<160 {
            var memory = [UInt8](repeating: 0, count: size)
            memory.withUnsafeMutableBytes { buffer in
                var writer = BERWriter(buffer)
                Self.pdu.write(into: &writer)
                guard !writer.overflowed else { return }
                let envelope = V3Envelope(
                    messageID: 1, level: user.level, isReportable: true, engineID: keys.engineID, boots: 1, time: 1,
                    contextEngineID: keys.engineID, contextName: [])
                if let start = envelope.seal(buffer, dataUnit: writer.count, secured, &keys, Ciphers()) {
                    #expect(SecuredPeer.open(Array(buffer[start...]), user)?.pdu == Self.pdu)
                }
            }
        }
    }

    @Test("every truncation is refused, and none traps", arguments: [users[0], users[1], users[2], users[9]])
    func truncated(user: USMUser) {
        let message = Self.sealed(user)
        for length in message.indices { #expect(SecuredPeer.open(Array(message[..<length]), user) == nil) }
    }

    @Test("mutations never trap, with and without a right digest around them", arguments: 1...40)
    func mutated(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        for _ in 0..<500 {
            guard
                let user = [Self.users[0], Self.users[2], Self.users[9], Self.users[11]].randomElement(using: &random)
            else { continue }
            let spoilt = Mutations.mutate(Self.sealed(user), &random)
            let found = SecuredPeer.open(spoilt, user)
            if user.level == .noAuthNoPriv { continue }
            // Octets after the message are no part of it.
            #expect(found == nil || spoilt.starts(with: Self.sealed(user).prefix(3)), "seed \(seed): \(spoilt)")
        }
    }

    @Test("garbage that decrypts to nonsense never traps", arguments: 1...20)
    func nonsense(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let user = Self.users[9]
        for _ in 0..<500 {
            // The contents are spoilt before they are signed: what a peer with another privacy key sends.
            var memory = [UInt8](repeating: 0, count: 256)
            let count = Int.random(in: 0...100, using: &random)
            memory = memory.map { _ in UInt8.random(in: 0...255, using: &random) }
            let start = memory.withUnsafeMutableBytes { buffer -> Int? in
                let secured = SecurityUser.of(user)
                var keys = LocalizedKeys(secured, EngineID(Self.engineID) ?? .empty)
                let envelope = V3Envelope(
                    messageID: 1, level: .authPriv, isReportable: false, engineID: keys.engineID, boots: 1, time: 1,
                    contextEngineID: .empty, contextName: [])
                return envelope.seal(buffer, dataUnit: count, secured, &keys, Ciphers())
            }
            _ = SecuredPeer.open(Array(memory[(start ?? 0)...]), user)
        }
    }

    @Test("version 3 is told from the others by its first octets, cut ones included")
    func version() {
        func isVersion3(_ octets: [UInt8]) -> Bool { octets.withUnsafeBytes { V3Header.isVersion3($0) } }
        let message = Self.sealed(Self.users[0])
        #expect(isVersion3(message))
        #expect(isVersion3(octets("30 82 00 20 02 01 03 30 00")))
        #expect(isVersion3(octets("30 20 02 02 00 03 30 00")))
        #expect(!isVersion3(octets("30 20 02 01 01 04 06 70")))
        #expect(!isVersion3(octets("30 20 02 00 03 04 06 70")))
        for length in 0..<8 { #expect(!isVersion3(Array(message[..<length]))) }
        for first in UInt8.min...UInt8.max { _ = isVersion3([0x30, first, 2, 1, 3, 0x30, 0, 0]) }
    }

    @Test("a pass phrase is in no description of anything made of it")
    func secrets() {
        let user = USMUser(
            name: "bert", authentication: .init(.sha1, Passphrase("s3cret-auth")),
            privacy: .init(.aes128, Passphrase("s3cret-priv")))
        let secured = SecurityUser.of(user)
        let fault = SecurityFault(.wrongDigest, secured)
        var dumped = ""
        dump(Target(TransportAddress(127, 0, 0, 1), .v3(user)), to: &dumped)
        dump(fault, to: &dumped)
        let texts = [
            dumped, "\(user)", "\(fault)", fault.remedy, String(reflecting: user), String(reflecting: fault),
            "\(SNMPError(.security(fault), operation: .get))",
        ]
        for text in texts { #expect(!text.contains("s3cret")) }
        for kind in SecurityFault.Kind.allCases {
            let fault = SecurityFault(kind, secured)
            #expect(fault.description.contains("bert"))
            #expect(!fault.remedy.isEmpty)
        }
    }
}
