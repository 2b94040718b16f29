import Listing

/// Which texts a field takes: the check and its JSON Schema in one place.
struct TextRule: Sendable {
    /// Least and most characters.
    let length: ClosedRange<Int>
    /// JSON Schema pattern.
    let pattern: String?
    /// What is wrong with a text that the pattern refuses.
    let refusal: String
    /// The pattern as code.
    let allows: @Sendable (String.UnicodeScalarView) -> Bool

    /// What is wrong with a text; nil where nothing is.
    func refusal(of text: String) -> String? {
        let scalars = text.unicodeScalars
        guard length.contains(scalars.count) else {
            return "\(length.lowerBound) to \(length.upperBound) characters are expected"
        }
        return allows(scalars) ? nil : refusal
    }

    /// The JSON Schema.
    var schema: JSONValue {
        var members = [
            JSONMember("type", "string"), JSONMember("minLength", .integer(Int64(length.lowerBound))),
            JSONMember("maxLength", .integer(Int64(length.upperBound))),
        ]
        if let pattern { members.append(JSONMember("pattern", .string(pattern))) }
        return .object(members)
    }

    /// A name: no control characters, no space at its ends.
    static func name(max: Int = 255) -> TextRule {
        TextRule(
            length: 1...max,
            pattern: "^[^\\u0000-\\u0020\\u007f]([^\\u0000-\\u001f\\u007f]*[^\\u0000-\\u0020\\u007f])?$",
            refusal: "control characters, and spaces at the ends, are not allowed"
        ) { scalars in
            guard let first = scalars.first, let last = scalars.last else { return false }
            return first.value > 32 && last.value > 32 && scalars.allSatisfy { $0.value >= 32 && $0.value != 127 }
        }
    }

    /// Free text, several lines too, without U+0000.
    static func text(max: Int, min: Int = 0) -> TextRule {
        TextRule(length: min...max, pattern: "^[^\\u0000]*$", refusal: "the character U+0000 is not allowed") {
            !$0.contains { $0.value == 0 }
        }
    }

    /// Letters, digits and a few marks of ASCII.
    static func word(max: Int, min: Int = 1, marks: String) -> TextRule {
        let escaped = marks.map { "\\\($0)" }.joined()
        let allowed = Set(marks.unicodeScalars)
        return TextRule(
            length: min...max, pattern: "^[A-Za-z0-9\(escaped)]*$",
            refusal: "only letters, digits and \(marks.map(String.init).joined(separator: " ")) are allowed"
        ) { scalars in
            scalars.allSatisfy { scalar in
                switch scalar.value {
                case 48...57, 65...90, 97...122: true
                default: allowed.contains(scalar)
                }
            }
        }
    }

    /// An address or a host name.
    static let address = word(max: 253, marks: ".:-_%")
    /// The name of a credential profile.
    static let profileName = word(max: 64, marks: ".-_")
    /// The id of a provider, or nothing.
    static let provider = word(max: 64, min: 0, marks: "_-")
}
