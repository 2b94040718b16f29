import Glibc

extension VaultKey {
    /// Finds the key of an installation: the shell around `VaultKey`.
    ///
    /// In this order: `WARDFLUX_KEY` (the key itself), the file `WARDFLUX_SECRET_KEY_FILE` names (it must exist), the
    /// file `secret.key` in the data directory, which is made with a random key and mode 0600 where there is none.
    /// Throws `exposedKeyFile` where a file may be read by others, `badKey` or `keyFileUnavailable`, with the remedy.
    public static func load(environment: [String: String], dataDirectory: String) throws(VaultError) -> VaultKey {
        if let text = environment["WARDFLUX_KEY"] {
            return try VaultKey(text: text, source: "WARDFLUX_KEY")
        }
        if let path = environment["WARDFLUX_SECRET_KEY_FILE"], !path.isEmpty {
            guard let key = try read(path) else {
                throw VaultError(
                    .keyFileUnavailable,
                    "WARDFLUX_SECRET_KEY_FILE names \(path), which does not exist; copy the key file there")
            }
            return key
        }
        let path = dataDirectory + "/secret.key"
        if let key = try read(path) { return key }
        try create(at: path)
        guard let key = try read(path) else {
            throw VaultError(.keyFileUnavailable, "\(path) vanished as soon as it was made; start again")
        }
        return key
    }

    /// The key in a file; nil where there is no such file.
    private static func read(_ path: String) throws(VaultError) -> VaultKey? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            if errno == ENOENT { return nil }
            throw unavailable("read", path)
        }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw unavailable("read", path) }
        // What was opened is checked, not the name, which could change in between.
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw VaultError(.keyFileUnavailable, "\(path) is not a regular file; put the key in a file")
        }
        guard status.st_mode & 0o077 == 0 else {
            throw VaultError(.exposedKeyFile, "others than its owner may use \(path); run: chmod 600 '\(path)'")
        }
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = Glibc.read(file, &buffer, buffer.count)
        guard count >= 0 else { throw unavailable("read", path) }
        return try VaultKey(text: String(decoding: buffer[..<count], as: UTF8.self), source: path)
    }

    /// Makes a key file whole or not at all; one that another process made meanwhile stays.
    private static func create(at path: String) throws(VaultError) {
        let draft = "\(path).\(getpid()).\(UInt32.random(in: 0...UInt32.max))"
        let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw unavailable("make", path) }
        defer { unlink(draft) }
        let text = Array(random().fileText().utf8)
        let isWritten = write(file, text, text.count) == text.count && fsync(file) == 0
        let reason = errno
        close(file)
        guard isWritten else {
            errno = reason
            throw unavailable("write", path)
        }
        guard link(draft, path) == 0 || errno == EEXIST else { throw unavailable("make", path) }
        syncFolder(of: path)
    }

    /// Makes the new name durable; a file system that cannot sync folders keeps its own promises.
    private static func syncFolder(of path: String) {
        let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        let file = open(folder.isEmpty ? "/" : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard file >= 0 else { return }
        _ = fsync(file)
        close(file)
    }

    private static func unavailable(_ verb: String, _ path: String) -> VaultError {
        let reason = String(cString: strerror(errno))
        return VaultError(
            .keyFileUnavailable,
            "cannot \(verb) the key file \(path): \(reason); check that its folder exists and this user may use it")
    }
}
