import Catalog
import Inventory
import Listing
import Series

/// `/metrics`: what WARD FLUX tells of itself, for those who scrape.
struct SelfMetricsRoutes: RouteGroup {
    let state: APIState

    var routes: [Route] {
        [
            Route(
                method: "GET", path: "/metrics", operation: "scrapeSelf", tag: "metrics",
                summary: "What WARD FLUX tells of itself, as Prometheus text.",
                doc:
                    "The process, the SNMP engine, the collection, the time-series store, the checks for alerts, the last "
                    + "run of each job, and how the parts stand. Names begin with wardflux_ or process_.",
                isRooted: true,
                answers: [
                    AnswerDescription(
                        status: 200, doc: "The metrics.", contents: [("text/plain", ["type": "string"])])
                ]
            ) { _ in
                let text = try await text()
                return APIResponse(
                    status: 200, headers: [APIHeader("Content-Type", SelfExposition.contentType)],
                    body: .bytes(Array(text.utf8)))
            }
        ]
    }

    private func text() async throws -> String {
        let services = state.services
        var out = SelfExposition()
        out.add(
            "wardflux_build_info", .gauge, "The version at work, always 1.", [([("version", services.version)], 1)])
        for number in services.process() {
            out.add(number.name, number.isCounter ? .counter : .gauge, number.help, number.value)
        }
        await addParts(to: &out)
        let snmp = services.snmp.engine()
        out.add("wardflux_snmp_", .counter, snmp.counters.map { ($0.name, $0.value) }, "SNMP engine")
        out.add("wardflux_snmp_", .gauge, snmp.gauges.map { ($0.name, $0.value) }, "SNMP engine")
        out.add("wardflux_snmp_round_trip_seconds", "Round trips of SNMP requests.", snmp.roundTrips)
        out.add(
            "wardflux_collection_", .untyped, services.metrics.statistics().map { ($0.name, $0.value) }, "Collection")
        await addSeries(to: &out)
        let checks = await services.alerts.statistics()
        out.add("wardflux_alerts_", .untyped, checks.numbers.map { ($0.name, $0.value) }, "Checks for alerts")
        try await addJobs(to: &out)
        return out.text
    }

    private func addParts(to out: inout SelfExposition) async {
        var samples: [(labels: [(String, String)], value: Double)] = []
        for probe in state.services.probes {
            let part = await probe.check().state
            for wanted in HealthState.allCases {
                samples.append(([("component", probe.name), ("status", wanted.rawValue)], part == wanted ? 1 : 0))
            }
        }
        out.add("wardflux_component_status", .gauge, "1 for the status of each part, 0 for the others.", samples)
    }

    private func addSeries(to out: inout SelfExposition) async {
        guard let store = state.services.metrics.series else { return }
        let numbers = await store.statistics()
        out.add("wardflux_series_", .counter, numbers.counters.map { ($0.name, $0.value) }, "Time-series store")
        out.add("wardflux_series_", .gauge, numbers.gauges.map { ($0.name, $0.value) }, "Time-series store")
        if let newest = numbers.newest {
            out.add(
                "wardflux_series_newest_timestamp_seconds", .gauge, "Time of the newest reading.",
                Double(newest.milliseconds) / 1_000)
        }
    }

    /// The last run of each job that ended.
    private func addJobs(to out: inout SelfExposition) async throws {
        let ended: Set<JobState> = [.succeeded, .partial, .failed, .cancelled, .abandoned]
        var (times, lengths, good):
            (
                [(labels: [(String, String)], value: Double)], [(labels: [(String, String)], value: Double)],
                [(labels: [(String, String)], value: Double)]
            ) = ([], [], [])
        for job in Set(await state.services.jobs.schedules().map(\.job)).sorted() {
            let query = JobRunQuery(job: job, states: ended, limit: 1)
            guard let run = try await state.services.catalog.jobRuns(query).first, let end = run.endedAt else {
                continue
            }
            let labels = [("job", job)]
            times.append((labels, Double(end.milliseconds) / 1_000))
            good.append((labels, run.state == .succeeded || run.state == .partial ? 1 : 0))
            if let start = run.startedAt { lengths.append((labels, end.secondsSince(start))) }
        }
        out.add("wardflux_job_last_end_timestamp_seconds", .gauge, "When the last run of a job ended.", times)
        out.add("wardflux_job_last_seconds", .gauge, "How long the last run of a job took.", lengths)
        out.add(
            "wardflux_job_last_success", .gauge, "1 where the last run of a job did its work, wholly or in part.", good)
    }
}
