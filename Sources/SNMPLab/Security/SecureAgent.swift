/// The authoritative engine of every device: takes a request out of a message of version 3, has it answered, and
/// encloses the answer (RFC 3412 section 7, RFC 3414 section 3.2).
///
/// Written without a look at the asking side, which it checks. Owned by one thread.
final class SecureAgent {
    private let agent: Agent
    private let keys: LocalizedKeys
    private let cipher = MessageCipher()
    private let plain = UnsafeMutablePointer<UInt8>.allocate(capacity: 65_536)
    private var reports = [UInt32](repeating: 0, count: ReportReason.allCases.count)

    /// Before a report's PDU stand at most so many octets.
    private static let reportStart = 768

    /// Who is asked.
    struct Party {
        let engine: EngineIdentity
        let condition: AnswerCondition?
        /// What answers in a context, or nil.
        let target: (UnsafeBufferPointer<UInt8>) -> Agent.Target?
    }

    /// What is known of a message while it is worked on.
    private struct Exchange {
        let bytes: UnsafeMutablePointer<UInt8>
        let message: SecureMessage
        let party: Party
        let buffer: UnsafeMutablePointer<UInt8>
        var envelope = SecureEnvelope()
        var keys: UnsafePointer<UInt8>?

        func octets(_ range: OctetRange) -> UnsafeBufferPointer<UInt8> {
            UnsafeBufferPointer(start: bytes + range.start, count: range.count)
        }
    }

    init(_ agent: Agent, _ keys: LocalizedKeys) {
        self.agent = agent
        self.keys = keys
    }

    deinit {
        plain.deallocate()
    }

    /// Answers a message; nil where it gets no answer.
    ///
    /// - Parameters:
    ///   - bytes: the datagram; the code of an authenticated message is overwritten with zeros.
    ///   - buffer: room for the answer.
    func answer(
        _ message: SecureMessage, _ bytes: UnsafeMutablePointer<UInt8>, _ party: Party,
        into buffer: UnsafeMutablePointer<UInt8>
    ) -> Agent.Answer? {
        guard message.securityModel == 3 else { return nil }
        var exchange = Exchange(bytes: bytes, message: message, party: party, buffer: buffer)
        prepare(&exchange)
        if let reason = authenticate(&exchange) { return report(reason, exchange) }
        var source = UnsafePointer(bytes)
        var range = message.data
        if message.isEncrypted {
            guard let privacy = exchange.envelope.privacy, let type = exchange.envelope.authentication,
                let keys = exchange.keys,
                cipher.decrypt(bytes, message, privacy, keys + type.digestOctets, into: plain)
            else { return report(.decryptionErrors, exchange) }
            source = UnsafePointer(plain)
            range = OctetRange(start: 0, count: message.data.count)
        }
        guard let scoped = ScopedPDU.read(source, range) else {
            return message.isEncrypted ? report(.decryptionErrors, exchange) : nil
        }
        return answer(scoped, source, &exchange)
    }

    /// A Report nobody vouches for, as somebody in between could send it.
    func lie(
        _ lie: SecurityFaults.Lie, _ message: SecureMessage, _ bytes: UnsafeMutablePointer<UInt8>, _ party: Party,
        into buffer: UnsafeMutablePointer<UInt8>
    ) -> Agent.Answer? {
        var exchange = Exchange(bytes: bytes, message: message, party: party, buffer: buffer)
        prepare(&exchange)
        exchange.envelope.boots = EngineIdentity.latchedBoots - 1
        exchange.envelope.time = 4_711
        switch lie {
        case .notInTimeWindow: return report(.notInTimeWindows, exchange, isAuthenticated: false)
        case .unknownUser: return report(.unknownUserNames, exchange)
        case .unknownEngine:
            exchange.envelope.engineID = EngineIdentity.id(ofAddress: 0x7FFF_FFFE)
            exchange.envelope.contextEngineID = exchange.envelope.engineID
            return report(.unknownEngineIDs, exchange)
        }
    }

    private func prepare(_ exchange: inout Exchange) {
        let faults = exchange.party.condition?.security ?? SecurityFaults()
        exchange.envelope.messageID = Array(exchange.octets(exchange.message.messageID))
        exchange.envelope.octetsMax = faults.octetsMax ?? 65_507
        exchange.envelope.engineID = exchange.party.engine.id
        exchange.envelope.boots = exchange.party.engine.boots
        exchange.envelope.time = exchange.party.engine.time
        exchange.envelope.contextEngineID =
            faults.isContextEngineOther ? EngineIdentity.id(ofAddress: 0x7FFF_FFFD) : exchange.party.engine.id
        exchange.envelope.user = Array(exchange.octets(exchange.message.user))
        exchange.envelope.faults = faults
    }

    /// Steps 3 to 7 of RFC 3414 section 3.2: why the message is refused, or nil.
    private func authenticate(_ exchange: inout Exchange) -> ReportReason? {
        let message = exchange.message
        let engine = exchange.party.engine
        guard exchange.octets(message.engineID).elementsEqual(engine.id) else { return .unknownEngineIDs }
        guard exchange.party.condition?.refusesCommunity != true,
            let user = keys.user(exchange.octets(message.user))
        else { return .unknownUserNames }
        let known = keys.users[user]
        guard message.flags & 3 & ~known.level == 0 else { return .unsupportedSecurityLevels }
        guard message.isAuthenticated, let type = known.authentication else { return nil }
        exchange.envelope.authentication = type
        exchange.envelope.privacy = known.privacy
        let own = engine.id.withUnsafeBufferPointer { keys.keys(user, $0, device: engine.device) }
        exchange.keys = own
        guard cipher.isAuthentic(exchange.bytes, message, type, own) else { return .wrongDigests }
        let isInTime = engine.isInTime(message) && exchange.envelope.faults.isNeverInTimeWindow == false
        return isInTime ? nil : .notInTimeWindows
    }

    private func answer(
        _ scoped: ScopedPDU, _ source: UnsafePointer<UInt8>, _ exchange: inout Exchange
    ) -> Agent.Answer? {
        exchange.envelope.flags = exchange.message.flags & 3
        func octets(_ range: OctetRange) -> UnsafeBufferPointer<UInt8> {
            UnsafeBufferPointer(start: source + range.start, count: range.count)
        }
        guard octets(scoped.contextEngineID).elementsEqual(exchange.party.engine.id) else {
            return report(.unknownPDUHandlers, exchange)
        }
        exchange.envelope.contextName = Array(octets(scoped.contextName).prefix(255))
        guard let target = exchange.party.target(octets(scoped.contextName)) else {
            return report(.unknownContexts, exchange)
        }
        guard case .success(var request) = agent.reader.readPDU(source, scoped.pdu) else { return nil }
        request.headOctets = exchange.envelope.headOctets
        request.octetsMax = exchange.message.octetsMax
        let isAllowed = isAllowed(exchange)
        if exchange.envelope.faults.isUserOther { exchange.envelope.user = Array("somebody".utf8) }
        var answer =
            isAllowed
            ? agent.answer(request, source, target, into: exchange.buffer)
            : agent.refuse(request, source, AgentErrorStatus.authorizationError, into: exchange.buffer)
        guard answer.count > 0 else { return answer }
        let pdu = OctetRange(start: answer.start, count: answer.count)
        guard let sealed = exchange.envelope.seal(pdu, in: exchange.buffer, exchange.keys, cipher) else { return nil }
        answer.start = sealed.start
        answer.count = sealed.count
        return answer
    }

    /// Access as VACM's usual configuration has it: a user asks at its own level, not below (RFC 3415).
    private func isAllowed(_ exchange: Exchange) -> Bool {
        guard let user = keys.user(exchange.octets(exchange.message.user)) else { return false }
        return exchange.message.flags & 3 == keys.users[user].level
    }

    // MARK: Reports

    /// A Report where the asker wants one; authenticated for a time window missed, else open.
    private func report(
        _ reason: ReportReason, _ exchange: Exchange, isAuthenticated: Bool = true
    ) -> Agent.Answer? {
        reports[reason.rawValue] &+= 1
        guard exchange.message.isReportable else { return nil }
        var envelope = exchange.envelope
        switch reason {
        case .notInTimeWindows: envelope.flags = isAuthenticated && exchange.keys != nil ? 1 : 0
        case .unknownContexts, .unknownPDUHandlers: envelope.flags = exchange.message.flags & 3
        default: envelope.flags = 0
        }
        let value = BER.unsigned(BER.counter32, UInt64(reports[reason.rawValue]))
        let varBind = BER.element(BER.sequence, BER.element(BER.objectIdentifier, reason.name) + value)
        let fields = requestID(exchange) + BER.signed(0) + BER.signed(0) + BER.element(BER.sequence, varBind)
        let pdu = BER.element(Self.reportTag, fields)
        for (index, octet) in pdu.enumerated() { exchange.buffer[Self.reportStart + index] = octet }
        let place = OctetRange(start: Self.reportStart, count: pdu.count)
        guard let sealed = envelope.seal(place, in: exchange.buffer, exchange.keys, cipher) else { return nil }
        return Agent.Answer(start: sealed.start, count: sealed.count, varBinds: 1)
    }

    private static let reportTag: UInt8 = 0xA8

    /// The request-id where it can be read, else 0 (RFC 3412 section 7.1 step 3 c).
    private func requestID(_ exchange: Exchange) -> [UInt8] {
        guard !exchange.message.isEncrypted, let scoped = ScopedPDU.read(exchange.bytes, exchange.message.data),
            case .success(let request) = agent.reader.readPDU(exchange.bytes, scoped.pdu)
        else { return BER.signed(0) }
        return Array(exchange.octets(request.requestID))
    }
}
