import Listing

/// The keys that rows of `rules explain --batch` may have.
///
/// A misspelt key would be an interface without that field, and so a wrong answer that nobody notices.
enum BatchKeys {
    /// What is known of an interface.
    static let row = ["id", "name", "descr", "alias", "if_type", "speed_mbps", "admin", "oper", "neighbour"]
    /// What is known of its neighbour.
    static let neighbour = ["protocol", "capabilities", "platform", "name"]
    /// What a labelled row or an answer says; it is passed over.
    static let labels: Set<String> = [
        "type", "provider", "is_critical", "difficulty", "also_ok", "confidence", "rule", "evidence", "comment",
    ]

    /// A line for each key that is none, with its row and the key that was meant.
    static func problems(_ rows: [JSONValue]) -> [String] {
        rows.enumerated().flatMap { position, row in
            let place = "row \(position + 1)" + (row["id"].map { " (id \(TextWidth.cut($0.plainText, to: 40)))" } ?? "")
            let own = unknown(row, known: Self.row, passed: labels).map { "\(place): \($0)" }
            let inner = row["neighbour"].map { unknown($0, known: neighbour, passed: []) } ?? []
            return own + inner.map { "\(place), neighbour: \($0)" }
        }
    }

    private static func unknown(_ object: JSONValue, known: [String], passed: Set<String>) -> [String] {
        (object.members ?? []).map(\.name).filter { !known.contains($0) && !passed.contains($0) }.map { name in
            let shown = "unknown key '\(TextWidth.cut(name, to: 40))'"
            return nearest(name, among: known).map { "\(shown); did you mean '\($0)'?" } ?? shown
        }
    }

    /// The key that was meant: `ifAlias`, `if_alias` and `aliass` are alias, `speed` is speed_mbps.
    static func nearest(_ name: String, among known: [String]) -> String? {
        let plain = name.lowercased().filter { $0 != "_" && $0 != "-" }
        let folded = plain.hasPrefix("if") ? String(plain.dropFirst(2)) : plain
        let same = known.first { key in
            let letters = key.filter { $0 != "_" }
            return letters == plain || letters == folded || (folded.count > 3 && letters.hasPrefix(folded))
        }
        return same ?? NearestName.of(name, among: known)
    }
}
