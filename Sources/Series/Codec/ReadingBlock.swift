public import Inventory

/// The readings of one interface over two hours, or a day, ascending by time.
///
/// Octets: version 1; count (varint); unless it is 0, the column of times (ms since 1970), the runs of what seldom
/// changes, the column of sysUpTime where any reading has one (less the time since the first reading, hundredths of a
/// second), and the columns of the eight counters; CRC32C (4, low octet first). See `docs/formats/series-blocks.md`.
public enum ReadingBlock {
    /// How many readings a block has at most.
    public static let readingsMax = 65_535

    /// How many readings a block has, and the times of the first and the last.
    public struct Extent: Sendable, Hashable {
        /// Readings.
        public var count: Int
        /// Time of the first; nil where there is none.
        public var first: Timestamp?
        /// Time of the last; nil where there is none.
        public var last: Timestamp?
    }

    private static let version: UInt8 = 1
    private static let stride = MemoryLayout<CounterReading>.stride
    private static let countersOffset = MemoryLayout<CounterReading>.offset(of: \CounterReading.counters) ?? 0

    /// Appends the readings to `readings`; only the counters asked for are decoded, the others stay 0 and not present.
    ///
    /// Throws where the block is not exactly what `encode` wrote; nothing is appended then.
    public static func decode(
        _ octets: UnsafeRawBufferPointer, counters: CounterSet, into readings: inout [CounterReading]
    ) throws(DamagedBlock) {
        var reader = try OctetReader(octets, version: version)
        let count = try reader.number(atMost: readingsMax, "the count of readings")
        guard count > 0 else { return try reader.finish() }
        let before = readings.count
        do throws(DamagedBlock) {
            let times = try ColumnReader(&reader, count: count)
            let hasUpTime = try decodeRuns(&reader, count: count, counters, into: &readings)
            try readings.withUnsafeMutableBufferPointer { all throws(DamagedBlock) in
                guard let start = all.baseAddress else { return }
                let fresh = start + before
                try times.forEach { fresh[$0].at.milliseconds = Int64(bitPattern: $1) }
                if hasUpTime { try decodeUpTime(&reader, count: count, into: fresh) }
                try decodeCounters(&reader, count: count, counters, into: fresh)
            }
        } catch {
            readings.removeSubrange(before...)
            throw error
        }
    }

    /// First, last and count, without decoding the rest; the checksum is checked.
    public static func extent(_ octets: UnsafeRawBufferPointer) throws(DamagedBlock) -> Extent {
        var reader = try OctetReader(octets, version: version)
        let count = try reader.number(atMost: readingsMax, "the count of readings")
        guard count > 0 else { return Extent(count: 0) }
        var first: UInt64 = 0
        var last: UInt64 = 0
        try ColumnReader(&reader, count: count).forEach { index, value in
            if index == 0 { first = value }
            last = value
        }
        return Extent(
            count: count, first: Timestamp(milliseconds: Int64(bitPattern: first)),
            last: Timestamp(milliseconds: Int64(bitPattern: last)))
    }

    /// Appends the readings of all runs, without times, sysUpTime and counters; says whether any has a sysUpTime.
    @inline(__always)
    private static func decodeRuns(
        _ reader: inout OctetReader, count: Int, _ counters: CounterSet, into readings: inout [CounterReading]
    ) throws(DamagedBlock) -> Bool {
        let runs = try reader.number(atMost: count, "the count of runs")
        guard runs > 0 else { throw DamagedBlock(reason: "no run for \(count) readings") }
        var context = ReadingContext.origin
        var left = count
        var hasUpTime = false
        for run in 1...runs {
            try ReadingContext.read(into: &context, &reader)
            let length = run == runs ? left : 1 + (try reader.number(atMost: left - 1, "the length of a run"))
            guard length > 0 else { throw DamagedBlock(reason: "a run of nothing") }
            var asked = context
            asked.present.formIntersection(counters)
            asked.narrow.formIntersection(counters)
            readings.append(contentsOf: repeatElement(asked, count: length))
            left -= length
            hasUpTime = hasUpTime || context.sysUpTime != nil
        }
        return hasUpTime
    }

    /// Times are there already: what sysUpTime does not go with them is in the column.
    @inline(__always)
    private static func decodeUpTime(
        _ reader: inout OctetReader, count: Int, into readings: UnsafeMutablePointer<CounterReading>
    ) throws(DamagedBlock) {
        let first = readings[0].at.milliseconds
        try ColumnReader(&reader, count: count).forEach { index, value in
            guard readings[index].sysUpTime != nil else { return }
            let elapsed = hundredths(from: first, to: readings[index].at.milliseconds)
            readings[index].sysUpTime = UInt32(truncatingIfNeeded: value &+ elapsed)
        }
    }

    /// The counters asked for, in their order; those after the last one are not looked at.
    @inline(__always)
    private static func decodeCounters(
        _ reader: inout OctetReader, count: Int, _ counters: CounterSet,
        into readings: UnsafeMutablePointer<CounterReading>
    ) throws(DamagedBlock) {
        let start = UnsafeMutableRawPointer(readings) + countersOffset
        let (stride, bits) = (stride, counters.rawValue)
        for place in 0..<8 {
            guard bits >> UInt8(place) != 0 else { return }
            let column = try ColumnReader(&reader, count: count)
            guard bits & (1 << UInt8(place)) != 0 else { continue }
            let target = start + place * 8
            try column.forEach { index, value in
                (target + index &* stride).storeBytes(of: value, as: UInt64.self)
            }
        }
        try reader.finish()
    }

    /// Hundredths of a second from one time in ms to another, modulo 2^64.
    @inline(__always)
    static func hundredths(from first: Int64, to time: Int64) -> UInt64 {
        UInt64(bitPattern: (time &- first) / 10)
    }

    /// The octets of 0 to `readingsMax` readings; more stop the process.
    public static func encode(_ readings: [CounterReading]) -> [UInt8] {
        precondition(readings.count <= readingsMax, "a block has at most \(readingsMax) readings")
        let runs = runs(of: readings)
        let capacity = 24 + runs.count * ReadingContext.octetsMax + 10 * Column.octetsMax(count: readings.count)
        return OctetWriter.block(capacity: capacity) { writer in
            writer.reserve(capacity)
            writer.put(version)
            writer.putVarint(UInt64(readings.count))
            guard let first = readings.first else { return }
            withUnsafeTemporaryAllocation(of: UInt64.self, capacity: readings.count) { values in
                var column = ColumnWriter()
                values.fill { UInt64(bitPattern: readings[$0].at.milliseconds) }
                column.write(UnsafeBufferPointer(values), &writer)
                write(runs, of: readings, &writer)
                if readings.contains(where: { $0.sysUpTime != nil }) {
                    residues(of: readings, since: first.at.milliseconds, into: values)
                    column.write(UnsafeBufferPointer(values), &writer)
                }
                for place in 0..<8 {
                    values.fill { readings[$0].counters[place] }
                    column.write(UnsafeBufferPointer(values), &writer)
                }
            }
        }
    }

    /// Where the runs begin.
    private static func runs(of readings: [CounterReading]) -> [Int] {
        readings.indices.filter { $0 == 0 || !ReadingContext.isSame(readings[$0 - 1], readings[$0]) }
    }

    private static func write(_ runs: [Int], of readings: [CounterReading], _ writer: inout OctetWriter) {
        writer.putVarint(UInt64(runs.count))
        var before = ReadingContext.origin
        for (index, start) in runs.enumerated() {
            ReadingContext.write(readings[start], after: before, &writer)
            before = readings[start]
            if index + 1 < runs.count { writer.putVarint(UInt64(runs[index + 1] - start - 1)) }
        }
    }

    /// What is left of each sysUpTime less the time since the first reading; as before where there is none.
    private static func residues(
        of readings: [CounterReading], since first: Int64, into values: UnsafeMutableBufferPointer<UInt64>
    ) {
        var residue =
            readings.lazy.compactMap { reading -> UInt64? in
                reading.sysUpTime.map { UInt64($0) &- hundredths(from: first, to: reading.at.milliseconds) }
            }.first ?? 0
        values.fill { index in
            if let upTime = readings[index].sysUpTime {
                residue = UInt64(upTime) &- hundredths(from: first, to: readings[index].at.milliseconds)
            }
            return residue
        }
    }
}

extension UnsafeMutableBufferPointer<UInt64> {
    /// Sets every element to what `value` says of its index.
    @inline(__always)
    fileprivate func fill(_ value: (Int) -> UInt64) {
        for index in indices { initializeElement(at: index, to: value(index)) }
    }
}
