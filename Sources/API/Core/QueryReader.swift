import Listing

/// Reads the raw query of a request into decoded parameters.
enum QueryReader {
    /// The parameters in order, and what is wrong: broken escapes, names the route does not know, repetitions.
    static func read(
        _ raw: String, route: Route
    ) -> (parameters: [(name: String, value: String)], errors: [ProblemError]) {
        var parameters: [(name: String, value: String)] = []
        var errors: [ProblemError] = []
        let known = route.query.map(\.name)
        for part in raw.split(separator: "&") {
            let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = halves.first.flatMap({ PercentEncoding.decode($0, plusIsSpace: true) }) else {
                errors.append(ProblemError(field: printable(part), value: nil, detail: brokenEscape))
                continue
            }
            guard let value = PercentEncoding.decode(halves.count > 1 ? halves[1] : "", plusIsSpace: true) else {
                errors.append(ProblemError(field: name, value: printable(part), detail: brokenEscape))
                continue
            }
            guard known.contains(name) else {
                errors.append(Problem.unknownParameter(name, known: known))
                continue
            }
            if parameters.contains(where: { $0.name == name }) {
                errors.append(
                    ProblemError(field: name, value: value, detail: "give it once, several values with commas"))
            }
            parameters.append((name, value))
        }
        return (parameters, errors)
    }

    private static let brokenEscape = "percent-encoded UTF-8 without the character U+0000 is expected"

    private static func printable(_ text: Substring) -> String {
        String(text.unicodeScalars.prefix(100).filter { $0.isASCII && $0.value >= 32 }.map(Character.init))
    }
}

extension Call {
    /// Throws what was wrong with the query as a text.
    func requireReadableQuery() throws(Problem) {
        guard queryErrors.isEmpty else { throw .badQuery(queryErrors) }
    }

    /// The query of a list; throws all that is wrong with it at once.
    func listQuery<Record>(_ schema: ListSchema<Record>) throws -> ListQuery {
        var errors = queryErrors
        var query = ListQuery()
        do throws(ListError) {
            query = try schema.query(from: self.query.filter { $0.name != "format" })
        } catch {
            errors += error.problems.map { ProblemError(field: $0.parameter, value: $0.value, detail: $0.detail) }
        }
        do throws(Problem) {
            _ = try choice("format", of: ["json", "csv"], default: "json")
        } catch {
            errors += error.errors
        }
        guard errors.isEmpty else { throw Problem.badQuery(errors) }
        return query
    }

    /// A parameter that is `true` or `false`.
    func flag(_ name: String, default standard: Bool) throws(Problem) -> Bool {
        guard let value = value(name) else { return standard }
        guard value == "true" || value == "false" else {
            throw .badQuery([ProblemError(field: name, value: value, detail: "give true or false")])
        }
        return value == "true"
    }

    /// A parameter that takes one of these words.
    func choice(_ name: String, of words: [String], default standard: String) throws(Problem) -> String {
        guard let value = value(name) else { return standard }
        guard words.contains(value) else {
            let detail = "give one of \(words.joined(separator: ", "))"
            throw .badQuery([ProblemError(field: name, value: value, detail: detail)])
        }
        return value
    }
}
