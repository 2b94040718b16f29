import Glibc

/// Why a data directory cannot be used.
public struct DataDirectoryError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong, and what to do.
    public var message: String

    /// The message.
    public var description: String { message }
}

/// The folder with all that a server keeps.
struct DataDirectory: Sendable {
    let path: String

    var catalogPath: String { path + "/catalog.sqlite" }
    var seriesPath: String { path + "/series" }
    var baselinesPath: String { path + "/baselines.state" }
    var alertsPath: String { path + "/alerts.yaml" }
    var lockPath: String { path + "/server.lock" }

    /// Makes the folder where there is none, for its owner alone.
    func make() throws(DataDirectoryError) {
        var made = ""
        for part in path.split(separator: "/", omittingEmptySubsequences: false) {
            made += made.isEmpty && part.isEmpty ? "/" : (made.hasSuffix("/") || made.isEmpty ? "" : "/") + part
            if part.isEmpty || mkdir(made, 0o700) == 0 || errno == EEXIST { continue }
            throw failure("make", made)
        }
        var status = stat()
        guard stat(path, &status) == 0 else { throw failure("use", path) }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            throw DataDirectoryError(message: "\(path) is no folder; name another data directory (data_dir)")
        }
        guard access(path, W_OK | X_OK) == 0 else { throw failure("write in", path) }
    }

    /// Takes the lock that one server holds as long as it runs; the kernel gives it back whatever happens.
    func lock() throws(DataDirectoryError) -> ServerLock {
        let file = open(lockPath, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw failure("open", lockPath) }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            close(file)
            throw DataDirectoryError(
                message: "another server works on \(path); stop it, or name another data directory (data_dir)")
        }
        return ServerLock(file: file)
    }

    private func failure(_ verb: String, _ place: String) -> DataDirectoryError {
        let reason = String(cString: strerror(errno))
        return DataDirectoryError(
            message: "cannot \(verb) \(place): \(reason); name another data directory (data_dir) or change its owner")
    }
}

/// A data directory's lock; given back when nobody holds this any more.
final class ServerLock: Sendable {
    private let file: Int32

    init(file: Int32) {
        self.file = file
    }

    deinit {
        close(file)
    }
}
