/// Why a notification of version 3 was not taken.
enum NotificationFault: UInt8, Hashable, Sendable, CaseIterable {
    /// Not a message of version 3, or its parameters cannot be read.
    case malformed
    /// Not of the user-based security model.
    case unsupportedSecurityModel
    /// Sent to an engine that is not this one: the sender asks who is here.
    case unknownEngineID
    case unknownUserName
    case unsupportedSecurityLevel
    case wrongDigest
    case notInTimeWindow
    case decryptionError
    /// Neither trap nor inform.
    case unsupportedType

    fileprivate var report: V3Report? {
        switch self {
        case .malformed, .unsupportedSecurityModel, .unsupportedType: nil
        case .unknownEngineID: .unknownEngineID
        case .unknownUserName: .unknownUserName
        case .unsupportedSecurityLevel: .unsupportedSecurityLevel
        case .wrongDigest: .wrongDigest
        case .notInTimeWindow: .notInTimeWindow
        case .decryptionError: .decryptionError
        }
    }
}

/// Where a notification of version 3 comes from, and what its answer needs.
struct SecuredOrigin: Hashable, Sendable {
    /// The authoritative engine: the sender's for a trap, ours for an inform.
    let engineID: [UInt8]
    let userName: String
    let level: SecurityLevel
    let contextEngineID: [UInt8]
    let contextName: [UInt8]
    let messageID: Int32
    fileprivate let user: Int
}

/// Checks the notifications of version 3 that reach a listener, and answers their senders (RFC 3414 section 3.2).
///
/// Owned by one thread; the time is an argument, in milliseconds of any monotonic clock.
///
/// Of a trap the sender is authoritative: its boots and time are kept for its engine ID, from whatever address it comes,
/// so that a recorded trap is refused wherever it is sent from (RFC 3414 section 3.2 step 7b). Of devices that wrongly
/// share an engine ID only those within 150 seconds of the newest boots and time are heard. Of an inform this engine is
/// authoritative, so senders learn its engine ID, boots and time by Reports.
/// Nothing is kept of a message that is not authentic, and both caches are bounded.
struct NotificationSecurity {
    /// What a datagram turned out to be.
    enum Outcome {
        /// A trap or an inform; borrows the datagram.
        case notification(MessageView, SecuredOrigin)
        /// These octets go back to the source.
        case report([UInt8], NotificationFault)
        /// Nothing is sent.
        case refused(NotificationFault)
    }

    private struct KeyOwner: Hashable {
        let user: Int
        let engineID: EngineID
    }

    private struct Fault: Error {
        let fault: NotificationFault
        /// The user whose keys sign the Report; nil for an unauthenticated one.
        var user: Int?
    }

    static let keysMax = 65_536
    static let enginesMax = 65_536

    private var users: [SecurityUser]
    private let engineID: EngineID
    private let boots: Int32
    private let startedAt: UInt64
    private let ciphers = Ciphers()
    private var keys = RecentValues<KeyOwner, LocalizedKeys>(countMax: keysMax)
    private var clocks = RecentValues<EngineID, EngineClock>(countMax: enginesMax)
    /// The counters that Reports carry, by `V3Report`.
    private var counters = [UInt32](repeating: 0, count: V3Report.allCases.count)

    /// Takes the users that may send, this engine's ID of 5 to 32 octets, its boots, and when its time began.
    ///
    /// Takes milliseconds for each new pass phrase. Boots must be one more than at the last start.
    init(users: [USMUser], engineID: [UInt8], boots: Int32, startedAt: UInt64) {
        self.users = users.map { SecurityUser.of($0) }
        self.engineID = EngineID(engineID) ?? .empty
        self.boots = boots
        self.startedAt = startedAt
    }

    /// From now on these users may send; what was heard of engines' times stays, so that nothing old is taken again.
    mutating func accessChanged(_ users: [USMUser]) {
        self.users = users.map { SecurityUser.of($0) }
        keys = RecentValues(countMax: Self.keysMax)
    }

    private func seconds(_ now: UInt64) -> Int32 { Int32(clamping: (now - min(startedAt, now)) / 1000) }

    /// A datagram of version 3 came.
    ///
    /// It is decrypted in place; the notification's view is valid as long as it is.
    mutating func datagramReceived(
        _ octets: UnsafeMutableRawBufferPointer, now: UInt64
    ) -> Outcome {
        guard let header = try? V3Header(UnsafeRawBufferPointer(octets)) else { return .refused(.malformed) }
        guard header.securityModel == V3Header.userBasedModel else { return .refused(.unsupportedSecurityModel) }
        guard let incoming = try? V3Incoming(octets), let level = header.level else { return .refused(.malformed) }
        do throws(Fault) {
            let (scoped, origin) = try open(incoming, level, now)
            switch (scoped.message.type, engineID.isEqual(incoming.parameters.engineID)) {
            case (.trapV2, _), (.inform, true): return .notification(scoped.message, origin)
            case (.inform, false): throw Fault(fault: .unknownEngineID)
            default: throw Fault(fault: .unsupportedType)
            }
        } catch {
            return answer(error, incoming, now)
        }
    }

    private mutating func open(
        _ incoming: V3Incoming, _ level: SecurityLevel, _ now: UInt64
    ) throws(Fault) -> (ScopedPDU, SecuredOrigin) {
        guard let id = EngineID(incoming.parameters.engineID),
            id == engineID || (id.isUsable && !asksForReport(incoming))
                || (id.isUsable && level != .noAuthNoPriv)
        else { throw Fault(fault: .unknownEngineID) }
        let named = users.indices.filter { incoming.parameters.userName.elementsEqual(users[$0].nameOctets) }
        guard !named.isEmpty else { throw Fault(fault: id == engineID ? .unknownUserName : senderFault(incoming)) }
        let able = named.filter { users[$0].level == level }
        guard !able.isEmpty else { throw Fault(fault: .unsupportedSecurityLevel) }
        let user = level == .noAuthNoPriv ? able[0] : try authenticate(incoming, able, id)
        if level != .noAuthNoPriv { try checkTime(incoming, user, id, now) }
        let scoped = try decrypt(incoming, user, id)
        let origin = SecuredOrigin(
            engineID: id.octets, userName: users[user].name, level: level,
            contextEngineID: Array(scoped.contextEngineID), contextName: Array(scoped.contextName),
            messageID: incoming.header.messageID, user: user)
        return (scoped, origin)
    }

    private func asksForReport(_ incoming: V3Incoming) -> Bool { incoming.header.isReportable }

    private func senderFault(_ incoming: V3Incoming) -> NotificationFault {
        asksForReport(incoming) ? .unknownEngineID : .unknownUserName
    }

    private mutating func authenticate(
        _ incoming: V3Incoming, _ candidates: [Int], _ id: EngineID
    ) throws(Fault) -> Int {
        for user in candidates {
            let owner = KeyOwner(user: user, engineID: id)
            let known = keys[owner]
            let tried = known ?? LocalizedKeys(users[user], id)
            guard incoming.isAuthentic(users[user], tried) else { continue }
            if known == nil { keys[owner] = tried }
            return user
        }
        throw Fault(fault: id == engineID || !asksForReport(incoming) ? .wrongDigest : .unknownEngineID)
    }

    private mutating func checkTime(
        _ incoming: V3Incoming, _ user: Int, _ id: EngineID, _ now: UInt64
    ) throws(Fault) {
        let parameters = incoming.parameters
        if id == engineID {
            let difference = Int64(parameters.time) - Int64(seconds(now))
            guard parameters.boots == boots, boots != EngineClock.bootsMax,
                abs(difference) <= EngineClock.windowSeconds
            else { throw Fault(fault: .notInTimeWindow, user: user) }
            return
        }
        var clock = clocks[id] ?? EngineClock()
        let verdict = clock.messageReceived(boots: parameters.boots, time: parameters.time, at: now)
        clocks[id] = clock
        guard verdict == .inWindow else { throw Fault(fault: .notInTimeWindow) }
    }

    private mutating func decrypt(_ incoming: V3Incoming, _ user: Int, _ id: EngineID) throws(Fault) -> ScopedPDU {
        if incoming.header.isEncrypted {
            let owner = KeyOwner(user: user, engineID: id)
            var found = keys[owner] ?? LocalizedKeys(users[user], id)
            guard incoming.decrypt(users[user], &found, ciphers) else { throw Fault(fault: .decryptionError) }
            keys[owner] = found
        }
        guard let scoped = try? incoming.scopedPDU() else {
            throw Fault(fault: incoming.header.isEncrypted ? .decryptionError : .malformed)
        }
        return scoped
    }

    /// A Report where the sender asks for one and the fault has a counter.
    private mutating func answer(_ fault: Fault, _ incoming: V3Incoming, _ now: UInt64) -> Outcome {
        guard let report = fault.fault.report else { return .refused(fault.fault) }
        counters[Int(report.rawValue)] &+= 1
        guard asksForReport(incoming), engineID.isUsable else { return .refused(fault.fault) }
        let counter = VarBind(report.objectIdentifier, .counter32(counters[Int(report.rawValue)]))
        var pdu = PDU(type: .report, requestID: 0, varBinds: [counter])
        if !incoming.header.isEncrypted, let scoped = try? incoming.scopedPDU() {
            pdu.requestID = scoped.message.requestID
        }
        let user = fault.user.map { users[$0] } ?? .anonymous
        let level = fault.user == nil ? SecurityLevel.noAuthNoPriv : .authNoPriv
        let octets = seal(
            pdu, incoming.header.messageID, user, fault.user, level, contextEngineID: engineID, contextName: [], now)
        return octets.map { .report($0, fault.fault) } ?? .refused(fault.fault)
    }

    /// The Response that acknowledges an inform; nil for a trap.
    mutating func response(to view: MessageView, _ origin: SecuredOrigin, now: UInt64) -> [UInt8]? {
        guard view.type == .inform, users.indices.contains(origin.user),
            let context = EngineID(origin.contextEngineID)
        else { return nil }
        var pdu = PDU(type: .response, requestID: view.requestID, varBinds: [])
        var list = view.varBinds
        while !list.isAtEnd {
            guard let varBind = try? list.readVarBind() else { return nil }
            pdu.varBinds.append(varBind)
        }
        return seal(
            pdu, origin.messageID, users[origin.user], origin.user, origin.level, contextEngineID: context,
            contextName: origin.contextName, now)
    }

    private mutating func seal(
        _ pdu: PDU, _ messageID: Int32, _ user: SecurityUser, _ place: Int?, _ level: SecurityLevel,
        contextEngineID: EngineID, contextName: [UInt8], _ now: UInt64
    ) -> [UInt8]? {
        let envelope = V3Envelope(
            messageID: messageID, level: level, isReportable: false, engineID: engineID, boots: boots,
            time: seconds(now), contextEngineID: contextEngineID, contextName: contextName)
        let owner = place.map { KeyOwner(user: $0, engineID: engineID) }
        var known: LocalizedKeys?
        if let owner { known = keys[owner] }
        var found = known ?? LocalizedKeys(user, engineID)
        var message = [UInt8](repeating: 0, count: pdu.encodedCountMax + 512)
        let start = message.withUnsafeMutableBytes { buffer -> Int? in
            var writer = BERWriter(buffer)
            pdu.write(into: &writer)
            guard !writer.overflowed else { return nil }
            return envelope.seal(buffer, dataUnit: writer.count, user, &found, ciphers)
        }
        guard let start else { return nil }
        if let owner { keys[owner] = found }
        message.removeFirst(start)
        return message
    }
}
