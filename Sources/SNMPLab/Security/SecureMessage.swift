/// A message of version 3 as it lies in the datagram (RFC 3412 section 6, RFC 3414 section 2.4): everything is a place.
struct SecureMessage {
    /// Octets of the message; the datagram may be longer.
    var count = 0
    /// msgID with tag and length, echoed as it came.
    var messageID = OctetRange()
    /// msgMaxSize.
    var octetsMax = 0
    /// msgFlags.
    var flags: UInt8 = 0
    var securityModel = 0
    var engineID = OctetRange()
    var engineBoots: Int64 = 0
    var engineTime: Int64 = 0
    var user = OctetRange()
    var authenticationParameters = OctetRange()
    var privacyParameters = OctetRange()
    /// The scoped PDU with tag and length, or its encrypted octets without.
    var data = OctetRange()

    static let authenticated: UInt8 = 1
    static let encrypted: UInt8 = 3
    static let reportable: UInt8 = 4

    /// Whether two of the flags say encrypted; the first without the second is not allowed.
    var isEncrypted: Bool { flags & 2 != 0 }
    var isAuthenticated: Bool { flags & 1 != 0 }
    var isReportable: Bool { flags & Self.reportable != 0 }

    /// Whether a datagram says it is of version 3; nothing else of it is looked at.
    static func isThree(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        var cursor = BERCursor(bytes: bytes, position: 0, end: count)
        guard var message = cursor.enter(BER.sequence) else { return false }
        return message.integer() == 3
    }

    /// Reads everything up to the scoped PDU; nil where the message is not well formed.
    static func read(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> SecureMessage? {
        var outer = BERCursor(bytes: bytes, position: 0, end: count)
        guard var cursor = outer.enter(BER.sequence), cursor.integer() == 3 else { return nil }
        var message = SecureMessage()
        message.count = cursor.end
        guard message.readGlobalData(&cursor), message.readSecurity(&cursor) else { return nil }
        if message.isEncrypted {
            guard let data = cursor.enter(BER.octetString) else { return nil }
            message.data = OctetRange(start: data.position, count: data.end - data.position)
        } else {
            message.data = OctetRange(start: cursor.position, count: cursor.end - cursor.position)
        }
        return message
    }

    private mutating func readGlobalData(_ cursor: inout BERCursor) -> Bool {
        guard var global = cursor.enter(BER.sequence) else { return false }
        cursor.position = global.end
        let start = global.position
        guard let id = global.integer(), (0...Int64(Int32.max)).contains(id) else { return false }
        messageID = OctetRange(start: start, count: global.position - start)
        guard let size = global.integer(), (484...Int64(Int32.max)).contains(size) else { return false }
        octetsMax = Int(size)
        guard let flags = global.enter(BER.octetString), flags.end - flags.position == 1 else { return false }
        self.flags = global.bytes[flags.position]
        global.position = flags.end
        guard let model = global.integer() else { return false }
        securityModel = Int(clamping: model)
        return self.flags & 3 != 2
    }

    private mutating func readSecurity(_ cursor: inout BERCursor) -> Bool {
        guard var wrapped = cursor.enter(BER.octetString) else { return false }
        cursor.position = wrapped.end
        guard var fields = wrapped.enter(BER.sequence), let engine = Self.octets(&fields, max: 255) else {
            return false
        }
        engineID = engine
        guard let boots = fields.integer(), let time = fields.integer() else { return false }
        guard (0...Int64(Int32.max)).contains(boots), (0...Int64(Int32.max)).contains(time) else { return false }
        (engineBoots, engineTime) = (boots, time)
        guard let user = Self.octets(&fields, max: 32), let code = Self.octets(&fields, max: 64),
            let salt = Self.octets(&fields, max: 64)
        else { return false }
        (self.user, authenticationParameters, privacyParameters) = (user, code, salt)
        return true
    }

    private static func octets(_ cursor: inout BERCursor, max: Int) -> OctetRange? {
        guard let content = cursor.enter(BER.octetString), content.end - content.position <= max else { return nil }
        cursor.position = content.end
        return OctetRange(start: content.position, count: content.end - content.position)
    }
}

/// A scoped PDU (RFC 3412 section 6): the context, and where the PDU begins.
struct ScopedPDU {
    var contextEngineID = OctetRange()
    var contextName = OctetRange()
    /// The PDU with tag and length.
    var pdu = OctetRange()

    /// Reads what stands before the PDU; octets after the scoped PDU, such as padding, are passed over.
    static func read(_ bytes: UnsafePointer<UInt8>, _ range: OctetRange) -> ScopedPDU? {
        var outer = BERCursor(bytes: bytes, position: range.start, end: range.start + range.count)
        guard var cursor = outer.enter(BER.sequence) else { return nil }
        var scoped = ScopedPDU()
        guard let engine = cursor.enter(BER.octetString) else { return nil }
        scoped.contextEngineID = OctetRange(start: engine.position, count: engine.end - engine.position)
        cursor.position = engine.end
        guard let name = cursor.enter(BER.octetString) else { return nil }
        scoped.contextName = OctetRange(start: name.position, count: name.end - name.position)
        scoped.pdu = OctetRange(start: name.end, count: cursor.end - name.end)
        return scoped
    }
}
