import Inventory
import Series
import Testing

@Suite("Batches of readings of many interfaces")
struct ReadingBatchTests {
    static func decode(_ batch: [UInt8]) throws -> [ReadingBatch.Entry] {
        try batch.withUnsafeBytes { try ReadingBatch.decode($0) }
    }

    @Test("come back as they were, however many", arguments: [0, 1, 2, 511, ReadingBatch.entriesMax])
    func steady(_ count: Int) throws {
        let entries = BlockSpecimens.entries(count)
        #expect(try Self.decode(ReadingBatch.encode(entries[...])) == entries)
    }

    @Test("come back as they were, whatever they say", arguments: 0..<200 as Range<UInt64>)
    func wild(_ seed: UInt64) throws {
        var random = SeededGenerator(seed)
        let entries = BlockSpecimens.wild(40, seed: seed).map { reading in
            ReadingBatch.Entry(number: UInt32(truncatingIfNeeded: random.next()), reading: reading)
        }
        #expect(try Self.decode(ReadingBatch.encode(entries[...])) == entries, "seed \(seed)")
    }

    @Test("are made of a slice as of the whole")
    func slice() throws {
        let entries = BlockSpecimens.entries(100)
        #expect(try Self.decode(ReadingBatch.encode(entries[37..<61])) == Array(entries[37..<61]))
    }

    @Test("take little more than the counters' own octets")
    func size() {
        #expect(Double(ReadingBatch.encode(BlockSpecimens.entries(500)[...]).count) / 500 <= 30)
    }

    @Test("have these octets in this version")
    func golden() {
        #expect(
            hex(ReadingBatch.encode(BlockSpecimens.entries(3)[...]))
                == "01037e8080ffbc9267010102e807ac02ff3c0001015501014433456fa9bd467abb4c151103194fbb49deadb0"
                + "14005501014482bb2237bee46eca58151103dd2ede49ab0dcc140055010144d3e5a0b4be836e7164151103fc"
                + "c9044ae8f6e1142d4941fb")
    }
}
