/// A hash that is the same in every process: FNV-1a with 64 bits (Fowler, Noll, Vo).
///
/// Swift's own hashes change from one start to the next. Not for protection against chosen input.
struct StableHash: Hashable, Sendable {
    private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

    /// Takes octets in, and their count as their end.
    mutating func combine(_ octets: [UInt8]) {
        for octet in octets { add(octet) }
        for shift in stride(from: 0, to: 32, by: 8) { add(UInt8(truncatingIfNeeded: octets.count >> shift)) }
    }

    private mutating func add(_ octet: UInt8) {
        value ^= UInt64(octet)
        value &*= 0x0000_0100_0000_01B3
    }
}

extension TransportAddress {
    /// A hash of the address and port, the same in every process and evenly spread over neighbouring addresses.
    var stableHash: UInt64 {
        let first = Self.mixed(high &+ 0x9E37_79B9_7F4A_7C15)
        let second = Self.mixed(first ^ low)
        return Self.mixed(second ^ (UInt64(port) << 33 | UInt64(scope) << 1 | (isIPv6 ? 1 : 0)))
    }

    /// The finaliser of SplitMix64: each bit of the input changes half of the output's.
    private static func mixed(_ value: UInt64) -> UInt64 {
        var mixed = value
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
