import Inventory
import Series

/// Which interfaces the outbox knows, and the newest reading of each: what decides whether a reading is taken.
struct AcceptanceLedger: Sendable {
    /// Which order is asked of readings.
    enum Rule: Sendable {
        /// Only what is newer than the newest of its interface.
        case ascending
        /// Any.
        case any
    }

    /// What is to be done with the readings of a call.
    struct Plan: Sendable {
        /// Readings to keep, as they came.
        var entries: [ReadingBatch.Entry] = []
        /// Interfaces that were not known, with the numbers they get.
        var fresh: [(number: UInt32, id: InterfaceID)] = []
        /// The newest of the interfaces touched.
        var newest: [UInt32: CounterReading] = [:]
        /// What becomes of the readings.
        var outcome = AppendOutcome()
    }

    private(set) var numbers: [InterfaceID: UInt32] = [:]
    private(set) var newest: [UInt32: CounterReading] = [:]
    private var nextNumber: UInt32 = 1

    /// Interfaces that are known.
    var count: Int { numbers.count }

    /// The time of the newest reading of all.
    var newestMoment: Timestamp? { newest.values.lazy.map(\.at).max() }

    /// An interface as it is found in the file.
    mutating func know(_ id: InterfaceID, number: UInt32) {
        numbers[id] = number
        nextNumber = max(nextNumber, number + 1)
    }

    /// A reading that was taken before.
    mutating func raise(_ number: UInt32, to reading: CounterReading) {
        if newest[number].map({ $0.at <= reading.at }) ?? true { newest[number] = reading }
    }

    /// Decides; nothing changes until the plan is done.
    func judge(_ readings: [SeriesReading], rule: Rule, now: Timestamp, retentionSeconds: Int64) -> Plan {
        var plan = Plan()
        var added: [InterfaceID: UInt32] = [:]
        let earliest = Timestamp(milliseconds: now.milliseconds - retentionSeconds * 1000)
        plan.entries.reserveCapacity(readings.count)
        for one in readings {
            let number = numbers[one.interface] ?? added[one.interface]
            let last = number.flatMap { plan.newest[$0] ?? newest[$0] }
            switch Self.verdict(one.reading, newest: last, rule: rule, now: now, earliest: earliest) {
            case .accepted:
                let own = number ?? nextNumber + UInt32(plan.fresh.count)
                if number == nil {
                    added[one.interface] = own
                    plan.fresh.append((own, one.interface))
                }
                plan.entries.append(ReadingBatch.Entry(number: own, reading: one.reading))
                if last.map({ $0.at <= one.reading.at }) ?? true { plan.newest[own] = one.reading }
                plan.outcome.accepted += 1
            case .repeated: plan.outcome.repeated += 1
            case .outOfOrder: plan.outcome.outOfOrder += 1
            case .outOfRange: plan.outcome.outOfRange += 1
            }
        }
        return plan
    }

    /// The plan is on disk.
    mutating func apply(_ plan: Plan) {
        for (number, id) in plan.fresh { know(id, number: number) }
        for (number, reading) in plan.newest { newest[number] = reading }
    }

    /// Interfaces are no longer known.
    mutating func forget(_ ids: [InterfaceID]) {
        for id in ids {
            if let number = numbers.removeValue(forKey: id) { newest[number] = nil }
        }
    }

    private enum Verdict {
        case accepted, repeated, outOfOrder, outOfRange
    }

    private static func verdict(
        _ reading: CounterReading, newest: CounterReading?, rule: Rule, now: Timestamp, earliest: Timestamp
    ) -> Verdict {
        if let newest, newest == reading { return .repeated }
        let latest = now.advanced(bySeconds: Double(reading.intervalSeconds))
        guard reading.at <= latest, reading.at >= earliest else { return .outOfRange }
        guard rule == .ascending, let newest else { return .accepted }
        return reading.at > newest.at ? .accepted : .outOfOrder
    }
}
