/// How a data unit becomes a message and how an answer is known to belong to it: versions 1 and 2c.
///
/// The seam for version 3: its message processing will wrap and accept with engine, user and keys in this place.
struct CommunityProcessing: Hashable, Sendable {
    let version: SNMPVersion
    let community: [UInt8]

    init(_ credential: Credential) {
        version = credential.version
        community = credential.community?.octets ?? []
    }

    /// Puts the message's header in front of the data unit the writer holds.
    func wrap(_ writer: inout BERWriter) {
        writer.prepend(BERTag.octetString, contents: community)
        writer.prependSigned(Int64(version.rawValue))
        writer.wrap(BERTag.sequence, since: 0)
    }

    @inline(__always)
    func hasCommunity(of message: MessageView) -> Bool {
        community.withUnsafeBytes { ObjectIdentifier.has(prefix: $0, message.community) }
            && message.community.count == community.count
    }
}

/// Finds the request-id in the beginning of one of our own requests, as an ICMP error quotes it: it may be cut.
enum QuotedRequest {
    static func requestID(_ octets: UnsafeRawBufferPointer) -> Int32? {
        var position = 0
        guard skipHeader(BERTag.sequence, octets, &position) != nil,
            let version = skipHeader(BERTag.integer, octets, &position)
        else { return nil }
        position += version
        guard let community = skipHeader(BERTag.octetString, octets, &position) else { return nil }
        position += community
        guard skipHeader(nil, octets, &position) != nil,
            skipHeader(BERTag.integer, octets, &position) == 4, position + 4 <= octets.count
        else { return nil }
        return octets[position..<position + 4].reduce(0) { $0 << 8 | Int32($1) }
    }

    private static func skipHeader(_ tag: UInt8?, _ octets: UnsafeRawBufferPointer, _ position: inout Int) -> Int? {
        guard position + 2 <= octets.count, tag == nil || octets[position] == tag else { return nil }
        var length = Int(octets[position + 1])
        position += 2
        if length >= 0x80 {
            let count = length & 0x7F
            guard count <= 3, position + count <= octets.count else { return nil }
            length = octets[position..<position + count].reduce(0) { $0 << 8 | Int($1) }
            position += count
        }
        return length
    }
}
