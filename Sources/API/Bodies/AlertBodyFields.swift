import Alerting
import Inventory
import Listing

/// Lengths of time in bodies.
enum LengthText {
    /// `30m`, `2h`, `7d`.
    static let rule = TextRule(
        length: 2...10, pattern: "^[0-9]{1,9}[smhdw]$",
        refusal: "a length of time with its unit is expected, such as 30m, 2h or 7d"
    ) { scalars in
        guard let unit = scalars.last, "smhdw".unicodeScalars.contains(unit) else { return false }
        return scalars.dropLast().allSatisfy { (48...57).contains($0.value) }
    }

    /// What such a length is in the document.
    static func schema(_ doc: String) -> JSONValue { Schema.documented(Schema.nullable(rule.schema), doc) }
}

extension BodyFields {
    /// A length of time such as `2h`, in seconds; the range is of whole minutes.
    mutating func length(_ name: String, in range: ClosedRange<Int>) -> Given<Int> {
        switch text(name, LengthText.rule) {
        case .absent: return .absent
        case .null: return .null
        case .value(let text):
            guard let seconds = MomentText.seconds(text), range.contains(seconds) else {
                conflict(
                    name, value: text,
                    "\(Self.words(range.lowerBound)) to \(Self.words(range.upperBound)) are taken here")
                return .absent
            }
            return .value(seconds)
        }
    }

    private static func words(_ seconds: Int) -> String {
        let (count, unit) = seconds % 86_400 == 0 ? (seconds / 86_400, "day") : (seconds / 60, "minute")
        return count == 1 ? "1 \(unit)" : "\(count) \(unit)s"
    }

    /// Notes that one of two fields is needed, unless what is there of them is wrong.
    mutating func needsOne(of name: String, _ other: String) {
        if !hasFault(name), !hasFault(other) { conflict(name, "give it, or \(other)") }
    }

    /// Matchers: texts such as `device="CORE-SW-01"`, or objects with `label`, `comparison` and `value`.
    ///
    /// What a pattern of RE2 cannot be, or a label, is told as what no schema tells.
    mutating func matchers(_ name: String, count: ClosedRange<Int>) -> Given<[AlertMatcher]> {
        let elements: [JSONValue]
        switch document(name) {
        case .absent: return .absent
        case .null: return .null
        case .value(.array(let values)): elements = values
        case .value(let other):
            refuse(name, nil, "an array of matchers is expected, not \(other.kindName)")
            return .absent
        }
        guard count.contains(elements.count) else {
            refuse(name, nil, "\(count.lowerBound) to \(count.upperBound) matchers are expected")
            return .absent
        }
        var matchers: [AlertMatcher] = []
        for element in elements {
            guard let matcher = matcher(name, element) else { return .absent }
            matchers.append(matcher)
        }
        do throws(MatcherError) { _ = try LabelMatchers(matchers) } catch {
            conflict(name, value: error.matcher.text, error.reason)
            return .absent
        }
        return .value(matchers)
    }

    private mutating func matcher(_ name: String, _ element: JSONValue) -> AlertMatcher? {
        switch element {
        case .string(let text):
            guard MatcherText.isWellFormed(text) else {
                refuse(name, text, MatcherText.remedy)
                return nil
            }
            do throws(MatcherError) { return try AlertMatcher(parsing: text) } catch {
                conflict(name, value: text, error.reason)
                return nil
            }
        case .object(let members):
            if let matcher = MatcherText.matcher(members) { return matcher }
            refuse(name, String(decoding: element.bytes, as: UTF8.self), MatcherText.objectRemedy)
        default:
            refuse(name, nil, "a matcher is a text or an object, not \(element.kindName)")
        }
        return nil
    }
}

/// Matchers as bodies write them.
enum MatcherText {
    static let remedy =
        "write label=value, label!=value, label=~pattern or label!~pattern, such as device=\"CORE-SW-01\""
    static let objectRemedy =
        "an object has label (letters, digits, underscores), value (a text), and comparison, one of =, !=, =~, !~; "
        + "= where it is not given"

    private static let labelPattern = "[A-Za-z_][A-Za-z0-9_]{0,127}"
    private static let textRule = TextRule.text(max: 4_096, min: 2)
    private static let valueRule = TextRule.text(max: 4_000)

    /// What matchers are in the document.
    static func schema(count: ClosedRange<Int>) -> JSONValue {
        let text: JSONValue = [
            "type": "string", "minLength": 2, "maxLength": 4_096,
            "pattern": .string("^ *\(labelPattern) *(=|!=|!~)[^\\u0000]*$"),
            "examples": ["device=\"CORE-SW-01\"", "type=~\"isp|trunk\""],
        ]
        let object = Schema.object(
            [
                (
                    "label",
                    ["type": "string", "minLength": 1, "maxLength": 128, "pattern": .string("^\(labelPattern)$")]
                ),
                ("comparison", Schema.choice(AlertMatcher.Comparison.allCases.map(\.rawValue))),
                ("value", valueRule.schema),
            ], required: ["label", "value"])
        return Schema.documented(
            Schema.array(["anyOf": [text, object]], count: count),
            "All of them must hold; =~ and !~ take patterns of RE2 for the whole value.")
    }

    /// Whether a text looks like a matcher, as the schema says.
    static func isWellFormed(_ text: String) -> Bool {
        guard textRule.refusal(of: text) == nil else { return false }
        let scalars = text.unicodeScalars.drop { $0 == " " }
        let label = scalars.prefix { isLabel($0) }
        guard isName(label) else { return false }
        let rest = scalars.dropFirst(label.count).drop { $0 == " " }
        guard let first = rest.first else { return false }
        if first == "=" { return true }
        return first == "!" && rest.dropFirst().first.map { $0 == "=" || $0 == "~" } ?? false
    }

    /// The matcher that an object is; nil where it is none.
    static func matcher(_ members: [JSONMember]) -> AlertMatcher? {
        guard Set(members.map(\.name)).isSubset(of: ["label", "comparison", "value"]) else { return nil }
        let fields = JSONValue.object(members)
        guard case .string(let label) = fields["label"], isName(Substring(label).unicodeScalars),
            case .string(let value) = fields["value"], valueRule.refusal(of: value) == nil
        else { return nil }
        guard let given = fields["comparison"] else { return AlertMatcher(label, value) }
        guard case .string(let word) = given, let comparison = AlertMatcher.Comparison(rawValue: word) else {
            return nil
        }
        return AlertMatcher(label, comparison, value)
    }

    private static func isName(_ label: Substring.UnicodeScalarView) -> Bool {
        guard let first = label.first, !(48...57).contains(first.value), label.count <= 128 else { return false }
        return label.allSatisfy(isLabel)
    }

    private static func isLabel(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 48...57, 65...90, 95, 97...122: true
        default: false
        }
    }
}
