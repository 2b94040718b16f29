import Inventory

/// The metrics of a reading: the eight counters, and the context that a rate needs.
enum SeriesColumn {
    /// The names: the counters in the order of `CounterKind`, then the context.
    static let names: [String] = CounterKind.allCases.map(\.metricName) + contextNames

    /// The context; what a device did not say is not sent, and reads back as not said.
    static let contextNames = [
        "interface_sys_uptime_ticks", "interface_counter_discontinuity_ticks", "interface_if_speed",
        "interface_if_oper_status", "interface_if_admin_status", "interface_reading_flags",
        "interface_poll_interval_seconds",
    ]

    /// Bit of `interface_reading_flags` for a wall clock that was set; the lower eight are the 32-bit counters.
    private static let clockBit: UInt64 = 1 << 8

    /// What a reading has, by column, in order.
    static func values(_ reading: CounterReading, context: Bool) -> [(column: Int, value: UInt64)] {
        var values: [(Int, UInt64)] = []
        values.reserveCapacity(names.count)
        for kind in CounterKind.allCases {
            if let value = reading[kind] { values.append((Int(kind.rawValue), value)) }
        }
        guard context else { return values }
        let flags = UInt64(reading.narrow.rawValue) | (reading.clockWasSet ? clockBit : 0)
        if let ticks = reading.sysUpTime { values.append((8, UInt64(ticks))) }
        if let ticks = reading.discontinuityTime { values.append((9, UInt64(ticks))) }
        if let speed = reading.ifSpeed, speed >= 0 { values.append((10, UInt64(speed))) }
        if reading.operStatus != 0 { values.append((11, UInt64(reading.operStatus))) }
        if reading.adminStatus != 0 { values.append((12, UInt64(reading.adminStatus))) }
        if flags != 0 { values.append((13, flags)) }
        values.append((14, UInt64(reading.intervalSeconds)))
        return values
    }

    /// Whether two readings of one time are the same to a server, which keeps doubles, and context only where it is sent.
    static func areSame(_ one: CounterReading, _ other: CounterReading, context: Bool) -> Bool {
        values(one, context: context).map { ($0.column, Double($0.value)) }
            .elementsEqual(values(other, context: context).map { ($0.column, Double($0.value)) }, by: ==)
    }

    /// Puts what was read back of a column into a reading.
    static func set(_ column: Int, _ value: UInt64, in reading: inout CounterReading) {
        switch column {
        case 0..<8:
            guard let kind = CounterKind(rawValue: UInt8(column)) else { return }
            reading[kind] = value
        case 8: reading.sysUpTime = UInt32(clamping: value)
        case 9: reading.discontinuityTime = UInt32(clamping: value)
        case 10: reading.ifSpeed = Int64(clamping: value)
        case 11: reading.operStatus = UInt8(clamping: value)
        case 12: reading.adminStatus = UInt8(clamping: value)
        case 13:
            reading.narrow = CounterSet(rawValue: UInt8(truncatingIfNeeded: value))
            reading.clockWasSet = value & clockBit != 0
        default: reading.intervalSeconds = UInt16(clamping: value)
        }
    }

    /// The names of the columns that a query needs.
    static func names(for counters: CounterSet, context: Bool) -> [String] {
        CounterKind.allCases.filter { counters.contains($0) }.map(\.metricName) + (context ? contextNames : [])
    }
}
