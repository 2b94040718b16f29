import Foundation

/// A folder of a test's own, removed with all in it when nobody holds it any more.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("wardflux-series-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        path = folder.path
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// What a crash at this moment would leave: a copy of all files as they are.
    func crashImage(leaving others: Set<String> = []) throws -> TemporaryFolder {
        let image = try TemporaryFolder()
        let left = others.union(["series.lock"])
        for name in try FileManager.default.contentsOfDirectory(atPath: path) where !left.contains(name) {
            try FileManager.default.copyItem(atPath: path + "/" + name, toPath: image.path + "/" + name)
        }
        return image
    }

    /// The names of the files in it, in order.
    var fileNames: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
    }

    func octets(of name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: path + "/" + name)))
    }

    func write(_ octets: [UInt8], to name: String) throws {
        try Data(octets).write(to: URL(fileURLWithPath: path + "/" + name))
    }
}
