import GRDB
import Inventory
import Series
import Traffic

/// Reads the hourly roll-ups of some interfaces, a slice of them after the other; open chunks are rolled up on the way.
struct RollupScan: Sendable {
    let plan: ScanPlan
    let reader: BlockReader

    /// Hands over the interfaces of a slice that have roll-ups in the range.
    func scan(_ numbers: ArraySlice<UInt32>, _ take: (RollupRun) throws -> Void) throws -> ScanOutcome {
        var outcome = ScanOutcome()
        var runs = [[HourlyRollup]](repeating: [], count: numbers.count)
        for stretch in plan.stretches {
            outcome.damagedBlocks += try read(stretch, numbers, into: &runs)
        }
        for (place, number) in numbers.enumerated() {
            guard let id = plan.ids[Int(number)] else { continue }
            let hours = runs[place].filter { plan.query.from <= $0.hour && $0.hour < plan.query.to }
            guard !hours.isEmpty else { continue }
            outcome.interfaces += 1
            outcome.values += hours.count
            try take(RollupRun(id, hours))
        }
        return outcome
    }

    private func read(
        _ stretch: ScanPlan.Stretch, _ numbers: ArraySlice<UInt32>, into runs: inout [[HourlyRollup]]
    ) throws -> Int {
        switch stretch {
        case .memory(let chunk):
            guard let open = plan.open[chunk] else { return 0 }
            let leads = try reader.leads(before: chunk, Array(numbers), open: plan.open)
            for (place, number) in numbers.enumerated() {
                let before = runs[place].count
                runs[place] += BlockWriter.rollups(open.readings(of: number), lead: leads[number])
                ItemOrder.settle(&runs[place], from: before)
            }
            return 0
        case .file(let name, let chunks):
            return try reader.shared.read(name, lane: reader.lane) { db in
                try reader.blocks(db, .rollups, chunks, numbers) { place, octets in
                    let before = runs[place].count
                    try RollupBlock.decode(octets, into: &runs[place])
                    ItemOrder.settle(&runs[place], from: before)
                }
            } ?? 0
        }
    }
}
