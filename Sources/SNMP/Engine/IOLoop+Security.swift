import CSNMPIO
import Glibc

/// What an I/O thread needs for version 3 besides what it has for all versions.
struct LoopSecurity {
    /// A slot whose request is of version 3.
    struct Slot {
        var agent: AgentSecurity?
        var requestID: Int32 = 0
        var request = EngineDiscoveryStateMachine.Request()
        /// Nothing of it may be sent now.
        var isHeld = false
        var wasAnswered = false
    }

    var states = SecurityStates()
    var slots: [Slot]
    let ciphers = Ciphers()

    init(capacity: Int) { slots = Array(repeating: Slot(), count: capacity) }
}

/// The msgID of each message of a request: bit 29 is set, then 5 bits of the message's number, 10 of the slot's
/// generation, and 14 of the slot.
///
/// Request-ids have bit 30 instead, so the two are never taken for each other.
enum MessageID {
    static func make(_ requestID: Int32, number: Int) -> Int32 {
        1 << 29 | Int32(number & 31) << 24 | requestID & 0xFF_FFFF
    }

    static func slot(_ messageID: Int32) -> Int? { messageID >> 29 == 1 ? Int(messageID & 0x3FFF) : nil }
    static func number(_ messageID: Int32) -> Int { Int(messageID >> 24) & 31 }
    static func isOf(_ messageID: Int32, requestID: Int32) -> Bool { (messageID ^ requestID) & 0xFF_FFFF == 0 }
}

/// Messages of version 3 going out.
extension IOLoop {
    /// Encodes the first message of a request: itself, or the discovery of its engine; or holds it back for another's.
    func encodeSecured(
        _ poll: Poll, _ token: Int, _ requestID: Int32, _ slot: Int, _ octets: UnsafeMutableRawBufferPointer
    ) -> Bool {
        let agent = poll.security ?? security.states.agent(poll.target.address)
        poll.security = agent
        security.slots[slot] = LoopSecurity.Slot(agent: agent, requestID: requestID)
        return encodeDue(poll, token, slot, octets, agent)
    }

    /// The request gets another attempt: encodes a new message, with a new msgID, time and salt.
    func encodeAgain(_ poll: Poll, _ slot: Int) {
        guard let agent = security.slots[slot].agent, let octets = buffer(slot) else { return }
        if !encodeDue(poll, flights[slot].token, slot, octets, agent) { security.slots[slot].isHeld = true }
    }

    /// Whether the slot's message may go out.
    func isHeld(_ slot: Int) -> Bool { flights[slot].poll?.processing.user != nil && security.slots[slot].isHeld }

    private func buffer(_ slot: Int) -> UnsafeMutableRawBufferPointer? {
        flights[slot].buffer.map { UnsafeMutableRawBufferPointer(start: $0, count: Self.requestOctetsMax) }
    }

    private func encodeDue(
        _ poll: Poll, _ token: Int, _ slot: Int, _ octets: UnsafeMutableRawBufferPointer, _ agent: AgentSecurity
    ) -> Bool {
        let isAlive = agent.machine.discoverer.map { isDiscovering($0, agent) } ?? false
        let isProven = poll.processing.user.map(agent.isProven) ?? false
        let step = agent.machine.messageDue(
            slot, &security.slots[slot].request, isDiscovererAlive: isAlive, isProven: isProven, at: now)
        return encode(step, poll, token, slot, octets, agent)
    }

    private func isDiscovering(_ slot: Int, _ agent: AgentSecurity) -> Bool {
        flights[slot].poll?.security === agent && security.slots[slot].request.stage == .discovering
    }

    private func encode(
        _ step: EngineDiscoveryStateMachine.Step, _ poll: Poll, _ token: Int, _ slot: Int,
        _ octets: UnsafeMutableRawBufferPointer, _ agent: AgentSecurity
    ) -> Bool {
        security.slots[slot].isHeld = false
        switch step {
        case .sendDiscovery:
            statistics.security.discoveries += 1
            return encodeDiscovery(slot, octets)
        case .sendRequest: return encodeRequest(poll, token, slot, octets, agent)
        case .wait, .ignore, .distrust, .fail:
            security.slots[slot].isHeld = true
            if agent.waiting.count < 4096 { agent.waiting.append(Int32(slot)) }
            return true
        }
    }

    /// An empty request to an engine without a name, which it answers by naming itself (RFC 3414 section 4).
    private func encodeDiscovery(_ slot: Int, _ octets: UnsafeMutableRawBufferPointer) -> Bool {
        let secured = security.slots[slot]
        var writer = BERWriter(octets)
        writer.prependHeader(BERTag.sequence, count: 0)
        writer.prependSigned(0)
        writer.prependSigned(0)
        writer.prependFixedInteger(secured.requestID)
        writer.wrap(PDUType.get.rawValue, since: 0)
        var keys = LocalizedKeys(.anonymous, .empty)
        let envelope = V3Envelope(
            messageID: MessageID.make(secured.requestID, number: secured.request.messages), level: .noAuthNoPriv,
            isReportable: true, engineID: .empty, boots: 0, time: 0, contextEngineID: .empty,
            contextName: [])
        let start = envelope.seal(octets, dataUnit: writer.count, .anonymous, &keys, security.ciphers)
        guard let start else { return false }
        flights[slot].start = start
        return true
    }

    private func encodeRequest(
        _ poll: Poll, _ token: Int, _ slot: Int, _ octets: UnsafeMutableRawBufferPointer, _ agent: AgentSecurity
    ) -> Bool {
        let secured = security.slots[slot]
        guard let user = poll.processing.user, let engine = agent.machine.engine(secured.request) else { return false }
        var writer = BERWriter(octets)
        poll.encode(token, requestID: secured.requestID, into: &writer)
        guard !writer.overflowed else { return false }
        let (boots, time) = user.level == .noAuthNoPriv ? (0, 0) : engine.clock.estimate(at: now)
        let envelope = V3Envelope(
            messageID: MessageID.make(secured.requestID, number: secured.request.messages), level: user.level,
            isReportable: true, engineID: engine.id, boots: boots, time: time,
            contextEngineID: user.contextEngineID ?? engine.id, contextName: user.contextName)
        let count = writer.count
        let start = agent.withKeys(agent.place(of: user, engine.id)) {
            envelope.seal(octets, dataUnit: count, user, &$0, security.ciphers)
        }
        guard let start, engine.sizeMax == 0 || octets.count - start <= Int(engine.sizeMax) else { return false }
        flights[slot].start = start
        return true
    }

    /// Sends a request's next message at once: the attempt begins anew and is not counted.
    private func resend(_ slot: Int, _ poll: Poll, _ agent: AgentSecurity) {
        guard let octets = buffer(slot) else { return }
        guard encode(.sendRequest, poll, flights[slot].token, slot, octets, agent) else {
            slotFailed(slot, .requestTooLarge)
            return
        }
        flights[slot].request = flights[slot].request.begunAnew
        flights[slot].sentAt = nowMicroseconds
        perform(flights[slot].request.started(at: now, jitter: random.unit()), slot)
    }

    /// A discovery ended: what waited for it goes out.
    private func releaseWaiting(_ agent: AgentSecurity) {
        guard !agent.waiting.isEmpty else { return }
        let waiting = agent.waiting
        agent.waiting.removeAll(keepingCapacity: true)
        for slot in waiting.map(Int.init) {
            guard let poll = flights[slot].poll, poll.security === agent, security.slots[slot].isHeld else { continue }
            let step = agent.machine.discoveryEnded(&security.slots[slot].request, at: now)
            if step == .sendRequest { resend(slot, poll, agent) }
        }
    }

    /// What version 3 knows of the failure of a poll that got no answer.
    func securityFault(of poll: Poll) -> SecurityFault? {
        guard let user = poll.processing.user, let agent = poll.security, let start = poll.startedAt,
            let kind = agent.diagnosis(user, since: start)
        else { return nil }
        return SecurityFault(kind, user)
    }
}

/// Messages of version 3 coming in.
extension IOLoop {
    /// The slot of the request whose msgID this is, of any of its messages.
    func securedSlot(of messageID: Int32) -> Int? {
        guard let slot = MessageID.slot(messageID), slot < flights.count,
            flights[slot].poll?.processing.user != nil,
            MessageID.isOf(messageID, requestID: security.slots[slot].requestID),
            (1...max(1, security.slots[slot].request.messages)).contains(MessageID.number(messageID))
        else { return nil }
        return slot
    }

    /// A datagram of version 3.
    ///
    /// It is decrypted in place.
    func securedMessageReceived(
        _ octets: UnsafeMutableRawBufferPointer, from source: TransportAddress
    ) throws(SNMPDecodeError) {
        let incoming = try V3Incoming(octets)
        guard let slot = securedSlot(of: incoming.header.messageID), let poll = flights[slot].poll,
            let agent = security.slots[slot].agent, let user = poll.processing.user
        else {
            unmatchedReceived(incoming.header.messageID, from: source)
            return
        }
        guard isSourceAccepted(source, poll) else { return }
        if incoming.header.isAuthenticated {
            try authenticatedReceived(incoming, from: source, slot, poll, agent, user)
        } else {
            try plainReceived(incoming, from: source, slot, poll, agent, user)
        }
    }

    private func unmatchedReceived(_ messageID: Int32, from source: TransportAddress) {
        guard let slot = MessageID.slot(messageID), slot < security.slots.count,
            MessageID.isOf(messageID, requestID: security.slots[slot].requestID)
        else {
            statistics.unmatched += 1
            note(source, \.other)
            return
        }
        if security.slots[slot].wasAnswered { statistics.duplicate += 1 } else { statistics.late += 1 }
    }

    private func mismatchReceived(_ poll: Poll) {
        statistics.security.mismatched += 1
        note(poll.target.address, \.other)
    }

    /// A message that anyone could have sent.
    private func plainReceived(
        _ incoming: V3Incoming, from source: TransportAddress, _ slot: Int, _ poll: Poll, _ agent: AgentSecurity,
        _ user: SecurityUser
    ) throws(SNMPDecodeError) {
        guard !incoming.header.isEncrypted else { return mismatchReceived(poll) }
        let scoped = try incoming.scopedPDU()
        let id = EngineID(incoming.parameters.engineID)
        if scoped.message.type == .report || security.slots[slot].request.stage == .discovering {
            let report = scoped.message.type == .report ? V3Report(scoped.message) : .other
            reportReceived(report, incoming, id, isAuthentic: false, slot, poll, agent, user)
            return
        }
        guard user.level == .noAuthNoPriv, let id, isNamed(id, agent),
            isAnswer(scoped, incoming, id, slot, user)
        else { return mismatchReceived(poll) }
        counting(agent) { agent.machine.plainResponseReceived(id, sizeMax: incoming.header.sizeMax) }
        agent.prove(agent.place(of: user, id))
        security.slots[slot].wasAnswered = true
        responseReceived(scoped.message, from: source, slot)
    }

    /// Counts what the machine did to the engine it knew.
    private func counting<Result>(_ agent: AgentSecurity, _ body: () -> Result) -> Result {
        let (replacements, setBacks) = (agent.machine.replacements, agent.machine.setBacks)
        let result = body()
        statistics.security.enginesReplaced += UInt64(agent.machine.replacements &- replacements)
        statistics.security.clocksSetBack += UInt64(agent.machine.setBacks &- setBacks)
        return result
    }

    private func isNamed(_ id: EngineID, _ agent: AgentSecurity) -> Bool {
        agent.machine.current?.id == id || agent.machine.rival?.id == id
    }

    /// Whether it is the Response to this request, by all that is to match (RFC 3412 section 7.2.10).
    private func isAnswer(
        _ scoped: ScopedPDU, _ incoming: V3Incoming, _ id: EngineID, _ slot: Int, _ user: SecurityUser
    ) -> Bool {
        scoped.message.type == .response && scoped.message.requestID == security.slots[slot].requestID
            && incoming.header.level == user.level
            && incoming.parameters.userName.elementsEqual(user.nameOctets)
            && scoped.contextName.elementsEqual(user.contextName)
            && (user.contextEngineID ?? id).isEqual(scoped.contextEngineID)
    }

    private func authenticatedReceived(
        _ incoming: V3Incoming, from source: TransportAddress, _ slot: Int, _ poll: Poll, _ agent: AgentSecurity,
        _ user: SecurityUser
    ) throws(SNMPDecodeError) {
        guard user.authentication != nil, let id = EngineID(incoming.parameters.engineID), isNamed(id, agent),
            incoming.parameters.userName.elementsEqual(user.nameOctets)
        else { return mismatchReceived(poll) }
        let place = agent.place(of: user, id)
        guard agent.withKeys(place, { incoming.isAuthentic(user, $0) }) else {
            statistics.security.wrongDigest += 1
            note(poll.target.address, \.other)
            agent.doubt(user, .unauthenticResponse)
            return
        }
        guard let scoped = opened(incoming, place, agent, user) else {
            statistics.security.undecryptable += 1
            note(poll.target.address, \.other)
            agent.doubt(user, .undecryptableResponse)
            return
        }
        let report = scoped.message.type == .report ? V3Report(scoped.message) : nil
        if report != .notInTimeWindow {
            guard isInWindow(incoming, id, slot, poll, agent, user) else { return }
        }
        agent.prove(place)
        if let report {
            reportReceived(report, incoming, id, isAuthentic: true, slot, poll, agent, user)
            return
        }
        guard isAnswer(scoped, incoming, id, slot, user) else { return mismatchReceived(poll) }
        security.slots[slot].wasAnswered = true
        responseReceived(scoped.message, from: source, slot)
    }

    private func opened(
        _ incoming: V3Incoming, _ place: Int, _ agent: AgentSecurity, _ user: SecurityUser
    ) -> ScopedPDU? {
        if incoming.header.isEncrypted {
            let isDecrypted = agent.withKeys(place) { incoming.decrypt(user, &$0, security.ciphers) }
            guard isDecrypted else { return nil }
        }
        return try? incoming.scopedPDU()
    }

    private func isInWindow(
        _ incoming: V3Incoming, _ id: EngineID, _ slot: Int, _ poll: Poll, _ agent: AgentSecurity, _ user: SecurityUser
    ) -> Bool {
        let parameters = incoming.parameters
        let verdict = counting(agent) {
            agent.machine.authenticMessageReceived(
                id, boots: parameters.boots, time: parameters.time, sizeMax: incoming.header.sizeMax, at: now)
        }
        switch verdict {
        case .inWindow: return true
        case .outsideWindow:
            statistics.security.notInTimeWindow += 1
            note(poll.target.address, \.other)
            agent.doubt(user, .notInTimeWindow)
        case .latched: slotFailed(slot, .security(SecurityFault(.bootsLatched, user)))
        }
        return false
    }

    /// A Report that names the msgID of a request: only one to its last message leads to something.
    private func reportReceived(
        _ report: V3Report, _ incoming: V3Incoming, _ id: EngineID?, isAuthentic: Bool, _ slot: Int, _ poll: Poll,
        _ agent: AgentSecurity, _ user: SecurityUser
    ) {
        statistics.security.reports += 1
        let isLast = MessageID.number(incoming.header.messageID) == security.slots[slot].request.messages
        guard isLast else { return }
        let parameters = incoming.parameters
        let step = counting(agent) {
            agent.machine.reportReceived(
                report, from: id, boots: parameters.boots, time: parameters.time, isAuthentic: isAuthentic,
                isProven: agent.isProven(user), &security.slots[slot].request, at: now)
        }
        switch step {
        case .sendRequest:
            if report == .notInTimeWindow { statistics.security.resynchronisations += 1 }
            resend(slot, poll, agent)
            releaseWaiting(agent)
        case .distrust:
            statistics.security.distrustedReports += 1
            if let fault = report.fault { agent.doubt(user, fault) }
        case .fail(let kind): slotFailed(slot, .security(SecurityFault(kind, user)))
        case .sendDiscovery, .wait, .ignore: break
        }
    }
}

extension RequestStateMachine {
    /// The same attempt from its beginning, so that it is not counted twice.
    fileprivate var begunAnew: RequestStateMachine {
        let before = max(0, attempts - 1)
        var policy = policy
        policy.retries -= before
        policy.attemptsBefore += before
        return RequestStateMachine(policy)
    }
}
