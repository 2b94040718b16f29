import RuleText
import API
import Classification
import FoundationEssentials
import Inventory
import Jobs
import Logging
import Synchronization
import Testing

@testable import Server

@Suite struct RuleFileTests {
    private static let own = "rules:\n  - {id: own, type: isp, confidence: 0.5, match: {alias: x}}\n"
    private static let other = "rules:\n  - {id: other, type: isp, confidence: 0.5, match: {alias: xy}}\n"

    /// A rule file in a folder of its own, with what is logged about it.
    private final class Bench: Sendable {
        let path: String
        let file: RuleFile
        private let lines: Lines

        final class Lines: Sendable {
            let all = Mutex<[String]>([])
        }

        init(_ text: String) throws {
            let folder = FileManager.default.temporaryDirectory.appending(path: "wardflux-\(UUID().uuidString)").path
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            path = folder + "/rules.yaml"
            try Data(text.utf8).write(to: URL(filePath: path))
            let lines = Lines()
            self.lines = lines
            let logger = Logger(label: "test") { label in
                LineLogHandler(
                    label: label, format: .text, zone: .utc, level: .info,
                    sink: { bytes in lines.all.withLock { $0.append(String(decoding: bytes, as: UTF8.self)) } })
            }
            file = try RuleFile(path: path, logger: logger)
        }

        deinit {
            try? FileManager.default.removeItem(atPath: URL(filePath: path).deletingLastPathComponent().path)
        }

        var log: [String] { lines.all.withLock { $0 } }
        var ids: [String] { file.rules.current.rules.map(\.id).filter { $0 == "own" || $0 == "other" } }

        func write(_ text: String) throws { try Data(text.utf8).write(to: URL(filePath: path)) }
        func remove() throws { try FileManager.default.removeItem(atPath: path) }

        /// What the watch does: a look, and a reload where it says so.
        func watch(_ looks: Int) {
            for _ in 0..<looks where file.look() { _ = file.reload() }
        }
    }

    @Test func aFileIsReadOnceItIsNotBeingWrittenAnyMore() throws {
        let bench = try Bench(Self.own)
        bench.watch(3)
        #expect(bench.ids == ["own"] && bench.log.isEmpty)
        try bench.write("rules:\n")
        bench.watch(1)
        #expect(bench.ids == ["own"])
        try bench.write(Self.other)
        bench.watch(1)
        #expect(bench.ids == ["own"])
        bench.watch(1)
        #expect(bench.ids == ["other"] && bench.log.count == 1 && bench.file.fault == nil)
    }

    @Test(arguments: ["", " \n\t\r\n"])
    func anEmptyFileKeepsTheRulesAndSaysSo(text: String) throws {
        let bench = try Bench(Self.own)
        try bench.write(text)
        bench.watch(5)
        #expect(bench.ids == ["own"])
        #expect(bench.file.fault?.contains("empty") == true)
        #expect(bench.log.count == 1 && bench.log.first?.contains("the file is empty") == true)
        try bench.write(Self.own)
        bench.watch(2)
        #expect(bench.ids == ["own"] && bench.file.fault == nil)
    }

    @Test func aCommentIsAWishForNoRulesAndAnEmptyFileWithoutRulesIsNoFault() throws {
        let bench = try Bench(Self.own)
        try bench.write("# none\n")
        bench.watch(2)
        #expect(bench.ids == [] && bench.file.fault == nil)
        let empty = try Bench("")
        _ = empty.file.reload()
        #expect(empty.file.fault == nil && empty.log.isEmpty)
        try empty.write(Self.own)
        empty.watch(2)
        #expect(empty.ids == ["own"])
    }

    @Test func aFileThatIsGoneKeepsTheRulesUntilItIsBack() throws {
        let bench = try Bench(Self.own)
        try bench.remove()
        bench.watch(1)
        #expect(bench.file.fault == nil, "an editor that replaces a file takes it away for a moment")
        bench.watch(5)
        #expect(bench.ids == ["own"] && bench.file.fault?.contains("gone") == true)
        #expect(bench.log.count == 1)
        try bench.write(Self.own)
        bench.watch(2)
        #expect(bench.ids == ["own"] && bench.file.fault == nil)
        try bench.remove()
        guard case .kept(let error) = bench.file.reload() else {
            Issue.record("a request to read a file that is gone is refused")
            return
        }
        #expect(error.description.contains("cannot be read"))
        #expect(bench.ids == ["own"] && bench.file.fault != nil)
    }

    @Test func aBrokenFileKeepsTheRulesAndHealthIsDegraded() throws {
        let bench = try Bench(Self.own)
        try bench.write("rules: [")
        bench.watch(4)
        #expect(bench.ids == ["own"] && bench.log.count == 1)
        #expect(bench.file.fault?.contains("`wardflux rules check`") == true)
        #expect(HealthProbes.ruleState(bench.file).state == .degraded)
        try bench.write(Self.other)
        bench.watch(2)
        #expect(bench.ids == ["other"] && HealthProbes.ruleState(bench.file).state == .healthy)
    }
}
