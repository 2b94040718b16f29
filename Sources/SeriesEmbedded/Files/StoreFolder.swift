import Glibc
import Series

/// The folder of a store: its paths, its lock, what lies in it.
struct StoreFolder: Sendable, Hashable {
    let path: String

    var logPath: String { path + "/log.sqlite" }
    /// Where a log is written anew before it takes the place of a damaged one.
    var freshLogPath: String { path + "/log.sqlite.new" }
    var directoryPath: String { path + "/directory.sqlite" }

    func path(of name: BlockFileName) -> String { path + "/" + name.description }

    /// Makes the folder where there is none, for its owner alone.
    func make() throws(SeriesError) {
        var made = ""
        for part in path.split(separator: "/", omittingEmptySubsequences: false) {
            made += made.isEmpty && part.isEmpty ? "/" : (made.hasSuffix("/") || made.isEmpty ? "" : "/") + part
            if part.isEmpty || mkdir(made, 0o700) == 0 || errno == EEXIST { continue }
            throw failure("make", made)
        }
        guard access(path, W_OK | X_OK) == 0 else { throw failure("write in", path) }
    }

    /// Takes the lock that one writing process holds; the kernel gives it back whatever happens.
    func lock() throws(SeriesError) -> FolderLock {
        let lockPath = path + "/series.lock"
        let file = open(lockPath, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw failure("open", lockPath) }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            _ = Glibc.close(file)
            throw SeriesError(
                .cannotOpen,
                message: "another process writes the time series in \(path); stop it, or open them read-only")
        }
        return FolderLock(file: file)
    }

    /// The names of the files in it, in order; nothing where it cannot be read.
    func fileNames() -> [String] {
        guard let folder = opendir(path) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { octets in
                String(decoding: octets.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// The files of blocks in it, in order.
    func blockFiles() -> [BlockFileName] {
        fileNames().compactMap { BlockFileName(fileName: $0) }.sorted()
    }

    /// Octets of one file on disk; 0 where there is none.
    func octets(of name: String) -> Int64 {
        var status = stat()
        guard stat(path + "/" + name, &status) == 0 else { return 0 }
        return Int64(status.st_size)
    }

    /// Octets that are free for this user on its file system; nil where that cannot be told.
    func freeOctets() -> Int64? {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { return nil }
        return Int64(clamping: UInt64(status.f_bavail) * UInt64(status.f_frsize))
    }

    /// Whether there is room for what SQLite makes beside a file.
    var hasRoom: Bool { freeOctets().map { $0 >= 1 << 20 } ?? true }

    /// Renames a damaged file and what belongs to it, so that a new one can be made; answers its new name.
    func putAside(_ path: String) throws(SeriesError) -> String {
        var number = 1
        while access("\(path).damaged-\(number)", F_OK) == 0 { number += 1 }
        guard rename(path, "\(path).damaged-\(number)") == 0 else { throw failure("rename", path) }
        for suffix in ["-wal", "-shm", "-journal"] { _ = rename(path + suffix, "\(path).damaged-\(number)\(suffix)") }
        return "\(path).damaged-\(number)"
    }

    /// Renames a file and waits until the folder says so on the disk.
    func move(_ path: String, to other: String) throws(SeriesError) {
        guard rename(path, other) == 0 else { throw failure("rename", path) }
        let folder = open(self.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { return }
        _ = fsync(folder)
        _ = Glibc.close(folder)
    }

    /// Ends what a crash interrupted while a damaged log was replaced.
    func settleFreshLog() throws(SeriesError) {
        guard access(freshLogPath, F_OK) == 0 else { return }
        if access(logPath, F_OK) == 0 { return remove(freshLogPath) }
        try move(freshLogPath, to: logPath)
    }

    /// Removes a file with its write-ahead log.
    func remove(_ path: String) {
        for suffix in ["", "-wal", "-shm", "-journal"] { _ = unlink(path + suffix) }
    }

    private func failure(_ verb: String, _ place: String) -> SeriesError {
        let reason = String(cString: strerror(errno))
        return SeriesError(
            .cannotOpen,
            message: "cannot \(verb) \(place): \(reason); name another folder or change its owner")
    }
}

/// The lock of a store's folder; given back when nobody holds this any more.
final class FolderLock: Sendable {
    private let file: Int32

    init(file: Int32) {
        self.file = file
    }

    deinit {
        close(file)
    }
}
