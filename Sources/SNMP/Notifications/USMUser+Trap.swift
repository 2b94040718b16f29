extension USMUser {
    /// The octets of a version 3 message with a trap of this user.
    ///
    /// The sender of a trap is the authoritative engine (RFC 3414 section 1.5.1): the receiver knows the user under
    /// `engineID`, which is also the context engine unless the user names one. `engineBoots` and `engineTime` are the
    /// sender's; for users with authentication they must not go back between messages, from whatever host they are sent
    /// under this engine ID. Nil where the user or the engine ID cannot be, a number is negative, the data unit is not a
    /// trap of version 2, or the message does not fit a datagram. Makes keys of pass phrases: milliseconds the first time.
    public func trapMessage(
        _ trap: PDU, engineID: [UInt8], engineBoots: Int32, engineTime: Int32, messageID: Int32
    ) -> [UInt8]? {
        guard fault == nil, let id = EngineID(engineID), id.isUsable, trap.type == .trapV2,
            min(engineBoots, engineTime, messageID) >= 0
        else { return nil }
        let user = SecurityUser.of(self)
        var keys = LocalizedKeys(user, id)
        let envelope = V3Envelope(
            messageID: messageID, level: level, isReportable: false, engineID: id, boots: engineBoots,
            time: engineTime, contextEngineID: user.contextEngineID ?? id, contextName: user.contextName)
        var octets = [UInt8](repeating: 0, count: Int(V3Envelope.sizeMax))
        let start = octets.withUnsafeMutableBytes { buffer -> Int? in
            var writer = BERWriter(buffer)
            trap.write(into: &writer)
            guard !writer.overflowed else { return nil }
            return envelope.seal(buffer, dataUnit: writer.count, user, &keys, Ciphers())
        }
        return start.map { Array(octets[$0...]) }
    }
}
