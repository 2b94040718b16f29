import Testing

/// Files and functions small enough to be read in one go.
@Suite struct SizeTests {
    /// Tables of data, which are as long as what they list.
    static let tables: Set<String> = []

    @Test(arguments: SourceTree.swiftFiles(under: "Sources") + SourceTree.swiftFiles(under: "Tests"))
    func `no file is longer than 400 lines`(file: SourceTree.File) {
        guard !Self.tables.contains(file.path) else { return }
        #expect(file.lines.count <= 400, "\(file.path) has \(file.lines.count) lines; split it by what it is about")
    }

    @Test(arguments: SourceTree.swiftFiles(under: "Sources"))
    func `no function is longer than 70 lines`(file: SourceTree.File) {
        for function in functions(in: file) where function.length > 70 {
            Issue.record(
                "\(file.path):\(function.line): \(function.name) has \(function.length) lines; the limit is 70")
        }
    }

    private struct Function {
        let name: String
        let line: Int
        let length: Int
    }

    /// Functions and initialisers, by the indentation that the formatter guarantees: the body ends at the first
    /// closing brace in the column of the declaration.
    private func functions(in file: SourceTree.File) -> [Function] {
        var found: [Function] = []
        for (number, line) in file.lines.enumerated() {
            let trimmed = line.drop { $0 == " " }
            guard let name = declaredName(trimmed), !trimmed.hasSuffix("}") else { continue }
            let indent = String(line.prefix(line.count - trimmed.count))
            // What a protocol requires has no body: its braces end before one of the declaration's column comes.
            let ends = { (line: Substring) in line.hasPrefix(indent + "}") || (!line.isEmpty && !line.hasPrefix(indent))
            }
            guard let end = file.lines[(number + 1)...].firstIndex(where: ends), file.lines[end].hasPrefix(indent + "}")
            else { continue }
            found.append(Function(name: name, line: number + 1, length: end - number + 1))
        }
        return found
    }

    private func declaredName(_ line: Substring) -> String? {
        guard !line.hasPrefix("//") else { return nil }
        let words = line.split(separator: " ")
        for (position, word) in words.enumerated() {
            if word == "func", position + 1 < words.count { return String(words[position + 1].prefix { $0 != "(" }) }
            if word.hasPrefix("init(") || word.hasPrefix("init?(") || word.hasPrefix("init<") { return "init" }
            let modifiers = [
                "public", "private", "static", "internal", "package", "mutating", "override", "nonisolated",
                "fileprivate", "final", "@inlinable", "@discardableResult", "@inline(__always)", "consuming",
                "borrowing",
            ]
            guard modifiers.contains(String(word)) || word.hasPrefix("@") else { return nil }
        }
        return nil
    }
}
