import Crypto
import FoundationEssentials
public import Inventory

/// An access token of the API itself, shown once to the operator who made it and never stored.
///
/// `wf_` and 32 random bytes in base64url (RFC 4648 section 5), without padding: 46 characters.
public struct AccessTokenSecret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible {
    /// The token's text, for the one time it is shown.
    public let text: Secret

    /// A new random token.
    public static func make() -> AccessTokenSecret {
        let bytes = SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }
        let encoded = bytes.base64EncodedString().compactMap { character -> Character? in
            switch character {
            case "+": return "-"
            case "/": return "_"
            case "=": return nil
            default: return character
            }
        }
        return AccessTokenSecret(text: Secret("wf_" + String(encoded)))
    }

    /// What is stored of this token.
    public var hash: String {
        Self.hash(text.reveal())
    }

    /// SHA-256 of a presented token, 64 lower-case hexadecimal digits.
    public static func hash(_ presented: String) -> String {
        SHA256.hash(data: Array(presented.utf8)).map { octet in
            let digits = String(octet, radix: 16)
            return digits.utf8.count == 1 ? "0" + digits : digits
        }.joined()
    }

    /// The token of a list that a presented text is, unless it is revoked; nil where there is none.
    ///
    /// Compares every hash in full, so that the time taken tells nothing of how close a guess was.
    public static func find(_ presented: String, among tokens: [AccessToken]) -> AccessToken? {
        let hash = hash(presented)
        var found: AccessToken?
        for token in tokens where areEqual(token.hash, hash) && token.revokedAt == nil {
            found = token
        }
        return found
    }

    /// Whether two texts are equal, in a time that depends on their lengths only.
    public static func areEqual(_ left: String, _ right: String) -> Bool {
        let (left, right) = (Array(left.utf8), Array(right.utf8))
        guard left.count == right.count else { return false }
        var difference: UInt8 = 0
        for position in left.indices { difference |= left[position] ^ right[position] }
        return difference == 0
    }

    /// Always `<secret>`.
    public var description: String { "<secret>" }
    /// Always `<secret>`.
    public var debugDescription: String { "<secret>" }
}
