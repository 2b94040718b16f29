/// What stands around a data unit in a version 3 message, and how it is put there (RFC 3412 section 6, RFC 3414 section 3.1).
struct V3Envelope {
    /// The largest message this program takes.
    static let sizeMax: Int64 = 65_507

    var messageID: Int32
    var level: SecurityLevel
    var isReportable: Bool
    var engineID: EngineID
    var boots: Int32
    var time: Int32
    var contextEngineID: EngineID
    var contextName: [UInt8]

    /// Wraps the data unit that the last octets of a buffer hold: encrypts and signs in place.
    ///
    /// Returns where in the buffer the message begins, to its end; nil if it does not fit.
    func seal(
        _ buffer: UnsafeMutableRawBufferPointer, dataUnit count: Int, _ user: SecurityUser, _ keys: inout LocalizedKeys,
        _ ciphers: Ciphers
    ) -> Int? {
        var writer = BERWriter(UnsafeMutableRawBufferPointer(rebasing: buffer[..<(buffer.count - count)]))
        writer.prepend(BERTag.octetString, contents: contextName)
        writer.prepend(contextEngineID)
        writer.prependHeader(BERTag.sequence, count: writer.count + count)
        guard !writer.overflowed else { return nil }
        var start = writer.offset
        var salt: UInt64 = 0
        if level == .authPriv {
            guard let privacy = user.privacy, pad(buffer, &start, privacy) else { return nil }
            salt = ciphers.salt(privacy, boots: boots)
            let contents = UnsafeMutableRawBufferPointer(rebasing: buffer[start...])
            guard keys.crypt(contents, user, ciphers, boots: boots, time: time, salt: salt, encrypts: true) else {
                return nil
            }
        }
        return wrap(buffer, from: start, salt, user, keys)
    }

    /// DES takes whole blocks: the scoped PDU moves to make place for octets that its reader ignores.
    private func pad(
        _ buffer: UnsafeMutableRawBufferPointer, _ start: inout Int, _ privacy: PrivacyProtocol
    ) -> Bool {
        guard privacy == .des else { return true }
        let count = buffer.count - start
        let padding = (8 - count % 8) % 8
        guard start >= padding else { return false }
        let moved = UnsafeMutableRawBufferPointer(rebasing: buffer[start - padding..<buffer.count - padding])
        moved.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[start...]))
        for place in buffer.count - padding..<buffer.count { buffer[place] = 0 }
        start -= padding
        return true
    }

    private func wrap(
        _ buffer: UnsafeMutableRawBufferPointer, from start: Int, _ salt: UInt64, _ user: SecurityUser,
        _ keys: LocalizedKeys
    ) -> Int? {
        var writer = BERWriter(UnsafeMutableRawBufferPointer(rebasing: buffer[..<start]))
        let contents = buffer.count - start
        if level == .authPriv { writer.prependHeader(BERTag.octetString, count: contents) }
        let codeOffset = prependParameters(&writer, salt, user)
        prependGlobalData(&writer)
        writer.prependSigned(Int64(SNMPVersion.v3.rawValue))
        writer.prependHeader(BERTag.sequence, count: writer.count + contents)
        guard !writer.overflowed else { return nil }
        let begin = writer.offset
        if level != .noAuthNoPriv {
            let message = UnsafeMutableRawBufferPointer(rebasing: buffer[begin...])
            guard let digest = keys.digest, digest.sign(message, codeAt: codeOffset - begin, count: user.codeOctets)
            else { return nil }
        }
        return begin
    }

    /// msgSecurityParameters; returns where the octets of the authentication code stand.
    private func prependParameters(_ writer: inout BERWriter, _ salt: UInt64, _ user: SecurityUser) -> Int {
        let mark = writer.count
        if level == .authPriv {
            withUnsafeBytes(of: salt.bigEndian) { writer.prepend(octets: $0) }
        }
        writer.wrap(BERTag.octetString, since: mark)
        let codeMark = writer.count
        if level != .noAuthNoPriv {
            for _ in 0..<user.codeOctets { writer.prepend(octet: 0) }
        }
        let codeOffset = writer.offset
        writer.wrap(BERTag.octetString, since: codeMark)
        writer.prepend(BERTag.octetString, contents: user.nameOctets)
        writer.prependSigned(Int64(time))
        writer.prependSigned(Int64(boots))
        writer.prepend(engineID)
        writer.wrap(BERTag.sequence, since: mark)
        writer.wrap(BERTag.octetString, since: mark)
        return codeOffset
    }

    private func prependGlobalData(_ writer: inout BERWriter) {
        let mark = writer.count
        var flags: UInt8 = isReportable ? V3Header.Flag.reportable : 0
        if level != .noAuthNoPriv { flags |= V3Header.Flag.authenticated }
        if level == .authPriv { flags |= V3Header.Flag.encrypted }
        writer.prependSigned(Int64(V3Header.userBasedModel))
        writer.prepend(octet: flags)
        writer.prependHeader(BERTag.octetString, count: 1)
        writer.prependSigned(Self.sizeMax)
        writer.prependFixedInteger(messageID)
        writer.wrap(BERTag.sequence, since: mark)
    }
}

extension BERWriter {
    /// Puts an engine ID in front.
    @inline(__always)
    mutating func prepend(_ engineID: EngineID) {
        engineID.withUnsafeBytes { prepend(octets: $0) }
        prependHeader(BERTag.octetString, count: engineID.count)
    }
}

/// A version 3 message whose parameters were read: what it says can be checked and opened.
struct V3Incoming {
    let buffer: UnsafeMutableRawBufferPointer
    let header: V3Header
    let parameters: USMParameters

    /// Reads the header and the parameters of the user-based security model.
    init(_ buffer: UnsafeMutableRawBufferPointer) throws(SNMPDecodeError) {
        self.buffer = buffer
        header = try V3Header(UnsafeRawBufferPointer(buffer))
        guard header.securityModel == V3Header.userBasedModel else {
            throw SNMPDecodeError(
                .unsupportedVersion, at: header.parameters.start, found: UInt32(bitPattern: header.securityModel))
        }
        parameters = try USMParameters(header)
    }

    /// Whether the authentication code is that of the user's keys.
    func isAuthentic(_ user: SecurityUser, _ keys: LocalizedKeys) -> Bool {
        guard parameters.code.count == user.codeOctets, let digest = keys.digest else { return false }
        let message = UnsafeMutableRawBufferPointer(rebasing: buffer[..<header.end])
        return digest.verify(message, codeAt: parameters.code.start, count: user.codeOctets)
    }

    /// Decrypts the scoped PDU in place; false if its form or the salt's does not allow it.
    ///
    /// Called once, for an encrypted message that is authentic.
    func decrypt(_ user: SecurityUser, _ keys: inout LocalizedKeys, _ ciphers: Ciphers) -> Bool {
        guard header.contents.tag == BERTag.octetString, let salt = parameters.saltNumber else { return false }
        let contents = UnsafeMutableRawBufferPointer(rebasing: buffer[header.contents.start..<header.contents.end])
        return keys.crypt(
            contents, user, ciphers, boots: parameters.boots, time: parameters.time, salt: salt, encrypts: false)
    }

    /// Reads the scoped PDU, which is plain or was decrypted.
    func scopedPDU() throws(SNMPDecodeError) -> ScopedPDU {
        let start = header.isEncrypted ? header.contents.start : header.contentsStart
        return try ScopedPDU(header.octets, from: start, to: header.contents.end)
    }
}
