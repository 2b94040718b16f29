import Foundation
import Testing

/// Documents that would rot without a check.
@Suite struct DocumentTests {
    private final class Node: Decodable {
        let identity: String
        let version: String
        let dependencies: [Node]
    }

    @Test func `docs/dependencies.txt lists every resolved package`() throws {
        let path = SourceTree.root.appending(path: ".build/package-dependencies.json").path
        let data = try #require(FileManager.default.contents(atPath: path), "\(path) is missing: run script/test")
        var versions: [String: String] = [:]
        func visit(_ node: Node) {
            for child in node.dependencies {
                versions[child.identity] = child.version
                visit(child)
            }
        }
        try visit(JSONDecoder().decode(Node.self, from: data))
        let expected = versions.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        let listed = try SourceTree.text(of: "docs/dependencies.txt").split(separator: "\n").map(String.init)
            .filter { !$0.hasPrefix("#") }
        #expect(listed == expected)
    }

    @Test(arguments: [
        "README.md", "CHANGELOG.md", "LICENSE", "docs/ARCHITECTURE.md", "script/demo", "script/test",
        "script/bench", "script/docs", "script/fuzz", ".ci/run",
    ])
    func `what a newcomer looks for is there`(path: String) throws {
        #expect(try !SourceTree.text(of: path).isEmpty)
    }

    @Test func `relative links in documents lead somewhere`() throws {
        let link = /\]\(([^)#:]+)(#[^)]*)?\)/
        for path in ["README.md", "CHANGELOG.md"] + SourceTree.paths(under: "docs").filter({ $0.hasSuffix(".md") }) {
            let folder = SourceTree.root.appending(path: path).deletingLastPathComponent()
            for match in try SourceTree.text(of: path).matches(of: link) {
                let target = folder.appending(path: String(match.1)).standardizedFileURL.path
                #expect(FileManager.default.fileExists(atPath: target), "\(path) links to \(match.1)")
            }
        }
    }
}
