/// A user the lab's devices know (RFC 3414 section 2.1): the same at every device, with keys of each device's own.
///
/// No description or dump shows the pass phrases.
public struct LabUser: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
    /// How its messages are authenticated; the raw value is the name users write.
    public enum Authentication: String, Sendable, CaseIterable {
        /// HMAC-MD5-96 (RFC 3414 section 6).
        case md5 = "MD5"
        /// HMAC-SHA-96 (RFC 3414 section 7).
        case sha1 = "SHA"
        /// HMAC-128-SHA-224 (RFC 7860).
        case sha224 = "SHA-224"
        /// HMAC-192-SHA-256 (RFC 7860).
        case sha256 = "SHA-256"
        /// HMAC-256-SHA-384 (RFC 7860).
        case sha384 = "SHA-384"
        /// HMAC-384-SHA-512 (RFC 7860).
        case sha512 = "SHA-512"
    }

    /// How its messages are encrypted; the raw value is the name users write.
    public enum Privacy: String, Sendable, CaseIterable {
        /// CBC-DES (RFC 3414 section 8).
        case des = "DES"
        /// CFB128-AES-128 (RFC 3826).
        case aes128 = "AES"
        /// AES-192 with the key extension of draft-blumenthal-aes-usm-04.
        case aes192 = "AES-192"
        /// AES-256 with the key extension of draft-blumenthal-aes-usm-04.
        case aes256 = "AES-256"
        /// AES-192 with the key extension of draft-reeder-snmpv3-usm-3desede-00.
        case aes192Reeder = "AES-192-C"
        /// AES-256 with the key extension of draft-reeder-snmpv3-usm-3desede-00.
        case aes256Reeder = "AES-256-C"
    }

    /// msgUserName, 1 to 32 octets of UTF-8.
    public let name: String
    /// nil for a user that does not authenticate.
    public let authentication: Authentication?
    /// nil for a user that does not encrypt.
    public let privacy: Privacy?
    let authenticationPassphrase: [UInt8]
    let privacyPassphrase: [UInt8]

    /// Makes a user; it answers messages of exactly the level its protocols make.
    ///
    /// - Parameters:
    ///   - name: msgUserName, 1 to 32 octets.
    ///   - authentication: the protocol and the pass phrase of at least 8 octets, or nil.
    ///   - privacy: the same for encryption; needs `authentication`.
    /// - Throws: `LabError` with code `badUser`, naming what is wrong and no pass phrase.
    public init(
        name: String, authentication: (type: Authentication, passphrase: String)? = nil,
        privacy: (type: Privacy, passphrase: String)? = nil
    ) throws(LabError) {
        guard (1...32).contains(name.utf8.count) else {
            throw LabError(.badUser, "a user's name has 1 to 32 octets, and this one has \(name.utf8.count)")
        }
        guard privacy == nil || authentication != nil else {
            throw LabError(.badUser, "user \(name) has privacy without authentication: give both, or neither")
        }
        let phrases = [authentication?.passphrase, privacy?.passphrase].compactMap(\.self)
        guard phrases.allSatisfy({ (8...1024).contains($0.utf8.count) }) else {
            throw LabError(.badUser, "a pass phrase of user \(name) has not 8 to 1024 octets")
        }
        self.name = name
        self.authentication = authentication?.type
        self.privacy = privacy?.type
        authenticationPassphrase = Array((authentication?.passphrase ?? "").utf8)
        privacyPassphrase = Array((privacy?.passphrase ?? "").utf8)
    }

    /// Name and protocols.
    public var description: String {
        "user \(name) \(authentication?.rawValue ?? "-") \(privacy?.rawValue ?? "-")"
    }

    /// Without children, so that a dump shows nothing.
    public var customMirror: Mirror { Mirror(self, children: []) }

    /// msgFlags of its messages without the reportable bit: 0, 1 (authenticated) or 3 (encrypted as well).
    var level: UInt8 {
        authentication == nil ? 0 : (privacy == nil ? 1 : 3)
    }
}

extension LabUser {
    /// Reads users, one a line: `NAME`, `NAME AUTH PASSPHRASE` or `NAME AUTH PASSPHRASE PRIV PASSPHRASE`, separated by
    /// white space; lines that are empty or begin with `#` are passed over.
    ///
    /// - Throws: `LabError` with code `badUser`, naming the line's number and no pass phrase.
    public static func parse(_ text: some StringProtocol) throws(LabError) -> [LabUser] {
        var users: [LabUser] = []
        for (number, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let words = line.split(whereSeparator: \.isWhitespace).map { String($0) }
            guard let name = words.first, !name.hasPrefix("#") else { continue }
            guard [1, 3, 5].contains(words.count) else {
                throw LabError(
                    .badUser, "line \(number + 1) is no user: write NAME [AUTH PASSPHRASE [PRIV PASSPHRASE]]")
            }
            let authentication = words.count < 3 ? nil : (try self.authentication(words[1]), words[2])
            let privacy = words.count < 5 ? nil : (try self.privacy(words[3]), words[4])
            users.append(try LabUser(name: name, authentication: authentication, privacy: privacy))
        }
        return users
    }

    /// An authentication protocol by its name, in any case.
    public static func authentication(_ name: String) throws(LabError) -> Authentication {
        if let found = Authentication(rawValue: name.uppercased()) { return found }
        let known = Authentication.allCases.map(\.rawValue).joined(separator: ", ")
        throw LabError(.badUser, "'\(name)' is no authentication protocol: use \(known)")
    }

    /// A privacy protocol by its name, in any case.
    public static func privacy(_ name: String) throws(LabError) -> Privacy {
        if let found = Privacy(rawValue: name.uppercased()) { return found }
        let known = Privacy.allCases.map(\.rawValue).joined(separator: ", ")
        throw LabError(.badUser, "'\(name)' is no privacy protocol: use \(known)")
    }
}

extension LabUser.Authentication {
    /// The hash's number in the C shim.
    var hash: Int32 {
        switch self {
        case .md5: 0
        case .sha1: 1
        case .sha224: 2
        case .sha256: 3
        case .sha384: 4
        case .sha512: 5
        }
    }

    /// Octets of a digest, and of a localized key.
    var digestOctets: Int {
        switch self {
        case .md5: 16
        case .sha1: 20
        case .sha224: 28
        case .sha256: 32
        case .sha384: 48
        case .sha512: 64
        }
    }

    /// Octets of msgAuthenticationParameters: the digest cut short.
    var codeOctets: Int {
        switch self {
        case .md5, .sha1: 12
        case .sha224: 16
        case .sha256: 24
        case .sha384: 32
        case .sha512: 48
        }
    }
}

extension LabUser.Privacy {
    /// Octets of the key; for DES 8 of key and 8 of pre-IV.
    var keyOctets: Int {
        switch self {
        case .des, .aes128: 16
        case .aes192, .aes192Reeder: 24
        case .aes256, .aes256Reeder: 32
        }
    }

    /// Which of the two ways a key is lengthened.
    var isReeder: Bool {
        self == .aes192Reeder || self == .aes256Reeder
    }
}
