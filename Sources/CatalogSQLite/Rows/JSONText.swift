import FoundationEssentials

/// Lists and counts kept as JSON in one column.
///
/// Written by hand but for rare values: a run of topology discovery writes and reads a million small lists.
enum JSONText {
    static func list(_ texts: [String]) -> String {
        if texts.isEmpty { return "[]" }
        return "[" + texts.map { quoted($0) }.joined(separator: ",") + "]"
    }

    static func counts(_ counts: [String: Int64]) -> String {
        counts.isEmpty ? "{}" : encoded(counts)
    }

    static func readCounts(_ text: String, column: String) throws -> [String: Int64] {
        if text == "{}" { return [:] }
        guard let value = try? JSONDecoder().decode([String: Int64].self, from: Data(text.utf8)) else {
            throw UnreadableValue(column: column, text: text, expected: "a JSON object of whole numbers")
        }
        return value
    }

    /// A text in quotes, with escapes for quotes, backslashes and control characters alone.
    static func quoted(_ text: String) -> String {
        var json = ""
        append(text, to: &json)
        return json
    }

    /// Appends a text in quotes, as `quoted`.
    static func append(_ text: String, to json: inout String) {
        json += "\""
        json += text.utf8.contains(where: mustBeEscaped) ? escaped(text) : text
        json += "\""
    }

    private static func escaped(_ text: String) -> String {
        var octets: [UInt8] = []
        octets.reserveCapacity(text.utf8.count + 16)
        for octet in text.utf8 {
            switch octet {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): octets += [UInt8(ascii: "\\"), octet]
            case 0x0A: octets += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
            case 0x09: octets += [UInt8(ascii: "\\"), UInt8(ascii: "t")]
            case 0..<0x20: octets += Array("\\u00\(octet < 16 ? "0" : "1")\(String(octet & 15, radix: 16))".utf8)
            default: octets.append(octet)
            }
        }
        return String(decoding: octets, as: UTF8.self)
    }

    private static func mustBeEscaped(_ octet: UInt8) -> Bool {
        octet < 0x20 || octet == UInt8(ascii: "\"") || octet == UInt8(ascii: "\\")
    }

    private static func encoded(_ value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Texts and whole numbers always have a JSON form; an empty text would be refused by the schema's check.
        guard let data = try? encoder.encode(value) else { return "" }
        return String(decoding: data, as: UTF8.self)
    }
}

/// Writes one JSON object, member by member; members that have no value are left out.
struct JSONObjectText {
    private(set) var text = "{"

    /// The object as far as its members were added.
    var closed: String { text + "}" }

    /// Adds a member whose value is JSON already.
    mutating func add(_ name: String, json: String?) {
        guard let json else { return }
        begin(name)
        text += json
    }

    /// Adds a text.
    mutating func add(_ name: String, _ value: String?) {
        guard let value else { return }
        begin(name)
        JSONText.append(value, to: &text)
    }

    /// Adds a whole number.
    mutating func add(_ name: String, _ value: Int64?) {
        add(name, json: value.map { String($0) })
    }

    /// Adds a number, which must be finite; it is read back exactly.
    mutating func add(_ name: String, _ value: Double?) {
        add(name, json: value.map { "\($0)" })
    }

    /// Adds a text that has nothing to be escaped.
    mutating func add(_ name: String, plain value: String) {
        begin(name)
        text += "\""
        text += value
        text += "\""
    }

    /// Names need no escapes.
    private mutating func begin(_ name: String) {
        text += text.utf8.count > 1 ? ",\"" : "\""
        text += name
        text += "\":"
    }
}
