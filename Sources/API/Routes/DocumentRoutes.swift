import Listing

/// `/openapi.json`: the description of all routes.
struct DocumentRoutes: RouteGroup {
    let routes: [Route]

    /// The document of these routes and of its own.
    init(settings: APISettings, version: String, others: [Route]) {
        let shape = Self.route([])
        let document = OpenAPIDocument(
            routes: others + [shape], version: version, requiresToken: settings.requiresToken)
        routes = [Self.route(document.json.bytes)]
    }

    private static func route(_ bytes: [UInt8]) -> Route {
        Route(
            method: "GET", path: "/openapi.json", operation: "getDocument", tag: "document",
            summary: "This document.",
            answers: [
                AnswerDescription(
                    status: 200, doc: "The OpenAPI 3.1 document.",
                    contents: [("application/json", ["type": "object"])])
            ]
        ) { _ in Answers.json(bytes) }
    }
}
