import Foundation

/// A folder of its own for one test, removed with it.
final class TemporaryStore: Sendable {
    let folder: String
    /// Where the catalog of the test goes.
    var path: String { folder + "/catalog.sqlite" }

    init() throws {
        folder = NSTemporaryDirectory() + "wardflux-catalog-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: folder)
    }
}
