/// The few encodings an agent needs, written straight into memory (X.690; RFC 3417 section 8: definite lengths only).
///
/// The pointers given must have room: callers reserve `BER.valueOctetsMax` for a number and check the rest against
/// their budget first.
enum BER {
    static let integer: UInt8 = 0x02
    static let octetString: UInt8 = 0x04
    static let null: UInt8 = 0x05
    static let objectIdentifier: UInt8 = 0x06
    static let sequence: UInt8 = 0x30
    static let ipAddress: UInt8 = 0x40
    static let counter32: UInt8 = 0x41
    static let gauge32: UInt8 = 0x42
    static let timeTicks: UInt8 = 0x43
    static let opaque: UInt8 = 0x44
    static let counter64: UInt8 = 0x46
    static let noSuchObject: UInt8 = 0x80
    static let noSuchInstance: UInt8 = 0x81
    static let endOfMibView: UInt8 = 0x82

    /// The largest number with its tag and length: nine octets of Counter64.
    static let valueOctetsMax = 11

    /// How many octets the length field takes for a content of `count` octets.
    @inline(__always)
    static func lengthOctets(_ count: Int) -> Int {
        if count < 0x80 { return 1 }
        if count < 0x100 { return 2 }
        return count < 0x1_0000 ? 3 : 4
    }

    /// Writes tag and length; answers how many octets that took.
    @inline(__always)
    static func writeHeader(_ tag: UInt8, _ count: Int, to output: UnsafeMutablePointer<UInt8>) -> Int {
        output[0] = tag
        if count < 0x80 {
            output[1] = UInt8(truncatingIfNeeded: count)
            return 2
        }
        if count < 0x100 {
            output[1] = 0x81
            output[2] = UInt8(truncatingIfNeeded: count)
            return 3
        }
        if count < 0x1_0000 {
            output[1] = 0x82
            output[2] = UInt8(truncatingIfNeeded: count >> 8)
            output[3] = UInt8(truncatingIfNeeded: count)
            return 4
        }
        output[1] = 0x83
        output[2] = UInt8(truncatingIfNeeded: count >> 16)
        output[3] = UInt8(truncatingIfNeeded: count >> 8)
        output[4] = UInt8(truncatingIfNeeded: count)
        return 5
    }

    /// How many content octets an unsigned number takes in its shortest form.
    @inline(__always)
    static func unsignedOctets(_ value: UInt64) -> Int {
        (64 - value.leadingZeroBitCount) / 8 + 1
    }

    /// Writes an unsigned number (Counter32, Gauge32, TimeTicks, Counter64) in its shortest form.
    ///
    /// May touch all of `valueOctetsMax` octets: nothing that counts may stand behind the number yet.
    @inline(__always)
    static func writeUnsigned(_ tag: UInt8, _ value: UInt64, to output: UnsafeMutablePointer<UInt8>) -> Int {
        let count = unsignedOctets(value)
        output[0] = tag
        output[1] = UInt8(truncatingIfNeeded: count)
        // One store of eight octets, as far left as the number goes; a ninth is the zero before them.
        let shift = UInt64(truncatingIfNeeded: 64 - 8 * min(count, 8))
        output[2] = 0
        UnsafeMutableRawPointer(output + (count == 9 ? 3 : 2))
            .storeBytes(of: (value << shift).bigEndian, as: UInt64.self)
        return count + 2
    }

    /// Writes an INTEGER in its shortest two's complement form.
    @inline(__always)
    static func writeSigned(_ value: Int64, to output: UnsafeMutablePointer<UInt8>) -> Int {
        let spare = (value < 0 ? (~value).leadingZeroBitCount : value.leadingZeroBitCount) - 1
        let count = 8 - spare / 8
        output[0] = integer
        output[1] = UInt8(truncatingIfNeeded: count)
        for index in 0..<count {
            output[2 + index] = UInt8(truncatingIfNeeded: value >> Int64(8 * (count - 1 - index)))
        }
        return count + 2
    }
}

extension BER {
    /// Tag, length and content as an array: for building images, not for the serving path.
    static func element(_ tag: UInt8, _ content: some Collection<UInt8>) -> [UInt8] {
        var header = [UInt8](repeating: 0, count: 6)
        let count = header.withUnsafeMutableBufferPointer { buffer -> Int in
            guard let base = buffer.baseAddress else { return 0 }
            return writeHeader(tag, content.count, to: base)
        }
        return Array(header[..<count]) + Array(content)
    }

    /// An unsigned number as an array.
    static func unsigned(_ tag: UInt8, _ value: UInt64) -> [UInt8] {
        scratch { writeUnsigned(tag, value, to: $0) }
    }

    /// An INTEGER as an array.
    static func signed(_ value: Int64) -> [UInt8] {
        scratch { writeSigned(value, to: $0) }
    }

    private static func scratch(_ write: (UnsafeMutablePointer<UInt8>) -> Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: valueOctetsMax + 1) { buffer, count in
            count = buffer.baseAddress.map(write) ?? 0
        }
    }
}
