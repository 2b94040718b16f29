import Testing

@testable import SNMPLab

/// A secure agent on a recording, without any socket, and a manager that knows its keys.
final class TestSecureAgent {
    let user: LabUser
    private let image: MIBImage
    private let keys: LocalizedKeys
    private let secure: SecureAgent
    private let cipher = MessageCipher()
    private let buffer = UnsafeMutablePointer<UInt8>.allocate(capacity: 8_192)
    var engine = EngineIdentity(id: EngineIdentity.id(ofAddress: 0x7F01_0005), boots: 21, time: 1_000, device: nil)
    var condition = AnswerCondition()

    init(_ user: LabUser, recording: String = "1.3.6.1.2.1.1.5.0|4|switch") {
        self.user = user
        image = Recording(Array(recording.utf8)).image
        keys = LocalizedKeys([UserKeys(user)], devices: 0)
        secure = SecureAgent(Agent(octetsMax: 1_472), LocalizedKeys([UserKeys(user)], devices: 0))
    }

    deinit {
        buffer.deallocate()
    }

    /// A request as a manager seals it.
    func request(
        _ kind: UInt8 = 0xA0, _ names: [String] = ["1.3.6.1.2.1.1.5.0"], octetsMax: Int = 65_507,
        _ change: (inout SecureEnvelope) -> Void = { _ in }
    ) -> [UInt8] {
        let binds = names.flatMap {
            BER.element(BER.sequence, BER.element(BER.objectIdentifier, ObjectName.parse($0.utf8) ?? []) + [5, 0])
        }
        let fields = BER.signed(4_711) + BER.signed(0) + BER.signed(50) + BER.element(BER.sequence, binds)
        let pdu = BER.element(kind, fields)
        for (index, octet) in pdu.enumerated() { buffer[1_024 + index] = octet }
        var envelope = SecureEnvelope()
        envelope.messageID = BER.signed(99)
        envelope.octetsMax = octetsMax
        envelope.flags = user.level | SecureMessage.reportable
        envelope.engineID = engine.id
        envelope.boots = engine.boots
        envelope.time = engine.time
        envelope.user = Array(user.name.utf8)
        envelope.contextEngineID = engine.id
        envelope.authentication = user.authentication
        envelope.privacy = user.privacy
        change(&envelope)
        let own = envelope.engineID.withUnsafeBufferPointer { keys.keys(0, $0, device: nil) }
        let place = OctetRange(start: 1_024, count: pdu.count)
        guard let sealed = envelope.seal(place, in: buffer, own, cipher) else { return [] }
        return Array(UnsafeBufferPointer(start: buffer + sealed.start, count: sealed.count))
    }

    /// What the agent answers; nil where it does not.
    func answer(_ request: [UInt8]) -> [UInt8]? {
        var octets = request
        return octets.withUnsafeMutableBufferPointer { memory in
            guard let bytes = memory.baseAddress, let message = SecureMessage.read(bytes, memory.count) else {
                return nil
            }
            let party = SecureAgent.Party(engine: engine, condition: condition) { [image] context in
                context.isEmpty ? Agent.Target(image: image, device: nil, now: 0, tooBigAbove: nil) : nil
            }
            guard let answer = secure.answer(message, bytes, party, into: buffer), answer.count > 0 else { return nil }
            return Array(UnsafeBufferPointer(start: buffer + answer.start, count: answer.count))
        }
    }

    /// The PDU of an answer: its code checked, decrypted; nil where either fails.
    func open(_ octets: [UInt8]) -> (message: SecureMessage, pdu: [UInt8])? {
        var octets = octets
        return octets.withUnsafeMutableBufferPointer { memory in
            guard let bytes = memory.baseAddress, let message = SecureMessage.read(bytes, memory.count) else {
                return nil
            }
            let id = UnsafeBufferPointer(
                start: UnsafePointer(bytes) + message.engineID.start, count: message.engineID.count)
            let own = keys.keys(0, id, device: nil)
            if message.isAuthenticated {
                guard let type = user.authentication, cipher.isAuthentic(bytes, message, type, own) else { return nil }
            }
            var source = UnsafePointer(bytes)
            var range = message.data
            if message.isEncrypted {
                guard let type = user.authentication, let privacy = user.privacy,
                    cipher.decrypt(bytes, message, privacy, own + type.digestOctets, into: buffer)
                else { return nil }
                source = UnsafePointer(buffer)
                range = OctetRange(start: 0, count: message.data.count)
            }
            guard let scoped = ScopedPDU.read(source, range) else { return nil }
            return (message, Array(UnsafeBufferPointer(start: source + scoped.pdu.start, count: scoped.pdu.count)))
        }
    }
}

@Suite struct SecureAgentTests {
    static let users: [LabUser] = LabUser.Authentication.allCases.flatMap { authentication in
        ([nil] + LabUser.Privacy.allCases).compactMap { privacy in
            try? LabUser(
                name: "ops", authentication: (authentication, "auth-pass-phrase"),
                privacy: privacy.map { ($0, "priv-pass-phrase") })
        }
    }

    private func aesUser() throws -> LabUser {
        try LabUser(name: "ops", authentication: (.sha1, "auth-pass-phrase"), privacy: (.aes128, "priv-pass-phrase"))
    }

    /// The report's counter by name, or nil where the answer is none.
    private func reported(_ agent: TestSecureAgent, _ request: [UInt8]) -> String? {
        guard let answer = agent.answer(request), let opened = agent.open(answer), opened.pdu.first == 0xA8 else {
            return nil
        }
        return ReportReason.allCases.first { opened.pdu.containsRun($0.name) }.map { "\($0)" }
    }

    @Test(arguments: users)
    func everyCombinationIsAnsweredAtItsOwnLevel(user: LabUser) throws {
        let agent = TestSecureAgent(user)
        let answer = try #require(agent.answer(agent.request()))
        let opened = try #require(agent.open(answer))
        #expect(opened.pdu.first == 0xA2 && opened.pdu.containsRun(Array("switch".utf8)))
        #expect(opened.message.flags == user.level && opened.message.engineBoots == 21)
        #expect(answer.containsRun(Array("switch".utf8)) == (user.privacy == nil))
    }

    @Test func whatIsRefusedIsReportedByItsCounter() throws {
        let agent = TestSecureAgent(try aesUser())
        #expect(reported(agent, agent.request { $0.engineID = [] }) == "unknownEngineIDs")
        #expect(reported(agent, agent.request { $0.user = Array("nobody".utf8) }) == "unknownUserNames")
        #expect(reported(agent, agent.request { $0.boots = 20 }) == "notInTimeWindows")
        #expect(reported(agent, agent.request { $0.time = 1_151 }) == "notInTimeWindows")
        #expect(reported(agent, agent.request { $0.time = 849 }) == "notInTimeWindows")
        #expect(reported(agent, agent.request { $0.faults.isDigestWrong = true }) == "wrongDigests")
        #expect(reported(agent, agent.request { $0.faults.isCipherGarbled = true }) == "decryptionErrors")
        #expect(reported(agent, agent.request { $0.contextName = Array("x".utf8) }) == "unknownContexts")
        #expect(reported(agent, agent.request { $0.contextEngineID = [1, 2, 3, 4, 5] }) == "unknownPDUHandlers")
        for seconds in [850, 1_150] as [UInt32] {
            #expect(reported(agent, agent.request { $0.time = seconds }) == nil, "within 150 seconds")
        }
        #expect(
            agent.answer(
                agent.request {
                    $0.flags = 3; $0.boots = 20
                }) == nil, "no report where none is wanted")
    }

    @Test(arguments: [0, 1, 127, 128, 40_000, 2_147_483_646] as [UInt32])
    func discoveryIsAnsweredAtAnyTime(time: UInt32) throws {
        let agent = TestSecureAgent(try aesUser())
        agent.engine.time = time
        agent.engine.boots = time
        let request = agent.request {
            ($0.engineID, $0.user, $0.contextEngineID, $0.flags) = ([], [], [], SecureMessage.reportable)
        }
        let answer = try #require(agent.answer(request))
        let opened = try #require(agent.open(answer))
        #expect(opened.pdu.first == 0xA8 && opened.message.engineTime == Int64(time))
    }

    @Test func boots2To31Minus1AreNeverInTime() throws {
        let agent = TestSecureAgent(try aesUser())
        agent.engine.boots = EngineIdentity.latchedBoots
        #expect(reported(agent, agent.request()) == "notInTimeWindows")
    }

    @Test func aUserBelowItsLevelGetsNothing() throws {
        let agent = TestSecureAgent(try aesUser())
        let answer = try #require(agent.answer(agent.request { $0.flags = 1 | SecureMessage.reportable }))
        let opened = try #require(agent.open(answer))
        #expect(!answer.containsRun(Array("switch".utf8)))
        #expect(opened.pdu.containsRun([2, 1, AgentErrorStatus.authorizationError]))
    }

    @Test(arguments: [484, 600, 1_000, 65_507])
    func answersFitTheAskersSize(octetsMax: Int) throws {
        let rows = (1...200).map { "1.3.6.1.2.1.2.2.1.2.\($0)|4|interface number \($0)" }.joined(separator: "\n")
        for user in Self.users {
            let agent = TestSecureAgent(user, recording: rows)
            let answer = try #require(
                agent.answer(agent.request(0xA5, ["1.3.6.1.2.1.2.2.1.2"], octetsMax: octetsMax)))
            #expect(answer.count <= min(octetsMax, 1_472) && answer.count > min(octetsMax, 1_472) - 160, "\(user)")
            #expect(agent.open(answer)?.pdu.first == 0xA2)
        }
    }

    @Test func whatAFaultSpoilsCannotBeOpened() throws {
        let agent = TestSecureAgent(try aesUser())
        agent.condition.security.isDigestWrong = true
        #expect(agent.open(try #require(agent.answer(agent.request()))) == nil)
        agent.condition.security = SecurityFaults()
        agent.condition.security.isCipherGarbled = true
        #expect(agent.open(try #require(agent.answer(agent.request()))) == nil)
        agent.condition.security = SecurityFaults()
        agent.condition.security.isCipherTruncated = true
        let short = try #require(agent.answer(agent.request()))
        agent.condition.security = SecurityFaults()
        #expect(short.count < (try #require(agent.answer(agent.request()))).count)
        #expect(agent.open(short) == nil)
    }

    @Test(arguments: [UInt64(1), 2, 3, 4])
    func mutatedMessagesNeverTrapAndNeverPass(seed: UInt64) throws {
        let user = Self.users[Int(seed) * 7 % Self.users.count]
        let agent = TestSecureAgent(user)
        let right = agent.request()
        var random = SeededRandom(seed: seed)
        for turn in 0..<10_000 {
            var octets = right
            for _ in 0...random.below(4) {
                switch random.below(4) {
                case 0: octets[random.below(octets.count)] = UInt8(truncatingIfNeeded: random.next())
                case 1: octets[random.below(octets.count)] ^= 1 << UInt8(random.below(8))
                case 2: octets.removeLast(random.below(octets.count / 2))
                default: octets.insert(UInt8(truncatingIfNeeded: random.next()), at: random.below(octets.count))
                }
                if octets.isEmpty { octets = [0x30] }
            }
            guard let answer = agent.answer(octets), octets.prefix(right.count) != right[...] else { continue }
            let opened = agent.open(answer)
            #expect(opened?.pdu.first != 0xA2 || opened?.message.isAuthenticated == false, "seed \(seed) turn \(turn)")
        }
        #expect(agent.open(try #require(agent.answer(right)))?.pdu.first == 0xA2)
    }

    @Test func truncatedMessagesNeverTrap() throws {
        let agent = TestSecureAgent(try aesUser())
        let right = agent.request()
        for count in 1..<right.count { #expect(agent.answer(Array(right.prefix(count))) == nil) }
    }
}

extension [UInt8] {
    /// Whether the octets occur one after another.
    func containsRun(_ run: [UInt8]) -> Bool {
        guard !run.isEmpty, count >= run.count else { return false }
        return (0...count - run.count).contains { self[$0..<$0 + run.count] == run[...] }
    }
}
