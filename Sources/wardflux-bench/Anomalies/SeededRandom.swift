import Glibc

/// Numbers that are the same for the same seed on any machine: SplitMix64, and what is drawn with it.
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = Self.mixed(seed &+ 0xD1B5_4A32_D192_ED03) }

    /// A stream of its own for a thing of a corpus: mixed twice, as neighbouring states are the same numbers one later.
    init(seed: UInt64, stream: Int) {
        state = Self.mixed(Self.mixed(seed &+ 0xD1B5_4A32_D192_ED03) &+ UInt64(stream))
    }

    private static func mixed(_ value: UInt64) -> UInt64 {
        var mixed = value
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return Self.mixed(state)
    }

    /// Evenly from 0 to below 1.
    mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// Evenly between two numbers.
    mutating func between(_ low: Double, _ high: Double) -> Double { low + (high - low) * unit() }

    /// Evenly one of 0 to below a count.
    mutating func below(_ count: Int) -> Int { Int(next() % UInt64(max(1, count))) }

    /// Whether something of a probability happens.
    mutating func happens(_ probability: Double) -> Bool { unit() < probability }

    /// Normal, mean 0, deviation 1.
    mutating func normal() -> Double {
        (-2 * log(max(unit(), 1e-300))).squareRoot() * cos(2 * .pi * unit())
    }

    /// Student's t with so many degrees of freedom, above 2: heavier tails than normal, deviation above 1.
    mutating func studentT(_ freedom: Double) -> Double {
        normal() / (2 * gamma(freedom / 2) / freedom).squareRoot()
    }

    /// Gamma with a shape of 1 or more and scale 1 (Marsaglia and Tsang 2000).
    mutating func gamma(_ shape: Double) -> Double {
        let d = shape - 1.0 / 3
        let c = 1 / (9 * d).squareRoot()
        while true {
            let x = normal()
            let v = (1 + c * x) * (1 + c * x) * (1 + c * x)
            guard v > 0 else { continue }
            if log(max(unit(), 1e-300)) < 0.5 * x * x + d - d * v + d * log(v) { return d * v }
        }
    }
}

/// A part of a wander that forgets: an autoregression of the first order with a deviation and a time of memory.
struct Wander {
    private var value: Double
    private let keep: Double
    private let shock: Double

    init(deviation: Double, memorySamples: Double, _ random: inout SeededRandom) {
        keep = exp(-1 / memorySamples)
        shock = deviation * (1 - keep * keep).squareRoot()
        value = deviation * random.normal()
    }

    mutating func next(_ random: inout SeededRandom) -> Double {
        value = keep * value + shock * random.normal()
        return value
    }
}
