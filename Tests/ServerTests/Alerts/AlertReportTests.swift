import Series
import API
import Catalog
import Inventory
import Pipelines
import Testing

@testable import Server

@Suite struct AlertReportTests {
    private static let now = Timestamp(seconds: 1_795_354_200)

    private static func counts(checkedSecondsAgo: Double?, fault: String? = nil) -> AlertDeskStatistics {
        var counts = AlertDeskStatistics()
        counts.lastAt = checkedSecondsAgo.map { now.advanced(bySeconds: -$0) }
        (counts.storeFault, counts.interfaces, counts.firing, counts.explained) = (fault, 3_120, 4, 3)
        return counts
    }

    @Test(
        arguments: [
            (nil, 30, nil, nil, .healthy, "nothing was looked at yet"),
            (nil, 600, nil, nil, .degraded, "nothing was looked at for 600 s"),
            (599, 9_000, nil, nil, .healthy, "3120 interfaces, 4 alerts fire, 3 of them explained"),
            (600, 9_000, nil, nil, .degraded, "check-interface-thresholds"),
            (10, 9_000, "the file is gone", nil, .degraded, "the file is gone"),
            (10, 9_000, "the file is gone", "disk full", .unhealthy, "nobody is told of them: disk full"),
        ] as [(Double?, Double, String?, String?, HealthState, String)])
    func theSearchIsAsGoodAsItsLastLook(
        _ checked: Double?, _ started: Double, _ file: String?, _ store: String?, _ wanted: HealthState, _ part: String
    ) {
        let found = AlertReport.state(
            of: Self.counts(checkedSecondsAgo: checked, fault: store), fault: file,
            since: Self.now.advanced(bySeconds: -started), at: Self.now)
        #expect(found.state == wanted && found.detail?.contains(part) == true, "\(found)")
    }

    @Test func messagesThatWaitOrWereGivenUpAreToldWithTheirReceiver() {
        var (waiting, failed, good) = (AlertDeliveryCounts(), AlertDeliveryCounts(), AlertDeliveryCounts())
        good.delivered = 12
        (waiting.waiting, waiting.lastError) = (3, "no answer in time")
        waiting.oldestWaiting = Self.now.advanced(bySeconds: -300)
        let patient = AlertReport.state(of: ["a": good, "b": waiting], receivers: ["a", "b"], at: Self.now)
        #expect(patient.state == .healthy && patient.detail == "2 receivers, 12 messages delivered within a day")
        waiting.oldestWaiting = Self.now.advanced(bySeconds: -301)
        failed.failed = 1
        let counts = ["a": good, "c": failed, "b": waiting, "gone": failed]
        let found = AlertReport.state(of: counts, receivers: ["a", "b", "c"], at: Self.now)
        #expect(found.state == .degraded)
        #expect(AlertReport.state(of: counts, receivers: ["a"], at: Self.now).state == .healthy)
        let parts = found.detail?.split(separator: "; ").map(String.init) ?? []
        #expect(parts.count == 2 && parts.first?.hasPrefix("b: 3 messages wait, the first since 2026-") == true)
        #expect(parts.first?.hasSuffix(": no answer in time") == true)
        #expect(parts.last == "c: 1 messages were given up within a day")
        #expect(AlertReport.state(of: [:], receivers: [], at: Self.now).detail?.contains("nobody is told") == true)
    }

    @Test func theNumbersOfTheDeskReachTheAPI() {
        var counts = Self.counts(checkedSecondsAgo: 10)
        (counts.lastSeconds, counts.evaluations, counts.open) = (0.018, 7, 5)
        let told = AlertReport.statistics(counts)
        #expect(told.checkMilliseconds == 18 && told.interfaces == 3_120)
        #expect(told.numbers.map(\.name) == ["evaluations", "open_alerts", "firing_alerts", "explained_alerts"])
        #expect(told.numbers.map(\.value) == [7, 5, 4, 3])
        #expect(AlertReport.statistics(AlertDeskStatistics()).checkMilliseconds == nil)
    }
}
