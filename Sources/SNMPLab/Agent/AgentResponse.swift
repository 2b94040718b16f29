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
        let head = request.headOctets > 0 ? request.headOctets : 4 + 3 + community
        let overhead = head + 4 + request.requestID.count + 3 + 3 + 4
        start = overhead + 2
        bodyMax = min(octetsMax, request.octetsMax) - overhead
    }

    @inline(__always)
    var place: UnsafeMutablePointer<UInt8> { buffer + start + used }

    /// Writes what stands before the VarBinds; answers where the message, or in version 3 the PDU, begins and how long
    /// it is.
    func finish(
        _ request: AgentRequest, _ source: UnsafePointer<UInt8>, status: UInt8, index: Int
    ) -> (start: Int, count: Int) {
        let indexOctets = index < 0x80 ? 1 : 2
        let pdu = request.requestID.count + 3 + 2 + indexOctets + 1 + BER.lengthOctets(used) + used
        let pduTotal = 1 + BER.lengthOctets(pdu) + pdu
        var total = pduTotal
        var output = buffer + start + used - total
        if request.headOctets == 0 {
            let community = 1 + BER.lengthOctets(request.community.count) + request.community.count
            let message = 3 + community + pduTotal
            total = 1 + BER.lengthOctets(message) + message
            output = buffer + start + used - total
            writeHead(message, request, source, to: &output)
        }
        output += BER.writeHeader(Self.tag, pdu, to: output)
        output.update(from: source + request.requestID.start, count: request.requestID.count)
        output += request.requestID.count
        output[0] = BER.integer
        output[1] = 1
        output[2] = status
        output += 3
        output += BER.writeSigned(Int64(index), to: output)
        _ = BER.writeHeader(BER.sequence, used, to: output)
        return (start + used - total, total)
    }

    /// Message, version and community.
    private func writeHead(
        _ count: Int, _ request: AgentRequest, _ source: UnsafePointer<UInt8>,
        to output: inout UnsafeMutablePointer<UInt8>
    ) {
        output += BER.writeHeader(BER.sequence, count, to: output)
        output[0] = BER.integer
        output[1] = 1
        output[2] = request.version
        output += 3
        output += BER.writeHeader(BER.octetString, request.community.count, to: output)
        output.update(from: source + request.community.start, count: request.community.count)
        output += request.community.count
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
    static let authorizationError: UInt8 = 16
}
