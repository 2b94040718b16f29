/// How messages of version 3 are authenticated; the raw value is the name users write.
///
/// RFC 3414 section 6 and 7 (MD5, SHA), RFC 7860 (SHA-2).
public enum AuthenticationProtocol: String, Hashable, Sendable, CaseIterable {
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
}

/// How the contents of version 3 messages are encrypted; the raw value is the name users write.
///
/// RFC 3414 section 8 (DES), RFC 3826 (AES-128). AES-192 and AES-256 are in no RFC: where the authentication's digest is
/// too short for the key, two ways of lengthening it exist, and an agent knows one of them.
public enum PrivacyProtocol: String, Hashable, Sendable, CaseIterable {
    /// CBC-DES.
    case des = "DES"
    /// CFB128-AES-128.
    case aes128 = "AES"
    /// CFB128-AES-192, key lengthened as in draft-blumenthal-aes-usm-04 (net-snmp, most others).
    case aes192 = "AES-192"
    /// CFB128-AES-256, key lengthened as in draft-blumenthal-aes-usm-04 (net-snmp, most others).
    case aes256 = "AES-256"
    /// CFB128-AES-192, key lengthened as in draft-reeder-snmpv3-usm-3desede-00 (Cisco and others).
    case aes192Reeder = "AES-192-C"
    /// CFB128-AES-256, key lengthened as in draft-reeder-snmpv3-usm-3desede-00 (Cisco and others).
    case aes256Reeder = "AES-256-C"
}

/// A pass phrase: no description, dump or interpolation shows it.
public struct Passphrase: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The octets the key is made from (RFC 3414 appendix A.2).
    public let octets: [UInt8]

    /// Makes a pass phrase from text, as UTF-8.
    ///
    /// Agents refuse fewer than 8 octets.
    public init(_ text: String) { octets = Array(text.utf8) }
    /// Makes a pass phrase from octets.
    public init(octets: [UInt8]) { self.octets = octets }

    /// A placeholder.
    public var description: String { "<passphrase>" }
    /// A placeholder.
    public var debugDescription: String { description }
    /// Without children, so that a dump shows nothing.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// The security level of a message (RFC 3411 section 3.4.3).
public enum SecurityLevel: String, Hashable, Sendable, CaseIterable {
    /// Neither authenticated nor encrypted.
    case noAuthNoPriv
    /// Authenticated, readable by all.
    case authNoPriv
    /// Authenticated and encrypted.
    case authPriv
}

/// A user of the user-based security model: name, how it authenticates and encrypts, and the context it asks.
///
/// RFC 3414.
public struct USMUser: Hashable, Sendable, CustomStringConvertible {
    /// Authentication: the protocol and the pass phrase.
    public struct Authentication: Hashable, Sendable {
        /// The protocol.
        public var type: AuthenticationProtocol
        /// The pass phrase, at least 8 octets.
        public var passphrase: Passphrase

        /// Makes an authentication.
        public init(_ type: AuthenticationProtocol, _ passphrase: Passphrase) {
            self.type = type
            self.passphrase = passphrase
        }
    }

    /// Privacy: the protocol and the pass phrase.
    public struct Privacy: Hashable, Sendable {
        /// The protocol.
        public var type: PrivacyProtocol
        /// The pass phrase, at least 8 octets.
        public var passphrase: Passphrase

        /// Makes a privacy.
        public init(_ type: PrivacyProtocol, _ passphrase: Passphrase) {
            self.type = type
            self.passphrase = passphrase
        }
    }

    /// The user's name, 1 to 32 octets of UTF-8 (msgUserName).
    public var name: String
    /// How messages are authenticated; nil for noAuthNoPriv.
    public var authentication: Authentication?
    /// How messages are encrypted; nil for noAuthNoPriv and authNoPriv.
    ///
    /// Requires `authentication`.
    public var privacy: Privacy?
    /// The context asked (RFC 3411 section 3.3.1), at most 32 octets of UTF-8; empty for the default context.
    public var contextName: String
    /// The engine that has the context; nil for the agent itself.
    public var contextEngineID: [UInt8]?

    /// Makes a user.
    public init(
        name: String, authentication: Authentication? = nil, privacy: Privacy? = nil, contextName: String = "",
        contextEngineID: [UInt8]? = nil
    ) {
        self.name = name
        self.authentication = authentication
        self.privacy = privacy
        self.contextName = contextName
        self.contextEngineID = contextEngineID
    }

    /// The level its messages have.
    public var level: SecurityLevel {
        authentication == nil ? .noAuthNoPriv : privacy == nil ? .authNoPriv : .authPriv
    }

    /// Name and level, without secrets.
    public var description: String { "user \(name) \(level)" }

    /// What is wrong with the values, as a clause with the remedy; nil if nothing.
    public var fault: String? {
        if !(1...32).contains(name.utf8.count) { return "the user name must have 1 to 32 octets" }
        if contextName.utf8.count > 32 { return "contextName must have at most 32 octets" }
        if let id = contextEngineID, !(5...32).contains(id.count) { return "contextEngineID must have 5 to 32 octets" }
        if privacy != nil, authentication == nil { return "privacy requires authentication: give both, or neither" }
        if let authentication, !(8...1024).contains(authentication.passphrase.octets.count) {
            return "the authentication pass phrase must have 8 to 1024 octets"
        }
        if let privacy, !(8...1024).contains(privacy.passphrase.octets.count) {
            return "the privacy pass phrase must have 8 to 1024 octets"
        }
        return nil
    }
}
