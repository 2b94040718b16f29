import Listing

/// One operation of the API: where it is, what it takes, what it answers, and how.
///
/// Routing, checks and the OpenAPI document all read this value.
struct Route: Sendable {
    /// Method, upper case.
    let method: String
    /// Path below the prefix, such as `/interfaces/{id}`.
    let path: String
    /// Unique name.
    let operation: String
    /// Group in the document.
    let tag: String
    /// What it does, in a line.
    let summary: String
    /// More about it, where there is more.
    var doc: String?
    /// Parameters of the query.
    var query: [QueryParameter] = []
    /// Schemas of the path's parameters, by name.
    var pathParameters: [PathParameter] = []
    /// The body it takes.
    var body: BodyDescription?
    /// The longest body it takes, in octets; nil for what the settings say.
    var bodyBytesMax: Int?
    /// Whether the path is complete, without the prefix before it.
    var isRooted = false
    /// Its good answers, and problems that only it has.
    var answers: [AnswerDescription]
    /// Does it.
    let handle: @Sendable (Call) async throws -> APIResponse

    /// The path from the root of the server.
    var fullPath: String { isRooted ? path : RouteTable.prefix + path }

    /// The segments of the path; those in braces are parameters.
    var segments: [Substring] {
        path.split(separator: "/")
    }

    /// Whether it is a list, which reads its query by itself.
    var isList: Bool { query.contains { $0.name == "cursor" } }

    /// Whether it changes nothing.
    var isSafe: Bool { method == "GET" }
}

/// A parameter of a query.
struct QueryParameter: Sendable {
    let name: String
    let doc: String
    let schema: JSONValue
    /// Whether several values may be given, separated by commas.
    var takesSeveral = false
    /// Whether the route has no answer without it.
    var isRequired = false
}

/// A parameter of a path.
struct PathParameter: Sendable {
    let name: String
    let doc: String
    let schema: JSONValue
}

/// The body that a route takes.
struct BodyDescription: Sendable {
    let doc: String
    /// Media types with their schemas.
    let contents: [(type: String, schema: JSONValue)]
    var isRequired = true
}

/// One answer that a route may give.
struct AnswerDescription: Sendable {
    let status: Int
    let doc: String
    /// Media types with their schemas; empty for an answer without body.
    var contents: [(type: String, schema: JSONValue)] = []
    /// Header fields with what they hold.
    var headers: [(name: String, doc: String)] = []
}

/// A request that found its route.
struct Call: Sendable {
    /// The request as it came.
    let request: APIRequest
    /// The path's parameters, decoded.
    let path: [String: String]
    /// The query's parameters, decoded, in order.
    let query: [(name: String, value: String)]
    /// What is wrong with the query as a text; lists tell it together with what they find.
    var queryErrors: [ProblemError] = []

    /// The first value of a parameter of the query.
    func value(_ name: String) -> String? {
        query.first { $0.name == name }?.value
    }
}
