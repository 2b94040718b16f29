/// Its form in storage: version, lengths and numbers with the highest octet first, and a checksum at the end.
///
/// | octets | content |
/// |---|---|
/// | 1 | the form's version, 1 |
/// | 1 | 4 or 6: the family of the address |
/// | 4 or 20 | the address; for IPv6 its scope follows |
/// | 2 | the port |
/// | 8 | savedAtUnixMilliseconds |
/// | 4, 4, 2 | smoothed round trip, its variation, window |
/// | 1, then each 8, 2 and so many | walks: number of them; of each the request, the length and the octets |
/// | 2 and so many | security: the length and the octets |
/// | 4 | CRC-32 of all before (ISO 3309) |
extension AgentMemory {
    private static let formVersion: UInt8 = 1

    /// The octets to keep.
    public var encoded: [UInt8] {
        var octets: [UInt8] = [Self.formVersion, address.isIPv6 ? 6 : 4]
        octets.reserveCapacity(64 + security.count)
        if address.isIPv6 {
            octets.append(number: address.high)
            octets.append(number: address.low)
            octets.append(number: address.scope)
        } else {
            octets.append(number: UInt32(truncatingIfNeeded: address.high))
        }
        octets.append(number: address.port)
        octets.append(number: UInt64(bitPattern: savedAtUnixMilliseconds))
        octets.append(number: smoothedRoundTripMicroseconds)
        octets.append(number: roundTripVariationMicroseconds)
        octets.append(number: window)
        octets.append(UInt8(truncatingIfNeeded: knowledge.count))
        for entry in knowledge {
            octets.append(number: entry.key)
            octets.append(counted: entry.knowledge.encoded)
        }
        octets.append(counted: security)
        octets.append(number: CRC32.of(octets[...]))
        return octets
    }

    /// Reads what `encoded` made; nil for anything else, such as octets cut short, altered or of another version.
    public init?(decoding octets: [UInt8]) {
        guard octets.count > 4 else { return nil }
        var checksum = NumberReader(rest: octets.suffix(4))
        guard checksum.number(UInt32.self) == CRC32.of(octets.dropLast(4)) else { return nil }
        var reader = NumberReader(rest: octets.dropLast(4))
        guard reader.number(UInt8.self) == Self.formVersion, let address = Self.readAddress(&reader),
            let savedAt = reader.number(UInt64.self), let smoothed = reader.number(UInt32.self),
            let variation = reader.number(UInt32.self), let window = reader.number(UInt16.self),
            let knowledge = Self.readKnowledge(&reader), let security = reader.counted(), reader.rest.isEmpty
        else { return nil }
        self.init(address, savedAtUnixMilliseconds: Int64(bitPattern: savedAt))
        smoothedRoundTripMicroseconds = smoothed
        roundTripVariationMicroseconds = variation
        self.window = window
        self.knowledge = knowledge
        self.security = Array(security)
    }

    private static func readAddress(_ reader: inout NumberReader) -> TransportAddress? {
        switch reader.number(UInt8.self) {
        case 4:
            guard let bits = reader.number(UInt32.self), let port = reader.number(UInt16.self) else { return nil }
            return TransportAddress(ipv4: bits, port: port)
        case 6:
            guard let high = reader.number(UInt64.self), let low = reader.number(UInt64.self),
                let scope = reader.number(UInt32.self), let port = reader.number(UInt16.self)
            else { return nil }
            return TransportAddress(ipv6High: high, low: low, scope: scope, port: port)
        default: return nil
        }
    }

    private static func readKnowledge(_ reader: inout NumberReader) -> [KnowledgeShelf.Entry]? {
        guard let count = reader.number(UInt8.self), count <= KnowledgeShelf.entriesMax else { return nil }
        var entries: [KnowledgeShelf.Entry] = []
        for _ in 0..<count {
            guard let key = reader.number(UInt64.self), let octets = reader.counted(),
                let knowledge = WalkKnowledge(decoding: octets)
            else { return nil }
            entries.append(KnowledgeShelf.Entry(key: key, knowledge: knowledge))
        }
        return entries
    }
}

/// The checksum of ISO 3309, as Ethernet and zip files have it.
private enum CRC32 {
    static func of(_ octets: ArraySlice<UInt8>) -> UInt32 {
        var remainder = UInt32.max
        for octet in octets {
            remainder ^= UInt32(octet)
            for _ in 0..<8 { remainder = remainder >> 1 ^ (remainder & 1 == 1 ? 0xEDB8_8320 : 0) }
        }
        return ~remainder
    }
}
