#if canImport(Glibc)
    import Glibc
#endif

/// Work on BER content octets in place: no sub-identifier list is built.
extension ObjectIdentifier {
    /// Set in an octet that does not end its sub-identifier; for eight octets at once.
    private static let highBits: UInt64 = 0x8080_8080_8080_8080

    /// What is wrong with content octets, nil if nothing.
    ///
    /// No octets at all are tolerated as 0.0.
    @inline(__always)
    static func fault(in octets: UnsafeRawBufferPointer) -> SNMPDecodeError.Code? {
        let count = octets.count
        guard count > 0 else { return nil }
        if octets[count - 1] >= 0x80 { return .malformedObjectIdentifier }
        var position = 0
        var subIdentifiers = 1
        while position < count {
            if count - position >= 8, octets.loadUnaligned(fromByteOffset: position, as: UInt64.self) & highBits == 0 {
                position += 8
                subIdentifiers += 8
                continue
            }
            var octet = octets[position]
            position += 1
            subIdentifiers += 1
            if octet >= 0x80 {
                if octet == 0x80 { return .malformedObjectIdentifier }
                let first = octet
                let start = position
                while octet >= 0x80 {
                    octet = octets[position]
                    position += 1
                }
                let following = position - start
                if following > 4 || (following == 4 && first > 0x8F) { return .subIdentifierTooLarge }
            }
        }
        return subIdentifiers > subIdentifierCountMax ? .tooManySubIdentifiers : nil
    }

    /// Lexicographic order by sub-identifier of two valid encodings: negative, 0 or positive.
    ///
    /// Plain octet order is right up to the first difference; there the longer sub-identifier is the greater.
    @inline(__always)
    static func compare(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Int {
        let common = min(left.count, right.count)
        var position = 0
        while common - position >= 8,
            left.loadUnaligned(fromByteOffset: position, as: UInt64.self)
                == right.loadUnaligned(fromByteOffset: position, as: UInt64.self)
        { position += 8 }
        while position < common, left[position] == right[position] { position += 1 }
        if position == common { return left.count - right.count }
        return compareSubIdentifiers(left, right, differingAt: position)
    }

    private static func compareSubIdentifiers(
        _ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer, differingAt position: Int
    ) -> Int {
        let leftEnd = endOfSubIdentifier(left, from: position)
        let rightEnd = endOfSubIdentifier(right, from: position)
        if leftEnd != rightEnd { return leftEnd - rightEnd }
        return Int(left[position]) - Int(right[position])
    }

    @inline(__always)
    private static func endOfSubIdentifier(_ octets: UnsafeRawBufferPointer, from position: Int) -> Int {
        var end = position
        while end < octets.count, octets[end] >= 0x80 { end += 1 }
        return end
    }

    /// Whether the octets are those of this identifier.
    @inline(__always)
    func isEncoded(as octets: UnsafeRawBufferPointer) -> Bool {
        octets.count == encoded.count && encoded.withUnsafeBytes { Self.has(prefix: $0, octets) }
    }

    /// Whether the octets begin with the prefix.
    @inline(__always)
    static func has(prefix: UnsafeRawBufferPointer, _ octets: UnsafeRawBufferPointer) -> Bool {
        guard octets.count >= prefix.count else { return false }
        guard prefix.count > 0, let one = octets.baseAddress, let other = prefix.baseAddress else { return true }
        return memcmp(one, other, prefix.count) == 0
    }

    static func append(_ subIdentifier: UInt32, to octets: inout [UInt8]) {
        if subIdentifier < 0x80 {
            octets.append(UInt8(subIdentifier))
            return
        }
        let octetCount = (32 - subIdentifier.leadingZeroBitCount + 6) / 7
        for position in stride(from: octetCount - 1, through: 0, by: -1) {
            let bits = UInt8(truncatingIfNeeded: subIdentifier >> UInt32(position * 7)) & 0x7F
            octets.append(position == 0 ? bits : bits | 0x80)
        }
    }

    /// The sub-identifiers of valid octets, the first octets not split: right for a suffix.
    static func decodeSubIdentifiers(_ octets: UnsafeRawBufferPointer) -> [UInt32] {
        var all: [UInt32] = []
        all.reserveCapacity(octets.count + 1)
        var current: UInt32 = 0
        for octet in octets {
            current = current << 7 | UInt32(octet & 0x7F)
            if octet < 0x80 {
                all.append(current)
                current = 0
            }
        }
        return all
    }
}
