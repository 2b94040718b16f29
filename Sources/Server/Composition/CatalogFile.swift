import Glibc

/// The catalog's file as the file system has it.
struct CatalogFile: Sendable {
    /// Octets that must be free for the catalog to be written to.
    private static let freeBytesMin: UInt64 = 16 << 20
    let path: String
    /// Number of the file in its file system when it was opened; nil where there was none.
    let opened: UInt64?

    /// The file at a path, as it is now.
    init(path: String) {
        self.path = path
        opened = Self.node(path)
    }

    /// Why nothing that is written now is kept; nil where all is well.
    var fault: String? {
        guard let present = Self.node(path) else {
            return "\(path) is gone: what is written now is lost at the end; stop the server and restore a backup"
        }
        guard present == opened else { return "\(path) is another file than the one in use; restart the server" }
        guard let free = Self.freeBytes(path), free < Self.freeBytesMin else { return nil }
        return "\(free) octets are free for \(path); nothing can be written: free some space"
    }

    private static func node(_ path: String) -> UInt64? {
        var status = stat()
        return stat(path, &status) == 0 ? UInt64(status.st_ino) : nil
    }

    private static func freeBytes(_ path: String) -> UInt64? {
        var room = statvfs()
        return statvfs(path, &room) == 0 ? UInt64(room.f_bavail) * UInt64(room.f_frsize) : nil
    }
}
