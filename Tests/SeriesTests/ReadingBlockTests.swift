import Inventory
import Series
import Testing

@Suite("Blocks of one interface's readings")
struct ReadingBlockTests {
    static func decode(_ block: [UInt8], _ counters: CounterSet = .all) throws -> [CounterReading] {
        var readings: [CounterReading] = []
        try block.withUnsafeBytes { try ReadingBlock.decode($0, counters: counters, into: &readings) }
        return readings
    }

    @Test("come back as they were, however many", arguments: [0, 1, 2, 3, 12, 24, 25, 288, 720, 10_000])
    func steady(_ count: Int) throws {
        for idle in [false, true] {
            let readings = BlockSpecimens.steady(count, idle: idle)
            #expect(try Self.decode(ReadingBlock.encode(readings)) == readings)
        }
    }

    @Test("come back as they were, whatever they say", arguments: 0..<400 as Range<UInt64>)
    func wild(_ seed: UInt64) throws {
        let readings = BlockSpecimens.wild(Int(seed % 60) + 1, seed: seed)
        #expect(try Self.decode(ReadingBlock.encode(readings)) == readings, "seed \(seed)")
    }

    @Test(
        "hold the counters asked for, and nothing of the others",
        arguments: [0, 1, 2, 3, 0x40, 0x81, 0xCF, 0xFF] as [UInt8])
    func subset(_ bits: UInt8) throws {
        let asked = CounterSet(rawValue: bits)
        for readings in [BlockSpecimens.steady(24), BlockSpecimens.wild(50, seed: 4)] {
            let expected = readings.map { reading in
                var reading = reading
                for kind in CounterKind.allCases where !asked.contains(kind) { reading[kind] = nil }
                reading.narrow.formIntersection(asked)
                return reading
            }
            #expect(try Self.decode(ReadingBlock.encode(readings), asked) == expected)
        }
    }

    @Test("are appended after what is there, and not at all where the block is damaged")
    func appended() throws {
        let readings = BlockSpecimens.steady(48)
        var gathered: [CounterReading] = []
        var damaged = ReadingBlock.encode(Array(readings[24...]))
        try ReadingBlock.encode(Array(readings[..<24])).withUnsafeBytes {
            try ReadingBlock.decode($0, counters: .all, into: &gathered)
        }
        try damaged.withUnsafeBytes { try ReadingBlock.decode($0, counters: .all, into: &gathered) }
        #expect(gathered == readings)
        damaged[20] ^= 1
        #expect(throws: DamagedBlock.self) {
            try damaged.withUnsafeBytes { try ReadingBlock.decode($0, counters: .all, into: &gathered) }
        }
        #expect(gathered == readings)
    }

    @Test("tell their extent", arguments: [0, 1, 24, 720])
    func extent(_ count: Int) throws {
        let readings = BlockSpecimens.steady(count)
        let extent = try ReadingBlock.encode(readings).withUnsafeBytes { try ReadingBlock.extent($0) }
        #expect(extent.count == count)
        #expect(extent.first == readings.first?.at)
        #expect(extent.last == readings.last?.at)
    }

    @Test("take few octets: what does not change, next to none")
    func size() {
        let busy = ReadingBlock.encode(BlockSpecimens.steady(24))
        #expect(Double(busy.count) / (24 * 8) <= 2)
        let idle = ReadingBlock.encode(BlockSpecimens.steady(24, idle: true))
        let longer = ReadingBlock.encode(BlockSpecimens.steady(240, idle: true))
        // Times are late by 2 to 12 ms at random, five bits a reading, and sysUpTime by one hundredth.
        #expect(Double(longer.count - idle.count) / 216 <= 1)
    }

    @Test("keep a reset, a jump and a missed poll from making the other values long")
    func exceptions() {
        var readings = BlockSpecimens.steady(24)
        let plain = ReadingBlock.encode(readings).count
        for index in 12..<24 {
            for place in 0..<8 { readings[index].counters[place] &-= readings[12].counters[place] }
            readings[index].sysUpTime = UInt32((index - 12) * 30_000 + 5000)
            readings[index].at.milliseconds += 900_000
        }
        #expect(ReadingBlock.encode(readings).count <= plain + 110)
    }

    @Test("have these octets in this version")
    func golden() {
        #expect(
            hex(ReadingBlock.encode(BlockSpecimens.steady(3)))
                == "01030388c0bf9ec933b8cf2406014b02e80701ff3c01959aef3a000180b38abdcbda17a2a9f1d70f0600fe97"
                + "d5810180c6f4ede5d402befeb7ba010500ffe99f037f117e7f037e80999eedcd0488ff96020401dbf60e80de"
                + "dbc2a501faa4af01040090ed156b20f273")
        #expect(hex(ReadingBlock.encode([])) == "0100a5efc3e2")
    }
}

/// Octets as hexadecimal digits.
func hex(_ octets: [UInt8]) -> String {
    octets.map { octet in (octet < 16 ? "0" : "") + String(octet, radix: 16) }.joined()
}
