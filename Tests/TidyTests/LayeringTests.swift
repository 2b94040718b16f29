import Foundation
import Testing

/// What `swift package describe --type json` says; `script/test` writes it before the tests run.
private struct PackageDescription: Decodable {
    struct Target: Decodable {
        let name: String
        let type: String
        let targetDependencies: [String]?
        let productDependencies: [String]?

        enum CodingKeys: String, CodingKey {
            case name, type
            case targetDependencies = "target_dependencies"
            case productDependencies = "product_dependencies"
        }

        var dependencies: Set<String> { Set((targetDependencies ?? []) + (productDependencies ?? [])) }
    }
    let targets: [Target]

    static func read() throws -> PackageDescription {
        let path = ".build/package-description.json"
        let data = try #require(
            FileManager.default.contents(atPath: SourceTree.root.appending(path: path).path),
            "\(path) is missing: run script/test, which writes it")
        return try JSONDecoder().decode(PackageDescription.self, from: data)
    }
}

/// Imports go down, never up; the manifest, the sources and the architecture say the same.
@Suite struct LayeringTests {
    /// Modules that come with the toolchain.
    static let toolchain: Set<String> = [
        "Swift", "Foundation", "FoundationEssentials", "FoundationXML", "Glibc", "Dispatch", "Synchronization",
        "Testing", "XCTest",
    ]

    @Test func `each file imports only what its target declares`() throws {
        let targets = try Dictionary(uniqueKeysWithValues: PackageDescription.read().targets.map { ($0.name, $0) })
        for file in SourceTree.swiftFiles(under: "Sources") + SourceTree.swiftFiles(under: "Tests") {
            guard let target = targets[file.target] else { continue }
            for module in SourceTree.imports(of: file) where !Self.toolchain.contains(module) {
                #expect(
                    target.dependencies.contains(module),
                    "\(file.path) imports \(module), which \(target.name) does not declare in Package.swift")
            }
        }
    }

    @Test func `each declared dependency is imported`() throws {
        let files = Dictionary(grouping: SourceTree.swiftFiles(under: "Sources"), by: \.target)
        for target in try PackageDescription.read().targets where target.type != "test" {
            guard let own = files[target.name] else { continue }
            let imported = Set(own.flatMap(SourceTree.imports(of:)))
            for dependency in target.dependencies.subtracting(imported).sorted() {
                Issue.record("\(target.name) declares \(dependency) in Package.swift and never imports it")
            }
        }
    }

    @Test func `the architecture's table is the manifest's graph`() throws {
        let documented = try documentedGraph()
        var declared: [String: Set<String>] = [:]
        let targets = try PackageDescription.read().targets.filter { $0.type != "test" }
        let own = Set(targets.map(\.name))
        for target in targets { declared[target.name] = target.dependencies.intersection(own) }
        for name in Set(documented.keys).union(declared.keys).sorted() {
            let difference =
                "\(name): manifest \(declared[name]?.sorted() ?? []), table \(documented[name]?.sorted() ?? [])"
            #expect(documented[name] == declared[name], "\(difference)")
        }
    }

    /// Rows `| `Room` | what | imports |` of the first table of docs/ARCHITECTURE.md.
    private func documentedGraph() throws -> [String: Set<String>] {
        var graph: [String: Set<String>] = [:]
        for line in try SourceTree.text(of: "docs/ARCHITECTURE.md").split(separator: "\n") where line.hasPrefix("| `") {
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count == 3 else { continue }
            let imports = cells[2].split(separator: ",").map {
                $0.trimmingCharacters(in: CharacterSet(charactersIn: " `"))
            }
            graph[cells[0].trimmingCharacters(in: CharacterSet(charactersIn: "`"))] = Set(imports.filter { $0 != "-" })
        }
        return graph
    }
}
