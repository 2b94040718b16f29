import Inventory
import Traffic

/// The hours of a `RollupBlock` field by field: what many hours of an interface take least in.
///
/// A column of sums holds each number as a rise, so that numbers between the same bounds take as many bits as those need.
struct RollupColumns {
    /// Hour, readings, origin, then the fields of both directions.
    private static let count = 3 + 2 * Field.count

    /// Places of a direction's fields among its columns.
    private enum Field {
        /// 0 without traffic, 1 with rates, 2 where the five numbers follow the columns as they are.
        static let form = 0
        /// Above that of readings, or of the other direction.
        static let rates = 1
        /// Above an hour, or those of the other direction.
        static let milliseconds = 2
        static let octets = 3
        static let packets = 4
        static let errors = 5
        static let discards = 6
        static let sum = 7
        static let squares = 8
        static let min = 9
        static let max = 10
        static let count = 11
    }

    private static let hourMilliseconds: Int64 = 3_600_000
    private static let exactOctets = 40

    private let rows: Int
    private var values: [UInt64]
    private var exact: [DirectionRollup] = []

    private init(rows: Int) {
        self.rows = rows
        values = [UInt64](repeating: 0, count: rows * Self.count)
    }

    /// What so many hours take at most.
    static func octetsMax(hours: Int) -> Int {
        count * Column.octetsMax(count: hours) + 2 * hours * exactOctets
    }

    /// Writes the columns of at least one hour.
    static func write(_ hours: [HourlyRollup], _ writer: inout OctetWriter) {
        var columns = RollupColumns(rows: hours.count)
        for (row, hour) in hours.enumerated() { columns.set(row, hour) }
        columns.write(&writer)
    }

    private mutating func set(_ row: Int, _ hour: HourlyRollup) {
        values[row] = UInt64(bitPattern: hour.hour.milliseconds)
        values[rows + row] = UInt64(hour.readings)
        values[2 * rows + row] = UInt64(hour.origin.rawValue)
        let covered = set(row, hour.inbound, 3, count: hour.readings, Self.hourMilliseconds)
        _ = set(row, hour.outbound, 3 + Field.count, count: hour.inbound.count, covered)
    }

    /// Sets the fields of a direction whose columns begin at one; answers the milliseconds it covers.
    private mutating func set(
        _ row: Int, _ direction: DirectionRollup, _ first: Int, count: UInt32, _ expected: Int64
    ) -> Int64 {
        func place(_ field: Int) -> Int { (first + field) * rows + row }
        values[place(Field.rates)] = UInt64(direction.count) &- UInt64(count)
        values[place(Field.octets)] = direction.octets
        values[place(Field.packets)] = direction.packets
        values[place(Field.errors)] = direction.errors
        values[place(Field.discards)] = direction.discards
        let isQuiet = RollupDirection.isQuiet(direction)
        guard let milliseconds = RollupDirection.milliseconds(direction.seconds) else { return keep(direction) }
        if !isQuiet {
            guard let rates = RateForm(direction, milliseconds) else { return keep(direction) }
            values[place(Field.form)] = 1
            values[place(Field.sum)] = UInt64(bitPattern: rates.sum)
            values[place(Field.squares)] = rates.squares
            values[place(Field.min)] = rates.min
            values[place(Field.max)] = rates.max
        }
        values[place(Field.milliseconds)] = UInt64(bitPattern: milliseconds &- expected)
        return milliseconds

        func keep(_ direction: DirectionRollup) -> Int64 {
            values[place(Field.form)] = 2
            exact.append(direction)
            return expected
        }
    }

    private func write(_ writer: inout OctetWriter) {
        writer.reserve(Self.octetsMax(hours: rows))
        var column = ColumnWriter()
        var sums = [UInt64](repeating: 0, count: rows)
        for first in stride(from: 0, to: values.count, by: rows) {
            var sum: UInt64 = 0
            for row in 0..<rows {
                // Hours rise by themselves.
                sum = first == 0 ? values[row] : sum &+ values[first + row]
                sums[row] = sum
            }
            sums.withUnsafeBufferPointer { column.write($0, &writer) }
        }
        writer.reserve(exact.count * Self.exactOctets)
        for direction in exact { RollupDirection.putExact(direction, &writer) }
    }

    /// Adds so many hours, at least one.
    static func read(
        _ reader: inout OctetReader, count: Int, into hours: inout [HourlyRollup]
    ) throws(DamagedBlock) {
        var columns = RollupColumns(rows: count)
        for column in 0..<Self.count {
            var before: UInt64 = 0
            try ColumnReader(&reader, count: count).forEach { row, value in
                columns.values[column * count + row] = value &- before
                if column > 0 { before = value }
            }
        }
        for row in 0..<count { hours.append(try columns.hour(row, &reader)) }
    }

    private func hour(_ row: Int, _ reader: inout OctetReader) throws(DamagedBlock) -> HourlyRollup {
        var hour = HourlyRollup(hour: Timestamp(milliseconds: Int64(bitPattern: values[row])))
        guard let readings = UInt32(exactly: values[rows + row]), let origin = UInt16(exactly: values[2 * rows + row])
        else { throw DamagedBlock(reason: "an hour of numbers that are too high") }
        hour.readings = readings
        hour.origin = RateOrigin(rawValue: origin)
        let covered = try read(row, &hour.inbound, 3, count: readings, Self.hourMilliseconds, &reader)
        let other = hour.inbound.count
        _ = try read(row, &hour.outbound, 3 + Field.count, count: other, covered, &reader)
        return hour
    }

    private func read(
        _ row: Int, _ direction: inout DirectionRollup, _ first: Int, count: UInt32, _ expected: Int64,
        _ reader: inout OctetReader
    ) throws(DamagedBlock) -> Int64 {
        func value(_ field: Int) -> UInt64 { values[(first + field) * rows + row] }
        guard let rates = UInt32(exactly: UInt64(count) &+ value(Field.rates)) else {
            throw DamagedBlock(reason: "a count of rates that is too high")
        }
        direction.count = rates
        direction.octets = value(Field.octets)
        direction.packets = value(Field.packets)
        direction.errors = value(Field.errors)
        direction.discards = value(Field.discards)
        let milliseconds = expected &+ Int64(bitPattern: value(Field.milliseconds))
        switch value(Field.form) {
        case 0: direction.seconds = Double(milliseconds) / 1000
        case 1:
            direction.seconds = Double(milliseconds) / 1000
            RateForm(
                sum: Int64(bitPattern: value(Field.sum)), squares: value(Field.squares), min: value(Field.min),
                max: value(Field.max)
            ).restore(&direction, milliseconds)
        case 2: try RollupDirection.readExact(into: &direction, &reader)
        default: throw DamagedBlock(reason: "a direction of unknown form")
        }
        return milliseconds
    }
}
