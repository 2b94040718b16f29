/// Numbers of one width, bit after bit, the low bit of the first one lowest.
struct PackedBits {
    /// Where the first begins.
    let start: UnsafeRawPointer
    /// Octets from there on that may be read.
    let readable: Int

    /// Octets that `count` numbers of `width` bits take.
    @inline(__always)
    static func octets(count: Int, width: Int) -> Int {
        (count * width + 7) / 8
    }

    /// How many of the first `count` numbers can be read as whole words of eight octets.
    @inline(__always)
    func wholeWords(of count: Int, width: Int) -> Int {
        guard readable >= 8 else { return 0 }
        guard width > 0 else { return count }
        return min(count, ((readable - 7) * 8 - 1) / width + 1)
    }

    /// The number at `index`, one of those of `wholeWords`; `width` at most 56.
    @inline(__always)
    func narrow(_ index: Int, width: Int) -> UInt64 {
        let bit = index &* width
        let word = UInt64(littleEndian: start.loadUnaligned(fromByteOffset: bit &>> 3, as: UInt64.self))
        return (word &>> UInt64(truncatingIfNeeded: bit & 7)) & ((1 &<< UInt64(truncatingIfNeeded: width)) &- 1)
    }

    /// The number at `index`, of any width from 0 to 64, near the end of what may be read too.
    @inline(never)
    func any(_ index: Int, width: Int) -> UInt64 {
        let begin = index * width
        let end = begin + width
        var value: UInt64 = 0
        var bit = begin
        while bit < end {
            let octet = start.load(fromByteOffset: bit >> 3, as: UInt8.self)
            let bits = min(8 - (bit & 7), end - bit)
            let part = (octet >> UInt8(bit & 7)) & UInt8((1 << bits) - 1)
            value |= UInt64(part) << UInt64(bit - begin)
            bit += bits
        }
        return value
    }
}
