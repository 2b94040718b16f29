import Glibc

/// A directory of a command's own: made for it and removed after it, or named by the user and kept.
struct ScratchDirectory: Sendable {
    /// Where it is.
    let path: String
    /// Whether it outlives the command.
    let isKept: Bool

    /// A directory the user named; it is made where there is none.
    init(kept path: String) throws(CommandFailure) {
        if !FileText.isDirectory(path), mkdir(path, 0o700) != 0 {
            throw CommandFailure("cannot make \(path): \(String(cString: strerror(errno)))")
        }
        self.path = path
        isKept = true
    }

    private init(made path: String) {
        self.path = path
        isKept = false
    }

    /// A new directory below `TMPDIR`, readable by its owner only.
    static func make() throws(CommandFailure) -> ScratchDirectory {
        let parent = Console.current.variable("TMPDIR") ?? "/tmp"
        var template = Array("\(parent)/wardflux-demo-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw CommandFailure("cannot make a directory in \(parent): \(String(cString: strerror(errno)))")
        }
        return ScratchDirectory(
            made: String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self))
    }

    /// Removes the directory and all in it, unless it is kept.
    func remove() {
        if !isKept { Self.remove(path) }
    }

    private static func remove(_ path: String) {
        guard let listing = opendir(path) else { return }
        var names: [String] = []
        while let entry = readdir(listing) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        closedir(listing)
        for name in names where unlink("\(path)/\(name)") != 0 { remove("\(path)/\(name)") }
        rmdir(path)
    }
}

/// Ports of this machine's loopback that nobody holds.
enum LoopbackPort {
    /// The preferred TCP port where it is free, else 0, which lets the system choose.
    static func freeTCP(preferring port: Int) -> Int {
        isFree(UInt16(clamping: port), type: Int32(SOCK_STREAM.rawValue)) ? port : 0
    }

    /// The preferred UDP port where it is free, else 0.
    static func freeUDP(preferring port: UInt16) -> UInt16 {
        isFree(port, type: Int32(SOCK_DGRAM.rawValue)) ? port : 0
    }

    private static func isFree(_ port: UInt16, type: Int32) -> Bool {
        let descriptor = socket(AF_INET, type | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var yes: Int32 = 1
        if type == Int32(SOCK_STREAM.rawValue) {
            setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}
