import Inventory
import SNMP

/// What one poll told of one interface, before anything is decided.
struct CounterRow: Sendable, Hashable {
    var counters = SIMD8<UInt64>.zero
    var present: CounterSet = []
    var narrow: CounterSet = []
    /// 32-bit counters that were read beside the wide ones.
    var substitutes = SIMD8<UInt64>.zero
    var substitutesPresent: CounterSet = []
    var status = LinkStatus()
    var discontinuityTime: UInt32?
    /// ifHighSpeed, in units of 10^6 bit/s.
    var highSpeed: UInt32 = 0
    /// Whether the device has the row at all.
    var exists = false

    /// The counters that have a 64-bit form.
    static let widened: CounterSet = [
        CounterSet(.inOctets), CounterSet(.outOctets), CounterSet(.inUnicastPackets), CounterSet(.outUnicastPackets),
    ]

    mutating func take(_ value: UInt64, tag: UInt8, as meaning: CounterRequest.Meaning) {
        exists = true
        switch meaning {
        case .counter(let kind):
            counters[Int(kind.rawValue)] = value
            present.insert(CounterSet(kind))
            // Some agents answer 32 bits where 64 belong.
            if tag != BERTag.counter64 { narrow.insert(CounterSet(kind)) }
        case .substitute(let kind):
            substitutes[Int(kind.rawValue)] = value
            substitutesPresent.insert(CounterSet(kind))
        case .adminStatus: status.admin = UInt8(exactly: value) ?? 0
        case .operStatus: status.oper = UInt8(exactly: value) ?? 0
        case .discontinuityTime: discontinuityTime = UInt32(exactly: value)
        case .highSpeed: highSpeed = UInt32(exactly: value) ?? 0
        }
    }

    /// The 64-bit counters that were answered as such.
    var wide: CounterSet { present.intersection(Self.widened).subtracting(narrow) }

    /// Uses 32-bit counters for 64-bit ones that were not answered, or that stand at 0 while those count; a known fault.
    ///
    /// - Returns: Whether any was used.
    mutating func substitute() -> Bool {
        var isUsed = false
        for kind in CounterKind.allCases where substitutesPresent.contains(kind) {
            let place = Int(kind.rawValue)
            guard !present.contains(kind) || (counters[place] == 0 && substitutes[place] > 0) else { continue }
            counters[place] = substitutes[place]
            present.insert(CounterSet(kind))
            narrow.insert(CounterSet(kind))
            isUsed = true
        }
        return isUsed
    }

    /// Whether the octets stand at 0 on a link that is up and has counted packets.
    var looksStuck: Bool {
        let octets = counters[Int(CounterKind.inOctets.rawValue)] | counters[Int(CounterKind.outOctets.rawValue)]
        let packets =
            counters[Int(CounterKind.inUnicastPackets.rawValue)]
            | counters[Int(CounterKind.outUnicastPackets.rawValue)]
        return CounterSet.octets.isSubset(of: present) && octets == 0 && packets > 0 && status.oper == 1
    }

    /// The reading of an interface; nil where no counter was answered.
    func reading(
        of interface: PlannedInterface, at: Timestamp, sysUpTime: UInt32?, intervalSeconds: UInt16, clockWasSet: Bool
    ) -> CounterReading? {
        guard !present.isEmpty else { return nil }
        var reading = CounterReading(at: at, intervalSeconds: intervalSeconds)
        reading.counters = counters
        reading.present = present
        reading.narrow = narrow
        reading.ifSpeed = highSpeed > 0 ? Int64(highSpeed) * 1_000_000 : interface.ifSpeed
        reading.sysUpTime = sysUpTime
        reading.discontinuityTime = discontinuityTime
        reading.adminStatus = status.admin
        reading.operStatus = status.oper
        reading.clockWasSet = clockWasSet
        return reading
    }
}

/// What a poll told of which counters a device has.
struct WidthFindings: Sendable, Hashable {
    /// Whether the columns of 64-bit counters were read to their end, so that what is missing is not there.
    var isConclusive = false
    /// Interfaces the device has.
    var existing = 0
    /// Those without one of the four 64-bit counters.
    var lackingSome = 0
    /// Those without any.
    var lackingAll = 0
    /// Those for which a 32-bit counter was used.
    var substituted = 0
    /// Those whose octets look stuck at 0.
    var stuck = 0
}

/// What one poll told of the interfaces of a plan, in its order.
struct CounterRows: Sendable, Hashable {
    var rows: [CounterRow]
    var findings = WidthFindings()

    /// Rows as they were read, 32-bit counters put where they are needed.
    init(_ rows: [CounterRow], areColumnsWhole: Bool) {
        self.rows = rows
        findings.isConclusive = areColumnsWhole
        for place in self.rows.indices where self.rows[place].exists {
            let wide = self.rows[place].wide
            findings.existing += 1
            if wide != CounterRow.widened { findings.lackingSome += 1 }
            if wide.isEmpty { findings.lackingAll += 1 }
            if self.rows[place].looksStuck { findings.stuck += 1 }
            if self.rows[place].substitute() { findings.substituted += 1 }
        }
    }

    /// Reads the interfaces of a plan out of a table.
    ///
    /// Rows and plan are both in the order of ifIndex and are passed through once for each column. A row that is there is
    /// right, also in a column that was not read to its end; rows of no planned interface are passed over.
    init(_ table: Table, _ meanings: [CounterRequest.Meaning], _ plan: [PlannedInterface]) {
        var rows = [CounterRow](repeating: CounterRow(), count: plan.count)
        var isWhole = true
        for (column, meaning) in zip(table.columns, meanings) {
            Self.merge(column, meaning, plan, &rows)
            if case .counter = meaning, column.status != .complete, column.status != .absent { isWhole = false }
        }
        self.init(rows, areColumnsWhole: isWhole)
    }

    private static func merge(
        _ column: Column, _ meaning: CounterRequest.Meaning, _ plan: [PlannedInterface], _ rows: inout [CounterRow]
    ) {
        var place = 0
        for position in 0..<column.count {
            guard let index = column.simpleIndex(at: position) else { continue }
            while place < plan.count, plan[place].ifIndex < index { place += 1 }
            guard place < plan.count else { return }
            guard plan[place].ifIndex == index, let value = column.unsigned(at: position) else { continue }
            rows[place].take(value, tag: column.tag(at: position), as: meaning)
        }
    }
}
