import Inventory

/// The readings of a chunk that is not sealed, in memory.
///
/// Records lie one after the other in segments as they came; each points back to the one before it of the same
/// interface. A copy shares its segments, so that a scan takes one without waiting.
struct OpenChunk: Sendable {
    private static let segmentOctets = 1 << 18
    /// The longest record: flags, ten varints, context, distance.
    private static let recordOctetsMax = 192

    private var segments: [[UInt8]] = []
    /// By number: where the interface's last record is, plus 1; 0 where it has none.
    private var last: [Int] = []
    /// By number: the interface's last reading.
    private var tails: [CounterReading] = []
    /// Rows of the log that hold readings of this chunk, ascending.
    private(set) var logRows: [ClosedRange<Int64>] = []
    /// Readings that were added.
    private(set) var count = 0

    init() {}

    /// Notes that a row of the log belongs to this chunk.
    mutating func noteLogRow(_ row: Int64) {
        if let range = logRows.last, range.upperBound + 1 == row {
            logRows[logRows.count - 1] = range.lowerBound...row
        } else {
            logRows.append(row...row)
        }
    }

    /// The interfaces that have readings, ascending.
    var numbers: [UInt32] {
        last.indices.filter { last[$0] != 0 }.map { UInt32($0) }
    }

    /// The last reading of an interface.
    func tail(of number: UInt32) -> CounterReading? {
        let place = Int(number)
        return place < last.count && last[place] != 0 ? tails[place] : nil
    }

    /// Puts a reading in: at the end as a rule, at its place where it is older, instead of one of the same time.
    mutating func put(_ number: UInt32, _ reading: CounterReading) {
        let place = Int(number)
        makeRoom(place)
        count += 1
        if last[place] == 0 {
            add(place, reading, after: CounterReading(at: Timestamp(milliseconds: 0)), isFirst: true)
        } else if tails[place].at < reading.at {
            add(place, reading, after: tails[place], isFirst: false)
        } else {
            replace(number, with: ItemOrder.merged(readings(of: number), [reading]))
        }
    }

    /// Puts several readings of an interface in, ascending by time.
    mutating func put(_ number: UInt32, _ readings: [CounterReading]) {
        guard let first = readings.first else { return }
        if tail(of: number).map({ $0.at < first.at }) ?? true {
            for reading in readings { put(number, reading) }
        } else {
            count += readings.count
            replace(number, with: ItemOrder.merged(self.readings(of: number), readings))
        }
    }

    /// Forgets which rows of the log hold its readings, as the log is written anew.
    mutating func forgetLogRows() {
        logRows = []
    }

    /// Forgets an interface.
    mutating func remove(_ number: UInt32) {
        if Int(number) < last.count { last[Int(number)] = 0 }
    }

    /// The readings of an interface, ascending by time.
    func readings(of number: UInt32) -> [CounterReading] {
        var readings: [CounterReading] = []
        read(number, into: &readings)
        return readings
    }

    /// Adds the readings of an interface, ascending by time.
    func read(_ number: UInt32, into readings: inout [CounterReading]) {
        guard Int(number) < last.count, last[Int(number)] != 0 else { return }
        withUnsafeTemporaryAllocation(of: Int.self, capacity: 64) { recent in
            var older: [Int] = []
            var found = 0
            var offset = last[Int(number)] - 1
            while offset >= 0 {
                if found < recent.count { recent[found] = offset } else { older.append(offset) }
                found += 1
                var position = offset % Self.segmentOctets
                let distance = Int(Varint.read(segments[offset / Self.segmentOctets], &position))
                offset = distance == 0 ? -1 : offset - distance
            }
            var reading = CounterReading(at: Timestamp(milliseconds: 0))
            for index in (0..<found).reversed() {
                let offset = index < recent.count ? recent[index] : older[index - recent.count]
                reading = record(at: offset, after: reading)
                readings.append(reading)
            }
        }
    }

    private func record(at offset: Int, after before: CounterReading) -> CounterReading {
        let segment = offset / Self.segmentOctets
        var position = offset % Self.segmentOctets
        _ = Varint.read(segments[segment], &position)
        return ReadingRecord.read(segments[segment], &position, after: before)
    }

    private mutating func makeRoom(_ place: Int) {
        guard place >= last.count else { return }
        let more = max(place + 1, last.count + last.count / 4) - last.count
        last.append(contentsOf: repeatElement(0, count: more))
        tails.append(contentsOf: repeatElement(CounterReading(at: Timestamp(milliseconds: 0)), count: more))
    }

    private mutating func replace(_ number: UInt32, with readings: [CounterReading]) {
        var before = CounterReading(at: Timestamp(milliseconds: 0))
        for (index, reading) in readings.enumerated() {
            add(Int(number), reading, after: before, isFirst: index == 0)
            before = reading
        }
    }

    private mutating func add(_ place: Int, _ reading: CounterReading, after before: CounterReading, isFirst: Bool) {
        if (segments.last?.count ?? Self.segmentOctets) + Self.recordOctetsMax > Self.segmentOctets {
            var segment: [UInt8] = []
            segment.reserveCapacity(Self.segmentOctets)
            segments.append(segment)
        }
        let segment = segments.count - 1
        let offset = segment * Self.segmentOctets + segments[segment].count
        Varint.write(isFirst ? 0 : UInt64(offset - (last[place] - 1)), into: &segments[segment])
        ReadingRecord.write(reading, after: before, into: &segments[segment])
        last[place] = offset + 1
        tails[place] = reading
    }
}
