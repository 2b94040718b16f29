import Inventory
import Series
import Testing
import Traffic

/// A block and how it is read.
struct DamageSpecimen: Sendable, CustomStringConvertible {
    let description: String
    let octets: [UInt8]
    let decode: @Sendable (UnsafeRawBufferPointer) throws -> Void

    static let all: [DamageSpecimen] =
        [
            ("a steady block", BlockSpecimens.steady(24)), ("an idle block", BlockSpecimens.steady(24, idle: true)),
            ("a wild block", BlockSpecimens.wild(30, seed: 9)), ("a block of one", BlockSpecimens.steady(1)),
            ("an empty block", []),
        ].map { name, readings in
            DamageSpecimen(description: name, octets: ReadingBlock.encode(readings)) { octets in
                var readings: [CounterReading] = []
                try ReadingBlock.decode(octets, counters: .octets, into: &readings)
                _ = try ReadingBlock.extent(octets)
                try ReadingBlock.decode(octets, counters: .all, into: &readings)
            }
        } + [
            DamageSpecimen(description: "a batch", octets: ReadingBatch.encode(BlockSpecimens.entries(12)[...])) {
                _ = try ReadingBatch.decode($0)
            }
        ]
        + [3, 24].map { count in
            let octets = RollupBlock.encode(BlockSpecimens.hours(count))
            return DamageSpecimen(description: "\(count) hours of roll-ups", octets: octets) {
                var hours: [HourlyRollup] = []
                try RollupBlock.decode($0, into: &hours)
            }
        }

    /// Whether octets are refused as a damaged block; any other error is a failure of the test.
    func refuses(_ octets: [UInt8]) throws -> Bool {
        // A copy of exactly that size, so that a sanitizer sees a read beyond it.
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: octets.count, alignment: 1)
        defer { copy.deallocate() }
        copy.copyBytes(from: octets)
        do {
            try decode(UnsafeRawBufferPointer(copy))
            return false
        } catch is DamagedBlock {
            return true
        }
    }
}

@Suite("Damaged blocks")
struct DamageTests {
    @Test("are refused at every length but the right one", arguments: DamageSpecimen.all)
    func truncated(_ specimen: DamageSpecimen) throws {
        #expect(try !specimen.refuses(specimen.octets))
        for count in 0..<specimen.octets.count {
            #expect(try specimen.refuses(Array(specimen.octets[..<count])), "cut to \(count) octets")
        }
        for more in 1...8 {
            #expect(try specimen.refuses(specimen.octets + [UInt8](repeating: 0, count: more)), "\(more) zeros more")
        }
    }

    @Test("are refused with any one bit flipped", arguments: DamageSpecimen.all)
    func flipped(_ specimen: DamageSpecimen) throws {
        for bit in 0..<specimen.octets.count * 8 {
            var octets = specimen.octets
            octets[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(try specimen.refuses(octets), "bit \(bit)")
        }
    }

    @Test("are refused after any mutation", arguments: DamageSpecimen.all)
    func mutated(_ specimen: DamageSpecimen) throws {
        var random = SeededGenerator(3)
        for round in 0..<2000 {
            var octets = specimen.octets
            mutate(&octets, &random)
            guard octets != specimen.octets else { continue }
            #expect(try specimen.refuses(octets), "round \(round)")
        }
    }

    @Test("never stop the process, though their checksum be right", arguments: DamageSpecimen.all)
    func sealedAgain(_ specimen: DamageSpecimen) throws {
        var random = SeededGenerator(4)
        for _ in 0..<3000 {
            var octets = Array(specimen.octets.dropLast(4))
            mutate(&octets, &random)
            if octets.isEmpty { continue }
            if !random.once(in: 4) { octets[0] = 1 }
            let checksum = Checksum.crc32c(octets)
            octets += (0..<4).map { UInt8(truncatingIfNeeded: checksum >> UInt32($0 * 8)) }
            _ = try specimen.refuses(octets)
        }
    }

    @Test("of a later version say so")
    func laterVersion() throws {
        var octets = Array(ReadingBlock.encode([]).dropLast(4))
        octets[0] = 2
        let checksum = Checksum.crc32c(octets)
        octets += (0..<4).map { UInt8(truncatingIfNeeded: checksum >> UInt32($0 * 8)) }
        let error = #expect(throws: DamagedBlock.self) { try ReadingBlockTests.decode(octets) }
        #expect(error?.reason.contains("version 2") == true)
    }

    private func mutate(_ octets: inout [UInt8], _ random: inout SeededGenerator) {
        for _ in 0..<Int.random(in: 1...6, using: &random) where !octets.isEmpty {
            let place = Int.random(in: 0..<octets.count, using: &random)
            switch Int.random(in: 0..<5, using: &random) {
            case 0: octets[place] = UInt8(truncatingIfNeeded: random.next())
            case 1: octets[place] = [0, 1, 0x7E, 0x7F, 0x80, 0xFE, 0xFF].randomElement(using: &random) ?? 0
            case 2: octets.insert(UInt8(truncatingIfNeeded: random.next()), at: place)
            case 3: octets.remove(at: place)
            default: octets.removeSubrange(place..<min(octets.count, place + 7))
            }
        }
    }
}
