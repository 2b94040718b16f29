/// How a data unit becomes a message and how an answer is known to belong to it: versions 1 and 2c.
///
/// For version 3 it only holds the user: engines, keys and times are the I/O thread's, see `AgentSecurity`.
struct CommunityProcessing: Sendable {
    let version: SNMPVersion
    let community: [UInt8]
    /// Nil for versions 1 and 2c.
    let user: SecurityUser?

    /// Makes a user's keys where its pass phrases are new, which takes milliseconds: not for an I/O thread.
    init(_ credential: Credential) {
        version = credential.version
        community = credential.community?.octets ?? []
        if case .v3(let user) = credential { self.user = SecurityUser.of(user) } else { user = nil }
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
    /// The request-id; the msgID for a message of version 3.
    static func requestID(_ octets: UnsafeRawBufferPointer) -> Int32? {
        var position = 0
        guard skipHeader(BERTag.sequence, octets, &position) != nil,
            let version = skipHeader(BERTag.integer, octets, &position)
        else { return nil }
        position += version
        if V3Header.isVersion3(octets) {
            guard skipHeader(BERTag.sequence, octets, &position) != nil else { return nil }
            return readNumber(octets, &position)
        }
        guard let community = skipHeader(BERTag.octetString, octets, &position) else { return nil }
        position += community
        guard skipHeader(nil, octets, &position) != nil else { return nil }
        return readNumber(octets, &position)
    }

    private static func readNumber(_ octets: UnsafeRawBufferPointer, _ position: inout Int) -> Int32? {
        guard skipHeader(BERTag.integer, octets, &position) == 4, position + 4 <= octets.count else { return nil }
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
