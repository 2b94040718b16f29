import API
import Glibc

/// What the kernel tells of this process (proc(5)), by the names that Prometheus' own libraries use.
enum ProcessNumbers {
    static func all() -> [ProcessNumber] {
        var used = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used)
        let cpu = Double(used.tv_sec) + Double(used.tv_nsec) / 1_000_000_000
        var numbers = [
            ProcessNumber(
                "process_cpu_seconds_total", "Processor time of the process, user and system.", cpu, isCounter: true)
        ]
        if let pages = residentPages() {
            numbers.append(
                ProcessNumber(
                    "process_resident_memory_bytes", "Memory of the process that is in use.",
                    pages * Double(sysconf(Int32(_SC_PAGESIZE)))))
        }
        if let count = openFiles() {
            numbers.append(ProcessNumber("process_open_fds", "Files and sockets that are open.", count))
        }
        numbers.append(
            ProcessNumber("process_start_time_seconds", "When the process began, seconds since 1970.", startedAt))
        return numbers
    }

    /// Set when it is first asked for, at the start.
    private static let startedAt = Double(time(nil))

    /// Notes the start.
    static func begin() { _ = startedAt }

    /// The second field of /proc/self/statm.
    private static func residentPages() -> Double? {
        let file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var octets = [UInt8](repeating: 0, count: 128)
        let count = read(file, &octets, octets.count)
        let fields = String(decoding: octets.prefix(max(0, count)), as: UTF8.self).split(separator: " ")
        return fields.count > 1 ? Double(fields[1]) : nil
    }

    private static func openFiles() -> Double? {
        guard let folder = opendir("/proc/self/fd") else { return nil }
        defer { closedir(folder) }
        var count = 0.0
        while readdir(folder) != nil { count += 1 }
        // `.`, `..`, and the folder itself.
        return count - 3
    }
}
