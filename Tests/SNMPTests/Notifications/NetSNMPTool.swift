import Glibc

/// Runs net-snmp's own programs, each to its end.
enum NetSNMPTool {
    /// Whether a program is installed.
    static func isInstalled(_ name: String) -> Bool { path(name) != nil }

    private static func path(_ name: String) -> String? {
        ["/usr/bin/\(name)", "/usr/local/bin/\(name)"].first { access($0, X_OK) == 0 }
    }

    /// Runs a program with a folder of its own for its state; its exit status, -1 where it cannot be run.
    static func run(_ name: String, _ arguments: [String]) -> Int32 {
        var template = Array("/tmp/wardflux-netsnmp-XXXXXX".utf8CString)
        guard let path = path(name), mkdtemp(&template) != nil else { return -1 }
        let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer { remove(folder) }
        let environment = ["SNMP_PERSISTENT_DIR=\(folder)", "SNMPCONFPATH=\(folder)", "MIBS="]
        var process = pid_t()
        let status = withCStrings([path] + arguments) { arguments in
            withCStrings(environment) { environment in
                spawnQuietly(&process, path, arguments, environment)
            }
        }
        guard status == 0 else { return -1 }
        var result: Int32 = 0
        while waitpid(process, &result, 0) < 0, errno == EINTR {}
        return result & 0x7F == 0 ? (result >> 8) & 0xFF : -1
    }

    private static func spawnQuietly(
        _ process: inout pid_t, _ path: String, _ arguments: [UnsafeMutablePointer<CChar>?],
        _ environment: [UnsafeMutablePointer<CChar>?]
    ) -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for descriptor in [STDOUT_FILENO, STDERR_FILENO] {
            posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_WRONLY, 0)
        }
        return posix_spawn(&process, path, &actions, nil, arguments, environment)
    }

    private static func remove(_ path: String) {
        if let folder = opendir(path) {
            while let entry = readdir(folder) {
                let name = withUnsafePointer(to: &entry.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                if name != ".", name != ".." { remove("\(path)/\(name)") }
            }
            closedir(folder)
        }
        _ = Glibc.remove(path)
    }

    private static func withCStrings<Result>(
        _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let copies = texts.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        return body(copies + [nil])
    }
}
