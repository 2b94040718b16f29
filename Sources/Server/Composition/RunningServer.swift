import Glibc

/// Tells whether a server is at work on a data directory of this host.
public enum RunningServer {
    /// Whether a server holds the lock of this data directory; false where there is no such directory.
    public static func works(on dataDirectory: String) -> Bool {
        let file = open(DataDirectory(path: dataDirectory).lockPath, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return false }
        defer { close(file) }
        guard flock(file, LOCK_SH | LOCK_NB) == 0 else { return errno == EWOULDBLOCK }
        return false
    }
}
