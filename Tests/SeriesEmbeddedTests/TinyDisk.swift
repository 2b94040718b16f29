import Foundation
import Glibc

/// A file system of a few megabytes in memory, where the test may mount one.
final class TinyDisk: Sendable {
    let folder: TemporaryFolder

    static let isPossible: Bool = (try? TinyDisk(octets: 1 << 20)) != nil

    init(octets: Int) throws {
        folder = try TemporaryFolder()
        guard mount("tmpfs", folder.path, "tmpfs", 0, "size=\(octets)") == 0 else {
            throw POSIXError(POSIXError.Code(rawValue: errno) ?? .EPERM)
        }
    }

    deinit {
        _ = umount2(folder.path, Int32(MNT_DETACH))
    }

    /// Takes every octet that is free.
    func fill() throws {
        let file = open(folder.path + "/ballast", O_WRONLY | O_CREAT | O_CLOEXEC | O_APPEND, 0o600)
        guard file >= 0 else { throw POSIXError(.EIO) }
        defer { _ = Glibc.close(file) }
        let octets = [UInt8](repeating: 0x55, count: 4096)
        while write(file, octets, octets.count) > 0 {}
    }

    /// Gives it all back.
    func clear() throws {
        try FileManager.default.removeItem(atPath: folder.path + "/ballast")
    }
}
