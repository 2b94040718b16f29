/// The header of a version 3 message in place (RFC 3412 section 6): no heap storage, offsets from the message's first octet.
///
/// It borrows the datagram it was read from and must not outlive it.
struct V3Header {
    /// Bits of msgFlags.
    enum Flag {
        static let authenticated: UInt8 = 1
        static let encrypted: UInt8 = 2
        static let reportable: UInt8 = 4
    }

    /// The number of the user-based security model (RFC 3411 section 5).
    static let userBasedModel: Int32 = 3
    /// The smallest msgMaxSize there may be (RFC 3412 section 6).
    static let sizeMin: Int32 = 484

    let octets: UnsafeRawBufferPointer
    let messageID: Int32
    /// The largest message the sender takes, as it says; may be nonsense.
    let sizeMax: Int32
    let flags: UInt8
    let securityModel: Int32
    /// msgSecurityParameters.
    let parameters: BERElement
    /// The scoped PDU: a SEQUENCE, or an OCTET STRING where it is encrypted.
    let contents: BERElement
    /// Where the scoped PDU's own tag stands.
    let contentsStart: Int
    /// Where the message ends, and perhaps octets that do not belong to it begin.
    let end: Int
    let anomalies: DecodeAnomalies

    /// Whether a datagram looks like a message of version 3; decides nothing else.
    @inline(__always)
    static func isVersion3(_ octets: UnsafeRawBufferPointer) -> Bool {
        guard octets.count >= 8, octets[0] == BERTag.sequence else { return false }
        let start = octets[1] < 0x80 ? 2 : 2 + Int(octets[1] & 0x7F)
        guard start + 3 <= octets.count, octets[start] == BERTag.integer else { return false }
        let count = Int(octets[start + 1])
        // A padded number is still a 3.
        return (1...9).contains(count) && start + 1 + count < octets.count && octets[start + 1 + count] == 3
            && octets[start + 2..<start + 1 + count].allSatisfy { $0 == 0 }
    }

    init(_ octets: UnsafeRawBufferPointer) throws(SNMPDecodeError) {
        var outer = BERReader(octets)
        let message = try outer.readElement(BERTag.sequence)
        if !outer.isAtEnd { outer.anomalies.insert(.trailingOctets) }
        var reader = outer.contents(of: message)
        let versionOffset = reader.offset
        let version = try reader.readInteger32()
        guard version == SNMPVersion.v3.rawValue else {
            throw SNMPDecodeError(.unsupportedVersion, at: versionOffset, found: UInt32(bitPattern: version))
        }
        var global = reader.contents(of: try reader.readElement(BERTag.sequence))
        messageID = try global.readInteger32()
        sizeMax = try global.readInteger32()
        let flags = try global.readElement(BERTag.octetString)
        guard flags.count == 1 else {
            throw SNMPDecodeError(.wrongContentLength, at: flags.start, found: UInt32(flags.count))
        }
        self.flags = octets[flags.start]
        securityModel = try global.readInteger32()
        parameters = try reader.readElement(BERTag.octetString)
        contentsStart = reader.offset
        contents = try reader.readElement()
        if !reader.isAtEnd { reader.anomalies.insert(.trailingOctets) }
        self.octets = octets
        end = message.end
        anomalies = outer.anomalies.union(reader.anomalies).union(global.anomalies)
    }

    var isAuthenticated: Bool { flags & Flag.authenticated != 0 }
    var isEncrypted: Bool { flags & Flag.encrypted != 0 }
    var isReportable: Bool { flags & Flag.reportable != 0 }

    /// The level of the message; nil for encryption without authentication, which there is not.
    var level: SecurityLevel? {
        switch (isAuthenticated, isEncrypted) {
        case (false, false): .noAuthNoPriv
        case (true, false): .authNoPriv
        case (true, true): .authPriv
        case (false, true): nil
        }
    }
}

/// The parameters of the user-based security model in place (RFC 3414 section 2.4).
struct USMParameters {
    let engineID: UnsafeRawBufferPointer
    let boots: Int32
    let time: Int32
    let userName: UnsafeRawBufferPointer
    /// msgAuthenticationParameters.
    let code: BERElement
    /// msgPrivacyParameters.
    let salt: UnsafeRawBufferPointer

    init(_ header: V3Header) throws(SNMPDecodeError) {
        var outer = BERReader(header.octets, from: header.parameters.start, to: header.parameters.end)
        var reader = outer.contents(of: try outer.readElement(BERTag.sequence))
        engineID = reader.bytes(of: try reader.readElement(BERTag.octetString))
        boots = try Self.readNumber(&reader)
        time = try Self.readNumber(&reader)
        userName = reader.bytes(of: try reader.readElement(BERTag.octetString))
        code = try reader.readElement(BERTag.octetString)
        salt = reader.bytes(of: try reader.readElement(BERTag.octetString))
    }

    private static func readNumber(_ reader: inout BERReader) throws(SNMPDecodeError) -> Int32 {
        let element = try reader.readElement(BERTag.integer)
        let value = try reader.signedBits(element)
        guard (0...Int64(Int32.max)).contains(value) else {
            throw SNMPDecodeError(.integerTooLarge, at: element.start)
        }
        return Int32(value)
    }

    /// The salt as a number; nil if it has not 8 octets.
    var saltNumber: UInt64? {
        salt.count == 8 ? UInt64(bigEndian: salt.loadUnaligned(as: UInt64.self)) : nil
    }
}

/// A scoped PDU in place: context and data unit (RFC 3412 section 6.8).
struct ScopedPDU {
    let contextEngineID: UnsafeRawBufferPointer
    let contextName: UnsafeRawBufferPointer
    let message: MessageView

    /// Reads a scoped PDU that begins at an offset and ends before another; octets after it are padding.
    init(_ octets: UnsafeRawBufferPointer, from start: Int, to end: Int) throws(SNMPDecodeError) {
        var outer = BERReader(octets, from: start, to: end)
        var reader = outer.contents(of: try outer.readElement(BERTag.sequence))
        contextEngineID = reader.bytes(of: try reader.readElement(BERTag.octetString))
        contextName = reader.bytes(of: try reader.readElement(BERTag.octetString))
        message = try MessageView(dataUnitOf: &reader)
    }
}

extension MessageView {
    /// Decodes the header of the data unit of a version 3 message.
    ///
    /// The community is empty.
    init(dataUnitOf reader: inout BERReader) throws(SNMPDecodeError) {
        let start = reader.offset
        let unit = try reader.readElement()
        guard let type = PDUType(rawValue: unit.tag), type != .trapV1 else {
            throw SNMPDecodeError(.unexpectedTag, at: start, found: UInt32(unit.tag))
        }
        if !reader.isAtEnd { reader.anomalies.insert(.trailingOctets) }
        version = .v3
        community = UnsafeRawBufferPointer(start: nil, count: 0)
        self.type = type
        trapV1 = nil
        var inner = reader.contents(of: unit)
        requestID = try inner.readInteger32()
        errorStatus = ErrorStatus(rawValue: try inner.readInteger32())
        errorIndex = try inner.readInteger32()
        let list = try inner.readElement(BERTag.sequence)
        if !inner.isAtEnd { inner.anomalies.insert(.trailingOctets) }
        varBinds = inner.contents(of: list)
        anomalies = reader.anomalies.union(inner.anomalies)
    }
}
