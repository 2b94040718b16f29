/// A generator of pseudo-random numbers that gives the same for the same seed.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        var mixed = state
        mixed ^= mixed >> 33
        mixed = mixed &* 0xFF51_AFD7_ED55_8CCD
        return mixed ^ (mixed >> 29)
    }
}

/// Octets spoilt in the ways that break decoders.
enum Mutations {
    /// One mutation of a message: an octet changed, a length enlarged, octets inserted, removed or repeated.
    static func mutate(_ octets: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
        var spoilt = octets
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            guard !spoilt.isEmpty else { return spoilt }
            let place = Int.random(in: 0..<spoilt.count, using: &random)
            switch Int.random(in: 0..<6, using: &random) {
            case 0: spoilt[place] = UInt8.random(in: 0...255, using: &random)
            case 1: spoilt[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 2: spoilt[place] = [0x00, 0x7F, 0x80, 0x81, 0x84, 0x88, 0xFF].randomElement(using: &random) ?? 0
            case 3: spoilt.insert(UInt8.random(in: 0...255, using: &random), at: place)
            case 4: spoilt.remove(at: place)
            default: spoilt.insert(contentsOf: spoilt[..<place], at: place)
            }
        }
        return spoilt
    }
}
