public import Series
import Synchronization

extension VictoriaSeriesStore {
    /// What waits, what was delivered, sent again, dropped or refused, and what is to be done.
    public func statistics() async -> SeriesStatistics {
        let condition = condition.withLock { $0 }
        return current.memory.withLock { memory in
            var statistics = SeriesStatistics(kind: "victoria")
            let counts = memory.machine.counts
            statistics.counters = [
                .init("accepted_readings", condition.accepted), .init("refused_readings", condition.refused),
                .init("delivered_readings", counts.delivered), .init("resent_readings", counts.resent),
                .init("dropped_readings", counts.dropped), .init("rejected_readings", memory.rejected),
                .init("damaged_blocks", memory.damagedBatches), .init("server_restarts", counts.restarts),
                .init("server_ignored_samples", counts.ignoredRows),
                .init("server_invalid_samples", counts.invalidRows),
            ]
            statistics.gauges = [
                .init("interfaces", Int64(memory.ledger.count)), .init("outbox_octets", memory.machine.octets),
                .init("outbox_octets_max", memory.machine.settings.octetsMax),
                .init("outbox_readings", Int64(memory.machine.readings)),
                .init("waiting_readings", Int64(memory.machine.waitingReadings)),
            ]
            statistics.newest = memory.ledger.newestMoment
            statistics.state = Self.state(condition, memory, address)
            return statistics
        }
    }

    private static func state(
        _ condition: Condition, _ memory: OutboxFile.Memory, _ address: VictoriaAddress
    ) -> SeriesStatistics.State {
        if let trouble = condition.outboxTrouble { return .failing(trouble) }
        let counts = memory.machine.counts
        var parts = condition.trouble.map { [$0] } ?? []
        if counts.dropped > 0 {
            parts.append(
                "\(counts.dropped) readings were dropped because the outbox was full: bring the server back, or raise "
                    + "the outbox's bound")
        }
        if counts.ignoredRows > 0 {
            parts.append(
                "VictoriaMetrics threw \(counts.ignoredRows) samples away because of their time: check both clocks and "
                    + "its -retentionPeriod")
        }
        if counts.invalidRows > 0 {
            parts.append("VictoriaMetrics could not read \(counts.invalidRows) samples: see its log")
        }
        if memory.rejected > 0 {
            parts.append("VictoriaMetrics refused \(memory.rejected) readings for good: see put_aside in the outbox")
        }
        if memory.damagedBatches > 0 {
            parts.append("\(memory.damagedBatches) batches of the outbox were damaged and left out: check the disk")
        }
        if let report = memory.machine.report {
            if report.startSeconds == nil {
                parts.append("\(address) does not show /metrics: its restarts are not seen; let /metrics through")
            } else if report.deduplication.map({ ["0s", "0", "0ms"].contains($0) }) ?? false {
                parts.append(
                    "VictoriaMetrics keeps repeated samples twice: start it with -dedup.minScrapeInterval=1ms")
            }
        }
        return parts.isEmpty ? .working : .degraded(parts.joined(separator: "; "))
    }
}
