/// Writes BER from the end of a buffer towards its beginning, so that every length is known when it is written.
///
/// Never traps: what does not fit sets `overflowed`, and nothing more is written.
/// The writer borrows the buffer: it must not outlive it.
public struct BERWriter {
    private let buffer: UnsafeMutableRawBufferPointer
    /// Where the octets written so far begin; they end at the end of the buffer.
    public private(set) var offset: Int
    /// Whether something did not fit.
    public private(set) var overflowed = false

    /// Writes into the given buffer, from its end.
    public init(_ buffer: UnsafeMutableRawBufferPointer) {
        self.buffer = buffer
        self.offset = buffer.count
    }

    /// The number of octets written so far.
    public var count: Int { buffer.count - offset }

    /// Puts one octet in front.
    @inline(__always)
    public mutating func prepend(octet: UInt8) {
        guard offset > 0 else {
            overflowed = true
            return
        }
        offset -= 1
        buffer[offset] = octet
    }

    /// Puts octets in front.
    @inline(__always)
    public mutating func prepend(octets: UnsafeRawBufferPointer) {
        guard octets.count <= offset else {
            offset = 0
            overflowed = true
            return
        }
        offset -= octets.count
        if octets.count > 0 {
            UnsafeMutableRawBufferPointer(rebasing: buffer[offset..<offset + octets.count]).copyMemory(from: octets)
        }
    }

    /// Puts octets in front.
    @inline(__always)
    public mutating func prepend(octets: [UInt8]) {
        octets.withUnsafeBytes { prepend(octets: $0) }
    }

    /// Puts a tag and a length of the fewest octets in front.
    @inline(__always)
    public mutating func prependHeader(_ tag: UInt8, count: Int) {
        if count < 0x80 {
            guard offset >= 2 else {
                offset = 0
                overflowed = true
                return
            }
            offset -= 2
            buffer[offset] = tag
            buffer[offset + 1] = UInt8(truncatingIfNeeded: count)
            return
        }
        var rest = count
        var lengthOctets: UInt8 = 0
        while rest > 0 {
            prepend(octet: UInt8(truncatingIfNeeded: rest))
            rest >>= 8
            lengthOctets += 1
        }
        prepend(octet: 0x80 | lengthOctets)
        prepend(octet: tag)
    }

    /// Puts the header of an element in front whose contents are what was written since `mark`, an earlier `count`.
    @inline(__always)
    public mutating func wrap(_ tag: UInt8, since mark: Int) { prependHeader(tag, count: count - mark) }

    /// Puts an element with the given contents in front.
    @inline(__always)
    public mutating func prepend(_ tag: UInt8, contents: [UInt8]) {
        prepend(octets: contents)
        prependHeader(tag, count: contents.count)
    }

    /// Puts a signed number in front, in the fewest octets.
    @inline(__always)
    public mutating func prependSigned(_ value: Int64, tag: UInt8 = BERTag.integer) {
        if value >= 0, value < 0x80 {
            prepend(octet: UInt8(truncatingIfNeeded: value))
            prependHeader(tag, count: 1)
            return
        }
        let mark = count
        var rest = value
        var octet: UInt8
        repeat {
            octet = UInt8(truncatingIfNeeded: rest)
            prepend(octet: octet)
            rest >>= 8
        } while !(rest == 0 && octet < 0x80) && !(rest == -1 && octet >= 0x80)
        wrap(tag, since: mark)
    }

    /// Puts an unsigned number in front, in the fewest octets, with a sign octet where its high bit is set.
    @inline(__always)
    public mutating func prependUnsigned(_ value: UInt64, tag: UInt8) {
        let mark = count
        var rest = value
        var octet: UInt8
        repeat {
            octet = UInt8(truncatingIfNeeded: rest)
            prepend(octet: octet)
            rest >>= 8
        } while rest != 0
        if octet >= 0x80 { prepend(octet: 0) }
        wrap(tag, since: mark)
    }

    /// Puts a variable binding of a request in front: a name's octets, and NULL.
    @inline(__always)
    mutating func prependName(_ name: [UInt8]) {
        let count = name.count
        guard count < 120, count + 6 <= offset else {
            let mark = self.count
            prependHeader(BERTag.null, count: 0)
            prepend(BERTag.objectIdentifier, contents: name)
            wrap(BERTag.sequence, since: mark)
            return
        }
        offset -= count + 6
        buffer[offset] = BERTag.sequence
        buffer[offset + 1] = UInt8(truncatingIfNeeded: count + 4)
        buffer[offset + 2] = BERTag.objectIdentifier
        buffer[offset + 3] = UInt8(truncatingIfNeeded: count)
        name.withUnsafeBytes {
            UnsafeMutableRawBufferPointer(rebasing: buffer[offset + 4..<offset + 4 + count]).copyMemory(from: $0)
        }
        buffer[offset + 4 + count] = BERTag.null
        buffer[offset + 5 + count] = 0
    }

    /// Puts an INTEGER of exactly four content octets in front, so that a request-id can be patched in place.
    @inline(__always)
    public mutating func prependFixedInteger(_ value: Int32) {
        var bigEndian = UInt32(bitPattern: value).bigEndian
        withUnsafeBytes(of: &bigEndian) { prepend(octets: $0) }
        prependHeader(BERTag.integer, count: 4)
    }
}
