import API
import Pipelines
import Series
import Testing

@testable import Server

@Suite struct CollectionReportTests {
    private func counts(_ change: (inout CollectionStatistics) -> Void) -> CollectionStatistics {
        var counts = CollectionStatistics()
        (counts.devices, counts.interfaces, counts.polls) = (876, 3120, 1000)
        change(&counts)
        return counts
    }

    @Test func `what is lost, waits or is too slow is told`() {
        let cases: [(HealthState, String, (inout CollectionStatistics) -> Void)] = [
            (.healthy, "3120 interfaces of 876 devices", { _ in }),
            (.healthy, "2 devices cannot be polled", { $0.unusableDevices = 2 }),
            (.healthy, "3 devices held back", { $0.heldDevices = 3 }),
            (.degraded, "disk full", { $0.storeFault = "disk full" }),
            (.degraded, "7 readings were lost", { $0.dropped = 7 }),
            (.degraded, "wait 61 s", { $0.lagSeconds = 61 }),
            (.degraded, "collection.interval_seconds", { $0.missedPolls = 51 }),
            (.healthy, "876 devices", { $0.missedPolls = 50 }),
        ]
        for (state, part, change) in cases {
            let told = CollectionReport.state(of: counts(change))
            #expect(told.state == state && told.detail?.contains(part) == true, "\(told)")
        }
    }

    @Test func `a store speaks for itself`() {
        var statistics = SeriesStatistics(kind: "embedded")
        #expect(SeriesOpening.state(of: statistics).state == .healthy)
        statistics.state = .degraded("a block is damaged")
        #expect(SeriesOpening.state(of: statistics).detail == "a block is damaged")
        statistics.state = .failing("the disk is full")
        #expect(SeriesOpening.state(of: statistics).state == .unhealthy)
    }
}
