import API
import Pipelines
import Series
import SeriesEmbedded
import Traffic

/// What the API tells of the collection of counters.
enum CollectionReport {
    /// Readings may wait so long for the store before it is told.
    static let lagSecondsMax = 60.0

    /// How collection stands, for `/health`.
    static func probe(_ collection: MetricsCollection, _ common: CommonParts) -> HealthProbe {
        let (purpose, isOn) = (common.purpose, common.configuration.collection.collectSchedule != nil)
        return HealthProbe(name: "collection") {
            guard purpose == .serving else { return (.healthy, "only a server collects") }
            guard isOn else { return (.healthy, "off: jobs.\(PipelineJobs.collect).enabled is false") }
            return state(of: common.standing(of: collection))
        }
    }

    /// How it stands by its numbers: degraded where readings were lost or wait, or devices cannot be polled.
    static func state(of counts: CollectionStatistics) -> (state: HealthState, detail: String?) {
        if let fault = counts.storeFault {
            return (.degraded, "\(counts.buffered) readings wait for the time-series store: \(fault)")
        }
        guard counts.dropped == 0 else {
            return (.degraded, "\(counts.dropped) readings were lost since the start while the store took none")
        }
        guard counts.lagSeconds <= lagSecondsMax else {
            return (.degraded, "readings wait \(Int(counts.lagSeconds)) s to be stored; the disk may be too slow")
        }
        guard counts.missedPolls * 20 <= counts.polls else {
            return (
                .degraded,
                "\(counts.missedPolls) polls were missed as devices are slower than their interval; raise "
                    + "collection.interval_seconds"
            )
        }
        let unusable = counts.unusableDevices > 0 ? ", \(counts.unusableDevices) devices cannot be polled" : ""
        let held = counts.heldDevices > 0 ? ", \(counts.heldDevices) devices held back until they are discovered" : ""
        return (.healthy, "\(counts.interfaces) interfaces of \(counts.devices) devices\(unusable)\(held)")
    }

    /// The numbers in a fixed order.
    static func numbers(_ counts: CollectionStatistics) -> [SeriesStatistics.Number] {
        let numbers: [(String, Int)] = [
            ("devices", counts.devices), ("interfaces", counts.interfaces),
            ("unusable_devices", counts.unusableDevices), ("ambiguous_interfaces", counts.ambiguousInterfaces),
            ("held_devices", counts.heldDevices), ("cycles", counts.cycles), ("polls", counts.polls),
            ("readings", counts.readings), ("data_points", counts.dataPoints), ("missed_polls", counts.missedPolls),
            ("failed_polls", counts.failedPolls), ("held_back_readings", counts.heldBack),
            ("buffered_readings", counts.buffered), ("dropped_readings", counts.dropped),
            ("stored_readings", counts.stored), ("refused_readings", counts.refused),
            ("lag_seconds", Int(counts.lagSeconds)),
        ]
        return numbers.map { SeriesStatistics.Number($0.0, Int64($0.1)) }
    }
}

extension MetricsSource {
    /// The traffic as collection sees it and the store keeps it.
    init(_ collection: MetricsCollection, _ common: CommonParts) {
        let configuration = common.configuration
        self.init(
            rates: { collection.board.rates(of: $0) }, allRates: { collection.board.all() }, series: common.series,
            statistics: { CollectionReport.numbers(common.standing(of: collection)) },
            intervalSeconds: configuration.collection.intervalSeconds,
            retentionSeconds: configuration.series.embedded.readingDays * 86_400)
    }
}
