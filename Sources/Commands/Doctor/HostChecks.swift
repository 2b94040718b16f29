import CHost
import Glibc
import Inventory
import Server

/// Checks of the host: the data directory, its disk, the key, the clock.
enum HostChecks {
    private static let lowPercent = 10.0
    private static let bytesMin = 512.0 * 1_048_576

    static func findings(_ configuration: ServerConfiguration) -> [Finding] {
        let path = configuration.dataDirectory
        return [clock(), .good("settings", "all keys are known and in range"), directory(path)]
            + (FileText.isDirectory(path) ? [disk(path), key(path)] : [])
    }

    /// Whether something keeps the host's clock right.
    static func clock() -> Finding {
        let state = chost_clock_is_synchronised()
        if state < 0 { return .note("clock", "the kernel does not say whether the clock is synchronised") }
        if state > 0 { return .good("clock", "synchronised") }
        return .warning(
            "clock", "nothing keeps this host's clock right: readings and alerts would carry wrong times",
            "apt install chrony, or timedatectl set-ntp true")
    }

    private static func directory(_ path: String) -> Finding {
        guard FileText.isDirectory(path) else {
            return .failed(
                "directory", "there is no data directory \(path)", "wardflux serve makes it; or name another (data_dir)"
            )
        }
        guard access(path, R_OK | W_OK | X_OK) == 0 else {
            return .failed(
                "directory", "this user may not write in \(path)", "run as its owner: sudo -u wardflux wardflux doctor")
        }
        let served = RunningServer.works(on: path) ? "a server works on it" : "no server works on it"
        return .good("directory", "\(path); \(served)")
    }

    private static func disk(_ path: String) -> Finding {
        var numbers = statvfs()
        guard statvfs(path, &numbers) == 0, numbers.f_blocks > 0 else {
            return .note("disk", "the size of the disk of \(path) is not known")
        }
        let free = Double(numbers.f_bavail) * Double(numbers.f_frsize)
        let percent = 100 * Double(numbers.f_bavail) / Double(numbers.f_blocks)
        let text = "\(Int64(free / 1_048_576)) MB (\(Units.percent(percent))) are free in \(path)"
        let remedies = ["free some space, move data_dir to a larger disk, or keep less (series.reading_days)"]
        if free < bytesMin { return Finding(verdict: .failed, check: "disk", text: text, remedies: remedies) }
        if percent < lowPercent { return Finding(verdict: .warning, check: "disk", text: text, remedies: remedies) }
        return .good("disk", text)
    }

    /// The key that seals credentials: nobody but its owner may read it.
    private static func key(_ path: String) -> Finding {
        let console = Console.current
        if console.variable("WARDFLUX_KEY") != nil { return .good("key", "given by WARDFLUX_KEY") }
        let file = console.variable("WARDFLUX_SECRET_KEY_FILE") ?? path + "/secret.key"
        var status = stat()
        guard stat(file, &status) == 0 else {
            return .note("key", "there is no \(file) yet; the first start makes it")
        }
        guard status.st_mode & 0o077 == 0 else {
            return .failed("key", "others may read \(file)", "chmod 600 \(file)")
        }
        return .good("key", "\(file), for its owner alone; a backup leaves it out, so keep a copy elsewhere")
    }
}

extension Timestamp {
    /// The time of this host.
    static var hostTime: Timestamp {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        return Timestamp(milliseconds: Int64(now.tv_sec) * 1_000 + Int64(now.tv_nsec) / 1_000_000)
    }
}
