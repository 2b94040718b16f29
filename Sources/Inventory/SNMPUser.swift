/// How messages of SNMPv3 are authenticated; the raw value is the name users write.
///
/// RFC 3414 sections 6 and 7 (MD5, SHA), RFC 7860 (SHA-2).
public enum SNMPAuthenticationName: String, CaseIterable, Codable, Sendable, Hashable {
    /// HMAC-MD5-96.
    case md5 = "MD5"
    /// HMAC-SHA-96.
    case sha1 = "SHA"
    /// HMAC-128-SHA-224.
    case sha224 = "SHA-224"
    /// HMAC-192-SHA-256.
    case sha256 = "SHA-256"
    /// HMAC-256-SHA-384.
    case sha384 = "SHA-384"
    /// HMAC-384-SHA-512.
    case sha512 = "SHA-512"

    /// Reads a name in either case, with or without dashes, `SHA1` and `SHA-1` too; nil for anything else.
    public init?(reading text: String) {
        guard let found = nameRead(text, also: ["SHA1": .sha1], of: Self.self) else { return nil }
        self = found
    }
}

/// How the contents of SNMPv3 messages are encrypted; the raw value is the name users write.
///
/// RFC 3414 section 8 (DES), RFC 3826 (AES-128). The names that end in `-C` lengthen the key as Cisco devices do.
public enum SNMPPrivacyName: String, CaseIterable, Codable, Sendable, Hashable {
    /// CBC-DES.
    case des = "DES"
    /// CFB128-AES-128.
    case aes128 = "AES"
    /// CFB128-AES-192, key lengthened as net-snmp does.
    case aes192 = "AES-192"
    /// CFB128-AES-256, key lengthened as net-snmp does.
    case aes256 = "AES-256"
    /// CFB128-AES-192, key lengthened as Cisco devices do.
    case aes192Reeder = "AES-192-C"
    /// CFB128-AES-256, key lengthened as Cisco devices do.
    case aes256Reeder = "AES-256-C"

    /// Reads a name in either case, with or without dashes, `AES128` and `AES-128` too; nil for anything else.
    public init?(reading text: String) {
        guard let found = nameRead(text, also: ["AES128": .aes128], of: Self.self) else { return nil }
        self = found
    }
}

/// The case of this name or other spelling, dashes, underscores and case aside.
private func nameRead<Name: RawRepresentable & CaseIterable>(
    _ text: String, also: [String: Name], of _: Name.Type
) -> Name? where Name.RawValue == String {
    func folded(_ text: String) -> String { text.uppercased().filter { $0 != "-" && $0 != "_" } }
    let wanted = folded(text)
    return Name.allCases.first { folded($0.rawValue) == wanted } ?? also[wanted]
}

/// The security level of SNMPv3 messages (RFC 3411 section 3.4.3).
public enum SNMPSecurityLevelName: String, CaseIterable, Codable, Sendable, Hashable {
    /// Neither authenticated nor encrypted.
    case noAuthNoPriv
    /// Authenticated, readable by all.
    case authNoPriv
    /// Authenticated and encrypted.
    case authPriv
}

/// A user of SNMPv3: how it authenticates and encrypts, and which context it asks (RFC 3414).
public struct SNMPUser: Sendable, Hashable {
    /// The most octets of UTF-8 that a user's or a context's name has.
    public static let nameOctetsMax = 32

    /// Authentication: the protocol and the pass phrase.
    public struct Authentication: Sendable, Hashable {
        /// The protocol.
        public var type: SNMPAuthenticationName
        /// The pass phrase.
        public var passphrase: Secret

        /// An authentication.
        public init(_ type: SNMPAuthenticationName, _ passphrase: Secret) {
            self.type = type
            self.passphrase = passphrase
        }
    }

    /// Privacy: the protocol and the pass phrase.
    public struct Privacy: Sendable, Hashable {
        /// The protocol.
        public var type: SNMPPrivacyName
        /// The pass phrase.
        public var passphrase: Secret

        /// A privacy.
        public init(_ type: SNMPPrivacyName, _ passphrase: Secret) {
            self.type = type
            self.passphrase = passphrase
        }
    }

    /// Its name, 1 to 32 octets.
    public var name: String
    /// How messages are authenticated; nil for noAuthNoPriv.
    public var authentication: Authentication?
    /// How messages are encrypted, which requires authentication; nil for noAuthNoPriv and authNoPriv.
    public var privacy: Privacy?
    /// The context asked, at most 32 octets; empty for the default one.
    public var contextName: String

    /// A user.
    public init(
        name: String, authentication: Authentication? = nil, privacy: Privacy? = nil, contextName: String = ""
    ) {
        self.name = name
        self.authentication = authentication
        self.privacy = privacy
        self.contextName = contextName
    }

    /// The level its messages have.
    public var level: SNMPSecurityLevelName {
        authentication == nil ? .noAuthNoPriv : privacy == nil ? .authNoPriv : .authPriv
    }
}
