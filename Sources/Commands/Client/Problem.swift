import API

/// Problem documents of the API (RFC 9457).
enum Problem {
    /// Errors of a problem document that are printed.
    private static let errorsMax = 50

    /// The failure that an answer outside 2xx means.
    static func failure(of response: APIResponse, request: APIRequest, peer: String) -> CommandFailure {
        let document = (try? JSONReader.read(response.bytes)) ?? .null
        let status = "\(peer) answered \(request.method) \(request.path) with \(response.status)"
        let detail = document["detail"]?.string ?? document["title"]?.string ?? status
        // What a list is asked for is named as the API's columns are; only bodies are made of options.
        let isBody = request.method != "GET"
        var errors = (document["errors"]?.items ?? []).map { line($0, namesOptions: isBody) }
        if errors.count > errorsMax {
            errors = Array(errors.prefix(errorsMax)) + ["and \(errors.count - errorsMax) more"]
        }
        let said = isBody ? CommandWords.sentence(detail) : CommandWords.withoutCode(detail)
        let repeatsErrors = errors.first.map { said.hasSuffix($0) || said.hasPrefix($0) } ?? false
        if repeatsErrors && errors.count == 1 { errors = [] }
        let message = repeatsErrors && !errors.isEmpty ? document["title"]?.string ?? said : said
        var failure = CommandFailure(message, details: errors, remedy: remedy(response.status, document))
        failure.httpStatus = response.status
        return failure
    }

    /// One error in a line: where, what, what to do.
    static func line(_ error: JSONValue, namesOptions: Bool = false) -> String {
        guard error.members != nil else { return error.plainText }
        var place: [String] = []
        if let line = error["line"]?.integer { place.append("line \(line)") }
        if let column = error["column"]?.integer { place.append("column \(column)") }
        if let field = error["field"]?.string, !field.isEmpty {
            // In a file the field is a column's name.
            place.append(namesOptions && place.isEmpty ? CommandWords.option(field) : field)
        }
        let what = CommandWords.withoutCode(error["detail"]?.plainText ?? JSONWriter.compact(error))
        return place.isEmpty ? what : "\(place.joined(separator: ", ")): \(what)"
    }

    private static func remedy(_ status: Int, _ document: JSONValue) -> String? {
        switch status {
        case 401: "Give an access token with --token-file or WARDFLUX_TOKEN; `wardflux tokens create` makes one."
        default: document["remedy"]?.string.map(CommandWords.remedy)
        }
    }
}
