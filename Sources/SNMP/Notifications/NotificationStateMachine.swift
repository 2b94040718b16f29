/// Decides what becomes of each datagram a listener receives; pure.
///
/// What it costs is bounded: a source that sends too much is cut off before its datagrams are decoded, and once more,
/// at the rate of the configuration, after they were found to be genuine. So who does not know a community or key cannot
/// use up the share of a device by sending in its name, short of a flood. An inform is acknowledged only when it was
/// delivered: its sender repeats it otherwise.
struct NotificationStateMachine {
    /// Datagrams that are looked at, for each notification that may be delivered.
    private static let datagramsPerNotification = 20.0
    /// Variable bindings a notification may have; those of the standards have under ten.
    static let varBindsMax = 512

    private(set) var statistics = NotificationStatistics()
    private var communities: Set<[UInt8]> = []
    private var acceptsUnknownCommunities = false
    private var security: NotificationSecurity
    private var datagrams: SourceLimiter
    private var sources: SourceLimiter
    private var total: TokenBucket
    private let totalRate: TokenBucket.Rate
    private var informs: InformHistory

    /// A machine at a time of the monotonic clock; `engineBoots` as the configuration's, with nil decided.
    init(_ configuration: NotificationConfiguration, engineBoots: Int32, at now: UInt64) {
        let rate = TokenBucket.Rate(perSecond: configuration.sourcePerSecond, burst: configuration.sourceBurst)
        let looks = TokenBucket.Rate(
            perSecond: rate.perSecond * Self.datagramsPerNotification, burst: rate.burst * Self.datagramsPerNotification
        )
        datagrams = SourceLimiter(looks, sourcesMax: configuration.sourcesMax)
        sources = SourceLimiter(rate, sourcesMax: configuration.sourcesMax)
        totalRate = TokenBucket.Rate(perSecond: configuration.totalPerSecond, burst: configuration.totalPerSecond)
        total = TokenBucket(totalRate, at: now)
        informs = InformHistory(
            entriesMax: configuration.informsRemembered,
            periodMilliseconds: configuration.informsRememberedMilliseconds)
        security = NotificationSecurity(
            users: [], engineID: configuration.engineID, boots: engineBoots, startedAt: now)
        accessChanged(configuration.access)
    }

    /// From now on these are believed.
    mutating func accessChanged(_ access: NotificationAccess) {
        communities = Set(access.communities.map(\.octets))
        acceptsUnknownCommunities = access.acceptsUnknownCommunities
        security.accessChanged(access.users)
    }

    /// A datagram came: what to send back to its source, from the address it was sent to; nil for nothing.
    ///
    /// - Parameters:
    ///   - octets: The datagram; encrypted contents are decrypted in place.
    ///   - now: Milliseconds of the monotonic clock.
    ///   - receivedAt: Milliseconds since 1970.
    ///   - offer: Takes a notification over; false where there is no room.
    mutating func datagramReceived(
        _ octets: UnsafeMutableRawBufferPointer, from source: TransportAddress, at now: UInt64,
        receivedAtUnixMilliseconds receivedAt: Int64, offer: (SNMPNotification) -> Bool
    ) -> [UInt8]? {
        statistics.received += 1
        guard datagrams.take(source, at: now) else {
            statistics.rateLimited += 1
            return nil
        }
        let arrival = Arrival(source: source, now: now, receivedAt: receivedAt)
        do throws(SNMPDecodeError) {
            guard try Self.version(UnsafeRawBufferPointer(octets)) == .v3 else {
                return try communityMessageReceived(MessageView(UnsafeRawBufferPointer(octets)), arrival, offer)
            }
            return try securedMessageReceived(octets, arrival, offer)
        } catch {
            statistics.undecodable += 1
            return nil
        }
    }

    private struct Arrival {
        let source: TransportAddress
        let now: UInt64
        let receivedAt: Int64
    }

    private static func version(_ octets: UnsafeRawBufferPointer) throws(SNMPDecodeError) -> SNMPVersion? {
        var outer = BERReader(octets)
        let message = try outer.readElement(BERTag.sequence)
        var reader = outer.contents(of: message)
        return SNMPVersion(rawValue: try reader.readInteger32())
    }

    private mutating func communityMessageReceived(
        _ view: MessageView, _ arrival: Arrival, _ offer: (SNMPNotification) -> Bool
    ) throws(SNMPDecodeError) -> [UInt8]? {
        guard Self.isNotification(view.type) else {
            statistics.wrongType += 1
            return nil
        }
        let isKnown = communities.contains(Array(view.community))
        guard isKnown || acceptsUnknownCommunities else {
            statistics.wrongCommunity += 1
            return nil
        }
        guard try isShort(view) else { return nil }
        var message = try CommunityMessage(view)
        guard deliver(message.pdu, view.version, .community(isKnown: isKnown), arrival, offer) else { return nil }
        message.pdu.type = .response
        (message.pdu.errorStatus, message.pdu.errorIndex) = (.noError, 0)
        statistics.informsAcknowledged += 1
        return message.encode()
    }

    private mutating func securedMessageReceived(
        _ octets: UnsafeMutableRawBufferPointer, _ arrival: Arrival, _ offer: (SNMPNotification) -> Bool
    ) throws(SNMPDecodeError) -> [UInt8]? {
        switch security.datagramReceived(octets, now: arrival.now) {
        case .notification(let view, let origin):
            // The authoritative engine of an inform is the listener's own: the context is the sender's.
            let engine = view.type == .inform ? origin.contextEngineID : origin.engineID
            let sender = SNMPNotification.Sender.user(name: origin.userName, level: origin.level, engineID: engine)
            guard try isShort(view) else { return nil }
            let pdu = try CommunityMessage(view).pdu
            guard deliver(pdu, .v3, sender, arrival, offer) else { return nil }
            guard let response = security.response(to: view, origin, now: arrival.now) else { return nil }
            statistics.informsAcknowledged += 1
            return response
        case .report(let octets, let fault):
            count(fault)
            statistics.reports += 1
            return octets
        case .refused(let fault):
            count(fault)
            return nil
        }
    }

    /// Whether a notification has no more variable bindings than it may: looked at before anything is copied.
    private mutating func isShort(_ view: MessageView) throws(SNMPDecodeError) -> Bool {
        var list = view.varBinds
        var count = 0
        while !list.isAtEnd, count <= Self.varBindsMax {
            _ = try list.readElement()
            count += 1
        }
        if count > Self.varBindsMax { statistics.tooLong += 1 }
        return count <= Self.varBindsMax
    }

    private mutating func count(_ fault: NotificationFault) {
        switch fault {
        case .malformed, .unsupportedSecurityModel: statistics.undecodable += 1
        case .unsupportedType: statistics.wrongType += 1
        case .unknownUserName: statistics.unknownUser += 1
        case .unknownEngineID: statistics.unknownEngine += 1
        case .unsupportedSecurityLevel, .wrongDigest, .notInTimeWindow, .decryptionError:
            statistics.unauthenticated += 1
        }
    }

    /// Offers what is genuine, new, and within its rate; whether it is an inform to acknowledge.
    private mutating func deliver(
        _ pdu: PDU, _ version: SNMPVersion, _ sender: SNMPNotification.Sender, _ arrival: Arrival,
        _ offer: (SNMPNotification) -> Bool
    ) -> Bool {
        let key = pdu.type == .inform ? InformHistory.Key(pdu, from: arrival.source) : nil
        if let key, informs.contains(key, at: arrival.now) {
            statistics.duplicates += 1
            return true
        }
        guard sources.take(arrival.source, at: arrival.now), total.take(totalRate, at: arrival.now) else {
            statistics.rateLimited += 1
            return false
        }
        guard
            let notification = try? SNMPNotification(
                pdu, from: arrival.source, version: version, sender: sender,
                receivedAtUnixMilliseconds: arrival.receivedAt)
        else {
            statistics.undecodable += 1
            return false
        }
        guard offer(notification) else {
            statistics.dropped += 1
            return false
        }
        statistics.delivered += 1
        if let key { informs.insert(key, at: arrival.now) }
        return key != nil
    }

    private static func isNotification(_ type: PDUType) -> Bool {
        switch type {
        case .trapV1, .trapV2, .inform: true
        case .get, .getNext, .response, .set, .getBulk, .report: false
        }
    }
}

extension NotificationStateMachine {
    /// The shell's own counts.
    mutating func note(_ change: (inout NotificationStatistics) -> Void) { change(&statistics) }
}
