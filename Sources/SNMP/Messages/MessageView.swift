/// A version 1 or 2c message in place: its header decoded, its variable bindings still as octets.
///
/// It borrows the datagram it was read from and must not outlive it. No heap storage is used.
public struct MessageView {
    /// The version, `v1` or `v2c`.
    public let version: SNMPVersion
    /// The community's octets.
    public let community: UnsafeRawBufferPointer
    /// The kind of data unit.
    public let type: PDUType
    /// The request-id, 0 in a trap of version 1.
    public let requestID: Int32
    /// The error-status, or non-repeaters in a GetBulkRequest.
    public let errorStatus: ErrorStatus
    /// The error-index, or max-repetitions in a GetBulkRequest.
    public let errorIndex: Int32
    /// Reads the variable bindings, one `readVarBindView` or `readVarBind` each until `isAtEnd`.
    public let varBinds: BERReader
    /// What was tolerated in the header.
    public let anomalies: DecodeAnomalies

    let trapV1: BERReader?

    /// Decodes the header of a message, without looking at its variable bindings.
    public init(_ octets: UnsafeRawBufferPointer) throws(SNMPDecodeError) {
        if let usual = MessageView(usual: octets) {
            self = usual
            return
        }
        var outer = BERReader(octets)
        let message = try outer.readElement(BERTag.sequence)
        if !outer.isAtEnd { outer.anomalies.insert(.trailingOctets) }
        var reader = outer.contents(of: message)
        let versionOffset = reader.offset
        let number = try reader.readInteger32()
        guard let version = SNMPVersion(rawValue: number), version != .v3 else {
            throw SNMPDecodeError(.unsupportedVersion, at: versionOffset, found: UInt32(bitPattern: number))
        }
        let community = try reader.readElement(BERTag.octetString)
        let start = reader.offset
        let unit = try reader.readElement()
        guard let type = PDUType(rawValue: unit.tag) else {
            throw SNMPDecodeError(.unexpectedTag, at: start, found: UInt32(unit.tag))
        }
        if !reader.isAtEnd { reader.anomalies.insert(.trailingOctets) }
        self.version = version
        self.community = outer.bytes(of: community)
        self.type = type
        var inner = reader.contents(of: unit)
        if type == .trapV1 {
            trapV1 = inner
            (requestID, errorStatus, errorIndex) = (0, .noError, 0)
            for _ in 0..<5 { _ = try inner.readElement() }
        } else {
            trapV1 = nil
            requestID = try inner.readInteger32()
            errorStatus = ErrorStatus(rawValue: try inner.readInteger32())
            errorIndex = try inner.readInteger32()
        }
        let list = try inner.readElement(BERTag.sequence)
        if !inner.isAtEnd { inner.anomalies.insert(.trailingOctets) }
        varBinds = inner.contents(of: list)
        anomalies = outer.anomalies.union(reader.anomalies).union(inner.anomalies)
    }
}

extension MessageView {
    /// Reads a response of the shape nearly all have: nothing to tolerate, a request-id of four octets as ours are,
    /// error-status and error-index of one.
    ///
    /// Nil for any other, however valid.
    @inline(__always)
    private init?(usual octets: UnsafeRawBufferPointer) {
        // All parts but the variable bindings, where every length takes one octet, and the community has none.
        guard let base = octets.baseAddress, octets.count >= 23 else { return nil }
        let end = octets.count
        var at = Self.skip(BERTag.sequence, base, 0, end)
        guard at > 0, end &- at >= 21, base.loadUnaligned(fromByteOffset: at, as: UInt16.self).littleEndian == 0x0102,
            let version = SNMPVersion(rawValue: Int32(base.load(fromByteOffset: at &+ 2, as: UInt8.self))),
            version != .v3, base.load(fromByteOffset: at &+ 3, as: UInt8.self) == BERTag.octetString
        else { return nil }
        let count = Int(base.load(fromByteOffset: at &+ 4, as: UInt8.self))
        let start = at &+ 5
        guard count < 0x80, end &- start &- count >= 16 else { return nil }
        at = Self.skip(PDUType.response.rawValue, base, start &+ count, end)
        guard at > 0, end &- at >= 14, base.loadUnaligned(fromByteOffset: at, as: UInt16.self).littleEndian == 0x0402
        else { return nil }
        let rest = base.loadUnaligned(fromByteOffset: at &+ 6, as: UInt64.self).littleEndian
        // INTEGER of one octet below 128, twice; SEQUENCE.
        guard rest & 0x00FF_80FF_FF80_FFFF == 0x0030_0001_0200_0102 else { return nil }
        let list = Self.skip(BERTag.sequence, base, at &+ 12, end)
        guard list > 0 else { return nil }
        self.version = version
        community = UnsafeRawBufferPointer(start: base + start, count: count)
        type = .response
        requestID = Int32(bigEndian: base.loadUnaligned(fromByteOffset: at &+ 2, as: Int32.self))
        errorStatus = ErrorStatus(rawValue: Int32(truncatingIfNeeded: rest &>> 16 & 0x7F))
        errorIndex = Int32(truncatingIfNeeded: rest &>> 40 & 0x7F)
        varBinds = BERReader(octets, from: list, to: end)
        anomalies = []
        trapV1 = nil
    }

    /// Where the contents of the element at a place begin, which has at least two octets there; 0 where it has another
    /// tag, does not end at `end`, or its length takes more than three octets.
    @inline(__always)
    private static func skip(_ tag: UInt8, _ base: UnsafeRawPointer, _ at: Int, _ end: Int) -> Int {
        guard base.load(fromByteOffset: at, as: UInt8.self) == tag else { return 0 }
        let first = Int(base.load(fromByteOffset: at &+ 1, as: UInt8.self))
        var (start, length) = (at &+ 2, first)
        if first >= 0x80 {
            guard first <= 0x82, end &- start >= 2 else { return 0 }
            length = Int(base.load(fromByteOffset: start, as: UInt8.self))
            start &+= 1
            if first == 0x80 { return 0 }
            if first == 0x82 {
                length = length &<< 8 | Int(base.load(fromByteOffset: start, as: UInt8.self))
                start &+= 1
            }
        }
        return start &+ length == end ? start : 0
    }
}
