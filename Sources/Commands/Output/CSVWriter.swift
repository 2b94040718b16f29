/// Writes CSV (RFC 4180): CRLF after each record, quotes only where needed.
enum CSVWriter {
    /// A header and a record for each row.
    ///
    /// - Parameters:
    ///   - rows: objects; members that are not in `columns` are left out.
    ///   - columns: names of the members; nil means those of all rows, in the order they first occur.
    static func write(_ rows: [JSONValue], columns: [String]? = nil) -> String {
        let names = columns ?? memberNames(of: rows)
        guard !names.isEmpty else { return "" }
        var text = record(names)
        for row in rows {
            var values: [String: String] = [:]
            for member in row.members ?? [] { values[member.name] = member.value.plainText }
            text += record(names.map { values[$0] ?? "" })
        }
        return text
    }

    private static func memberNames(of rows: [JSONValue]) -> [String] {
        var seen: Set<String> = []
        var names: [String] = []
        for row in rows {
            for member in row.members ?? [] where seen.insert(member.name).inserted { names.append(member.name) }
        }
        return names
    }

    private static func record(_ fields: [String]) -> String {
        fields.map(field).joined(separator: ",") + "\r\n"
    }

    private static func field(_ text: String) -> String {
        let special: Set<UInt8> = [0x22, 0x2C, 0x0A, 0x0D]
        let needsQuotes = text.utf8.contains { special.contains($0) } || text.first == " " || text.last == " "
        guard needsQuotes else { return text }
        var quoted = "\""
        for character in text.unicodeScalars {
            if character == "\"" { quoted += "\"\"" } else { quoted.unicodeScalars.append(character) }
        }
        return quoted + "\""
    }
}
