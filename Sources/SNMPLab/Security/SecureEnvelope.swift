/// Puts a PDU into a message of version 3 (RFC 3412 section 6, RFC 3414 section 3.1), in place and from the inside out.
struct SecureEnvelope {
    /// msgID with tag and length.
    var messageID: [UInt8] = []
    var octetsMax = 65_507
    /// msgFlags: 0, 1 or 3, with or without the reportable bit.
    var flags: UInt8 = 0
    var engineID: [UInt8] = []
    var boots: UInt32 = 0
    var time: UInt32 = 0
    var user: [UInt8] = []
    var contextEngineID: [UInt8] = []
    var contextName: [UInt8] = []
    var authentication: LabUser.Authentication?
    var privacy: LabUser.Privacy?
    /// What is to be wrong with the message.
    var faults = SecurityFaults()

    /// Octets that must be free before the PDU, and what a message may be longer by.
    var headOctets: Int {
        80 + messageID.count + 2 * max(engineID.count, contextEngineID.count) + user.count + contextName.count
            + (authentication?.codeOctets ?? 0)
    }

    /// Encloses the PDU at a place of a buffer; answers where the message lies, or nil where it cannot be encrypted.
    ///
    /// - Parameter keys: the user's at this engine; read where the flags ask for them.
    func seal(
        _ pdu: OctetRange, in buffer: UnsafeMutablePointer<UInt8>, _ keys: UnsafePointer<UInt8>?,
        _ cipher: MessageCipher
    ) -> OctetRange? {
        let scoped = writeScoped(pdu, in: buffer)
        var salt: [UInt8] = []
        var data = scoped
        if flags & 2 != 0 {
            guard let privacy, let keys, let type = authentication else { return nil }
            salt = [UInt8](repeating: 0, count: 8)
            cipher.writeSalt(privacy, boots: boots, to: &salt)
            let place = buffer + scoped.start
            guard
                let count = cipher.encrypt(
                    place, scoped.count, privacy, keys + type.digestOctets, salt: salt, boots: boots, time: time)
            else { return nil }
            data = spoilt(OctetRange(start: scoped.start, count: count), in: buffer)
        }
        let (message, code) = writeHead(before: data, salt: salt, in: buffer)
        if flags & 1 != 0, let authentication, let keys {
            cipher.sign(buffer + message.start, message.count, at: code - message.start, authentication, keys)
            if faults.isDigestWrong { buffer[code] ^= 0x5A }
        }
        return message
    }

    private func writeScoped(_ pdu: OctetRange, in buffer: UnsafeMutablePointer<UInt8>) -> OctetRange {
        let content = Self.octets(contextEngineID.count) + Self.octets(contextName.count) + pdu.count
        let begin = pdu.start - (Self.octets(content) - pdu.count)
        var place = buffer + begin
        place += BER.writeHeader(BER.sequence, content, to: place)
        place = Self.write(contextEngineID, to: place)
        _ = Self.write(contextName, to: place)
        return OctetRange(start: begin, count: Self.octets(content))
    }

    /// Encrypted octets with what a fault makes of them, and their own header before them.
    private func spoilt(_ range: OctetRange, in buffer: UnsafeMutablePointer<UInt8>) -> OctetRange {
        var count = range.count
        if faults.isCipherGarbled {
            for index in 0..<min(count, 64) { buffer[range.start + index] ^= UInt8(truncatingIfNeeded: 0x35 &+ index) }
        }
        if faults.isCipherTruncated { count = max(count / 2 - 1, 1) | 1 }
        let header = 1 + BER.lengthOctets(count)
        _ = BER.writeHeader(BER.octetString, count, to: buffer + range.start - header)
        return OctetRange(start: range.start - header, count: count + header)
    }

    /// What stands before the data; answers the whole message and where its code is to be put.
    private func writeHead(
        before data: OctetRange, salt: [UInt8], in buffer: UnsafeMutablePointer<UInt8>
    ) -> (message: OctetRange, code: Int) {
        let codeOctets = flags & 1 != 0 ? authentication?.codeOctets ?? 0 : 0
        let fields =
            Self.octets(engineID.count) + Self.numberOctets(UInt64(boots)) + Self.numberOctets(UInt64(time))
            + Self.octets(user.count) + Self.octets(codeOctets) + Self.octets(salt.count)
        let global = messageID.count + Self.numberOctets(UInt64(octetsMax)) + 3 + 3
        let content = 3 + Self.octets(global) + Self.octets(Self.octets(fields)) + data.count
        let total = Self.octets(content)
        let begin = data.start + data.count - total
        var place = buffer + begin
        place += BER.writeHeader(BER.sequence, content, to: place)
        place += BER.writeSigned(3, to: place)
        place += BER.writeHeader(BER.sequence, global, to: place)
        for octet in messageID {
            place[0] = octet
            place += 1
        }
        place += BER.writeSigned(Int64(octetsMax), to: place)
        place = Self.write([flags], to: place)
        place += BER.writeSigned(3, to: place)
        place += BER.writeHeader(BER.octetString, Self.octets(fields), to: place)
        place += BER.writeHeader(BER.sequence, fields, to: place)
        place = Self.write(engineID, to: place)
        place += BER.writeSigned(Int64(boots), to: place)
        place += BER.writeSigned(Int64(time), to: place)
        place = Self.write(user, to: place)
        place += BER.writeHeader(BER.octetString, codeOctets, to: place)
        let code = place - buffer
        for index in 0..<codeOctets { place[index] = 0 }
        _ = Self.write(salt, to: place + codeOctets)
        return (OctetRange(start: begin, count: total), code)
    }

    /// Octets of an element with so much content.
    private static func octets(_ content: Int) -> Int {
        1 + BER.lengthOctets(content) + content
    }

    private static func numberOctets(_ value: UInt64) -> Int {
        2 + BER.unsignedOctets(value)
    }

    private static func write(
        _ content: [UInt8], to place: UnsafeMutablePointer<UInt8>
    ) -> UnsafeMutablePointer<UInt8> {
        let header = BER.writeHeader(BER.octetString, content.count, to: place)
        content.withUnsafeBufferPointer { octets in
            if let start = octets.baseAddress { (place + header).update(from: start, count: octets.count) }
        }
        return place + header + content.count
    }
}
