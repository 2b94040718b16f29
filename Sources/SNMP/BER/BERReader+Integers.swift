extension BERReader {
    /// The contents as a signed number: two's complement, any length from 0 to 9 octets.
    ///
    /// Nine octets are accepted when the first is only a sign octet; the result is then the low 64 bits.
    @inline(__always)
    mutating func signedBits(_ element: BERElement) throws(SNMPDecodeError) -> Int64 {
        var position = element.start
        let end = element.end
        guard position < end else {
            anomalies.insert(.emptyInteger)
            return 0
        }
        let first = octets[position]
        if end - position > 8 {
            guard end - position == 9, first == 0 || first == 0xFF else {
                throw SNMPDecodeError(.integerTooLarge, at: position)
            }
            position += 1
        }
        var value: Int64 = first >= 0x80 ? -1 : 0
        while position < end {
            value = value << 8 | Int64(octets[position])
            position += 1
        }
        return value
    }

    /// An INTEGER's value; a wider one keeps its low 32 bits.
    @inline(__always)
    public mutating func integer32(_ element: BERElement) throws(SNMPDecodeError) -> Int32 {
        let value = try signedBits(element)
        if element.count > 8 || value != Int64(Int32(truncatingIfNeeded: value)) { anomalies.insert(.wideInteger) }
        return Int32(truncatingIfNeeded: value)
    }

    /// The value of a Counter32, Gauge32 or TimeTicks, in four or five octets; a negative one keeps its bit pattern.
    @inline(__always)
    public mutating func unsigned32(_ element: BERElement) throws(SNMPDecodeError) -> UInt32 {
        let value = try signedBits(element)
        if value < 0 {
            anomalies.insert(.negativeUnsigned)
        } else if value > 0xFFFF_FFFF || element.count > 8 {
            anomalies.insert(.wideInteger)
        }
        return UInt32(truncatingIfNeeded: value)
    }

    /// The value of a Counter64, with or without the sign octet; a negative one keeps its bit pattern.
    @inline(__always)
    public mutating func unsigned64(_ element: BERElement) throws(SNMPDecodeError) -> UInt64 {
        let value = try signedBits(element)
        if value < 0 && element.count <= 8 { anomalies.insert(.negativeUnsigned) }
        return UInt64(bitPattern: value)
    }

    /// Checks the contents of an object identifier: at most 128 sub-identifiers of at most 32 bits, none padded.
    @inline(__always)
    func validateObjectIdentifier(_ element: BERElement) throws(SNMPDecodeError) {
        let fault = ObjectIdentifier.fault(in: bytes(of: element))
        if let fault { throw SNMPDecodeError(fault, at: element.start) }
    }
}
