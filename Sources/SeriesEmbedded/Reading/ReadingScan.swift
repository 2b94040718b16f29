import GRDB
import Inventory
import Series

/// Reads the readings of some interfaces, a slice of them after the other.
struct ReadingScan: Sendable {
    let plan: ScanPlan
    let reader: BlockReader
    private static let nobody = InterfaceID.random()
    /// Memory of the slice before: its arrays are used again where nobody kept them.
    private var runs: [[CounterReading]] = []

    init(plan: ScanPlan, reader: BlockReader) {
        self.plan = plan
        self.reader = reader
    }

    /// Hands over the interfaces of a slice that have readings in the range.
    mutating func scan(_ numbers: ArraySlice<UInt32>, _ take: (SeriesRun) throws -> Void) throws -> ScanOutcome {
        var outcome = ScanOutcome()
        var runs: [[CounterReading]] = []
        swap(&runs, &self.runs)
        defer { swap(&runs, &self.runs) }
        while runs.count < numbers.count { runs.append([]) }
        for stretch in plan.stretches {
            outcome.damagedBlocks += try read(stretch, numbers, into: &runs)
        }
        for (place, number) in numbers.enumerated() {
            var run = SeriesRun(plan.ids[Int(number)] ?? Self.nobody, [])
            swap(&run.readings, &runs[place])
            trim(&run.readings)
            if plan.ids[Int(number)] != nil, !run.readings.isEmpty {
                outcome.interfaces += 1
                outcome.values += run.readings.count
                try take(run)
            }
            run.readings.removeAll(keepingCapacity: true)
            swap(&run.readings, &runs[place])
        }
        return outcome
    }

    private func read(
        _ stretch: ScanPlan.Stretch, _ numbers: ArraySlice<UInt32>, into runs: inout [[CounterReading]]
    ) throws -> Int {
        switch stretch {
        case .memory(let chunk):
            guard let open = plan.open[chunk] else { return 0 }
            for (place, number) in numbers.enumerated() {
                let before = runs[place].count
                open.read(number, into: &runs[place])
                mask(&runs[place], from: before)
                ItemOrder.settle(&runs[place], from: before)
            }
            return 0
        case .file(let name, let chunks):
            let (counters, expected) = (plan.query.counters, min(8_192, 25 * plan.chunks.count))
            return try reader.shared.read(name, lane: reader.lane) { db in
                try reader.blocks(db, .readings, chunks, numbers) { place, octets in
                    let before = runs[place].count
                    if before == 0 { runs[place].reserveCapacity(expected) }
                    try ReadingBlock.decode(octets, counters: counters, into: &runs[place])
                    ItemOrder.settle(&runs[place], from: before)
                }
            } ?? 0
        }
    }

    /// Takes out the counters that were not asked for, as blocks leave them out.
    private func mask(_ readings: inout [CounterReading], from first: Int) {
        let counters = plan.query.counters
        guard counters != .all else { return }
        var keep = SIMD8<UInt64>(repeating: 0)
        for position in 0..<8 where counters.rawValue & (1 << UInt8(position)) != 0 { keep[position] = .max }
        for place in first..<readings.count {
            readings[place].counters &= keep
            readings[place].present.formIntersection(counters)
            readings[place].narrow.formIntersection(counters)
        }
    }

    /// Leaves the readings of the range and the lead before it; nothing where there are none in the range.
    private func trim(_ readings: inout [CounterReading]) {
        let (from, to) = (plan.query.from, plan.query.to)
        let end = readings.lastIndex { $0.at < to }.map { $0 + 1 } ?? 0
        let begin = readings.firstIndex { $0.at >= from } ?? readings.count
        guard begin < end else {
            readings = []
            return
        }
        var first = begin
        if plan.query.leadSeconds > 0, begin > 0,
            readings[begin - 1].at >= from.advanced(bySeconds: Double(-plan.query.leadSeconds))
        {
            first -= 1
        }
        readings.removeSubrange(end...)
        readings.removeSubrange(..<first)
    }
}
