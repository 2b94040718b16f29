import Inventory
import Series
import Synchronization

extension SeriesShared {
    /// What the store holds and how it fares.
    func statistics() -> SeriesStatistics {
        let state = state.withLock { $0 }
        let names = folder.fileNames().filter { $0.contains(".sqlite") }
        let log = names.filter { $0 == "log.sqlite" || $0 == "log.sqlite-wal" }
        var statistics = SeriesStatistics(kind: "embedded")
        statistics.state = condition(state.tally)
        statistics.counters = counters(state.tally)
        statistics.gauges = [
            .init("interfaces", Int64(state.directory.count)),
            .init("files", Int64(names.count)),
            .init("octets_on_disk", names.reduce(0) { $0 + folder.octets(of: $1) }),
            .init("log_octets", log.reduce(0) { $0 + folder.octets(of: $1) }),
            .init("open_chunks", Int64(state.chunks.count)),
            .init("open_readings", state.chunks.values.reduce(0) { $0 + Int64($1.count) }),
        ]
        statistics.newest = state.newestOfAll
        statistics.oldest = state.oldest
        return statistics
    }

    private func counters(_ tally: Tally) -> [SeriesStatistics.Number] {
        [
            .init("accepted_readings", Int64(tally.accepted)),
            .init("repeated_readings", Int64(tally.repeated)),
            .init("refused_readings", Int64(tally.refused)),
            .init("merged_readings", Int64(tally.merged)),
            .init("appends", Int64(tally.appends)),
            .init("append_failures", Int64(tally.appendFailures)),
            .init("sealed_blocks", Int64(tally.sealedBlocks)),
            .init("day_blocks", Int64(tally.dayBlocks)),
            .init("damaged_blocks", Int64(tally.damagedBlocks)),
            .init("removed_files", Int64(tally.removedFiles)),
        ]
    }

    private func condition(_ tally: Tally) -> SeriesStatistics.State {
        if let failing = tally.failing { return .failing(failing) }
        if !tally.troubles.isEmpty { return .degraded(tally.troubles.joined(separator: "; ")) }
        guard tally.damagedBlocks > 0 else { return .working }
        return .degraded(
            "\(tally.damagedBlocks) damaged blocks were left out, their readings are missing; "
                + "check the disk of \(folder.path) and restore the files from a backup")
    }
}
