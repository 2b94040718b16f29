import Inventory
public import Traffic

/// The hours of one interface, ascending.
///
/// Counts, octets, packets, errors, discards, origins and hours come back as they were. `sum` and `sumOfSquares` come
/// back within 1e-9 of themselves, `min` and `max` within 2^-24 of `sum`, `seconds` to the millisecond; what cannot be
/// kept so well in the short form is kept exactly. What was decoded once comes back the same for ever.
///
/// Octets: version 1; count (varint); the hours (a mask of what differs from the hour before, then those fields);
/// CRC32C (4, low octet first). See `docs/formats/series-blocks.md`.
public enum RollupBlock {
    /// How many hours a block has at most.
    public static let hoursMax = 65_535

    private static let version: UInt8 = 1

    /// The octets of 0 to `hoursMax` hours; more stop the process.
    public static func encode(_ hours: [HourlyRollup]) -> [UInt8] {
        precondition(hours.count <= hoursMax, "a block has at most \(hoursMax) hours")
        return OctetWriter.block(capacity: 8 + hours.count * RollupHour.octetsMax) { writer in
            writer.reserve(8)
            writer.put(version)
            writer.putVarint(UInt64(hours.count))
            var context = RollupHour()
            for hour in hours { context.write(hour, &writer) }
        }
    }

    /// Appends the hours to `hours`.
    ///
    /// Throws where the block is not exactly what `encode` wrote; nothing is appended then.
    public static func decode(
        _ octets: UnsafeRawBufferPointer, into hours: inout [HourlyRollup]
    ) throws(DamagedBlock) {
        var reader = try OctetReader(octets, version: version)
        let count = try reader.number(atMost: hoursMax, "the count of hours")
        let before = hours.count
        do throws(DamagedBlock) {
            var context = RollupHour()
            for _ in 0..<count { hours.append(try context.read(&reader)) }
            try reader.finish()
        } catch {
            hours.removeSubrange(before...)
            throw error
        }
    }
}
