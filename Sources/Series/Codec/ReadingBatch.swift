public import Inventory

/// Readings of many interfaces as they came: one entry of a log or of an outbox, complete in itself.
///
/// Octets: version 1; count (varint); the entries; CRC32C (4, low octet first). An entry is a mask of what differs from
/// the entry before, those fields, and the eight counters: four octets with the length of each (a nibble each, the
/// first counter lowest), then their octets, low ones first. See `docs/formats/series-blocks.md`.
public enum ReadingBatch {
    /// One reading and whose it is.
    public struct Entry: Sendable, Hashable {
        /// The store's own number of the interface.
        public var number: UInt32
        /// What was read.
        public var reading: CounterReading

        /// A reading of the interface with this number.
        public init(number: UInt32, reading: CounterReading) {
            self.number = number
            self.reading = reading
        }
    }

    /// How many entries a batch has at most.
    public static let entriesMax = 512

    static let version: UInt8 = 1

    /// The octets of 0 to `entriesMax` entries, in their order; more stop the process.
    public static func encode(_ entries: ArraySlice<Entry>) -> [UInt8] {
        precondition(entries.count <= entriesMax, "a batch has at most \(entriesMax) entries")
        return OctetWriter.block(capacity: 8 + entries.count * ReadingEntry.octetsMax) { writer in
            writer.reserve(8)
            writer.put(version)
            writer.putVarint(UInt64(entries.count))
            entries.withUnsafeBufferPointer { entries in
                var number = UInt32.max
                var before = ReadingEntry.origin
                for index in entries.indices {
                    ReadingEntry.write(entries[index], after: number, before, &writer)
                    number = entries[index].number
                    before = entries[index].reading
                }
            }
        }
    }

    /// The entries of a batch, in their order; throws where it is not exactly what `encode` wrote.
    public static func decode(_ octets: UnsafeRawBufferPointer) throws(DamagedBlock) -> [Entry] {
        var reader = try OctetReader(octets, version: version)
        let count = try reader.number(atMost: entriesMax, "the count of entries")
        var entries: [Entry] = []
        entries.reserveCapacity(count)
        var entry = Entry(number: UInt32.max, reading: ReadingEntry.origin)
        for _ in 0..<count {
            try ReadingEntry.read(into: &entry, &reader)
            entries.append(entry)
        }
        try reader.finish()
        return entries
    }
}
