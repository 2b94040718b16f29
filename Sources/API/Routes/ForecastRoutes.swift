import Baselines
import Inventory
import Listing
import Traffic

/// `/forecasts`: when uplinks are full, and what their months come to.
struct ForecastRoutes: RouteGroup {
    let state: APIState
    private static let doc =
        "From the busiest hour of each of the last 180 days; the 95th percentile is that of samples of five minutes, "
        + "each direction apart. Computed when asked for, and kept for a quarter of an hour."

    var routes: [Route] {
        [list, one]
    }

    private var list: Route {
        Route(
            method: "GET", path: "/forecasts", operation: "listForecasts", tag: BaselineRoutes.tag,
            summary: "When the uplinks to providers reach their capacity, the first to act on first.", doc: Self.doc,
            query: ForecastRow.schema.listParameters(),
            answers: [AnswerDescriptions.list("ForecastPage", "A page of forecasts.")]
        ) { call in try await list(call) }
    }

    private var one: Route {
        Route(
            method: "GET", path: "/interfaces/{id}/forecast", operation: "getForecast", tag: BaselineRoutes.tag,
            summary: "When one interface reaches its capacity.", doc: Self.doc,
            pathParameters: [PathParameters.id("Id of the interface.")],
            answers: [AnswerDescriptions.json("Forecast", "The forecast.")]
        ) { call in try await one(call) }
    }

    private func list(_ call: Call) async throws -> APIResponse {
        // What is wrong with the query is told before anything is computed.
        _ = try call.listQuery(ForecastRow.schema)
        let places = try await state.interfaces.value().listing.rows
        let rows = try await rows(places.filter { $0.interface.interfaceType == .isp })
        return try Answers.list(Listing(rows, schema: ForecastRow.schema), call)
    }

    private func one(_ call: Call) async throws -> APIResponse {
        let place = try await InterfaceEditor(state: state).row(InterfaceEditor.id(call))
        let rows = try await rows([place])
        return Answers.json(rows[0].json)
    }

    private static let sharedName = "outlooks"

    /// The forecasts of some uplinks.
    func rows(_ places: [InterfaceRow]) async throws -> [ForecastRow] {
        let now = state.services.now()
        let store = try state.services.metrics.store()
        let book = state.forecasts
        let outlooks = try await state.outlooks.pass(Int.max) {
            var known: [InterfaceID: UplinkOutlook] = [:]
            for place in places { known[place.interface.id] = book.known(place.interface.id, at: now) }
            let missing = places.filter { known[$0.interface.id] == nil }
            guard !missing.isEmpty else { return known }
            let (ids, shared) = (missing.map(\.interface.id), state.services.shared)
            if let kept = await shared?.figures(
                Self.sharedName, of: ids, at: now, seconds: ForecastBook.keptSeconds, as: UplinkOutlook.self)
            {
                book.keep(kept.figures, at: now)
                return known.merging(kept.figures) { $1 }
            }
            let reader = ForecastReader(
                store: store, law: state.services.metrics.law, zone: state.services.anomalies.zone, now: now,
                capacities: capacities(missing))
            let computed = try await reader.outlooks(of: ids)
            book.keep(computed, at: now)
            await shared?.keep(computed, Self.sharedName, of: ids, at: now, seconds: ForecastBook.keptSeconds)
            return known.merging(computed) { $1 }
        }
        return places.compactMap { place in
            outlooks[place.interface.id].map { ForecastRow(place: place, outlook: $0) }
        }
    }

    private func capacities(_ places: [InterfaceRow]) -> [InterfaceID: Double] {
        let known = places.compactMap { place in
            state.services.metrics.capacity(of: place.interface).map { (place.interface.id, $0) }
        }
        return Dictionary(known) { first, _ in first }
    }
}
