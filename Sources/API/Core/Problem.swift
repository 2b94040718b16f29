import Listing

/// One error of a request: which field, which value, what is wrong with it.
struct ProblemError: Sendable, Hashable {
    /// Field of the body or parameter of the query.
    var field: String
    /// What was given, as text; nil where there was nothing, or where it must not be shown.
    var value: String?
    /// What is wrong, and what would be right.
    var detail: String
    /// Line of the body, from 1, where that helps.
    var line: Int?
    /// Column of the line, from 1, where that helps.
    var column: Int?

    var json: JSONValue {
        let shown = value.map { $0.unicodeScalars.count > 200 ? String($0.unicodeScalars.prefix(200)) + "…" : $0 }
        var members = [
            JSONMember("field", .string(field)), JSONMember("value", shown.map(JSONValue.string) ?? .null),
            JSONMember("detail", .string(detail)),
        ]
        if let line { members.append(JSONMember("line", .integer(Int64(line)))) }
        if let column { members.append(JSONMember("column", .integer(Int64(column)))) }
        return .object(members)
    }
}

/// Why a request was not done: an RFC 9457 problem document that says what to do.
struct Problem: Error, Sendable, Hashable {
    /// HTTP status.
    var status: Int
    /// Short name of the kind, the end of the document's `type`.
    var kind: String
    /// What kind of problem it is, the same for each of its kind.
    var title: String
    /// What is wrong this time.
    var detail: String
    /// What to do about it.
    var remedy: String
    /// The single errors.
    var errors: [ProblemError] = []
    /// How many errors there are, where not all are in `errors`.
    var errorsTotal: Int?
    /// Header fields that belong to the status, such as `Allow`.
    var headers: [APIHeader] = []

    /// Errors that an answer lists; all are counted.
    static let errorsMax = 1000

    /// The answer.
    var response: APIResponse {
        let document: JSONValue = [
            "type": .string("urn:wardflux:problem:\(kind)"), "title": .string(title),
            "status": .integer(Int64(status)), "detail": .string(detail), "remedy": .string(remedy),
            "errors": .array(errors.prefix(Self.errorsMax).map(\.json)),
            "errors_total": .integer(Int64(errorsTotal ?? errors.count)),
        ]
        return APIResponse(
            status: status, headers: [APIHeader("Content-Type", "application/problem+json")] + headers,
            body: .bytes(document.bytes))
    }
}

extension Problem {
    /// The first few errors in one line, and how many more there are.
    private static func summary(_ errors: [ProblemError]) -> String {
        let shown = errors.prefix(10).map { "\($0.field): \($0.detail)" }.joined(separator: "; ")
        return errors.count > 10 ? "\(shown); and \(errors.count - 10) more" : shown
    }

    static func badQuery(_ errors: [ProblemError]) -> Problem {
        Problem(
            status: 400, kind: "bad-query", title: "The query cannot be read",
            detail: summary(errors),
            remedy: "Correct the parameters named in errors; /api/v1/openapi.json describes all of them.",
            errors: errors)
    }

    /// A query that can be read and asks for what there cannot be.
    static func impossible(_ errors: [ProblemError]) -> Problem {
        refused(
            summary(errors),
            remedy: "Correct the parameters named in errors; /api/v1/openapi.json describes all of them.",
            errors: errors)
    }

    static func badBody(_ errors: [ProblemError]) -> Problem {
        Problem(
            status: 400, kind: "bad-body", title: "The body cannot be used",
            detail: summary(errors),
            remedy: "Correct the fields named in errors; /api/v1/openapi.json describes all of them.", errors: errors)
    }

    static func brokenJSON(_ error: JSONParseError) -> Problem {
        Problem(
            status: 400, kind: "broken-json", title: "The body is not JSON", detail: "\(error)",
            remedy: "Send one complete JSON document in UTF-8; the place of the error is given.",
            errors: [
                ProblemError(
                    field: "body", value: nil, detail: error.reason, line: error.line, column: error.column)
            ])
    }

    static func unknownParameter(_ name: String, known: [String]) -> ProblemError {
        let hint = NearestName.of(name, among: known).map { "; did you mean '\($0)'?" } ?? ""
        return ProblemError(field: name, value: nil, detail: "there is no such parameter here\(hint)")
    }

    static func notFound(_ what: String, _ id: String, remedy: String) -> Problem {
        Problem(
            status: 404, kind: "not-found", title: "There is no such \(what)",
            detail: "no \(what) has the id or name '\(id)'", remedy: remedy)
    }

    static func conflict(_ detail: String, remedy: String) -> Problem {
        Problem(status: 409, kind: "conflict", title: "That does not go together", detail: detail, remedy: remedy)
    }

    static func refused(
        _ detail: String, remedy: String, errors: [ProblemError] = [], total: Int? = nil
    ) -> Problem {
        Problem(
            status: 422, kind: "refused", title: "That cannot be done", detail: detail, remedy: remedy,
            errors: errors, errorsTotal: total)
    }

    static func unavailable(_ detail: String, remedy: String) -> Problem {
        Problem(
            status: 503, kind: "unavailable", title: "A part that is needed does not answer", detail: detail,
            remedy: remedy, headers: [APIHeader("Retry-After", "5")])
    }
}
