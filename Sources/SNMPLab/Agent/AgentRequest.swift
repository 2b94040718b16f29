/// A request as it lies in the datagram: nothing is copied, everything is a place in it.
struct AgentRequest {
    /// 0 for v1, 1 for v2c and for PDUs of version 3, which are the same.
    var version: UInt8 = 0
    /// For version 3: room to leave before the PDU, which alone is answered; 0 for a message with a community.
    var headOctets = 0
    /// The largest message the asker takes.
    var octetsMax = Int.max
    var community = OctetRange()
    /// The PDU's tag.
    var kind: UInt8 = 0
    /// The request-id with tag and length, echoed as it came.
    var requestID = OctetRange()
    /// non-repeaters of a GETBULK, never below 0.
    var nonRepeaters = 0
    /// max-repetitions of a GETBULK, never below 0.
    var maxRepetitions = 0
    /// The VarBinds, without the list's own tag and length.
    var list = OctetRange()
    /// How many there are; their places are in the reader's `names`.
    var count = 0

    static let get: UInt8 = 0xA0
    static let getNext: UInt8 = 0xA1
    static let set: UInt8 = 0xA3
    static let getBulk: UInt8 = 0xA5
}

/// Where something lies in a datagram.
struct OctetRange {
    var start = 0
    var count = 0
}

/// Reads requests in place (RFC 3416 section 3, RFC 1157 section 4, RFC 3417 section 8).
///
/// Owned by one thread.
final class AgentRequestReader {
    /// Why a datagram is not answered.
    enum Refusal: Error {
        /// It is not BER as RFC 3417 wants it, or not an SNMP message.
        case malformed
        /// SNMP of a version the lab does not speak.
        case version
        /// A PDU that is no request.
        case notARequest
    }

    /// VarBinds a request may have: more do not fit a datagram.
    static let varBindsMax = 11_000

    /// Where the names of the request read last lie.
    let names: UnsafeMutablePointer<OctetRange>

    init() {
        names = .allocate(capacity: Self.varBindsMax)
        names.initialize(repeating: OctetRange(), count: Self.varBindsMax)
    }

    deinit {
        names.deallocate()
    }

    /// Reads a datagram.
    ///
    /// Octets after the message are passed over.
    func read(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Result<AgentRequest, Refusal> {
        var cursor = BERCursor(bytes: bytes, position: 0, end: count)
        guard let message = cursor.enter(BER.sequence) else { return .failure(.malformed) }
        cursor = message
        guard let version = cursor.integer() else { return .failure(.malformed) }
        guard version == 0 || version == 1 else { return .failure(.version) }
        var request = AgentRequest()
        request.version = UInt8(version)
        guard let community = cursor.enter(BER.octetString) else { return .failure(.malformed) }
        request.community = OctetRange(start: community.position, count: community.end - community.position)
        cursor.position = community.end
        return readPDU(&cursor, request)
    }

    /// Reads the PDU of a message of version 3, with its tag and length.
    func readPDU(_ bytes: UnsafePointer<UInt8>, _ range: OctetRange) -> Result<AgentRequest, Refusal> {
        var cursor = BERCursor(bytes: bytes, position: range.start, end: range.start + range.count)
        var request = AgentRequest()
        request.version = 1
        return readPDU(&cursor, request)
    }

    private func readPDU(_ cursor: inout BERCursor, _ partial: AgentRequest) -> Result<AgentRequest, Refusal> {
        var request = partial
        guard cursor.position < cursor.end else { return .failure(.malformed) }
        request.kind = cursor.bytes[cursor.position]
        switch request.kind {
        case AgentRequest.get, AgentRequest.getNext, AgentRequest.set: break
        case AgentRequest.getBulk where request.version == 1: break
        default: return .failure(.notARequest)
        }
        guard let pdu = cursor.enter(request.kind) else { return .failure(.malformed) }
        return readFields(pdu, request)
    }

    private func readFields(_ pdu: BERCursor, _ partial: AgentRequest) -> Result<AgentRequest, Refusal> {
        var request = partial
        var cursor = pdu
        let start = cursor.position
        guard cursor.integer() != nil else { return .failure(.malformed) }
        request.requestID = OctetRange(start: start, count: cursor.position - start)
        guard let first = cursor.integer(), let second = cursor.integer() else { return .failure(.malformed) }
        request.nonRepeaters = Int(Int32(clamping: max(first, 0)))
        request.maxRepetitions = Int(Int32(clamping: max(second, 0)))
        guard let list = cursor.enter(BER.sequence) else { return .failure(.malformed) }
        request.list = OctetRange(start: list.position, count: list.end - list.position)
        cursor = list
        while cursor.position < cursor.end {
            guard request.count < Self.varBindsMax, let name = cursor.varBindName() else {
                return .failure(.malformed)
            }
            names[request.count] = name
            request.count += 1
        }
        return .success(request)
    }
}

/// A place in BER-encoded octets and where it must end.
struct BERCursor {
    let bytes: UnsafePointer<UInt8>
    var position: Int
    let end: Int

    /// Steps over tag and length of an element with the given tag; answers a cursor on its content.
    @inline(__always)
    mutating func enter(_ tag: UInt8) -> BERCursor? {
        guard position + 2 <= end, bytes[position] == tag else { return nil }
        return content()
    }

    /// The content of whatever element comes next; the cursor then stands at its beginning.
    @inline(__always)
    private mutating func content() -> BERCursor? {
        guard position + 2 <= end else { return nil }
        let first = bytes[position + 1]
        position += 2
        var length = Int(first)
        if first >= 0x80 {
            // Definite lengths only; more octets than needed are allowed, more than four are not of this world.
            let octets = Int(first & 0x7F)
            guard octets >= 1, octets <= 4, position + octets <= end else { return nil }
            length = 0
            for _ in 0..<octets {
                length = length << 8 | Int(bytes[position])
                position += 1
            }
        }
        guard length <= end - position else { return nil }
        return BERCursor(bytes: bytes, position: position, end: position + length)
    }

    /// Reads an INTEGER of at most eight octets and steps over it.
    @inline(__always)
    mutating func integer() -> Int64? {
        guard let content = enter(BER.integer) else { return nil }
        let count = content.end - content.position
        guard count >= 1, count <= 8 else { return nil }
        var value = Int64(Int8(bitPattern: bytes[content.position]))
        for index in content.position + 1..<content.end { value = value << 8 | Int64(bytes[index]) }
        position = content.end
        return value
    }

    /// Steps over a VarBind; answers where its name's content lies.
    ///
    /// The name must be in its shortest form.
    @inline(__always)
    mutating func varBindName() -> OctetRange? {
        guard var varBind = enter(BER.sequence), let name = varBind.enter(BER.objectIdentifier) else { return nil }
        varBind.position = name.end
        guard let value = varBind.content(), value.end == varBind.end else { return nil }
        var isFirst = true
        for index in name.position..<name.end {
            if isFirst, bytes[index] == 0x80 { return nil }
            isFirst = bytes[index] & 0x80 == 0
        }
        guard isFirst else { return nil }
        position = varBind.end
        return OctetRange(start: name.position, count: name.end - name.position)
    }
}
