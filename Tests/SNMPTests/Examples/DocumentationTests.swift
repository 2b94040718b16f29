import Foundation
import Testing

@testable import SNMP

/// The documentation says what the code is.
@Suite("The documentation fits the code")
struct DocumentationTests {
    /// The checkout: four folders above this file.
    private static let root = String(#filePath.split(separator: "/").dropLast(4).reduce("") { "\($0)/\($1)" })
    private static let catalogue = "\(root)/Sources/SNMP/SNMP.docc"

    private static func text(of path: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    }

    private static func files(in folder: String, _ ending: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(ending) }.sorted()
    }

    /// The lines without indentation and without what only a program of its own has.
    private static func code(_ text: String) -> [String] {
        text.components(separatedBy: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { !$0.isEmpty && $0 != "@main" }
    }

    @Test("what the articles show is what is compiled and tested")
    func examples() throws {
        let folder = "\(Self.root)/Tests/SNMPTests/Examples"
        let compiled = try Self.files(in: folder, ".swift").map { Self.code(try Self.text(of: "\(folder)/\($0)")) }
        var shown = 0
        let articles = try Self.files(in: Self.catalogue, ".md").map { "\(Self.catalogue)/\($0)" }
        for article in articles + ["\(Self.root)/docs/snmp.md"] {
            let parts = try Self.text(of: article).components(separatedBy: "```swift\n").dropFirst()
            for part in parts {
                let block = Self.code(part.components(separatedBy: "```")[0])
                shown += 1
                let isCompiled = compiled.contains { $0.contains(block) }
                #expect(isCompiled, "\(article): \(block.prefix(3)) is compiled nowhere")
            }
        }
        #expect(shown >= 8)
    }

    @Test("every public type is listed")
    func types() throws {
        let sources = URL(filePath: "\(Self.root)/Sources/SNMP").resolvingSymlinksInPath().path
        let overview = try Self.text(of: "\(Self.catalogue)/SNMP.md")
        let declaration = /public (?:final )?(?:struct|class|enum|protocol|typealias) (\w+)/
        var found = 0
        for path in FileManager.default.subpaths(atPath: sources) ?? [] where path.hasSuffix(".swift") {
            for line in try Self.text(of: "\(sources)/\(path)").components(separatedBy: "\n") {
                guard let name = line.prefixMatch(of: declaration)?.1 else { continue }
                found += 1
                let isListed = overview.contains("`\(name)`")
                #expect(isListed, "\(path): \(name) is missing in SNMP.md")
            }
        }
        #expect(found > 40)
    }

    @Test("every deviation, fault and error has its row")
    func rows() throws {
        let results = try Self.text(of: "\(Self.catalogue)/ReadingResults.md")
        let names = ToleratedDeviations(rawValue: .max).names
        #expect(names.count == 19)
        expect(names.map { "\n| `\($0)` |" }, in: results)
        for (file, type) in [("Walk/TableRequest", "ColumnFault"), ("Engine/SNMPError", "Code")] {
            let cases = Self.cases(of: type, in: try Self.text(of: "\(Self.root)/Sources/SNMP/\(file).swift"))
            #expect(cases.count > 10)
            expect(cases.map { "\(type)/\($0)" }, in: results)
        }
        let version3 = try Self.text(of: "\(Self.catalogue)/Version3.md")
        expect(SecurityFault.Kind.allCases.map { "\n| ``SecurityFault/Kind/\($0.rawValue)`` |" }, in: version3)
        expect(AuthenticationProtocol.allCases.map { "| \($0.rawValue) |" }, in: version3)
        expect(PrivacyProtocol.allCases.map(\.rawValue), in: version3)
    }

    private func expect(_ rows: [String], in article: String) {
        for row in rows {
            let isThere = article.contains(row)
            #expect(isThere, "\(row) is missing")
        }
    }

    /// The names of an enumeration's cases, from its source.
    private static func cases(of type: String, in source: String) -> [Substring] {
        let body = source.components(separatedBy: "public enum \(type):").dropFirst().first ?? ""
        let declarations = body.split(separator: "\n").prefix { !$0.hasSuffix("}") }
        return declarations.compactMap { $0.prefixMatch(of: /\ +case (\w+)/)?.1 }
    }
}
