import Inventory

/// One reading as the difference to the one before it, some 30 octets: how open chunks are held in memory.
///
/// Never written to a file; blocks and the log have forms of their own.
enum ReadingRecord {
    private static let sameContext: UInt8 = 1
    private static let clockWasSet: UInt8 = 2
    private static let hasUptime: UInt8 = 4

    /// Adds the record of a reading.
    static func write(_ reading: CounterReading, after before: CounterReading, into octets: inout [UInt8]) {
        let same = hasSameContext(reading, before)
        var flags: UInt8 = same ? sameContext : 0
        if reading.clockWasSet { flags |= clockWasSet }
        if reading.sysUpTime != nil { flags |= hasUptime }
        octets.append(flags)
        Varint.write(Varint.zigzag(reading.at.milliseconds &- before.at.milliseconds), into: &octets)
        if let uptime = reading.sysUpTime {
            Varint.write(Varint.zigzag(Int64(uptime) - Int64(before.sysUpTime ?? 0)), into: &octets)
        }
        if !same { writeContext(reading, into: &octets) }
        let differences = reading.counters &- before.counters
        var mask: UInt8 = 0
        for position in 0..<8 where differences[position] != 0 { mask |= 1 << UInt8(position) }
        octets.append(mask)
        for position in 0..<8 where differences[position] != 0 {
            Varint.write(Varint.zigzag(Int64(bitPattern: differences[position])), into: &octets)
        }
    }

    /// Reads the record at a position.
    static func read(_ octets: [UInt8], _ position: inout Int, after before: CounterReading) -> CounterReading {
        var reading = before
        let flags = octets[position]
        position += 1
        reading.at.milliseconds &+= Varint.unzigzag(Varint.read(octets, &position))
        reading.clockWasSet = flags & clockWasSet != 0
        reading.sysUpTime = nil
        if flags & hasUptime != 0 {
            let uptime = Int64(before.sysUpTime ?? 0) &+ Varint.unzigzag(Varint.read(octets, &position))
            reading.sysUpTime = UInt32(truncatingIfNeeded: uptime)
        }
        if flags & sameContext == 0 { readContext(octets, &position, into: &reading) }
        let mask = octets[position]
        position += 1
        for place in 0..<8 where mask & (1 << UInt8(place)) != 0 {
            let difference = Varint.unzigzag(Varint.read(octets, &position))
            reading.counters[place] &+= UInt64(bitPattern: difference)
        }
        return reading
    }

    private static func hasSameContext(_ one: CounterReading, _ other: CounterReading) -> Bool {
        one.ifSpeed == other.ifSpeed && one.discontinuityTime == other.discontinuityTime
            && one.intervalSeconds == other.intervalSeconds && one.present == other.present
            && one.narrow == other.narrow && one.adminStatus == other.adminStatus
            && one.operStatus == other.operStatus
    }

    private static func writeContext(_ reading: CounterReading, into octets: inout [UInt8]) {
        octets.append((reading.ifSpeed == nil ? 0 : 1) | (reading.discontinuityTime == nil ? 0 : 2))
        octets.append(reading.present.rawValue)
        octets.append(reading.narrow.rawValue)
        octets.append(reading.adminStatus)
        octets.append(reading.operStatus)
        Varint.write(UInt64(reading.intervalSeconds), into: &octets)
        if let speed = reading.ifSpeed { Varint.write(Varint.zigzag(speed), into: &octets) }
        if let time = reading.discontinuityTime { Varint.write(UInt64(time), into: &octets) }
    }

    private static func readContext(_ octets: [UInt8], _ position: inout Int, into reading: inout CounterReading) {
        let has = octets[position]
        reading.present = CounterSet(rawValue: octets[position + 1])
        reading.narrow = CounterSet(rawValue: octets[position + 2])
        reading.adminStatus = octets[position + 3]
        reading.operStatus = octets[position + 4]
        position += 5
        reading.intervalSeconds = UInt16(truncatingIfNeeded: Varint.read(octets, &position))
        reading.ifSpeed = has & 1 == 0 ? nil : Varint.unzigzag(Varint.read(octets, &position))
        reading.discontinuityTime =
            has & 2 == 0 ? nil : UInt32(truncatingIfNeeded: Varint.read(octets, &position))
    }
}

/// Numbers of seven bits an octet, the lowest first.
enum Varint {
    static func zigzag(_ value: Int64) -> UInt64 {
        UInt64(bitPattern: value << 1 ^ value >> 63)
    }

    static func unzigzag(_ value: UInt64) -> Int64 {
        Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
    }

    static func write(_ value: UInt64, into octets: inout [UInt8]) {
        var rest = value
        while rest >= 0x80 {
            octets.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        octets.append(UInt8(truncatingIfNeeded: rest))
    }

    static func read(_ octets: [UInt8], _ position: inout Int) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let octet = octets[position]
            position += 1
            value |= UInt64(octet & 0x7F) << shift
            if octet < 0x80 { return value }
            shift += 7
        }
    }
}
