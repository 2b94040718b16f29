/// Which informs wait for what: an acknowledgement, or the receiver's engine ID (RFC 3416 section 4.2.7, RFC 3414
/// section 4).
///
/// A value: replies and a time go in, messages to send come out.
struct InformLedger {
    /// Something to put into a message and send.
    enum Sending: Equatable {
        case probe(id: UInt32)
        case inform(LabNotification, id: UInt32)
    }

    /// What came back, as far as it was read.
    enum Reply {
        /// A Response with this request-id or msgID.
        case acknowledgement(UInt32)
        /// A Report, and the engine it speaks for.
        case report(UInt32, EngineIdentity)
    }

    private struct Waiting {
        var id: UInt32
        var notification: LabNotification
        var tries: Int
        var due: Int64
    }

    /// The receiver in version 3, and when its time was heard.
    private(set) var receiver: EngineIdentity?
    private var heardAtMilliseconds: Int64 = 0
    private let needsReceiver: Bool
    private var waiting: [Waiting] = []
    private(set) var acknowledged: UInt64 = 0

    private static let triesMax = 4
    private static let waitMilliseconds: Int64 = 1_000
    private static let waitingMax = 1_024

    init(needsReceiver: Bool) {
        self.needsReceiver = needsReceiver
    }

    /// The receiver with its time carried on to now.
    func receiver(at now: Int64) -> EngineIdentity? {
        guard var engine = receiver else { return nil }
        engine.time = UInt32(clamping: Int64(engine.time) + max(now - heardAtMilliseconds, 0) / 1000)
        return engine
    }

    mutating func add(_ notification: LabNotification, id: UInt32, at now: Int64) -> [Sending] {
        guard waiting.count < Self.waitingMax else { return [] }
        waiting.append(Waiting(id: id, notification: notification, tries: 1, due: now + Self.waitMilliseconds))
        return [sending(notification, id)]
    }

    mutating func received(_ reply: Reply, at now: Int64) -> [Sending] {
        switch reply {
        case .acknowledgement(let id):
            let before = waiting.count
            waiting.removeAll { $0.id == id }
            acknowledged += UInt64(before - waiting.count)
            return []
        case .report(let id, let engine):
            guard needsReceiver, waiting.contains(where: { $0.id == id }) else { return [] }
            receiver = engine
            heardAtMilliseconds = now
            return again(at: now) { _ in true }
        }
    }

    mutating func timePassed(at now: Int64) -> [Sending] {
        waiting.removeAll { $0.due <= now && $0.tries >= Self.triesMax }
        return again(at: now) { $0.due <= now }
    }

    private mutating func again(at now: Int64, _ isDue: (Waiting) -> Bool) -> [Sending] {
        waiting.removeAll { isDue($0) && $0.tries >= Self.triesMax }
        return waiting.indices.filter { isDue(waiting[$0]) }.map { index in
            waiting[index].tries += 1
            waiting[index].due = now + Self.waitMilliseconds
            return sending(waiting[index].notification, waiting[index].id)
        }
    }

    private func sending(_ notification: LabNotification, _ id: UInt32) -> Sending {
        needsReceiver && receiver == nil ? .probe(id: id) : .inform(notification, id: id)
    }
}

extension InformLedger.Reply {
    /// Reads a reply to an inform; nil where it is none.
    ///
    /// Codes are not checked: the lab sends, and what it is told by whom is the other side's test.
    static func read(_ octets: [UInt8]) -> InformLedger.Reply? {
        octets.withUnsafeBufferPointer { buffer in
            guard let bytes = buffer.baseAddress else { return nil }
            if let message = SecureMessage.read(bytes, buffer.count) { return secure(bytes, message) }
            var outer = BERCursor(bytes: bytes, position: 0, end: buffer.count)
            guard var cursor = outer.enter(BER.sequence), cursor.integer() == 1,
                let community = cursor.enter(BER.octetString)
            else { return nil }
            cursor.position = community.end
            guard var pdu = cursor.enter(0xA2), let id = pdu.integer() else { return nil }
            return .acknowledgement(UInt32(truncatingIfNeeded: id))
        }
    }

    private static func secure(_ bytes: UnsafePointer<UInt8>, _ message: SecureMessage) -> InformLedger.Reply? {
        var number = BERCursor(
            bytes: bytes, position: message.messageID.start, end: message.messageID.start + message.messageID.count)
        guard let id = number.integer() else { return nil }
        // A Report is never encrypted where it is about discovery or time.
        guard !message.isEncrypted, let scoped = ScopedPDU.read(bytes, message.data), scoped.pdu.count > 0,
            bytes[scoped.pdu.start] == 0xA8
        else { return .acknowledgement(UInt32(truncatingIfNeeded: id)) }
        let engineID = UnsafeBufferPointer(start: bytes + message.engineID.start, count: message.engineID.count)
        let engine = EngineIdentity(
            id: Array(engineID), boots: UInt32(clamping: message.engineBoots),
            time: UInt32(clamping: message.engineTime), device: nil)
        return .report(UInt32(truncatingIfNeeded: id), engine)
    }
}
