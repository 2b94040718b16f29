import GRDB
import Glibc
import Inventory
import Series
import Synchronization
import Traffic

extension Writing {
    /// Interfaces of a step at most; one after the other, so that no more than a day of one is in memory.
    private static let interfacesAtOnce = 1_000
    /// How long a step goes on, but for its end: the fewer there are, the less is written.
    private static let stepDuration = Duration.milliseconds(15)
    /// Room that is given back in a step.
    private static let octetsAtOnce = 1 << 20

    /// Whether blocks of days that are over are to be made, and nothing goes on that writes there.
    mutating func isCompactionDue(_ now: Timestamp) -> Bool {
        guard merges.chunks.isEmpty, remaking.isEmpty, sealing == nil, hasRoomToCompact else { return false }
        return compaction.look(now: now, monotonicSeconds: shared.monotonicSeconds()) { shared.folder.blockFiles() }
    }

    private var hasRoomToCompact: Bool {
        shared.folder.freeOctets().map { $0 >= shared.configuration.reserveOctets } ?? true
    }

    /// Unites the blocks of the next interfaces, or gives room back; whether more is to do.
    ///
    /// A step is one transaction: whatever interrupts it leaves the blocks that were there.
    mutating func compactStep(now: Timestamp) throws -> Bool {
        guard isCompactionDue(now), let sweep = compaction.sweep else { return false }
        do {
            compaction.went(try next(sweep))
        } catch {
            compaction.failed(monotonicSeconds: shared.monotonicSeconds())
            // A full disk is told by who appends; a damaged file is put aside by the next piece.
            guard let error = error as? DatabaseError, error.lacksIndex || error.isDamage else { throw error }
        }
        return isCompactionDue(now)
    }

    private func next(_ sweep: CompactionWatch.Sweep) throws -> CompactionWatch.Sweep? {
        guard access(shared.folder.path(of: sweep.name), F_OK) == 0 else { return nil }
        if sweep.isUnited { return try shrink(sweep) }
        // Most files have nothing to be done: they are only read.
        guard let keys = sweep.keys, try holds(sweep.name, keys) else {
            return sweep.position > 0 ? united(sweep) : nil
        }
        return try sweep.name.kind == .readings
            ? unite(CounterReading.self, sweep) : unite(HourlyRollup.self, sweep)
    }

    private func holds(_ name: BlockFileName, _ keys: ClosedRange<Int64>) throws -> Bool {
        try shared.read(name, lane: BlockReader.writingLane) { try BlockTable.first($0, keys) != nil } ?? false
    }

    private func united(_ sweep: CompactionWatch.Sweep) -> CompactionWatch.Sweep {
        var sweep = sweep
        sweep.isUnited = true
        return sweep
    }

    private func unite<Item: BlockItem>(
        _: Item.Type, _ sweep: CompactionWatch.Sweep
    ) throws -> CompactionWatch.Sweep {
        var (sweep, interfaces, united) = (sweep, 0, 0)
        let end = ContinuousClock.now + Self.stepDuration
        try writer.write(sweep.name) { db in
            while interfaces < Self.interfacesAtOnce, ContinuousClock.now < end, let keys = sweep.keys,
                let key = try BlockTable.first(db, keys), case .chunk(let chunk) = BlockSpan.of(key)
            {
                sweep.position = key + 1
                interfaces += 1
                if try DayBlock<Item>(shared, db, BlockSpan.number(key), Day(of: chunk)).unite() { united += 1 }
            }
        }
        shared.state.withLock { [united] in $0.tally.dayBlocks += united }
        return sweep
    }

    private func shrink(_ sweep: CompactionWatch.Sweep) throws -> CompactionWatch.Sweep? {
        var isMore = false
        try writer.change(sweep.name) { isMore = try SQLiteFile.shrink($0, octets: Self.octetsAtOnce) }
        return isMore ? sweep : nil
    }
}
