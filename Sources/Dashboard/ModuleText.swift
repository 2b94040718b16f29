/// A module taken apart: what it needs, what it gives, and the rest of it.
struct ModuleText {
    /// A name as its module exports it, and as it is called elsewhere.
    struct Name: Hashable {
        var exported: String
        var local: String

        /// Within the pattern that takes it from a scope.
        var asPattern: String { exported == local ? local : "\(exported): \(local)" }
        /// Within the object that gives it.
        var asMember: String { exported == local ? local : "\(exported): \(local)" }
    }

    /// What is imported from another module.
    struct Import: Hashable {
        var names: [Name]
        var path: String
    }

    let path: String
    var imports: [Import] = []
    private(set) var exports: [Name] = []
    private(set) var body = ""

    private static let declarations = ["function", "async function", "function*", "class", "const"]

    /// Takes a module apart, statement by statement at the beginnings of lines.
    init(_ file: WebFile) throws(DashboardError) {
        path = file.path
        var lines = file.text.split(separator: "\n", omittingEmptySubsequences: false)[...]
        while let line = lines.popFirst() {
            if Self.isComment(line, &lines) { continue }
            if line.hasPrefix("import ") || line.hasPrefix("import{") {
                imports.append(try imported(Self.statement(line, &lines)))
            } else if line.hasPrefix("export ") || line.hasPrefix("export{") {
                try add(export: line, &lines)
            } else {
                body += line
                body += "\n"
            }
        }
    }

    /// Whether nothing but a comment begins in a line; the rest of one of several lines is taken off too.
    ///
    /// They are a fifth of what browsers would load. Texts of several lines may not have lines that look like comments.
    private static func isComment(_ line: Substring, _ lines: inout ArraySlice<Substring>) -> Bool {
        let text = line.drop { $0 == " " }
        if text.hasPrefix("//") { return true }
        guard text.hasPrefix("/*") else { return false }
        if let end = text.firstRange(of: "*/") { return text[end.upperBound...].allSatisfy { $0 == " " } }
        while let next = lines.popFirst(), !next.contains("*/") {}
        return true
    }

    /// A statement that may go on over several lines.
    private static func statement(_ first: Substring, _ lines: inout ArraySlice<Substring>) -> String {
        var text = String(first)
        while !text.contains(";"), let line = lines.popFirst() { text += " " + line }
        return text
    }

    private func imported(_ statement: String) throws(DashboardError) -> Import {
        guard let open = statement.firstIndex(of: "{"), let close = statement.firstIndex(of: "}"), open < close,
            statement[..<open].dropFirst("import".count).allSatisfy({ $0 == " " }),
            let quote = statement.firstIndex(where: { $0 == "'" || $0 == "\"" }), close < quote
        else { throw refusal(statement, "import names in braces: import { a } from './b.js';") }
        let target = statement[statement.index(after: quote)...].prefix { $0 != statement[quote] }
        guard target.hasPrefix("./") || target.hasPrefix("../") else {
            throw refusal(statement, "import relative paths only")
        }
        let names = Self.names(statement[statement.index(after: open)..<close])
        return Import(names: names.map { Name(exported: $0.0, local: $0.1) }, path: String(target))
    }

    private mutating func add(export line: Substring, _ lines: inout ArraySlice<Substring>) throws(DashboardError) {
        let rest = line.dropFirst("export".count).drop { $0 == " " }
        guard !rest.hasPrefix("{") else {
            let statement = Self.statement(line, &lines)
            guard let open = statement.firstIndex(of: "{"), let close = statement.firstIndex(of: "}"), open < close,
                !statement[close...].contains("from")
            else { throw refusal(statement, "export names of this module only") }
            let inner = Self.names(statement[statement.index(after: open)..<close])
            exports += inner.map { Name(exported: $0.1, local: $0.0) }
            return
        }
        guard let word = Self.declarations.filter({ rest.hasPrefix($0 + " ") }).max(by: { $0.count < $1.count }) else {
            throw refusal(String(line), "export functions, classes and constants by their names")
        }
        let name = rest.dropFirst(word.count).drop { $0 == " " }.prefix {
            $0.isLetter || $0.isNumber || "_$".contains($0)
        }
        guard !name.isEmpty else { throw refusal(String(line), "export one name a declaration") }
        exports.append(Name(exported: String(name), local: String(name)))
        body += rest
        body += "\n"
    }

    /// `a, b as c` as pairs.
    private static func names(_ text: Substring) -> [(String, String)] {
        text.split(separator: ",").compactMap { item in
            let words = item.split { $0 == " " || $0 == "\n" || $0 == "\t" }.map(String.init)
            guard let first = words.first, let last = words.last else { return nil }
            return (first, last)
        }
    }

    private func refusal(_ statement: String, _ remedy: String) -> DashboardError {
        DashboardError(path: path, reason: "'\(statement.prefix(80))' is not taken here; \(remedy)")
    }
}
