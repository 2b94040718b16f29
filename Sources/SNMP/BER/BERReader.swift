/// One tag-length-value element, as a range of the octets it was read from.
public struct BERElement: Sendable {
    /// The identifier octet.
    public let tag: UInt8
    /// Where the contents begin, in octets from the beginning of the datagram.
    public let start: Int
    /// Where the contents end.
    public let end: Int
    /// The number of content octets.
    public var count: Int { end - start }
}

/// Reads BER in place, without copying and without trapping on any input.
///
/// The profile is that of RFC 3417 section 8: definite lengths only, more length octets than the minimum accepted,
/// primitive encoding of simple types. Every offset is counted from the beginning of the datagram.
/// The reader borrows the octets: it must not outlive them.
public struct BERReader {
    /// The whole datagram.
    public let octets: UnsafeRawBufferPointer
    /// The next octet to read.
    public internal(set) var offset: Int
    /// Where this reader stops.
    public let end: Int
    /// What was tolerated so far.
    public internal(set) var anomalies: DecodeAnomalies = []

    /// Reads the whole of a datagram.
    public init(_ octets: UnsafeRawBufferPointer) {
        self.octets = octets
        self.offset = 0
        self.end = octets.count
    }

    init(_ octets: UnsafeRawBufferPointer, from start: Int, to end: Int) {
        self.octets = octets
        self.offset = start
        self.end = end
    }

    /// Whether nothing is left.
    public var isAtEnd: Bool { offset >= end }

    /// Reads the identifier and length octets of the next element and steps over its contents.
    ///
    /// Its contents lie wholly inside this reader's range.
    @inline(__always)
    public mutating func readElement() throws(SNMPDecodeError) -> BERElement {
        let start = offset
        guard end - offset >= 2 else { throw SNMPDecodeError(.truncated, at: start) }
        let tag = octets[offset]
        guard tag & 0x1F != 0x1F else { throw SNMPDecodeError(.unexpectedTag, at: start, found: UInt32(tag)) }
        var length = Int(octets[offset + 1])
        offset += 2
        if length >= 0x80 { length = try readLongLength(first: length) }
        guard length <= end - offset else { throw SNMPDecodeError(.truncated, at: start) }
        let contents = offset
        offset += length
        return BERElement(tag: tag, start: contents, end: offset)
    }

    private mutating func readLongLength(first: Int) throws(SNMPDecodeError) -> Int {
        guard first != 0x80 else { throw SNMPDecodeError(.indefiniteLength, at: offset - 1) }
        let count = first & 0x7F
        guard count <= end - offset else { throw SNMPDecodeError(.truncated, at: offset - 1) }
        var length = 0
        for _ in 0..<count {
            length = length << 8 | Int(octets[offset])
            guard length <= 0xFF_FFFF else { throw SNMPDecodeError(.lengthTooLarge, at: offset) }
            offset += 1
        }
        return length
    }

    /// Reads the next element, which must have the given tag.
    @inline(__always)
    public mutating func readElement(_ tag: UInt8) throws(SNMPDecodeError) -> BERElement {
        let start = offset
        let element = try readElement()
        guard element.tag == tag else {
            throw SNMPDecodeError(.unexpectedTag, at: start, found: UInt32(element.tag))
        }
        return element
    }

    /// A reader of an element's contents.
    @inline(__always)
    public func contents(of element: BERElement) -> BERReader {
        BERReader(octets, from: element.start, to: element.end)
    }

    /// The octets of an element's contents, borrowed from the datagram.
    @inline(__always)
    public func bytes(of element: BERElement) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: octets[element.start..<element.end])
    }

    /// Reads an INTEGER; wider ones keep their low 32 bits and leave a mark in `anomalies`.
    public mutating func readInteger32() throws(SNMPDecodeError) -> Int32 {
        try integer32(readElement(BERTag.integer))
    }
}
