import Foundation
import Testing

/// The checkout as the tidy tests see it.
enum SourceTree {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    struct File: Sendable, CustomTestStringConvertible {
        /// Path from the root, such as `Sources/SNMP/BER/Reader.swift`.
        let path: String
        let lines: [Substring]

        /// The target the file belongs to.
        var target: String { String(path.split(separator: "/")[1]) }
        var testDescription: String { path }
    }

    /// Every Swift file under a folder, in the order of their paths.
    static func swiftFiles(under folder: String) -> [File] {
        paths(under: folder).filter { $0.hasSuffix(".swift") }.compactMap { path in
            guard let text = try? text(of: path) else { return nil }
            return File(path: path, lines: text.split(separator: "\n", omittingEmptySubsequences: false))
        }
    }

    static func paths(under folder: String) -> [String] {
        let base = root.appending(path: folder)
        guard let walker = FileManager.default.enumerator(atPath: base.path) else { return [] }
        return walker.compactMap { $0 as? String }.map { "\(folder)/\($0)" }.sorted()
    }

    static func text(of path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    /// The modules a file imports, without the modifiers.
    static func imports(of file: File) -> [String] {
        file.lines.compactMap { line in
            let words = line.split(separator: " ")
            guard let position = words.firstIndex(of: "import"), position <= 2, words.count > position + 1,
                words[..<position].allSatisfy({
                    [
                        "public", "internal", "package", "private", "@testable",
                        "@preconcurrency", "fileprivate",
                    ].contains(String($0))
                })
            else { return nil }
            let name =
                ["func", "struct", "class", "enum", "protocol", "typealias", "let", "var"]
                    .contains(String(words[position + 1])) ? words[position + 2] : words[position + 1]
            return String(name.split(separator: ".")[0])
        }
    }
}
