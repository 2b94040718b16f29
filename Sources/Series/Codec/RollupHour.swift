import Inventory
import Traffic

/// One hour of a `RollupBlock`, written as what differs from the hour before.
struct RollupHour {
    /// What an hour takes at most: mask 1, hour 10, readings 5, origin 3, two directions of up to 96.
    static let octetsMax = 224

    private static let hourMilliseconds: Int64 = 3_600_000

    private var expected = Timestamp(milliseconds: 0)
    private var readings: UInt32 = 12
    private var origin: RateOrigin = .wide
    private var milliseconds: Int64 = RollupHour.hourMilliseconds

    private enum Mask {
        /// Not the hour after the one before: the difference follows, in hours.
        static let hour: UInt8 = 1 << 0
        /// As `hour`, in milliseconds.
        static let moment: UInt8 = 1 << 1
        static let readings: UInt8 = 1 << 2
        static let origin: UInt8 = 1 << 3
        static let inbound: UInt8 = 1 << 4
        static let outbound: UInt8 = 1 << 5
        static let unused: UInt8 = 0b1100_0000
    }

    mutating func write(_ hour: HourlyRollup, _ writer: inout OctetWriter) {
        writer.reserve(Self.octetsMax)
        let jump = hour.hour.milliseconds &- expected.milliseconds
        let isWhole = jump % Self.hourMilliseconds == 0
        let inbound = RollupDirection(hour.inbound, count: hour.readings, milliseconds)
        let outbound = RollupDirection(hour.outbound, count: hour.inbound.count, inbound.milliseconds)
        var mask: UInt8 = 0
        if jump != 0 { mask |= isWhole ? Mask.hour : Mask.moment }
        if hour.readings != readings { mask |= Mask.readings }
        if hour.origin != origin { mask |= Mask.origin }
        if inbound.form != 0 { mask |= Mask.inbound }
        if outbound.form != 0 { mask |= Mask.outbound }
        writer.put(mask)
        if jump != 0 { writer.putSigned(isWhole ? jump / Self.hourMilliseconds : jump) }
        if hour.readings != readings { writer.putVarint(UInt64(hour.readings)) }
        if hour.origin != origin { writer.putVarint(UInt64(hour.origin.rawValue)) }
        if inbound.form != 0 { inbound.write(hour.inbound, after: milliseconds, &writer) }
        if outbound.form != 0 { outbound.write(hour.outbound, after: inbound.milliseconds, &writer) }
        follow(hour, inbound.milliseconds)
    }

    mutating func read(_ reader: inout OctetReader) throws(DamagedBlock) -> HourlyRollup {
        let mask = try reader.octet()
        guard mask & Mask.unused == 0 else { throw DamagedBlock(reason: "an hour of unknown form \(mask)") }
        var hour = HourlyRollup(hour: expected)
        if mask & Mask.hour != 0 { hour.hour.milliseconds &+= try reader.signed() &* Self.hourMilliseconds }
        if mask & Mask.moment != 0 { hour.hour.milliseconds &+= try reader.signed() }
        hour.readings = readings
        hour.origin = origin
        if mask & Mask.readings != 0 { hour.readings = try reader.count("a count of readings") }
        if mask & Mask.origin != 0 {
            hour.origin = RateOrigin(rawValue: UInt16(try reader.number(atMost: Int(UInt16.max), "an origin")))
        }
        var form = mask & Mask.inbound != 0 ? try reader.octet() : 0
        let inbound = try RollupDirection.read(form, &reader, count: hour.readings, milliseconds)
        form = mask & Mask.outbound != 0 ? try reader.octet() : 0
        let outbound = try RollupDirection.read(form, &reader, count: inbound.direction.count, inbound.milliseconds)
        hour.inbound = inbound.direction
        hour.outbound = outbound.direction
        follow(hour, inbound.milliseconds)
        return hour
    }

    /// What the next hour differs from.
    private mutating func follow(_ hour: HourlyRollup, _ milliseconds: Int64) {
        expected.milliseconds = hour.hour.milliseconds &+ Self.hourMilliseconds
        readings = hour.readings
        origin = hour.origin
        self.milliseconds = milliseconds
    }
}

extension OctetReader {
    /// A number of 32 bits.
    mutating func count(_ what: StaticString) throws(DamagedBlock) -> UInt32 {
        UInt32(try number(atMost: Int(UInt32.max), what))
    }
}
