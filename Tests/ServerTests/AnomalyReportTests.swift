import API
import Baselines
import FoundationEssentials
import Inventory
import Pipelines
import Testing

@testable import Server

/// What is told of the watch over anomalies.
@Suite struct AnomalyReportTests {
    private static let start = Timestamp(seconds: 1_790_000_000)

    @Test(
        arguments: [
            (nil, 0, .healthy), (nil, 3_599, .healthy), (nil, 3_600, .degraded), (0, 3_599, .healthy),
            (0, 3_600, .degraded), (7_200, 7_500, .healthy), (7_200, 10_800, .degraded),
        ] as [(Double?, Double, HealthState)])
    func anHourWithoutACheckThatSucceedsIsDegraded(
        _ checkedAfter: Double?, _ askedAfter: Double, _ wanted: HealthState
    ) {
        var counts = AnomalyWatchStatistics()
        counts.lastCheckAt = checkedAfter.map { Self.start.advanced(bySeconds: $0) }
        let found = AnomalyReport.state(
            of: counts, since: Self.start, at: Self.start.advanced(bySeconds: askedAfter))
        #expect(found.state == wanted, "\(found)")
        #expect(wanted == .healthy || found.detail?.contains("check-anomalies") == true, "\(found)")
    }

    @Test func eachBudgetIsTold() {
        var counts = AnomalyWatchStatistics()
        counts.budgets = IncidentBook(budget: AlarmBudget(perWeek: 20, groups: [.type(.isp): 5]))
            .standings(at: Self.start)
        let told = AnomalyReport.statistics(counts).budgets
        #expect(told.map(\.group) == [nil, .type(.isp)] && told.map(\.perWeek) == [20, 5])
    }

    @Test func holidaysStayWhereTheirFileCannotBeRead() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "wardflux-\(UUID().uuidString).ics").path
        let text =
            "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261225\r\nSUMMARY:A\r\nEND:VEVENT\r\n"
            + "END:VCALENDAR\r\n"
        try Data(text.utf8).write(to: URL(filePath: path))
        var settings = HolidaySettings()
        settings.dates = ["2026-01-01"]
        settings.file = path
        let file = try HolidayFile(settings)
        #expect(file.present().dates == ["2026-01-01", "2026-12-25"])
        try FileManager.default.removeItem(atPath: path)
        #expect(file.present().dates == ["2026-01-01", "2026-12-25"])
    }
}
