import Baselines
import Catalog
import Inventory
import Listing
import Traffic

/// `/interfaces/{id}/expected` and `/replay`: what was expected, and what the engine says of stored history.
struct HistoryRoutes: RouteGroup {
    let state: APIState
    private static let path = [PathParameters.id("Id of the interface.")]
    private static let impossible = CommonAnswers.problem(
        422, "There is no such time, or step for it, or the method knows no such measure.")

    var routes: [Route] {
        [expected, replay]
    }

    private var expected: Route {
        Route(
            method: "GET", path: "/interfaces/{id}/expected", operation: "getExpectedBand", tag: BaselineRoutes.tag,
            summary: "What was and is expected of one interface, as a band for a chart.",
            doc:
                "The points are those of /interfaces/{id}/metrics of the same from, to and step. adaptive: the band by "
                + "which each sample was judged, and what is expected of the time ahead; classic: mean and threshold "
                + "times standard deviation of the baselines as they are now, by which the next sample is judged.",
            query: MetricsQuestion.gridParameters + [
                QueryParameter(
                    name: "mode", doc: "The method; the one that raises on the interface where not given.",
                    schema: Schema.choice(DetectionMode.allCases.map(\.rawValue))),
                QueryParameter(
                    name: "measure", doc: "traffic where not given; the classic method knows traffic only.",
                    schema: Schema.choice(TrafficMeasure.allCases.map(\.rawValue))),
            ], pathParameters: Self.path,
            answers: [AnswerDescriptions.json("ExpectedBand", "The band."), Self.impossible]
        ) { call in try await expected(call) }
    }

    private var replay: Route {
        Route(
            method: "GET", path: "/interfaces/{id}/replay", operation: "replayHistory", tag: BaselineRoutes.tag,
            summary: "Judges the stored history of one interface again, by the engine that judges live traffic.",
            doc: "A line for each sample that is in or ends an anomaly. The engine begins with the oldest reading that "
                + "is kept; excluded times are left out, and what operators said is not taken into account.",
            query: ReplayQuestion.parameters, pathParameters: Self.path,
            answers: [
                AnswerDescription(
                    status: 200, doc: "The lines, ascending by time.",
                    contents: [
                        ("application/json", Schema.reference("ReplayAnswer")),
                        ("application/x-ndjson", ["type": "string"]),
                    ]),
                Self.impossible,
            ]
        ) { call in try await replay(call) }
    }

    private func replay(_ call: Call) async throws -> APIResponse {
        let id = try InterfaceEditor.id(call)
        let question = try ReplayQuestion(call, now: state.services.now())
        let row = try await InterfaceEditor(state: state).row(id)
        let replay = HistoryReplay(history: StoredHistory(state: state, row: row), question: question)
        let (lines, isComplete) = try await state.histories.pass(Int.max) { try await replay.lines() }
        let answer = ReplayAnswer(row: row, range: question.range, lines: lines, isComplete: isComplete)
        guard question.isLines else { return Answers.json(answer.json) }
        return APIResponse(
            status: 200, headers: [APIHeader("Content-Type", "application/x-ndjson")], body: .bytes(answer.text))
    }

    private func expected(_ call: Call) async throws -> APIResponse {
        let id = try InterfaceEditor.id(call)
        let question = try MetricsQuestion(call, state.services.metrics, now: state.services.now())
        let wanted = try call.word("mode", DetectionMode.self)
        let measure = try call.word("measure", TrafficMeasure.self) ?? .traffic
        let row = try await InterfaceEditor(state: state).row(id)
        let mode = wanted ?? (measure == .packets ? .adaptive : state.services.anomalies.raising(row.interface))
        guard mode == .adaptive || measure == .traffic else {
            throw Problem.impossible([
                ProblemError(
                    field: "measure", value: measure.rawValue,
                    detail: "the classic method knows traffic only; give traffic, or mode=adaptive")
            ])
        }
        let band =
            mode == .classic
            ? try await classic(row, question.grid) : try await adaptive(row, question.grid, measure)
        return Answers.json(BandAnswer(row: row, range: question.range, mode: mode, band: band).json)
    }

    private func classic(_ row: InterfaceRow, _ grid: RateGrid) async throws -> ExpectedBand {
        let baselines = try await state.services.catalog.baselines(of: row.interface.id)
        let history = StoredHistory(state: state, row: row)
        return ExpectedBand.classic(
            baselines, grid, state.services.anomalies, since: try await history.firstHour(before: grid.from),
            capacity: history.capacity)
    }

    private func adaptive(
        _ row: InterfaceRow, _ grid: RateGrid, _ measure: TrafficMeasure
    ) async throws -> ExpectedBand {
        let history = StoredHistory(state: state, row: row)
        let excluded = try await history.excluded()
        let actions = try await state.services.catalog.anomalyActions(of: row.interface.id)
        return try await state.histories.pass(Int.max) {
            var band = AdaptiveBand(
                ExpectedBand(grid, measure), history, excluded: excluded, actions: actions)
            try await history.read(until: grid.to) { readings in
                band.take(readings)
                return true
            }
            band.lookAhead()
            return band.band
        }
    }
}
