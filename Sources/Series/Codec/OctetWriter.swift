/// Writes a block into memory that was sized beforehand, and ends it with its checksum.
struct OctetWriter {
    private let start: UnsafeMutableRawPointer
    private let capacity: Int
    private(set) var count = 0

    /// What `putWord` may touch after the octet it ends with.
    private static let slack = 8

    /// A block of at most `capacity` octets and the four of its CRC32C, exactly as large as what `body` writes.
    static func block(capacity: Int, _ body: (inout OctetWriter) -> Void) -> [UInt8] {
        let whole = capacity + 4 + slack
        return withUnsafeTemporaryAllocation(byteCount: whole, alignment: 8) { memory -> [UInt8] in
            guard let start = memory.baseAddress else { return [] }
            var writer = OctetWriter(start: start, capacity: capacity + 4)
            body(&writer)
            let checksum = Checksum.crc32c(UnsafeRawBufferPointer(start: start, count: writer.count))
            writer.reserve(4)
            writer.putWord(UInt64(checksum), octets: 4)
            return Array(UnsafeRawBufferPointer(start: start, count: writer.count))
        }
    }

    private init(start: UnsafeMutableRawPointer, capacity: Int) {
        self.start = start
        self.capacity = capacity
    }

    /// Stops the process unless so many octets still fit; the writes after it are not checked one by one.
    @inline(__always)
    func reserve(_ octets: Int) {
        precondition(count + octets <= capacity, "a block's size was reckoned too small")
    }

    @inline(__always)
    mutating func put(_ octet: UInt8) {
        start.storeBytes(of: octet, toByteOffset: count, as: UInt8.self)
        count += 1
    }

    /// Seven bits an octet, low ones first, the eighth set where more follow (LEB128): 1 to 10 octets.
    @inline(__always)
    mutating func putVarint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            put(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        put(UInt8(truncatingIfNeeded: rest))
    }

    /// A signed number of small magnitude as a varint: 0, -1, 1, -2 become 0, 1, 2, 3.
    @inline(__always)
    mutating func putSigned(_ value: Int64) {
        putVarint(UInt64(bitPattern: (value << 1) ^ (value >> 63)))
    }

    /// The low `octets` octets of a word, low ones first, 0 to 8 of them.
    @inline(__always)
    mutating func putWord(_ word: UInt64, octets: Int) {
        start.storeBytes(of: word.littleEndian, toByteOffset: count, as: UInt64.self)
        count += octets
    }

    /// Nil as 0, anything else one higher.
    @inline(__always)
    mutating func putOptional(_ value: UInt32?) {
        putVarint(value.map { UInt64($0) + 1 } ?? 0)
    }

    /// A speed: nil, any number, or a number of millions.
    @inline(__always)
    mutating func putSpeed(_ speed: Int64?) {
        guard let speed else { return put(SpeedForm.none) }
        let millions = speed / 1_000_000
        if speed > 0, millions * 1_000_000 == speed {
            put(SpeedForm.millions)
            putVarint(UInt64(millions))
        } else {
            put(SpeedForm.exact)
            putSigned(speed)
        }
    }
}

/// How a speed is written.
enum SpeedForm {
    static let none: UInt8 = 0
    static let exact: UInt8 = 1
    static let millions: UInt8 = 2
}
