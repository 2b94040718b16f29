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
