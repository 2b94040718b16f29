import Listing

/// `/events`: what happens, as it happens.
struct EventRoutes: RouteGroup {
    let state: APIState

    var routes: [Route] {
        [
            Route(
                method: "GET", path: "/events", operation: "followEvents", tag: "events",
                summary: "A stream of server-sent events: jobs, catalog, wiring, traps, anomalies, alerts, silences.",
                doc: "`job` carries a run as /jobs/{id} shows it, `catalog` says that lists may show something new, "
                    + "`trap` carries a trap as /traps shows it, `traps` says how many more of a storm came, "
                    + "`topology.changed` carries a revision of the wiring as /topology/revisions shows it, "
                    + "`anomaly` carries an anomaly as /anomalies/{id} shows it, `incident` an incident as /incidents "
                    + "shows it, `anomalies` says how many more of a storm there are, "
                    + "`alert` carries an alert as /alerts shows it, with `event`: opened, changed or resolved, "
                    + "`alerts` says how many more of a storm there are, and which are gone without having fired, "
                    + "`silence` and `maintenance_window` carry one as /silences and /maintenance-windows show it, with "
                    + "`event`: created, changed, expired, or removed with its id alone; that one ends by itself is no "
                    + "event: ends_at and open_until tell it, "
                    + "`resync` that events were missed: read the lists again. Last-Event-ID is honoured.",
                answers: [
                    AnswerDescription(
                        status: 200, doc: "The stream; it does not end by itself.",
                        contents: [("text/event-stream", ["type": "string"])])
                ]
            ) { call in try open(call) }
        ]
    }

    private func open(_ call: Call) throws(Problem) -> APIResponse {
        guard call.request.method == "GET" else {
            return APIResponse(status: 200, headers: [APIHeader("Content-Type", "text/event-stream")])
        }
        let token =
            state.settings.requiresToken && call.request.origin == .network
            ? RequestGuard(services: state.services, settings: state.settings).tokenHash(call.request) : nil
        guard let stream = state.events.open(lastID: call.request.header("Last-Event-ID"), token: token) else {
            throw .unavailable(
                "\(state.settings.eventStreamsMax) event streams are open", remedy: "Close one, or try again later.")
        }
        return APIResponse(
            status: 200, headers: [APIHeader("Content-Type", "text/event-stream")], body: .stream(stream))
    }
}
