import FoundationEssentials
import GRDB
import Glibc
import Inventory
import Testing

@testable import Backup

/// A data directory of its own, gone after the test.
final class Workplace: Sendable {
    let root: String

    init() throws {
        var template = Array("/tmp/wardflux-backup-XXXXXX".utf8CString)
        root = template.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) } ?? ""
        }
        try #require(!root.isEmpty)
    }

    deinit { try? FileManager.default.removeItem(atPath: root) }

    var data: String { root + "/data" }

    func write(_ text: String, _ path: String) throws {
        let full = "\(root)/\(path)"
        let folder = String(full.prefix(upTo: full.lastIndex(of: "/") ?? full.endIndex))
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(filePath: full))
    }

    func text(_ path: String) -> String? {
        FileManager.default.contents(atPath: "\(root)/\(path)").map { String(decoding: $0, as: UTF8.self) }
    }

    /// A SQLite file with a log beside it, and rows.
    func database(_ path: String, rows: Int) throws -> DatabaseQueue {
        let full = "\(data)/\(path)"
        let folder = String(full.prefix(upTo: full.lastIndex(of: "/") ?? full.endIndex))
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let queue = try DatabaseQueue(path: full)
        try queue.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA journal_mode = WAL; CREATE TABLE t (n INTEGER PRIMARY KEY, text TEXT)")
            for n in 0..<rows { try db.execute(sql: "INSERT INTO t VALUES (?, ?)", arguments: [n, "row \(n)"]) }
        }
        return queue
    }

    static func count(_ path: String) throws -> Int {
        try DatabaseQueue(path: path).read { try Int.fetchOne($0, sql: "SELECT count(*) FROM t") ?? -1 }
    }
}

@Suite("Backup and restore", .timeLimit(.minutes(5)))
struct DataBackupTests {
    private let place: Workplace
    private let now = Timestamp(seconds: 1_795_354_200)

    init() throws { place = try Workplace() }

    /// A data directory as a server leaves it open.
    private func fill() throws -> [DatabaseQueue] {
        try place.write("key", "data/secret.key")
        try place.write("", "data/server.lock")
        try place.write("routes: []\n", "data/alerts.yaml")
        try place.write("states", "data/baselines.state")
        return [
            try place.database("catalog.sqlite", rows: 100), try place.database("series/log.sqlite", rows: 10),
            try place.database("series/directory.sqlite", rows: 3),
            try place.database("series/readings-2026-11-22.sqlite", rows: 50),
        ]
    }

    private func backup(withKey: Bool = false) throws -> BackupManifest {
        try DataBackup(dataDirectory: place.data).make(
            to: "\(place.root)/copy", withKey: withKey, program: "1.0", at: now)
    }

    private func restore() throws -> BackupManifest {
        try DataBackup(dataDirectory: "\(place.root)/other").restore(from: "\(place.root)/copy")
    }

    private func message(_ body: () throws -> Void) -> String {
        do { try body() } catch { return "\(error)" }
        return "it did not fail"
    }

    @Test("What was written is in the copy while files are open, the log before what it is turned into")
    func everything() throws {
        let open = try fill()
        let manifest = try backup()
        #expect(
            manifest.files.map(\.path) == [
                "catalog.sqlite", "series/log.sqlite", "series/directory.sqlite", "series/readings-2026-11-22.sqlite",
                "baselines.state", "alerts.yaml",
            ])
        #expect(try Workplace.count("\(place.root)/copy/catalog.sqlite") == 100)
        #expect(place.text("copy/secret.key") == nil && place.text("copy/server.lock") == nil)
        let restored = try restore()
        #expect(restored == manifest && !restored.hasKey)
        #expect(try Workplace.count("\(place.root)/other/series/readings-2026-11-22.sqlite") == 50)
        #expect(place.text("other/alerts.yaml") == "routes: []\n" && place.text("other/baselines.state") == "states")
        #expect(open.count == 4)
    }

    @Test("A catalog that is in a database is left to it, also where its file is left from before")
    func catalogElsewhere() throws {
        _ = try fill()
        let manifest = try DataBackup(dataDirectory: place.data).make(
            to: "\(place.root)/copy", withKey: false, hasCatalog: false, program: "1.0", at: now)
        #expect(manifest.files.map(\.path).first == "series/log.sqlite")
        #expect(!manifest.files.contains { $0.path == "catalog.sqlite" })
    }

    @Test("The key comes along only where that is asked for, and files are for their owner alone")
    func key() throws {
        _ = try fill()
        #expect(try backup(withKey: true).hasKey)
        #expect(place.text("copy/secret.key") == "key")
        var status = stat()
        for path in ["copy", "copy/secret.key", "copy/catalog.sqlite", "copy/series"] {
            #expect(stat("\(place.root)/\(path)", &status) == 0 && status.st_mode & 0o077 == 0, "\(path)")
        }
    }

    @Test("While rows are written, each copy holds all that were acknowledged before it began, and no half of one")
    func whileWritten() async throws {
        let catalog = try fill()[0]
        let folder = place.root
        for round in 0..<10 {
            let before = try await catalog.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM t") ?? 0 }
            let writing = Task {
                for _ in 0..<50 {
                    try await catalog.write { db in
                        let next = try Int.fetchOne(db, sql: "SELECT max(n) + 1 FROM t") ?? 0
                        for n in [next, next + 1] {
                            try db.execute(sql: "INSERT INTO t VALUES (?, 'pair')", arguments: [n])
                        }
                    }
                }
            }
            let copy = "\(folder)/copy-\(round)"
            _ = try DataBackup(dataDirectory: place.data).make(to: copy, withKey: false, program: "1.0", at: now)
            try await writing.value
            let found = try Workplace.count(copy + "/catalog.sqlite")
            #expect(found >= before && found.isMultiple(of: 2), "round \(round)")
        }
    }

    @Test("A backup that changed since is refused by the name of the file, and nothing is put back")
    func changed() throws {
        _ = try fill()
        let manifest = try backup()
        for entry in manifest.files {
            let path = "\(place.root)/copy/\(entry.path)"
            let good = try #require(FileManager.default.contents(atPath: path))
            var bad = good
            bad[bad.count / 2] ^= 1
            try bad.write(to: URL(filePath: path))
            #expect(message { _ = try restore() }.contains("\(entry.path) is not what it was"))
            try FileManager.default.removeItem(atPath: path)
            #expect(message { _ = try restore() }.contains("\(entry.path) is missing"))
            try good.write(to: URL(filePath: path))
        }
        #expect(place.text("other/alerts.yaml") == nil)
        #expect(try restore() == manifest)
    }

    @Test("Refusals name what is wrong and what to do")
    func refusals() throws {
        #expect(message { _ = try backup() }.contains("cannot read the data directory"))
        try place.write("", "data/x")
        #expect(message { _ = try backup() }.contains("there is no catalog in"))
        _ = try fill()
        try FileManager.default.removeItem(atPath: place.data + "/secret.key")
        #expect(message { _ = try backup(withKey: true) }.contains("leave --with-key out"))
        #expect(message { _ = try restore() }.contains("is no backup, or one that was not finished"))
        try place.write("", "copy.partial/x")
        #expect(message { _ = try backup() }.contains("copy.partial is left from a backup that did not end"))
        try FileManager.default.removeItem(atPath: place.root + "/copy.partial")
        _ = try backup()
        #expect(message { _ = try backup() }.contains("is there already"))
        try place.write("", "other/file")
        #expect(message { _ = try restore() }.contains("is not empty"))
    }

    @Test(
        "A manifest that leads out of the folder, or of a later version, is refused",
        arguments: [
            ("../../etc/passwd", 1, "lies outside"), ("/etc/passwd", 1, "lies outside"), ("a/./b", 1, "lies outside"),
            ("catalog.sqlite", 2, "a later version made"),
        ])
    func wrongManifest(path: String, format: Int, words: String) throws {
        let manifest = BackupManifest(
            format: format, madeAt: now, program: "x", files: [.init(path: path, octets: 0, sha256: "")], hasKey: false)
        try place.write("", "copy/x")
        try manifest.write(to: "\(place.root)/copy")
        #expect(message { _ = try restore() }.contains(words))
    }

    @Test("A source that is damaged is told when it is copied")
    func damagedSource() throws {
        let open = try fill()
        for queue in open { try queue.close() }
        let path = "\(place.data)/catalog.sqlite"
        var octets = try #require(FileManager.default.contents(atPath: path))
        for place in stride(from: 4_200, to: octets.count, by: 7) { octets[place] = 0xFF }
        try octets.write(to: URL(filePath: path))
        let said = message { _ = try backup() }
        #expect(said.contains("catalog.sqlite is damaged") || said.contains("cannot copy"))
        #expect(place.text("copy/manifest.json") == nil)
    }
}
