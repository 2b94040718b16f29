/// Puts notifications into messages.
///
/// Owned by whoever holds the notifier's state.
final class NotificationWriter {
    private let plan: LabNotifications
    private let user: UserKeys?
    private let keys: LocalizedKeys
    private let cipher = MessageCipher()
    private let buffer = UnsafeMutablePointer<UInt8>.allocate(capacity: 4_096)
    private static let start = 1_024

    init(_ plan: LabNotifications, _ users: [UserKeys]) {
        self.plan = plan
        user = users.first
        keys = LocalizedKeys(users, devices: 0)
    }

    deinit {
        buffer.deallocate()
    }

    /// A notification as a message.
    ///
    /// - Parameter engine: who is authoritative in version 3: the sender of a trap, the receiver of an inform.
    func message(_ notification: LabNotification, id: UInt32, _ engine: EngineIdentity) -> [UInt8] {
        switch plan.version {
        case .one:
            let isSix = plan.address == "::1"
            let address = isSix ? 0 : LabAddress.number(ofDevice: notification.device)
            return message(0, notification.trapPDU(agentAddress: address))
        case .two: return message(1, notification.pdu(requestID: id, isInform: plan.areInforms))
        case .three:
            let pdu = notification.pdu(requestID: id, isInform: plan.areInforms)
            return sealed(pdu, id: id, engine, device: notification.device)
        }
    }

    /// The message that asks an engine for its ID (RFC 3414 section 4).
    func probe(id: UInt32) -> [UInt8] {
        let fields = BER.signed(Int64(id)) + BER.signed(0) + BER.signed(0) + BER.element(BER.sequence, [])
        var envelope = SecureEnvelope()
        envelope.messageID = BER.signed(Int64(id))
        envelope.flags = SecureMessage.reportable
        return seal(BER.element(AgentRequest.get, fields), envelope, nil)
    }

    private func message(_ version: Int64, _ pdu: [UInt8]) -> [UInt8] {
        let head = BER.signed(version) + BER.element(BER.octetString, Array(plan.community.utf8))
        return BER.element(BER.sequence, head + pdu)
    }

    private func sealed(_ pdu: [UInt8], id: UInt32, _ engine: EngineIdentity, device: Int) -> [UInt8] {
        guard let user else { return [] }
        var envelope = SecureEnvelope()
        envelope.messageID = BER.signed(Int64(id))
        envelope.flags = user.level | (plan.areInforms ? SecureMessage.reportable : 0)
        envelope.engineID = engine.id
        envelope.boots = engine.boots
        envelope.time = engine.time
        envelope.user = user.name
        envelope.contextEngineID = EngineIdentity.id(ofAddress: LabAddress.number(ofDevice: device))
        envelope.authentication = user.authentication
        envelope.privacy = user.privacy
        let own = engine.id.withUnsafeBufferPointer { keys.keys(0, $0, device: nil) }
        return seal(pdu, envelope, own)
    }

    private func seal(_ pdu: [UInt8], _ envelope: SecureEnvelope, _ keys: UnsafePointer<UInt8>?) -> [UInt8] {
        for (index, octet) in pdu.enumerated() { buffer[Self.start + index] = octet }
        let place = OctetRange(start: Self.start, count: pdu.count)
        guard let sealed = envelope.seal(place, in: buffer, keys, cipher) else { return [] }
        return Array(UnsafeBufferPointer(start: buffer + sealed.start, count: sealed.count))
    }
}
