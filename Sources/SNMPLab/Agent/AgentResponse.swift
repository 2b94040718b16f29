/// A response in the making: VarBinds are written first, at a place that leaves room for what stands before them.
struct AgentResponse {
    /// Where the buffer begins.
    ///
    /// It has room for `capacity` octets more than the VarBinds may take.
    let buffer: UnsafeMutablePointer<UInt8>
    /// Where the VarBinds begin.
    let start: Int
    /// How many octets of VarBinds there may be.
    let bodyMax: Int
    /// How many there are.
    var used = 0
    /// How many VarBinds that is.
    var varBinds = 0

    /// Room a buffer needs beyond the largest response: a moving row is written before it is known to fit.
    static let slack = 1_024

    /// Prepares a response to a request.
    init(_ buffer: UnsafeMutablePointer<UInt8>, to request: AgentRequest, octetsMax: Int) {
        self.buffer = buffer
        // Message and PDU and list headers of four octets, version 3, error-status 3, error-index up to 4.
        let community = 1 + BER.lengthOctets(request.community.count) + request.community.count
        let overhead = 4 + 3 + community + 4 + request.requestID.count + 3 + 3 + 4
        start = overhead + 2
        bodyMax = octetsMax - overhead
    }

    @inline(__always)
    var place: UnsafeMutablePointer<UInt8> { buffer + start + used }

    /// Writes what stands before the VarBinds; answers where the message begins and how long it is.
    func finish(
        _ request: AgentRequest, _ source: UnsafePointer<UInt8>, status: UInt8, index: Int
    ) -> (start: Int, count: Int) {
        let indexOctets = index < 0x80 ? 1 : 2
        let listHeader = 1 + BER.lengthOctets(used)
        let pdu = request.requestID.count + 3 + 2 + indexOctets + listHeader + used
        let community = 1 + BER.lengthOctets(request.community.count) + request.community.count
        let message = 3 + community + 1 + BER.lengthOctets(pdu) + pdu
        let total = 1 + BER.lengthOctets(message) + message
        let begin = start - (total - used)
        var output = buffer + begin
        output += BER.writeHeader(BER.sequence, message, to: output)
        output[0] = BER.integer
        output[1] = 1
        output[2] = request.version
        output += 3
        output += BER.writeHeader(BER.octetString, request.community.count, to: output)
        output.update(from: source + request.community.start, count: request.community.count)
        output += request.community.count
        output += BER.writeHeader(Self.tag, pdu, to: output)
        output.update(from: source + request.requestID.start, count: request.requestID.count)
        output += request.requestID.count
        output[0] = BER.integer
        output[1] = 1
        output[2] = status
        output += 3
        output += BER.writeSigned(Int64(index), to: output)
        _ = BER.writeHeader(BER.sequence, used, to: output)
        return (begin, total)
    }

    private static let tag: UInt8 = 0xA2
}

/// error-status values an agent that only reads can give (RFC 3416 section 3, RFC 1157 section 4.1.1).
enum AgentErrorStatus {
    static let noError: UInt8 = 0
    static let tooBig: UInt8 = 1
    static let noSuchName: UInt8 = 2
    static let readOnly: UInt8 = 4
    static let noAccess: UInt8 = 6
}
