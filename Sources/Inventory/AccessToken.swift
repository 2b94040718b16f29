/// A bearer token of the API as it is stored: its hash, never itself.
public struct AccessToken: Sendable, Hashable {
    /// Identity, shown in lists and used to revoke.
    public var id: AccessTokenID
    /// What the operator called it.
    public var name: String
    /// SHA-256 of the token, lower-case hex.
    ///
    /// Tokens carry 256 random bits, so a fast hash is enough.
    public var hash: String
    /// When it was made.
    public var createdAt: Timestamp
    /// When it was revoked; nil while it is good.
    public var revokedAt: Timestamp?

    /// A token's record.
    public init(
        id: AccessTokenID = .random(), name: String, hash: String, createdAt: Timestamp, revokedAt: Timestamp? = nil
    ) {
        self.id = id
        self.name = name
        self.hash = hash
        self.createdAt = createdAt
        self.revokedAt = revokedAt
    }
}
