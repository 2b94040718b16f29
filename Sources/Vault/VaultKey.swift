import Crypto
import FoundationEssentials

/// The 256-bit key that credential profiles are sealed with.
///
/// Every description, dump and mirror of it is `<secret>`.
public struct VaultKey: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Octets of a key.
    public static let byteCount = 32

    private let bytes: [UInt8]

    /// A key from its octets; throws `badKey` unless there are 32.
    public init(bytes: [UInt8]) throws(VaultError) {
        guard bytes.count == Self.byteCount else {
            throw VaultError(.badKey, "the key has \(bytes.count) bytes, not \(Self.byteCount); \(Self.remedy)")
        }
        self.bytes = bytes
    }

    /// Reads 64 hexadecimal digits or base64 (with or without padding, standard or URL alphabet) of 32 bytes.
    ///
    /// White space around it is ignored. `source` names where the text came from; the text itself is never repeated.
    public init(text: String, source: String) throws(VaultError) {
        let trimmed = text.filter { !$0.isWhitespace }
        guard !trimmed.isEmpty else {
            throw VaultError(.badKey, "\(source) is empty; \(Self.remedy)")
        }
        if trimmed.utf8.count == 2 * Self.byteCount, let bytes = Self.hexBytes(trimmed) {
            self.bytes = bytes
            return
        }
        guard let bytes = Self.base64Bytes(trimmed) else {
            throw VaultError(.badKey, "\(source) holds neither hexadecimal digits nor base64; \(Self.remedy)")
        }
        guard bytes.count == Self.byteCount else {
            throw VaultError(
                .badKey, "\(source) holds a key of \(bytes.count) bytes, not \(Self.byteCount); \(Self.remedy)")
        }
        self.bytes = bytes
    }

    /// A new random key from the system's generator.
    public static func random() -> VaultKey {
        VaultKey(fresh: SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) })
    }

    private init(fresh bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The key as one line of base64, for the key file only.
    func fileText() -> String {
        Data(bytes).base64EncodedString() + "\n"
    }

    var symmetricKey: SymmetricKey {
        SymmetricKey(data: bytes)
    }

    /// Always `<secret>`.
    public var description: String { "<secret>" }
    /// Always `<secret>`.
    public var debugDescription: String { "<secret>" }
    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: [(label: String?, value: Any)]()) }

    private static let remedy =
        "give 32 bytes as base64 or 64 hexadecimal digits, such as `openssl rand -base64 32` makes"

    private static func hexBytes(_ text: String) -> [UInt8]? {
        let digits = text.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue.map { UInt8($0) } }
        guard digits.count == text.utf8.count else { return nil }
        return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }

    private static func base64Bytes(_ text: String) -> [UInt8]? {
        var standard = text.map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 }
        while standard.last == "=" { standard.removeLast() }
        while standard.count % 4 != 0 { standard.append("=") }
        return Data(base64Encoded: String(standard)).map { Array($0) }
    }
}
