import Foundation
import Inventory
import Testing
import Vault

@Suite("The vault's key")
struct VaultKeyTests {
    private static let bytes = Array(UInt8(0)..<32)
    private static let base64 = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
    private static let hex = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"

    /// A folder of its own for one test.
    private func withFolder(_ body: (String) throws -> Void) throws {
        let folder = NSTemporaryDirectory() + "wardflux-vault-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder)
    }

    private func failure(_ environment: [String: String], _ folder: String) -> VaultError? {
        do {
            _ = try VaultKey.load(environment: environment, dataDirectory: folder)
            return nil
        } catch {
            return error
        }
    }

    private func mode(_ path: String) throws -> Int {
        try #require(FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
    }

    @Test(
        "is read from base64 and from hexadecimal digits",
        arguments: [base64, String(base64.dropLast()), hex, hex.uppercased(), " \(hex)\n"])
    func reads(text: String) throws {
        #expect(try VaultKey(text: text, source: "test") == VaultKey(bytes: Self.bytes))
    }

    @Test(
        "is refused unless it has 32 bytes",
        arguments: ["", "   ", "secret", "AAECAwQ=", String(hex.dropLast(2)), hex + "00", base64 + "AAAA"])
    func refuses(text: String) {
        do {
            _ = try VaultKey(text: text, source: "the test's key")
            Issue.record("'\(text)' must not be a key")
        } catch {
            #expect(error.code == .badKey)
            #expect(error.message.contains("the test's key"))
            #expect(error.message.contains("32 bytes"))
        }
    }

    @Test("comes from WARDFLUX_KEY before any file")
    func prefersTheEnvironment() throws {
        try withFolder { folder in
            let environment = ["WARDFLUX_KEY": Self.hex, "WARDFLUX_SECRET_KEY_FILE": folder + "/none"]
            let key = try VaultKey.load(environment: environment, dataDirectory: folder)
            #expect(key == (try VaultKey(bytes: Self.bytes)))
            #expect(!FileManager.default.fileExists(atPath: folder + "/secret.key"))
            #expect(failure(["WARDFLUX_KEY": "short"], folder)?.code == .badKey)
        }
    }

    @Test("comes from the file that WARDFLUX_SECRET_KEY_FILE names, which must exist")
    func readsTheNamedFile() throws {
        try withFolder { folder in
            let path = folder + "/shared.key"
            let environment = ["WARDFLUX_SECRET_KEY_FILE": path]
            let error = failure(environment, folder)
            #expect(error?.code == .keyFileUnavailable)
            #expect(error?.message.contains(path) == true)
            _ = FileManager.default.createFile(
                atPath: path, contents: Data((Self.base64 + "\n").utf8), attributes: [.posixPermissions: 0o400])
            let key = try VaultKey.load(environment: environment, dataDirectory: folder)
            #expect(key == (try VaultKey(bytes: Self.bytes)))
        }
    }

    @Test("is made at the first start, for its owner only, and found again")
    func isMadeOnce() throws {
        try withFolder { folder in
            let first = try VaultKey.load(environment: [:], dataDirectory: folder)
            #expect(try mode(folder + "/secret.key") == 0o600)
            #expect(try VaultKey.load(environment: [:], dataDirectory: folder) == first)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["secret.key"])
        }
    }

    @Test("is the same for all that start at once")
    func isMadeOnceByMany() async throws {
        let folder = NSTemporaryDirectory() + "wardflux-vault-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let keys = try await withThrowingTaskGroup(of: VaultKey.self) { group in
            for _ in 0..<8 { group.addTask { try VaultKey.load(environment: [:], dataDirectory: folder) } }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(keys.count == 1)
    }

    @Test(
        "is refused from a file that others can use, with the remedy", arguments: [0o640, 0o604, 0o644, 0o620, 0o601])
    func refusesExposedFiles(mode: Int) throws {
        try withFolder { folder in
            let path = folder + "/secret.key"
            _ = FileManager.default.createFile(atPath: path, contents: Data(Self.base64.utf8))
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
            let error = failure([:], folder)
            #expect(error?.code == .exposedKeyFile)
            #expect(error?.message.contains("chmod 600 '\(path)'") == true)
        }
    }

    @Test("is refused from a folder that does not exist, or a file that is none")
    func refusesMissingFolders() throws {
        try withFolder { folder in
            #expect(failure([:], folder + "/missing")?.code == .keyFileUnavailable)
            try FileManager.default.createDirectory(atPath: folder + "/secret.key", withIntermediateDirectories: true)
            #expect(failure([:], folder)?.code == .keyFileUnavailable)
        }
    }

    @Test("is refused from a damaged file rather than replaced")
    func refusesDamagedFiles() throws {
        try withFolder { folder in
            let path = folder + "/secret.key"
            _ = FileManager.default.createFile(
                atPath: path, contents: Data("AAEC".utf8), attributes: [.posixPermissions: 0o600])
            let error = failure([:], folder)
            #expect(error?.code == .badKey)
            #expect(error?.message.contains(path) == true)
            #expect(FileManager.default.contents(atPath: path) == Data("AAEC".utf8))
        }
    }
}
