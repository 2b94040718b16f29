import Inventory

/// One entry of a `ReadingBatch`.
enum ReadingEntry {
    /// What an entry takes at most: mask 1, number 5, time 10, uptime 5, discontinuity 5, speed 11, polling 6,
    /// statuses 2, lengths 4, counters 64.
    static let octetsMax = 128
    /// What the first entry differs from.
    static let origin = CounterReading(at: Timestamp(milliseconds: 0))

    /// Which fields differ from the entry before.
    enum Mask {
        static let number: UInt8 = 1 << 0
        static let at: UInt8 = 1 << 1
        static let upTime: UInt8 = 1 << 2
        static let discontinuity: UInt8 = 1 << 3
        static let speed: UInt8 = 1 << 4
        static let polling: UInt8 = 1 << 5
        static let statuses: UInt8 = 1 << 6
        static let unused: UInt8 = 1 << 7
    }

    @inline(__always)
    static func write(
        _ entry: ReadingBatch.Entry, after number: UInt32, _ before: CounterReading, _ writer: inout OctetWriter
    ) {
        let reading = entry.reading
        let mask = difference(of: reading, from: before) | (entry.number == number &+ 1 ? 0 : Mask.number)
        writer.reserve(octetsMax)
        writer.put(mask)
        if mask & Mask.number != 0 { writer.putSigned(Int64(entry.number) - Int64(number)) }
        if mask & ~Mask.number != 0 { write(mask, reading, before, &writer) }
        writer.putCounters(reading.counters)
    }

    @inline(__always)
    private static func difference(of reading: CounterReading, from before: CounterReading) -> UInt8 {
        var mask: UInt8 = 0
        if reading.at != before.at { mask |= Mask.at }
        if reading.sysUpTime != before.sysUpTime { mask |= Mask.upTime }
        if reading.discontinuityTime != before.discontinuityTime { mask |= Mask.discontinuity }
        if reading.ifSpeed != before.ifSpeed { mask |= Mask.speed }
        if reading.intervalSeconds != before.intervalSeconds || reading.present != before.present
            || reading.narrow != before.narrow || reading.clockWasSet != before.clockWasSet
        {
            mask |= Mask.polling
        }
        if reading.adminStatus != before.adminStatus || reading.operStatus != before.operStatus {
            mask |= Mask.statuses
        }
        return mask
    }

    private static func write(
        _ mask: UInt8, _ reading: CounterReading, _ before: CounterReading, _ writer: inout OctetWriter
    ) {
        if mask & Mask.at != 0 { writer.putSigned(reading.at.milliseconds &- before.at.milliseconds) }
        if mask & Mask.upTime != 0 { writer.putOptional(reading.sysUpTime) }
        if mask & Mask.discontinuity != 0 { writer.putOptional(reading.discontinuityTime) }
        if mask & Mask.speed != 0 { writer.putSpeed(reading.ifSpeed) }
        if mask & Mask.polling != 0 {
            writer.putVarint(UInt64(reading.intervalSeconds))
            writer.put(reading.present.rawValue)
            writer.put(reading.narrow.rawValue)
            writer.put(reading.clockWasSet ? 1 : 0)
        }
        if mask & Mask.statuses != 0 {
            writer.put(reading.adminStatus)
            writer.put(reading.operStatus)
        }
    }

    /// Makes of an entry the one that follows it.
    @inline(__always)
    static func read(into entry: inout ReadingBatch.Entry, _ reader: inout OctetReader) throws(DamagedBlock) {
        let mask = try reader.octet()
        guard mask & Mask.unused == 0 else { throw DamagedBlock(reason: "an entry of unknown form \(mask)") }
        if mask & Mask.number != 0 {
            let number = Int64(entry.number) &+ (try reader.signed())
            guard let number = UInt32(exactly: number) else { throw DamagedBlock(reason: "interface number \(number)") }
            entry.number = number
        } else {
            entry.number &+= 1
        }
        if mask & ~Mask.number != 0 { try read(mask, into: &entry.reading, &reader) }
        entry.reading.counters = try reader.counters()
    }

    private static func read(
        _ mask: UInt8, into reading: inout CounterReading, _ reader: inout OctetReader
    ) throws(DamagedBlock) {
        if mask & Mask.at != 0 { reading.at.milliseconds &+= try reader.signed() }
        if mask & Mask.upTime != 0 { reading.sysUpTime = try reader.optional() }
        if mask & Mask.discontinuity != 0 { reading.discontinuityTime = try reader.optional() }
        if mask & Mask.speed != 0 { reading.ifSpeed = try reader.speed() }
        if mask & Mask.polling != 0 {
            reading.intervalSeconds = UInt16(try reader.number(atMost: Int(UInt16.max), "an interval"))
            reading.present = CounterSet(rawValue: try reader.octet())
            reading.narrow = CounterSet(rawValue: try reader.octet())
            reading.clockWasSet = try reader.octet() != 0
        }
        if mask & Mask.statuses != 0 {
            reading.adminStatus = try reader.octet()
            reading.operStatus = try reader.octet()
        }
    }
}

extension OctetWriter {
    /// Four octets of lengths, a nibble a counter, then the counters without leading zero octets: at most 68.
    @inline(__always)
    mutating func putCounters(_ counters: SIMD8<UInt64>) {
        var lengths: UInt64 = 0
        for index in 0..<8 { lengths |= UInt64(Self.octets(of: counters[index])) << UInt64(index * 4) }
        putWord(lengths, octets: 4)
        for index in 0..<8 { putWord(counters[index], octets: Int((lengths >> UInt64(index * 4)) & 15)) }
    }

    @inline(__always)
    private static func octets(of word: UInt64) -> Int {
        (71 - word.leadingZeroBitCount) >> 3
    }
}

extension OctetReader {
    @inline(__always)
    mutating func counters() throws(DamagedBlock) -> SIMD8<UInt64> {
        let lengths = try word(octets: 4)
        var counters = SIMD8<UInt64>.zero
        for index in 0..<8 { counters[index] = try word(octets: Int((lengths >> UInt64(index * 4)) & 15)) }
        return counters
    }
}
