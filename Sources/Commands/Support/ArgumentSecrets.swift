import Glibc
import Inventory

/// Communities, pass phrases and users of addresses given as arguments: any user can read the arguments of a process, so
/// they are overwritten at once.
enum ArgumentSecrets {
    /// Options whose value is secret.
    static let options = [
        "--community", "--auth-pass", "--priv-pass", "--v3-auth-pass", "--v3-priv-pass", "--trap-community",
    ]

    /// Ranges of octets that hold secrets in a block of NUL-terminated arguments, as in `/proc/PID/cmdline`.
    ///
    /// Found in both forms, `--community C` and `--community=C`; arguments after `--` are not options.
    static func secretRanges(in block: [UInt8]) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var start = 0
        var nextIsSecret = false
        while start < block.count {
            let end = block[start...].firstIndex(of: 0) ?? block.count
            let argument = String(decoding: block[start..<end], as: UTF8.self)
            if nextIsSecret {
                ranges.append(start..<end)
                nextIsSecret = false
            } else if argument == "--" {
                break
            } else if options.contains(argument) {
                nextIsSecret = true
            } else if let option = options.first(where: { argument.hasPrefix($0 + "=") }) {
                ranges.append(start + option.utf8.count + 1..<end)
            } else if let user = user(in: block[start..<end]) {
                ranges.append(user)
            }
            start = end + 1
        }
        return ranges
    }

    /// Where user and password of an address stand: `http://user:password@host`; nil where there are none.
    private static func user(in argument: ArraySlice<UInt8>) -> Range<Int>? {
        guard let start = argument.firstRange(of: Array("://".utf8))?.upperBound else { return nil }
        let end = argument[start...].firstIndex(of: UInt8(ascii: "/")) ?? argument.endIndex
        return argument[start..<end].lastIndex(of: UInt8(ascii: "@")).map { start..<$0 }
    }

    /// Overwrites secrets in the memory that `/proc/PID/cmdline` and `ps` show; call it after the arguments were copied.
    ///
    /// Where the kernel does not tell where that memory is, nothing happens.
    static func wipe() {
        guard let start = argumentStart(), let block = try? FileText.read("/proc/self/cmdline") else { return }
        // The kernel placed the arguments at this address, writable and as long as /proc/self/cmdline is; the Swift
        // runtime reads its own copy of that file, which `CommandLine.arguments` has already taken.
        guard let memory = UnsafeMutablePointer<UInt8>(bitPattern: start) else { return }
        for range in secretRanges(in: block) {
            for offset in range { memory[offset] = offset < range.lowerBound + 3 ? UInt8(ascii: "*") : 0 }
        }
    }

    /// Address of the first argument: field 48 of proc_pid_stat(5), `arg_start`.
    private static func argumentStart() -> UInt? {
        guard let bytes = try? FileText.read("/proc/self/stat") else { return nil }
        let text = String(decoding: bytes, as: UTF8.self)
        guard let afterName = text.lastIndex(of: ")") else { return nil }
        let fields = text[text.index(after: afterName)...].split(separator: " ")
        guard fields.count > 45, let start = UInt(fields[45]), start > 0 else { return nil }
        return start
    }
}
