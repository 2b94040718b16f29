import Inventory
public import Traffic

/// The hours of one interface, ascending.
///
/// Counts, octets, packets, errors, discards, origins and hours come back as they were. `sum` and `sumOfSquares` come
/// back within 1e-9 of themselves, `min` and `max` within 2^-24 of `sum`, `seconds` to the millisecond; what cannot be
/// kept so well in the short form is kept exactly. What was decoded once comes back the same for ever.
///
/// Octets: version 1; count (varint); the hours (a mask of what differs from the hour before, then those fields);
/// CRC32C (4, low octet first). Of `columnsFrom` hours and more: version 2; count; each field of all hours as a column;
/// CRC32C (4, low octet first). See `docs/formats/series-blocks.md`.
public enum RollupBlock {
    /// How many hours a block has at most.
    public static let hoursMax = 65_535

    /// From how many hours on they are written in columns, which take less then.
    static let columnsFrom = 8

    private static let version: UInt8 = 1
    private static let columnsVersion: UInt8 = 2

    /// The octets of 0 to `hoursMax` hours; more stop the process.
    public static func encode(_ hours: [HourlyRollup]) -> [UInt8] {
        precondition(hours.count <= hoursMax, "a block has at most \(hoursMax) hours")
        guard hours.count < columnsFrom else { return encodeColumns(hours) }
        return OctetWriter.block(capacity: 8 + hours.count * RollupHour.octetsMax) { writer in
            writer.reserve(8)
            writer.put(version)
            writer.putVarint(UInt64(hours.count))
            var context = RollupHour()
            for hour in hours { context.write(hour, &writer) }
        }
    }

    private static func encodeColumns(_ hours: [HourlyRollup]) -> [UInt8] {
        OctetWriter.block(capacity: 8 + RollupColumns.octetsMax(hours: hours.count)) { writer in
            writer.reserve(8)
            writer.put(columnsVersion)
            writer.putVarint(UInt64(hours.count))
            RollupColumns.write(hours, &writer)
        }
    }

    /// Appends the hours to `hours`.
    ///
    /// Throws where the block is not exactly what `encode` wrote; nothing is appended then.
    public static func decode(
        _ octets: UnsafeRawBufferPointer, into hours: inout [HourlyRollup]
    ) throws(DamagedBlock) {
        let isInColumns = octets.first == columnsVersion
        var reader = try OctetReader(octets, version: isInColumns ? columnsVersion : version)
        let count = try reader.number(atMost: hoursMax, "the count of hours")
        let before = hours.count
        do throws(DamagedBlock) {
            if isInColumns && count > 0 {
                try RollupColumns.read(&reader, count: count, into: &hours)
            } else {
                var context = RollupHour()
                for _ in 0..<count { hours.append(try context.read(&reader)) }
            }
            try reader.finish()
        } catch {
            hours.removeSubrange(before...)
            throw error
        }
    }
}
