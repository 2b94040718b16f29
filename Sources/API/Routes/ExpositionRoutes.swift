import Inventory
import Listing
import Series
import Traffic

/// `/metrics/interfaces`: the last counters of all monitored interfaces, for those who scrape.
struct ExpositionRoutes: RouteGroup {
    let state: APIState

    var routes: [Route] {
        [
            Route(
                method: "GET", path: "/metrics/interfaces", operation: "scrapeInterfaces", tag: "metrics",
                summary: "The last counters of all monitored interfaces, as Prometheus text or OpenMetrics.",
                doc:
                    "The names are the same in both and in VictoriaMetrics, so that OpenMetrics, which wants _total at "
                    + "the end of counters, has them as of unknown type. Samples carry the time of their reading; an "
                    + "interface that was not read for more than two intervals is left out.",
                isRooted: true,
                answers: [
                    AnswerDescription(
                        status: 200, doc: "The metrics.",
                        contents: [
                            ("text/plain", ["type": "string"]), ("application/openmetrics-text", ["type": "string"]),
                        ])
                ]
            ) { call in try await scrape(call) }
        ]
    }

    private func scrape(_ call: Call) async throws -> APIResponse {
        let form = Exposition.Form(accept: call.request.header("Accept"))
        let snapshot = try await state.interfaces.value()
        let now = state.services.now()
        let rates = state.services.metrics.allRates().filter { !MetricsSource.isStale($0.reading, at: now) }
        let text = ExpositionText(form, snapshot.samples(rates))
        return APIResponse(
            status: 200, headers: [APIHeader("Content-Type", form.contentType)], body: .pull { await text.next() })
    }
}
