/// What is wrong with a share of all devices, without anything being kept for each.
struct NetworkFaults: Sendable, Equatable {
    /// The share of devices that answer nothing, 0 to 1.
    var deadShare = 0.0
    /// Which devices they are.
    var seed: UInt64 = 1
    /// The share of requests that are lost, 0 to 1.
    var lossShare = 0.0

    /// Whether a device answers nothing: always the same ones for a seed, and more of them for a larger share.
    func isDead(_ ordinal: Int) -> Bool {
        guard deadShare > 0 else { return false }
        let bits = SeededRandom.mix(seed &* 0xD134_2543_DE82_EF95 &+ UInt64(ordinal))
        return Double(bits >> 11) * 0x1p-53 < deadShare
    }

    /// Whether a request to a device goes unanswered.
    @inline(__always)
    func silences(_ ordinal: Int, _ random: inout SeededRandom) -> Bool {
        if deadShare == 0 && lossShare == 0 { return false }
        return isDead(ordinal) || lossShare > 0 && random.chance(lossShare)
    }
}
