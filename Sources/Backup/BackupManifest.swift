import FoundationEssentials
public import Inventory

/// What a backup holds: `manifest.json`, written last, so that a folder without one is no backup.
public struct BackupManifest: Codable, Sendable, Hashable {
    /// Name of the file.
    static let fileName = "manifest.json"
    /// What this program writes and reads.
    static let formatNow = 1

    /// Version of this description, 1.
    public var format: Int
    /// When the copying began: all that was acknowledged before is in it.
    public var madeAt: Timestamp
    /// The program that made it.
    public var program: String
    /// The files, in the order in which they were copied.
    public var files: [Entry]
    /// Whether the key that opens the credential profiles is in it.
    public var hasKey: Bool

    /// One file.
    public struct Entry: Codable, Sendable, Hashable {
        /// Where it is, below the backup and below a data directory.
        public var path: String
        /// Its size.
        public var octets: Int64
        /// SHA-256 of what it holds, in hexadecimal.
        public var sha256: String
    }

    /// Octets of all files.
    public var octets: Int64 { files.reduce(0) { $0 + $1.octets } }

    /// Reads the description of the backup in a folder.
    ///
    /// - Throws: `BackupError` where there is none, where it cannot be read, and where a later version wrote it.
    public static func read(_ folder: String) throws(BackupError) -> BackupManifest {
        let path = "\(folder)/\(fileName)"
        guard let data = FileManager.default.contents(atPath: path) else {
            throw BackupError("\(folder) is no backup, or one that was not finished: there is no \(fileName) in it")
        }
        let manifest: BackupManifest
        do { manifest = try JSONDecoder().decode(BackupManifest.self, from: data) } catch {
            throw BackupError("\(path) cannot be read; take another backup: \(error)")
        }
        guard manifest.format <= formatNow else {
            throw BackupError(
                "a later version made \(folder) (format \(manifest.format)); restore it with that version")
        }
        guard let wrong = manifest.files.first(where: { !isWithin($0.path) }) else { return manifest }
        throw BackupError("\(path) names '\(wrong.path)', which lies outside of a data directory; take another backup")
    }

    /// Whether a path stays below the folder that it is appended to.
    private static func isWithin(_ path: String) -> Bool {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        return !parts.isEmpty && parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
    }

    func write(to folder: String) throws(BackupError) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do { try DurableFile.write(Array(try encoder.encode(self)), to: "\(folder)/\(Self.fileName)") } catch {
            throw error as? BackupError ?? BackupError("cannot write \(folder)/\(Self.fileName): \(error)")
        }
    }
}
