import FoundationEssentials

extension Identifier {
    /// An identity that follows from what it stands for, so that the same thing found again has the same one.
    ///
    /// UUID version 8 (RFC 9562 5.8): 48 bits of Unix milliseconds, so that identities sort by start, then 74 bits mixed
    /// from the words.
    package static func derived(at start: Timestamp, from words: [UInt64]) -> Identifier {
        let milliseconds = UInt64(bitPattern: start.milliseconds)
        var (first, second) = (SplitMix.mixed(milliseconds), SplitMix.mixed(~milliseconds))
        for word in words {
            first = SplitMix.mixed(first ^ word)
            second = SplitMix.mixed(second &+ word &+ SplitMix.step)
        }
        let high = milliseconds << 16 | 0x8000 | first >> 52
        let low = second >> 2 | 0x8000_0000_0000_0000
        let octets = [high, low].flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (56 - 8 * $0)) } }
        return Identifier(octets.withUnsafeBytes { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) })
    }

    /// The identity as two words, for what is derived from it.
    package var words: [UInt64] {
        withUnsafeBytes(of: uuid.uuid) { octets in
            [octets[..<8], octets[8...]].map { $0.reduce(0) { $0 << 8 | UInt64($1) } }
        }
    }
}

/// The mixing of SplitMix64 (Steele, Lea, Flood, 2014).
package enum SplitMix {
    /// What its counter goes on by.
    package static let step: UInt64 = 0x9E37_79B9_7F4A_7C15

    /// Its finaliser: each bit of the answer depends on each bit of the word.
    package static func mixed(_ word: UInt64) -> UInt64 {
        var word = word &+ step
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}
