import Glibc

/// A clock that never steps; it goes on while the machine sleeps.
enum SteadyClock {
    /// Milliseconds since some moment.
    static func milliseconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_BOOTTIME, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}

/// The room on a file system.
enum DiskRoom {
    /// Octets that are free for this process; nil where it cannot be told.
    static func freeOctets(_ path: String) -> Int64? {
        var room = statvfs()
        guard statvfs(path, &room) == 0 else { return nil }
        return Int64(clamping: UInt64(room.f_bavail) * UInt64(room.f_frsize))
    }
}
