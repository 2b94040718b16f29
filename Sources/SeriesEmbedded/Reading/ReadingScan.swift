import GRDB
import Inventory
import Series

/// Reads the readings of some interfaces, a slice of them after the other.
struct ReadingScan: Sendable {
    let plan: ScanPlan
    let reader: BlockReader

    /// Hands over the interfaces of a slice that have readings in the range.
    func scan(_ numbers: ArraySlice<UInt32>, _ take: (SeriesRun) throws -> Void) throws -> ScanOutcome {
        var outcome = ScanOutcome()
        var runs = [[CounterReading]](repeating: [], count: numbers.count)
        for stretch in plan.stretches {
            outcome.damagedBlocks += try read(stretch, numbers, into: &runs)
        }
        for (place, number) in numbers.enumerated() {
            guard let id = plan.ids[Int(number)] else { continue }
            var readings: [CounterReading] = []
            swap(&readings, &runs[place])
            trim(&readings)
            guard !readings.isEmpty else { continue }
            outcome.interfaces += 1
            outcome.values += readings.count
            try take(SeriesRun(id, readings))
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
            }
            return 0
        case .file(let name, let chunks):
            let counters = plan.query.counters
            return try reader.shared.read(name, lane: reader.lane) { db in
                var damaged = 0
                for chunk in chunks {
                    damaged += try reader.blocks(db, .readings, chunk, numbers) { place, octets in
                        let before = runs[place].count
                        do {
                            try ReadingBlock.decode(octets, counters: counters, into: &runs[place])
                        } catch {
                            runs[place].removeSubrange(before...)
                            throw error
                        }
                    }
                }
                return damaged
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
