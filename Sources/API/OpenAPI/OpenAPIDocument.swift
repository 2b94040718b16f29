import Listing

/// The OpenAPI 3.1 document, made of the same routes and columns that answer.
struct OpenAPIDocument: Sendable {
    let routes: [Route]
    let version: String
    let requiresToken: Bool

    /// The document; its order is fixed.
    var json: JSONValue {
        [
            "openapi": "3.1.0",
            "info": [
                "title": "WARD FLUX", "version": .string(version),
                "summary": "Every network interface of an organisation: what it is, what it is for, how it is.",
                "license": ["name": "Apache-2.0", "identifier": "Apache-2.0"],
            ],
            "servers": [["url": "/"]],
            "security": requiresToken ? [["bearer": []]] : [[:], ["bearer": []]],
            "tags": .array(tags.map { ["name": .string($0)] }),
            "paths": .object(paths),
            "components": [
                "securitySchemes": ["bearer": ["type": "http", "scheme": "bearer"]],
                "schemas": .object(ComponentSchemas.all),
            ],
        ]
    }

    private var tags: [String] {
        routes.map(\.tag).reduce(into: []) { tags, tag in if !tags.contains(tag) { tags.append(tag) } }
    }

    private var paths: [JSONMember] {
        var order: [String] = []
        for route in routes where !order.contains(route.fullPath) { order.append(route.fullPath) }
        return order.map { path in
            let operations = routes.filter { $0.fullPath == path }
            return JSONMember(path, .object(operations.map { JSONMember($0.method.lowercased(), operation($0)) }))
        }
    }

    private func operation(_ route: Route) -> JSONValue {
        var members = [
            JSONMember("operationId", .string(route.operation)), JSONMember("tags", [.string(route.tag)]),
            JSONMember("summary", .string(route.summary)),
        ]
        if let doc = route.doc { members.append(JSONMember("description", .string(doc))) }
        let parameters = route.pathParameters.map(parameter) + route.query.map(parameter)
        if !parameters.isEmpty { members.append(JSONMember("parameters", .array(parameters))) }
        if let body = route.body { members.append(JSONMember("requestBody", requestBody(body))) }
        members.append(JSONMember("responses", responses(route)))
        return .object(members)
    }

    private func parameter(_ parameter: PathParameter) -> JSONValue {
        [
            "name": .string(parameter.name), "in": "path", "required": true, "description": .string(parameter.doc),
            "schema": parameter.schema,
        ]
    }

    private func parameter(_ parameter: QueryParameter) -> JSONValue {
        var members = [
            JSONMember("name", .string(parameter.name)), JSONMember("in", "query"),
            JSONMember("required", .boolean(parameter.isRequired)),
            JSONMember("description", .string(parameter.doc)), JSONMember("schema", parameter.schema),
        ]
        if parameter.takesSeveral {
            members += [JSONMember("style", "form"), JSONMember("explode", false)]
        }
        return .object(members)
    }

    private func requestBody(_ body: BodyDescription) -> JSONValue {
        [
            "description": .string(body.doc), "required": .boolean(body.isRequired),
            "content": contents(body.contents),
        ]
    }

    private func contents(_ contents: [(type: String, schema: JSONValue)]) -> JSONValue {
        .object(contents.map { JSONMember($0.type, ["schema": $0.schema]) })
    }

    private func responses(_ route: Route) -> JSONValue {
        var answers = route.answers
        for problem in CommonAnswers.of(route) where !answers.contains(where: { $0.status == problem.status }) {
            answers.append(problem)
        }
        return .object(
            answers.sorted { $0.status < $1.status }.map { JSONMember(String($0.status), response($0)) })
    }

    private func response(_ answer: AnswerDescription) -> JSONValue {
        var members = [JSONMember("description", .string(answer.doc))]
        if !answer.headers.isEmpty {
            let headers = answer.headers.map {
                JSONMember($0.name, ["description": .string($0.doc), "schema": ["type": "string"]])
            }
            members.append(JSONMember("headers", .object(headers)))
        }
        if !answer.contents.isEmpty { members.append(JSONMember("content", contents(answer.contents))) }
        return .object(members)
    }
}

/// The problems that a route can answer because of what it takes.
enum CommonAnswers {
    static func of(_ route: Route) -> [AnswerDescription] {
        var answers = [
            problem(400, "The query or the body cannot be read; errors name the places."),
            problem(401, "An access token is needed."),
            problem(421, "The Host field names another server."),
            problem(503, "A part that is needed does not answer; try again."),
        ]
        if !route.pathParameters.isEmpty { answers.append(problem(404, "There is no such thing.")) }
        if !route.isSafe { answers.append(problem(403, "The request comes from a page of another site.")) }
        if route.query.contains(where: { $0.name == "cursor" }) {
            answers.append(problem(422, "The cursor belongs to another list or order."))
        }
        answers.append(problem(413, "The body is too long."))
        if route.body != nil { answers.append(problem(415, "The body's type is not taken here.")) }
        return answers
    }

    static func problem(_ status: Int, _ doc: String) -> AnswerDescription {
        AnswerDescription(
            status: status, doc: doc, contents: [("application/problem+json", Schema.reference("Problem"))])
    }
}
