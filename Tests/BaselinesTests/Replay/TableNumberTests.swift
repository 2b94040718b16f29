import Testing

@testable import Baselines

@Suite struct TableNumberTests {
    private static func read(_ text: String) -> TableNumber.Field {
        let octets = Array(text.utf8)
        return TableNumber.field(octets, octets.indices)
    }

    @Test(arguments: [
        ("0", 0), ("-0", -0.0), ("7", 7), ("+7", 7), ("850000000", 850e6), ("1e9", 1e9), ("1E+9", 1e9),
        ("2.5e-3", 0.0025),
        ("-1.5", -1.5), (".5", 0.5), ("5.", 5), ("00012", 12), ("9007199254740993", 9_007_199_254_740_992),
        ("1e22", 1e22), ("1e23", 1e23), ("123456789012345678901234567890", 1.2345678901234568e29),
        ("0.1", 0.1), ("0.30000000000000004", 0.1 + 0.2), ("1e400", Double.infinity), ("1e-400", 0),
        ("1.7976931348623157e308", Double.greatestFiniteMagnitude), ("5e-324", Double.leastNonzeroMagnitude),
        ("0.000000000000000000000000000001", 1e-30), ("inf", Double.infinity), ("-Infinity", -Double.infinity),
    ])
    func `a number is the nearest double`(text: String, value: Double) {
        #expect(Self.read(text) == .number(value), "\(text)")
    }

    @Test(arguments: ["", "nan", "NaN", "-nan", "null", "NULL", "None", "NA", "n/a", "-"])
    func `an unknown value is unknown`(_ text: String) {
        #expect(Self.read(text) == .unknown)
    }

    @Test(arguments: [
        "x", "0x10", "1,5", "1_000", "1 000", "1e", "1e+", "e5", ".", "+", "--1", "1.2.3", "1e5.0", "infinite!",
        "nan nan nan nan", "١٢",
    ])
    func `anything else is no number`(_ text: String) {
        #expect(Self.read(text) == .unreadable)
    }

    @Test func `what is printed is read as it was`() {
        var generator = SeededGenerator(seed: 6)
        for _ in 0..<20_000 {
            let value = Double(bitPattern: generator.next())
            guard value.isFinite else { continue }
            #expect(Self.read("\(value)") == .number(value), "\(value.bitPattern)")
            let rate = Double(generator.next() % 10_000_000_000_000) / 1000
            #expect(Self.read("\(rate)") == .number(rate), "\(rate.bitPattern)")
        }
    }
}

/// Random numbers that a seed repeats (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}
