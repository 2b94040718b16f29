import FoundationEssentials
import Inventory

/// Identities that follow from what they stand for, so that the same thing found again has the same one.
///
/// UUID version 8 (RFC 9562 5.8): 48 bits of Unix milliseconds, so that they sort by start, then 74 bits mixed from the
/// rest.
enum StoryIdentity {
    /// The identity of an anomaly.
    static func anomaly(of interface: InterfaceID, _ side: TrafficSide, startedAt: Timestamp) -> AnomalyID {
        let direction: UInt64 = side.direction == .inbound ? 1 : 2
        let measure: UInt64 = side.measure == .traffic ? 16 : 32
        return AnomalyID(uuid(at: startedAt, words: words(interface.uuid) + [direction | measure]))
    }

    /// The identity of an incident that begins with an anomaly.
    static func incident(of first: AnomalyID, startedAt: Timestamp) -> IncidentID {
        IncidentID(uuid(at: startedAt, words: words(first.uuid) + [0x696E_6369_6465_6E74]))
    }

    private static func words(_ uuid: UUID) -> [UInt64] {
        withUnsafeBytes(of: uuid.uuid) { octets in
            [octets[..<8], octets[8...]].map { $0.reduce(0) { $0 << 8 | UInt64($1) } }
        }
    }

    private static func uuid(at start: Timestamp, words: [UInt64]) -> UUID {
        let milliseconds = UInt64(bitPattern: start.milliseconds)
        var (first, second) = (mixed(milliseconds), mixed(~milliseconds))
        for word in words {
            first = mixed(first ^ word)
            second = mixed(second &+ word &+ 0x9E37_79B9_7F4A_7C15)
        }
        let high = milliseconds << 16 | 0x8000 | first >> 52
        let low = second >> 2 | 0x8000_0000_0000_0000
        let octets = [high, low].flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (56 - 8 * $0)) } }
        return octets.withUnsafeBytes { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
    }

    /// The finaliser of SplitMix64: each bit of the answer depends on each bit of the word.
    private static func mixed(_ word: UInt64) -> UInt64 {
        var word = word &+ 0x9E37_79B9_7F4A_7C15
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}
