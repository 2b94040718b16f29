/// Reads a block whose checksum is right, and still never beyond its end, whatever the octets say.
struct OctetReader {
    private let start: UnsafeRawPointer
    /// Where the checksum begins.
    let end: Int
    private(set) var position = 1

    /// Checks length, checksum and version, in this order; `position` is then after the version.
    @inline(__always)
    init(_ octets: UnsafeRawBufferPointer, version: UInt8) throws(DamagedBlock) {
        guard octets.count >= 5, let start = octets.baseAddress else {
            throw DamagedBlock(reason: "\(octets.count) octets are too few for a block")
        }
        self.start = start
        end = octets.count - 4
        let written = UInt32(littleEndian: start.loadUnaligned(fromByteOffset: end, as: UInt32.self))
        let found = Checksum.crc32c(UnsafeRawBufferPointer(start: start, count: end))
        guard written == found else {
            throw DamagedBlock(reason: "CRC32C is \(found) where \(written) was written, over \(end) octets")
        }
        let first = start.load(as: UInt8.self)
        guard first == version else {
            throw DamagedBlock(reason: "version \(first) where this program reads \(version); a later one wrote it")
        }
    }

    /// Octets not yet read.
    var remaining: Int { end - position }

    @inline(__always)
    mutating func octet() throws(DamagedBlock) -> UInt8 {
        guard position < end else { throw Self.short() }
        defer { position += 1 }
        return start.load(fromByteOffset: position, as: UInt8.self)
    }

    @inline(__always)
    mutating func varint() throws(DamagedBlock) -> UInt64 {
        let first = try octet()
        if first < 0x80 { return UInt64(first) }
        return try longVarint(UInt64(first & 0x7F))
    }

    private mutating func longVarint(_ low: UInt64) throws(DamagedBlock) -> UInt64 {
        var value = low
        var shift: UInt64 = 7
        while true {
            let next = try octet()
            guard shift < 63 || next <= 1 else { throw DamagedBlock(reason: "a number is over 64 bits") }
            value |= UInt64(next & 0x7F) << shift
            if next < 0x80 { return value }
            shift += 7
        }
    }

    @inline(__always)
    mutating func signed() throws(DamagedBlock) -> Int64 {
        let folded = try varint()
        return Int64(bitPattern: folded >> 1) ^ -Int64(bitPattern: folded & 1)
    }

    /// A number of at most `limit`.
    @inline(__always)
    mutating func number(atMost limit: Int, _ what: StaticString) throws(DamagedBlock) -> Int {
        let value = try varint()
        guard limit >= 0, value <= UInt64(limit) else {
            throw DamagedBlock(reason: "\(what) is \(value), at most \(limit) can be")
        }
        return Int(value)
    }

    /// A word of 0 to 8 octets, low ones first.
    @inline(__always)
    mutating func word(octets: Int) throws(DamagedBlock) -> UInt64 {
        guard octets <= 8, octets <= end - position else { throw Self.short() }
        defer { position += octets }
        return Self.load(start + position, octets: octets, readable: end + 4 - position)
    }

    /// The next octets, to be read by other means; at most what remains.
    @inline(__always)
    mutating func take(_ octets: Int) throws(DamagedBlock) -> PackedBits {
        guard octets >= 0, octets <= end - position else { throw Self.short() }
        defer { position += octets }
        return PackedBits(start: start + position, readable: end + 4 - position)
    }

    /// A reader of the next octets, of which so many must remain; this one goes on after them.
    mutating func part(_ octets: Int) -> OctetReader {
        let part = OctetReader(start: start, position: position, end: position + octets)
        position += octets
        return part
    }

    private init(start: UnsafeRawPointer, position: Int, end: Int) {
        self.start = start
        self.position = position
        self.end = end
    }

    mutating func optional() throws(DamagedBlock) -> UInt32? {
        let value = try number(atMost: 1 << 32, "an optional number of 32 bits")
        return value == 0 ? nil : UInt32(value - 1)
    }

    mutating func speed() throws(DamagedBlock) -> Int64? {
        let form = try octet()
        switch form {
        case SpeedForm.none: return nil
        case SpeedForm.exact: return try signed()
        case SpeedForm.millions: return Int64(try number(atMost: Int(Int64.max / 1_000_000), "a speed")) * 1_000_000
        default: throw DamagedBlock(reason: "a speed of form \(form)")
        }
    }

    /// Throws unless all octets were read.
    func finish() throws(DamagedBlock) {
        guard position == end else { throw DamagedBlock(reason: "\(remaining) octets after the last value") }
    }

    @inline(__always)
    static func load(_ place: UnsafeRawPointer, octets: Int, readable: Int) -> UInt64 {
        if readable >= 8 {
            let word = UInt64(littleEndian: place.loadUnaligned(as: UInt64.self))
            return octets == 8 ? word : word & ((1 << UInt64(octets * 8)) &- 1)
        }
        var word: UInt64 = 0
        for index in 0..<octets {
            word |= UInt64(place.load(fromByteOffset: index, as: UInt8.self)) << UInt64(index * 8)
        }
        return word
    }

    @inline(never)
    private static func short() -> DamagedBlock {
        DamagedBlock(reason: "ends in the middle of a value")
    }
}
