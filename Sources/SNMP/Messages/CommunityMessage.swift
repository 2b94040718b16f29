/// A message of version 1 or 2c (RFC 1157 section 4, RFC 1901 section 3).
///
/// Encoding is canonical. Decoding accepts the profile of `BERReader` and notes what it tolerated.
public struct CommunityMessage: Hashable, Sendable {
    /// The version, `v1` or `v2c`.
    public var version: SNMPVersion
    /// The community's octets.
    public var community: [UInt8]
    /// The data unit.
    public var pdu: PDU

    /// Makes a message.
    public init(version: SNMPVersion, community: [UInt8], pdu: PDU) {
        self.version = version
        self.community = community
        self.pdu = pdu
    }

    /// Decodes a message, or throws what is wrong with it and where.
    public init(decoding octets: [UInt8]) throws(SNMPDecodeError) {
        var anomalies: DecodeAnomalies = []
        try self.init(decoding: octets, anomalies: &anomalies)
    }

    /// Decodes a message and adds what was tolerated to `anomalies`.
    public init(decoding octets: [UInt8], anomalies: inout DecodeAnomalies) throws(SNMPDecodeError) {
        let result = octets.withUnsafeBytes { buffer -> Result<(CommunityMessage, DecodeAnomalies), SNMPDecodeError> in
            do throws(SNMPDecodeError) {
                return .success(try Self.decode(MessageView(buffer)))
            } catch {
                return .failure(error)
            }
        }
        let (message, found) = try result.get()
        self = message
        anomalies.formUnion(found)
    }

    /// Copies a message out of the datagram it was decoded from.
    public init(_ view: MessageView) throws(SNMPDecodeError) {
        self = try Self.decode(view).0
    }

    private static func decode(
        _ view: MessageView
    ) throws(SNMPDecodeError) -> (CommunityMessage, DecodeAnomalies) {
        var anomalies = view.anomalies
        var pdu = PDU(
            type: view.type, requestID: view.requestID, errorStatus: view.errorStatus, errorIndex: view.errorIndex,
            varBinds: [])
        if var header = view.trapV1 {
            pdu.trapV1 = try TrapV1Header(decoding: &header)
            anomalies.formUnion(header.anomalies)
        }
        var list = view.varBinds
        while !list.isAtEnd { pdu.varBinds.append(try list.readVarBind()) }
        anomalies.formUnion(list.anomalies)
        let message = CommunityMessage(version: view.version, community: Array(view.community), pdu: pdu)
        return (message, anomalies)
    }

    /// The message's octets, canonical BER.
    public func encode() -> [UInt8] {
        let capacity = 64 + community.count + pdu.encodedCountMax
        return [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
            let raw = UnsafeMutableRawBufferPointer(buffer)
            var writer = BERWriter(raw)
            write(into: &writer)
            count = writer.count
            let written = UnsafeRawBufferPointer(rebasing: raw[writer.offset...])
            raw.copyMemory(from: written)
        }
    }

    /// Puts the message in front of what the writer holds.
    public func write(into writer: inout BERWriter) {
        let mark = writer.count
        pdu.write(into: &writer)
        writer.prepend(BERTag.octetString, contents: community)
        writer.prependSigned(Int64(version.rawValue))
        writer.wrap(BERTag.sequence, since: mark)
    }
}

extension PDU {
    /// Puts the data unit in front of what the writer holds.
    public func write(into writer: inout BERWriter) {
        let mark = writer.count
        for varBind in varBinds.reversed() { writer.prepend(varBind) }
        writer.wrap(BERTag.sequence, since: mark)
        if type == .trapV1, let trapV1 {
            trapV1.write(into: &writer)
        } else {
            writer.prependSigned(Int64(errorIndex))
            writer.prependSigned(Int64(errorStatus.rawValue))
            writer.prependSigned(Int64(requestID))
        }
        writer.wrap(type.rawValue, since: mark)
    }

    var encodedCountMax: Int {
        var octets = 64 + (trapV1.map { $0.enterprise.encoded.count + $0.agentAddress.count + 40 } ?? 0)
        for varBind in varBinds {
            octets += 32 + varBind.name.encoded.count
            if case .objectIdentifier(let name) = varBind.value { octets += name.encoded.count }
            octets += varBind.value.octetCount
        }
        return octets
    }
}

extension SNMPValue {
    fileprivate var octetCount: Int {
        switch self {
        case .octetString(let octets), .opaque(let octets), .ipAddress(let octets): octets.count
        default: 0
        }
    }
}

extension TrapV1Header {
    fileprivate init(decoding reader: inout BERReader) throws(SNMPDecodeError) {
        let enterprise = try reader.readElement(BERTag.objectIdentifier)
        guard case .objectIdentifier(let name) = try reader.decodeValue(enterprise) else {
            throw SNMPDecodeError(.unexpectedTag, at: enterprise.start)
        }
        let address = try reader.readElement(BERTag.ipAddress)
        let generic = try reader.readInteger32()
        let specific = try reader.readInteger32()
        let timestamp = try reader.readElement(BERTag.timeTicks)
        self.init(
            enterprise: name, agentAddress: Array(reader.bytes(of: address)), genericTrap: generic,
            specificTrap: specific, timestamp: try reader.unsigned32(timestamp))
    }

    fileprivate func write(into writer: inout BERWriter) {
        writer.prependUnsigned(UInt64(timestamp), tag: BERTag.timeTicks)
        writer.prependSigned(Int64(specificTrap))
        writer.prependSigned(Int64(genericTrap))
        writer.prepend(BERTag.ipAddress, contents: agentAddress)
        writer.prepend(BERTag.objectIdentifier, contents: enterprise.encoded)
    }
}
