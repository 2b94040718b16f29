import Inventory
import Listing

/// The range of time that a query asks for.
struct TimeRange: Sendable, Hashable {
    var from: Timestamp
    var to: Timestamp

    /// The parameters `from` and `to`; the last 24 hours where neither is given.
    static let parameters = [
        QueryParameter(
            name: "from", doc: "The first moment: RFC 3339, a date, or relative such as -24h; -24h where not given.",
            schema: MomentText.schema),
        QueryParameter(
            name: "to", doc: "The moment after the last, written as from; now where not given.",
            schema: MomentText.schema),
    ]

    /// Reads the range of a call; tells all that is wrong with it at once.
    static func read(_ call: Call, now: Timestamp) throws(Problem) -> TimeRange {
        var errors: [ProblemError] = []
        var isMalformed = false
        func moment(_ name: String, _ standard: Timestamp) -> Timestamp {
            guard let text = call.value(name) else { return standard }
            if let moment = MomentText.read(text, now: now) { return moment }
            if !MomentText.isWellFormed(text) { isMalformed = true }
            errors.append(ProblemError(field: name, value: text, detail: MomentText.remedy))
            return standard
        }
        let to = moment("to", now)
        let from = moment("from", max(MomentText.years.lowerBound, to.advanced(bySeconds: -86_400)))
        if errors.isEmpty, from >= to {
            errors.append(
                ProblemError(
                    field: "from", value: call.value("from") ?? from.description,
                    detail: "the range begins at \(from) and ends at \(to); give a from before to"))
        }
        guard !isMalformed else { throw .badQuery(errors) }
        guard errors.isEmpty else { throw .impossible(errors) }
        return TimeRange(from: from, to: to)
    }
}

/// Moments and lengths of time as people write them in queries.
enum MomentText {
    static let remedy =
        "give an RFC 3339 time such as 2026-03-01T04:00:00Z, a date, now, or a time before now such as -24h"
    /// Years that are taken: readings of other ones are mistakes.
    static let years = Timestamp(seconds: 0)...Timestamp(seconds: 253_402_300_799)

    /// What a moment is in the document.
    static let schema: JSONValue = [
        "type": "string", "maxLength": 40, "pattern": .string(pattern),
        "examples": ["-24h", "now", "2026-03-01T04:00:00Z"],
    ]

    /// A moment: RFC 3339, a date (its first moment, UTC), `now`, `-24h`, or `now-24h`; nil for anything else.
    static func read(_ text: String, now: Timestamp) -> Timestamp? {
        guard isWellFormed(text) else { return nil }
        let moment = relative(text, now) ?? absolute(text)
        return moment.flatMap { years.contains($0) ? $0 : nil }
    }

    /// What a moment looks like; there are some that look like one and are none.
    static let pattern =
        "^(now|(now)?-[0-9]{1,9}[smhdw]?|[0-9]{4}-[0-9]{2}-[0-9]{2}([Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?"
        + "([Zz]|[ +-][0-9]{2}:[0-9]{2}))?)$"

    /// Whether a text looks like a moment, as `pattern` says.
    static func isWellFormed(_ text: String) -> Bool {
        let rest = text.hasPrefix("now") ? text.dropFirst(3) : text[...]
        if text == "now" || (rest.first == "-" && seconds(rest.dropFirst()) != nil) { return true }
        let shape = String(decoding: text.utf8.map { (48...57).contains($0) ? 48 : $0 }, as: UTF8.self)
        if shape == "0000-00-00" { return true }
        guard ["T", "t", " "].contains(where: { shape.hasPrefix("0000-00-00\($0)00:00:00") }) else { return false }
        var end = shape.dropFirst(19)
        if end.first == "." {
            let digits = end.dropFirst().prefix { $0 == "0" }
            guard (1...9).contains(digits.count) else { return false }
            end = end.dropFirst(1 + digits.count)
        }
        return ["Z", "z", "+00:00", "-00:00", " 00:00"].contains(String(end))
    }

    /// A length of time in seconds: `300`, `300s`, `5m`, `24h`, `7d`, `2w`; nil for anything else.
    static func seconds(_ text: some StringProtocol) -> Int? {
        let units: [Character: Int] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800]
        guard let last = text.last else { return nil }
        let unit = units[last]
        let digits = unit == nil ? text[...] : text.dropLast()
        guard (1...9).contains(digits.utf8.count), digits.utf8.allSatisfy({ (48...57).contains($0) }) else {
            return nil
        }
        return Int(digits).map { $0 * (unit ?? 1) }
    }

    private static func relative(_ text: String, _ now: Timestamp) -> Timestamp? {
        if text == "now" { return now }
        let rest = text.hasPrefix("now") ? text.dropFirst(3) : text[...]
        guard rest.first == "-", let back = seconds(rest.dropFirst()) else { return nil }
        return now.advanced(bySeconds: -Double(back))
    }

    private static func absolute(_ text: String) -> Timestamp? {
        if text.utf8.count == 10 { return Timestamp(text + "T00:00:00Z") }
        if let moment = Timestamp(text) { return moment }
        // A plus that was not percent-encoded arrives as a space: 2026-03-01T04:00:00 04:00.
        guard let space = text.lastIndex(of: " ") else { return nil }
        return Timestamp(text[..<space] + "+" + text[text.index(after: space)...])
    }
}
