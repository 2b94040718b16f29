import FoundationEssentials

/// Lists and counts kept as JSON in one column.
///
/// Written by hand but for rare values: a run of topology discovery writes and reads a million small lists.
package enum JSONText {
    package static func list(_ texts: [String]) -> String {
        if texts.isEmpty { return "[]" }
        return "[" + texts.map { quoted($0) }.joined(separator: ",") + "]"
    }

    package static func counts(_ counts: [String: Int64]) -> String {
        counts.isEmpty ? "{}" : encoded(counts)
    }

    package static func readCounts(_ text: String, column: String) throws -> [String: Int64] {
        if text == "{}" { return [:] }
        guard let value = try? JSONDecoder().decode([String: Int64].self, from: Data(text.utf8)) else {
            throw UnreadableValue(column: column, text: text, expected: "a JSON object of whole numbers")
        }
        return value
    }

    /// A text in quotes, with escapes for quotes, backslashes and control characters alone.
    package static func quoted(_ text: String) -> String {
        var json: [UInt8] = []
        append(text, to: &json)
        return String(decoding: json, as: UTF8.self)
    }

    /// Appends a text in quotes, as `quoted`.
    package static func append(_ text: String, to json: inout [UInt8]) {
        var text = text
        json.append(UInt8(ascii: "\""))
        text.withUTF8 { octets in
            if octets.contains(where: mustBeEscaped) { escape(octets, to: &json) } else { json += octets }
        }
        json.append(UInt8(ascii: "\""))
    }

    private static func escape(_ text: UnsafeBufferPointer<UInt8>, to json: inout [UInt8]) {
        for octet in text {
            switch octet {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): json += [UInt8(ascii: "\\"), octet]
            case 0x0A: json += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
            case 0x09: json += [UInt8(ascii: "\\"), UInt8(ascii: "t")]
            case 0..<0x20: json += Array("\\u00\(octet < 16 ? "0" : "1")\(String(octet & 15, radix: 16))".utf8)
            default: json.append(octet)
            }
        }
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
///
/// Objects within it are written into the same octets.
package struct JSONObjectText {
    private var octets: [UInt8] = [UInt8(ascii: "{")]

    /// An object without members.
    package init(reserving count: Int = 0) {
        octets.reserveCapacity(count)
    }

    /// The object as far as its members were added.
    package var closed: String { String(decoding: octets, as: UTF8.self) + "}" }

    /// Adds a member whose value is JSON already.
    package mutating func add(_ name: String, json: String?) {
        guard let json else { return }
        begin(name)
        octets += json.utf8
    }

    /// Adds a text.
    package mutating func add(_ name: String, _ value: String?) {
        guard let value else { return }
        begin(name)
        JSONText.append(value, to: &octets)
    }

    /// Adds a text whose name is anybody's.
    package mutating func add(naming name: String, _ value: String) {
        separate()
        JSONText.append(name, to: &octets)
        octets.append(UInt8(ascii: ":"))
        JSONText.append(value, to: &octets)
    }

    /// Adds a whole number.
    package mutating func add(_ name: String, _ value: Int64?) {
        add(name, json: value.map { String($0) })
    }

    /// Adds a number, which must be finite; it is read back exactly.
    package mutating func add(_ name: String, _ value: Double?) {
        add(name, json: value.map { "\($0)" })
    }

    /// Adds a text that has nothing to be escaped.
    package mutating func add(_ name: String, plain value: String) {
        begin(name)
        octets.append(UInt8(ascii: "\""))
        octets += value.utf8
        octets.append(UInt8(ascii: "\""))
    }

    /// Adds an object.
    package mutating func add(_ name: String, object: (some JSONWritten)?) {
        guard let object else { return }
        begin(name)
        write(object)
    }

    /// Adds a list of objects; none where it is empty.
    package mutating func add(_ name: String, objects: [some JSONWritten]) {
        guard !objects.isEmpty else { return }
        begin(name)
        octets.append(UInt8(ascii: "["))
        for (place, object) in objects.enumerated() {
            if place > 0 { octets.append(UInt8(ascii: ",")) }
            write(object)
        }
        octets.append(UInt8(ascii: "]"))
    }

    /// Adds a list of texts; none where it is empty.
    package mutating func add(_ name: String, texts: [String]) {
        guard !texts.isEmpty else { return }
        begin(name)
        octets.append(UInt8(ascii: "["))
        for (place, text) in texts.enumerated() {
            if place > 0 { octets.append(UInt8(ascii: ",")) }
            JSONText.append(text, to: &octets)
        }
        octets.append(UInt8(ascii: "]"))
    }

    private mutating func write(_ object: some JSONWritten) {
        octets.append(UInt8(ascii: "{"))
        object.write(to: &self)
        octets.append(UInt8(ascii: "}"))
    }

    /// Names need no escapes.
    private mutating func begin(_ name: String) {
        separate()
        octets.append(UInt8(ascii: "\""))
        octets += name.utf8
        octets.append(UInt8(ascii: "\""))
        octets.append(UInt8(ascii: ":"))
    }

    /// Before every member but the first of its object; a text or a number never ends with a brace that opens.
    private mutating func separate() {
        if octets.last != UInt8(ascii: "{") { octets.append(UInt8(ascii: ",")) }
    }
}

/// What is kept as a JSON object.
package protocol JSONWritten {
    /// Adds its members.
    func write(to object: inout JSONObjectText)
}

extension JSONWritten {
    /// The object.
    package var json: String {
        var object = JSONObjectText(reserving: 1_024)
        write(to: &object)
        return object.closed
    }
}
