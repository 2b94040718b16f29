import Foundation

/// The sqlite3 program, to make a catalog's file refuse what it is told.
enum SQLProgram {
    struct Refusal: Error {
        let status: Int32
    }

    private static let path = "/usr/bin/sqlite3"

    static var isThere: Bool { FileManager.default.isExecutableFile(atPath: path) }

    /// Runs a statement on a file.
    static func run(_ sql: String, _ file: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = [file, sql]
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Refusal(status: process.terminationStatus) }
    }
}

/// A folder of a test's own, removed with it.
final class TestFolder: Sendable {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "wardflux-api-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func path(_ name: String) -> String { url.appending(path: name).path }
}
