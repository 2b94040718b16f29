import Catalog
import Inventory
import Listing

/// `/health`: how the parts stand.
struct HealthRoutes: RouteGroup {
    let state: APIState

    var routes: [Route] {
        [
            Route(
                method: "GET", path: "/health", operation: "getHealth", tag: "health",
                summary: "How the system and each of its parts stand.",
                answers: [
                    AnswerDescriptions.json("Health", "It works, wholly or in part; status says which."),
                    AnswerDescription(
                        status: 503, doc: "A part does not work that nothing works without.",
                        contents: [
                            ("application/json", Schema.reference("Health")),
                            ("application/problem+json", Schema.reference("Problem")),
                        ]),
                ]
            ) { _ in await health() }
        ]
    }

    private func health() async -> APIResponse {
        var parts = [("catalog", await catalog())]
        for probe in state.services.probes { parts.append((probe.name, await probe.check())) }
        let worst = parts.map(\.1.state).max() ?? .healthy
        let document: JSONValue = [
            "status": .string(worst.rawValue), "version": .string(state.services.version),
            "time": .string(state.services.now().description),
            "components": .object(
                parts.map { name, part in
                    JSONMember(
                        name,
                        [
                            "status": .string(part.state.rawValue),
                            "detail": part.detail.map(JSONValue.string) ?? .null,
                        ])
                }),
        ]
        return Answers.json(document, status: worst == .unhealthy ? 503 : 200)
    }

    private func catalog() async -> (state: HealthState, detail: String?) {
        do {
            try await state.services.catalog.check()
            return (.healthy, nil)
        } catch {
            return (.unhealthy, error.message)
        }
    }
}
