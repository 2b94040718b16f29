import Inventory

/// What seldom changes from one reading to the next: written once for each run of readings that have it in common.
enum ReadingContext {
    /// What a run takes at most: form 1, length 10, speed 11, discontinuity 5, interval 3, sets 2, statuses 2.
    static let octetsMax = 40

    /// What the first run differs from: what is so of most interfaces.
    static var origin: CounterReading {
        var reading = CounterReading(at: Timestamp(milliseconds: 0), intervalSeconds: 300)
        reading.present = .all
        reading.adminStatus = 1
        reading.operStatus = 1
        return reading
    }

    /// The first octet of a run: which fields differ from the run before, and two fields of one bit.
    private enum Form {
        static let speed: UInt8 = 1 << 0
        static let discontinuity: UInt8 = 1 << 1
        static let interval: UInt8 = 1 << 2
        static let sets: UInt8 = 1 << 3
        static let statuses: UInt8 = 1 << 4
        static let clockWasSet: UInt8 = 1 << 5
        static let upTime: UInt8 = 1 << 6
        static let unused: UInt8 = 1 << 7
    }

    /// Whether two readings can be of one run.
    static func isSame(_ left: CounterReading, _ right: CounterReading) -> Bool {
        left.ifSpeed == right.ifSpeed && left.discontinuityTime == right.discontinuityTime
            && left.intervalSeconds == right.intervalSeconds && left.present == right.present
            && left.narrow == right.narrow && left.adminStatus == right.adminStatus
            && left.operStatus == right.operStatus && left.clockWasSet == right.clockWasSet
            && (left.sysUpTime == nil) == (right.sysUpTime == nil)
    }

    static func write(_ reading: CounterReading, after before: CounterReading, _ writer: inout OctetWriter) {
        var form: UInt8 = 0
        if reading.ifSpeed != before.ifSpeed { form |= Form.speed }
        if reading.discontinuityTime != before.discontinuityTime { form |= Form.discontinuity }
        if reading.intervalSeconds != before.intervalSeconds { form |= Form.interval }
        if reading.present != before.present || reading.narrow != before.narrow { form |= Form.sets }
        if reading.adminStatus != before.adminStatus || reading.operStatus != before.operStatus {
            form |= Form.statuses
        }
        if reading.clockWasSet { form |= Form.clockWasSet }
        if reading.sysUpTime != nil { form |= Form.upTime }
        writer.put(form)
        if form & Form.speed != 0 { writer.putSpeed(reading.ifSpeed) }
        if form & Form.discontinuity != 0 { writer.putOptional(reading.discontinuityTime) }
        if form & Form.interval != 0 { writer.putVarint(UInt64(reading.intervalSeconds)) }
        if form & Form.sets != 0 {
            writer.put(reading.present.rawValue)
            writer.put(reading.narrow.rawValue)
        }
        if form & Form.statuses != 0 {
            writer.put(reading.adminStatus)
            writer.put(reading.operStatus)
        }
    }

    /// Changes a reading to what the next run has; its sysUpTime is then 0 or nil.
    static func read(into reading: inout CounterReading, _ reader: inout OctetReader) throws(DamagedBlock) {
        let form = try reader.octet()
        guard form & Form.unused == 0 else { throw DamagedBlock(reason: "a run of unknown form \(form)") }
        if form & Form.speed != 0 { reading.ifSpeed = try reader.speed() }
        if form & Form.discontinuity != 0 { reading.discontinuityTime = try reader.optional() }
        if form & Form.interval != 0 {
            reading.intervalSeconds = UInt16(try reader.number(atMost: Int(UInt16.max), "an interval"))
        }
        if form & Form.sets != 0 {
            reading.present = CounterSet(rawValue: try reader.octet())
            reading.narrow = CounterSet(rawValue: try reader.octet())
        }
        if form & Form.statuses != 0 {
            reading.adminStatus = try reader.octet()
            reading.operStatus = try reader.octet()
        }
        reading.clockWasSet = form & Form.clockWasSet != 0
        reading.sysUpTime = form & Form.upTime != 0 ? 0 : nil
    }
}
