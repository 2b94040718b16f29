import Baselines
import Inventory
import Listing

/// `/overview`: what an operator wants to see first, in one answer; `/uplinks`: what uplinks carried in a month.
struct OverviewRoutes: RouteGroup {
    let state: APIState

    var routes: [Route] { [overview, report] }

    private var overview: Route {
        Route(
            method: "GET", path: "/overview", operation: "getOverview", tag: "overview",
            summary: "How the network stands: sums, the uplinks to providers, what is wrong, who is busiest.",
            doc: "Uplinks are sorted by provider and then by what they carry; their trends are the means of the "
                + "last 24 full hours, the oldest first. Rates that are older than two intervals are left out.",
            answers: [AnswerDescriptions.json("Overview", "The overview.")]
        ) { _ in Answers.json(try await Overview(state: state).bytes()) }
    }

    private var report: Route {
        Route(
            method: "GET", path: "/uplinks", operation: "getUplinkReport", tag: "overview",
            summary: "What the uplinks to providers carried in a month: 95th percentile, mean, outages, forecast.",
            doc:
                "From the readings that are kept (`series.reading_days`); measured_percent tells how much of the month "
                + "they are. The month is that of the configured zone. Kept for five minutes.",
            query: [
                QueryParameter(
                    name: "month", doc: "YYYY-MM; this month where not given.",
                    schema: ["type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$"])
            ],
            answers: [
                AnswerDescriptions.json("UplinkReport", "The report."),
                CommonAnswers.problem(422, "The month has not begun, or nothing of it is kept."),
            ]
        ) { call in try await report(call) }
    }

    private func report(_ call: Call) async throws -> APIResponse {
        let (now, zone) = (state.services.now(), state.services.anomalies.zone)
        let civil = zone.civilTime(at: now)
        let present = Self.name(civil.year, civil.month)
        let name = call.value("month") ?? present
        guard let (year, number) = Self.month(name) else {
            throw Problem.badQuery([ProblemError(field: "month", value: name, detail: "give a month as \(present)")])
        }
        let oldest = now.advanced(bySeconds: -Double(state.services.metrics.retentionSeconds))
        // The middle of a month is within it in every zone.
        let middle = CivilTime(year: year, month: number, day: 15)?.secondsSince1970 ?? 0
        let month = MonthlyPercentile(monthOf: Timestamp(seconds: middle), zone: zone)
        guard month.from <= now, month.to > oldest else {
            throw Problem.impossible([
                ProblemError(
                    field: "month", value: name,
                    detail: "readings are kept from \(oldest) until now; give a month of these")
            ])
        }
        return Answers.json(try await UplinkReport(state: state, month: month).bytes(name))
    }

    private static func name(_ year: Int64, _ month: Int64) -> String {
        "\(year)-\(month < 10 ? "0" : "")\(month)"
    }

    /// `2026-11` as its numbers.
    private static func month(_ text: String) -> (year: Int64, month: Int64)? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].utf8.count == 4, parts[1].utf8.count == 2, let year = Int64(parts[0]),
            let month = Int64(parts[1]), (1...12).contains(month)
        else { return nil }
        return (year, month)
    }

    /// The schemas of these answers.
    static let schemas = [
        JSONMember("Overview", OverviewSchema.document), JSONMember("UplinkReport", UplinkReport.schema),
        JSONMember("ForecastSummary", ForecastRow.schema.rowSchema),
    ]
}
