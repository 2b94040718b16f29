import Glibc

/// The processes of this host, as Linux tells of them under `/proc`.
enum HostProcesses {
    private static let textBytesMax = 4096

    /// This process; nil where `/proc` is missing or shows the processes of another container.
    static let this: JobOwner.Process? = {
        let id = getpid()
        guard let host, let stat = text("/proc/self/stat").flatMap(ProcessStatus.init), stat.id == id,
            case .alive(let start) = stat.standing
        else { return nil }
        return JobOwner.Process(host: host, id: id, start: start)
    }()

    /// The boot of this host and the namespace of our process ids: containers on one kernel count each for itself.
    private static let host: String? = {
        guard let boot = text("/proc/sys/kernel/random/boot_id"), boot.utf8.count >= 8 else { return nil }
        var status = stat()
        guard stat("/proc/self/ns/pid", &status) == 0 else { return nil }
        return "\(boot.prefix(8)).\(String(status.st_ino, radix: 16))"
    }()

    /// Whether the owner of a run or a lock is a process of this host that has ended.
    static func isDead(_ owner: String) -> Bool {
        JobOwner(owner).isDead(here: this?.host, standing: standing)
    }

    private static func standing(_ id: Int32) -> JobOwner.Standing {
        if kill(id, 0) != 0, errno == ESRCH { return .gone }
        guard let stat = text("/proc/\(id)/stat").flatMap(ProcessStatus.init), stat.id == id else { return .unknown }
        return stat.standing
    }

    /// The beginning of a small file.
    private static func text(_ path: String) -> String? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: textBytesMax)
        let count = read(file, &bytes, bytes.count)
        return count > 0 ? String(decoding: bytes.prefix(count), as: UTF8.self) : nil
    }
}

/// What a line of `/proc/PID/stat` says (proc_pid_stat(5)).
struct ProcessStatus: Hashable, Sendable {
    var id: Int32
    var standing: JobOwner.Standing

    /// Reads a line, nil for what is none; the name in it, in parentheses, may hold anything.
    init?(_ line: String) {
        guard let open = line.firstIndex(of: "("), let close = line.lastIndex(of: ")"), open < close,
            let id = Int32(line[..<open].split(separator: " ").first ?? "")
        else { return nil }
        // Field 3, the state, is the first behind the name; the start is field 22.
        let fields = line[line.index(after: close)...].split(separator: " ")
        guard fields.count > 19, let start = UInt64(fields[19]) else { return nil }
        self.id = id
        // One that ended and was not asked for its end yet (a zombie) does nothing any more.
        standing = ["Z", "X", "x"].contains(fields[0]) ? .gone : .alive(start: start)
    }
}
