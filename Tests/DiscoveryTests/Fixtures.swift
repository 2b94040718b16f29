import Discovery
import Inventory

/// SplitMix64: the same numbers for the same seed, everywhere.
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

extension Timestamp {
    /// 2026-03-01T04:00:00Z.
    static let start = Timestamp(seconds: 1_772_337_600)

    func later(_ seconds: Double) -> Timestamp { advanced(bySeconds: seconds) }
}

/// Facts in a few words.
func facts(
    _ index: Int64, name: String? = nil, descr: String? = nil, alias: String? = nil, mac: String? = nil,
    type: Int? = 6, admin: Int? = 1, oper: Int? = 1
) -> InterfaceFacts {
    var facts = InterfaceFacts(ifIndex: index)
    facts.ifName = name
    facts.ifDescr = descr
    facts.ifAlias = alias
    facts.ifPhysAddress = mac
    facts.ifType = type
    facts.adminStatus = admin
    facts.operStatus = oper
    return facts
}

/// A physical address that ends in a number.
func mac(_ number: Int) -> String {
    let digits = String(number, radix: 16)
    let padded = String(repeating: "0", count: 6 - digits.count) + digits
    let parts = stride(from: 0, to: 6, by: 2).map { Array(padded)[$0..<$0 + 2] }.map { String($0) }
    return "00:1b:21:" + parts.joined(separator: ":")
}

/// Stored interfaces, with ids drawn from a seed.
func stored(_ all: [InterfaceFacts], missingSince: Timestamp? = nil, seed: UInt64 = 1) -> [Interface] {
    var generator = SeededGenerator(seed: seed)
    let device = DeviceID.random(using: &generator)
    return all.map { facts in
        var row = Interface(id: .random(using: &generator), deviceID: device, facts: facts, at: .start)
        row.missingSince = missingSince
        return row
    }
}
