import Inventory

/// Keeps secrets out of what receivers say: an answer that repeats a part of one is not shown.
struct SecretFilter: Sendable {
    private static let window = 6
    private let secrets: [Secret]

    init(_ secrets: [Secret]) {
        self.secrets = secrets.filter { !$0.isEmpty }
    }

    /// A short piece of an answer for an error, in one line; empty where it holds six characters of a secret in a row.
    func excerpt(_ octets: [UInt8]) -> String {
        let text = PlainText.line(String(decoding: octets.prefix(1024), as: UTF8.self), octetsMax: 200)
        let said = Array(text.lowercased().utf8)
        for secret in secrets where Self.shares(said, Array(secret.reveal().lowercased().utf8)) { return "" }
        return text.split(separator: " ").joined(separator: " ")
    }

    private static func shares(_ text: [UInt8], _ secret: [UInt8]) -> Bool {
        let length = min(window, secret.count)
        guard text.count >= length, length > 0 else { return false }
        var pieces: Set<[UInt8]> = []
        for start in 0...(secret.count - length) { pieces.insert(Array(secret[start..<start + length])) }
        return (0...(text.count - length)).contains { pieces.contains(Array(text[$0..<$0 + length])) }
    }
}
