import FoundationEssentials
import Glibc
public import Inventory

/// Makes and puts back copies of a data directory; a server may work on it meanwhile.
public struct DataBackup: Sendable {
    /// What was copied last, and how many files there are: for a line of progress.
    public typealias Progress = @Sendable (_ path: String, _ done: Int, _ total: Int) -> Void

    private let dataDirectory: String

    /// Backups of a data directory, or into one.
    public init(dataDirectory: String) {
        self.dataDirectory = dataDirectory
    }

    // MARK: - Making

    /// Copies all that the data directory keeps into a new folder, each file checked after it was copied.
    ///
    /// What was acknowledged before the call is in it. Left out are the key that opens credential profiles, unless
    /// `withKey`, and files that were set aside as damaged.
    ///
    /// - Parameter hasCatalog: whether the catalog is in the directory; false leaves it to the database it is in.
    /// - Throws: `BackupError`; then the folder is not there, only its draft, `FOLDER.partial`.
    public func make(
        to folder: String, withKey: Bool, hasCatalog: Bool = true, program: String, at now: Timestamp,
        progress: Progress = { _, _, _ in }
    ) throws(BackupError) -> BackupManifest {
        let plan = try BackupPlan(dataDirectory, withKey: withKey, hasCatalog: hasCatalog)
        guard access(folder, F_OK) != 0 else {
            throw BackupError("\(folder) is there already; name a new folder, for example with the date")
        }
        let draft = folder + ".partial"
        guard access(draft, F_OK) != 0 else {
            throw BackupError("\(draft) is left from a backup that did not end; remove it and try again")
        }
        try Self.makeFolder(draft)
        var manifest = BackupManifest(
            format: BackupManifest.formatNow, madeAt: now, program: program, files: [], hasKey: withKey)
        for item in plan.items {
            if let entry = try copy(item, into: draft) { manifest.files.append(entry) }
            progress(item.path, manifest.files.count, plan.items.count)
        }
        try manifest.write(to: draft)
        try Self.sync(folders: Set(manifest.files.map(\.path)), of: draft)
        guard rename(draft, folder) == 0 else { throw .system("rename \(draft) to", folder, "rename it by hand") }
        return manifest
    }

    /// Copies one file; nil for one that is gone since it was listed, as days are whose time is over.
    private func copy(_ item: BackupPlan.Item, into draft: String) throws(BackupError) -> BackupManifest.Entry? {
        let (source, target) = ("\(dataDirectory)/\(item.path)", "\(draft)/\(item.path)")
        guard access(source, F_OK) == 0 else { return nil }
        try Self.makeFolder(target[..<(target.lastIndex(of: "/") ?? target.endIndex)])
        var entry: BackupManifest.Entry
        if item.isSQLite {
            try SQLiteCopy.make(source, target)
            guard chmod(target, 0o600) == 0 else { throw .system("protect", target, "check its owner") }
            entry = try DurableFile.digest(target)
        } else {
            entry = try DurableFile.copy(source, to: target)
        }
        entry.path = item.path
        return entry
    }

    // MARK: - Putting back

    /// Puts a backup back as the data directory, which must not be there or be empty; all of it is checked before.
    ///
    /// - Throws: `BackupError` where the backup is not what it was when it was made, and where the directory is in use;
    ///   then nothing is changed.
    public func restore(from folder: String, progress: Progress = { _, _, _ in }) throws(BackupError) -> BackupManifest
    {
        let manifest = try BackupManifest.read(folder)
        try Self.verify(manifest, in: folder)
        try requireFree()
        let draft = dataDirectory + ".restoring"
        guard access(draft, F_OK) != 0 else {
            throw BackupError("\(draft) is left from another restore; remove it and try again")
        }
        try Self.makeFolder(draft)
        for (place, entry) in manifest.files.enumerated() {
            let target = "\(draft)/\(entry.path)"
            try Self.makeFolder(target[..<(target.lastIndex(of: "/") ?? target.endIndex)])
            let copied = try DurableFile.copy("\(folder)/\(entry.path)", to: target)
            guard copied.sha256 == entry.sha256 else { throw Self.changed(entry, in: folder) }
            progress(entry.path, place + 1, manifest.files.count)
        }
        try Self.sync(folders: Set(manifest.files.map(\.path)), of: draft)
        rmdir(dataDirectory)
        guard rename(draft, dataDirectory) == 0 else {
            throw .system("rename \(draft) to", dataDirectory, "rename it by hand")
        }
        return manifest
    }

    /// Whether a backup is what it was when it was made: each file is there, with its digest, and SQLite finds it whole.
    public static func verify(_ manifest: BackupManifest, in folder: String) throws(BackupError) {
        for entry in manifest.files {
            let path = "\(folder)/\(entry.path)"
            guard access(path, R_OK) == 0 else {
                throw BackupError("\(path) is missing or cannot be read; take another backup")
            }
            guard try DurableFile.digest(path).sha256 == entry.sha256 else { throw changed(entry, in: folder) }
            if path.hasSuffix(".sqlite") { try SQLiteCopy.check(path) }
        }
    }

    private static func changed(_ entry: BackupManifest.Entry, in folder: String) -> BackupError {
        BackupError("\(folder)/\(entry.path) is not what it was when the backup was made; take another backup")
    }

    private func requireFree() throws(BackupError) {
        guard access(dataDirectory, F_OK) == 0 else { return }
        let found = (try? FileManager.default.contentsOfDirectory(atPath: dataDirectory)) ?? ["?"]
        guard found.isEmpty else {
            throw BackupError(
                "\(dataDirectory) is not empty; stop the server, move it away (mv \(dataDirectory) \(dataDirectory).old) "
                    + "and try again")
        }
    }

    // MARK: - Folders

    private static func makeFolder(_ path: some StringProtocol) throws(BackupError) {
        do {
            try FileManager.default.createDirectory(
                atPath: String(path), withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw BackupError("cannot make the folder \(path): \(error); check the rights and the disk")
        }
    }

    private static func sync(folders paths: Set<String>, of root: String) throws(BackupError) {
        let folders = Set(paths.compactMap { path in path.lastIndex(of: "/").map { String(path[..<$0]) } })
        for folder in folders.sorted() { try DurableFile.sync(folder: "\(root)/\(folder)") }
        try DurableFile.sync(folder: root)
    }
}
