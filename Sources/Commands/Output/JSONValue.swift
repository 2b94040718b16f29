/// A JSON value (RFC 8259) that keeps the order of members and the spelling of numbers.
///
/// Answers of the API go through here on their way to tables, CSV and `--json`, so that what a program reads is what
/// the server wrote: Foundation's types would reorder members and round 64-bit numbers.
enum JSONValue: Hashable, Sendable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number as it is spelt.
    case number(String)
    /// A text.
    case string(String)
    /// A list.
    case array([JSONValue])
    /// An object, its members in order.
    case object([Member])

    /// One member of an object.
    struct Member: Hashable, Sendable {
        /// Its name.
        var name: String
        /// What it holds.
        var value: JSONValue
    }

    /// The member of this name; nil where this is no object or has none.
    subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    /// The items of a list; nil for anything else.
    var items: [JSONValue]? {
        guard case .array(let items) = self else { return nil }
        return items
    }

    /// The members of an object; nil for anything else.
    var members: [Member]? {
        guard case .object(let members) = self else { return nil }
        return members
    }

    /// The text of a string; nil for anything else.
    var string: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// A number without decimals; nil for anything else.
    var integer: Int64? {
        guard case .number(let text) = self else { return nil }
        return Int64(text)
    }

    /// A number; nil for anything else.
    var double: Double? {
        guard case .number(let text) = self else { return nil }
        return Double(text)
    }

    /// A truth value; nil for anything else.
    var bool: Bool? {
        guard case .bool(let value) = self else { return nil }
        return value
    }

    /// Whether this is `null`.
    var isNull: Bool { self == .null }

    /// The value as a cell of a table or of CSV: `null` is empty, lists are joined with `;`, objects are JSON.
    var plainText: String {
        switch self {
        case .null: return ""
        case .bool(let value): return value ? "true" : "false"
        case .number(let text): return text
        case .string(let text): return text
        case .array(let items): return items.map(\.plainText).joined(separator: ";")
        case .object: return JSONWriter.compact(self)
        }
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
    init(stringLiteral value: String) { self = .string(value) }
    init(integerLiteral value: Int64) { self = .number(String(value)) }
    init(booleanLiteral value: Bool) { self = .bool(value) }
    init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    init(nilLiteral: ()) { self = .null }
    init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(elements.map { Member(name: $0.0, value: $0.1) })
    }

    /// A text, or `null` where there is none.
    init(_ text: String?) { self = text.map(JSONValue.string) ?? .null }
    /// A whole number, or `null` where there is none.
    init(_ number: (some BinaryInteger)?) { self = number.map { .number(String($0)) } ?? .null }
    /// A truth value, or `null` where there is none.
    init(_ value: Bool?) { self = value.map(JSONValue.bool) ?? .null }
    /// A number; one that JSON cannot write (infinite, not a number) is `null`.
    init(_ number: Double) { self = number.isFinite ? .number("\(number)") : .null }
}
