import Inventory
import Listing

/// A range of time of which either end may be open.
struct OpenRange: Sendable, Hashable {
    var from: Timestamp?
    var to: Timestamp?

    /// The parameters `from` and `to` of lists of what lasts.
    static let parameters = [
        QueryParameter(
            name: "from", doc: "Those that last beyond it: RFC 3339, a date, or relative such as -24h.",
            schema: MomentText.schema),
        QueryParameter(name: "to", doc: "Those that began before it, written as from.", schema: MomentText.schema),
    ]

    /// Reads the range of a call; tells all that is wrong with it at once.
    static func read(_ call: Call, now: Timestamp) throws(Problem) -> OpenRange {
        var range = OpenRange()
        var errors: [ProblemError] = []
        var isMalformed = false
        func moment(_ name: String) -> Timestamp? {
            guard let text = call.value(name) else { return nil }
            if let moment = MomentText.read(text, now: now) { return moment }
            if !MomentText.isWellFormed(text) { isMalformed = true }
            errors.append(ProblemError(field: name, value: text, detail: MomentText.remedy))
            return nil
        }
        range.from = moment("from")
        range.to = moment("to")
        if let from = range.from, let to = range.to, from >= to {
            errors.append(
                ProblemError(
                    field: "from", value: call.value("from"),
                    detail: "the range begins at \(from) and ends at \(to); give a from before to"))
        }
        guard !isMalformed else { throw .badQuery(errors) }
        guard errors.isEmpty else { throw .impossible(errors) }
        return range
    }
}

extension Call {
    /// The query of a list with a range of time; throws all that is wrong with it.
    func rangedQuery<Record>(
        _ schema: ListSchema<Record>, now: Timestamp
    ) throws -> (query: ListQuery, range: OpenRange) {
        let rest = Call(
            request: request, path: path, query: query.filter { $0.name != "from" && $0.name != "to" },
            queryErrors: queryErrors)
        var query = ListQuery()
        do {
            query = try rest.listQuery(schema)
        } catch let problem as Problem where problem.status == 400 {
            do throws(Problem) { _ = try OpenRange.read(self, now: now) } catch {
                throw Problem.badQuery(problem.errors + error.errors)
            }
            throw problem
        }
        return (query, try OpenRange.read(self, now: now))
    }
}

/// Moments that people write in bodies, ahead of now too.
enum MomentAhead {
    static let rule = TextRule.text(max: 40, min: 1)
    static let remedy =
        "give an RFC 3339 time such as 2026-03-01T04:00:00Z, a date, now, a time before now such as -2h, "
        + "or a time from now on such as 2h"

    /// What such a moment looks like; there are some that look like one and are none.
    static let pattern = "^([0-9]{1,9}[smhdw]|" + MomentText.pattern.dropFirst(2)

    /// What such a moment is in the document.
    static let schema: JSONValue = [
        "type": "string", "minLength": 1, "maxLength": 40, "pattern": .string(pattern),
        "examples": ["2h", "2026-03-01T04:00:00Z", "now"],
    ]

    /// A moment as `MomentText` reads it, or a length of time from now on such as `2h`; nil for anything else.
    static func read(_ text: String, now: Timestamp) -> Timestamp? {
        if let seconds = lengthAhead(text) {
            let moment = now.advanced(bySeconds: Double(seconds))
            return MomentText.years.contains(moment) ? moment : nil
        }
        return MomentText.read(text, now: now)
    }

    /// Whether a text looks like such a moment, as `pattern` says.
    static func isWellFormed(_ text: String) -> Bool {
        lengthAhead(text) != nil || MomentText.isWellFormed(text)
    }

    /// Seconds from now on: a length with its unit, as a number alone is more likely a mistake.
    private static func lengthAhead(_ text: String) -> Int? {
        text.last?.isLetter == true ? MomentText.seconds(text) : nil
    }
}

extension BodyFields {
    /// A moment, ahead of now too.
    mutating func moment(_ name: String, now: Timestamp) -> Given<Timestamp> {
        switch text(name, MomentAhead.rule) {
        case .absent: return .absent
        case .null: return .null
        case .value(let text):
            guard let moment = MomentAhead.read(text, now: now) else {
                if MomentAhead.isWellFormed(text) {
                    conflict(name, value: text, "there is no such time; \(MomentAhead.remedy)")
                } else {
                    refuse(name, text, MomentAhead.remedy)
                }
                return .absent
            }
            return .value(moment)
        }
    }

    /// An identity of an entity.
    mutating func identifier<Entity>(_ name: String, of _: Entity.Type) -> Given<Identifier<Entity>> {
        switch text(name, .text(max: 36, min: 36)) {
        case .absent: return .absent
        case .null: return .null
        case .value(let text):
            guard let id = Identifier<Entity>(text) else {
                refuse(name, text, "a UUID such as 6fa459ea-ee8a-4ca4-894e-db77e160355e is expected")
                return .absent
            }
            return .value(id)
        }
    }
}
