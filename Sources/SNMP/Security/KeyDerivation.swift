import CSNMPCrypto

extension AuthenticationProtocol {
    /// The digest's number in the C shim.
    var digest: Int32 {
        switch self {
        case .md5: Int32(CSNMPCRYPTO_MD5)
        case .sha1: Int32(CSNMPCRYPTO_SHA1)
        case .sha224: Int32(CSNMPCRYPTO_SHA224)
        case .sha256: Int32(CSNMPCRYPTO_SHA256)
        case .sha384: Int32(CSNMPCRYPTO_SHA384)
        case .sha512: Int32(CSNMPCRYPTO_SHA512)
        }
    }

    /// The octets of the digest, and so of a localized key.
    var digestOctets: Int { csnmpcrypto_digest_octets(digest) }

    /// The octets of msgAuthenticationParameters (RFC 3414 section 6 and 7, RFC 7860 section 4.1).
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

extension PrivacyProtocol {
    /// The octets of the localized key: DES has 8 for the key and 8 for the pre-IV.
    var keyOctets: Int {
        switch self {
        case .des, .aes128: 16
        case .aes192, .aes192Reeder: 24
        case .aes256, .aes256Reeder: 32
        }
    }

    /// Whether a key that is too short is lengthened by draft-reeder-snmpv3-usm-3desede-00.
    var isReeder: Bool { self == .aes192Reeder || self == .aes256Reeder }
}

/// From pass phrase to key (RFC 3414 appendix A.2 and section 2.6, RFC 7860 section 9.3).
enum KeyDerivation {
    /// Ku: the digest of 1,048,576 octets of the repeated pass phrase.
    ///
    /// Takes about a millisecond; empty for an empty pass phrase.
    static func key(of passphrase: [UInt8], _ type: AuthenticationProtocol) -> [UInt8] {
        guard !passphrase.isEmpty else { return [] }
        return digest(type) { csnmpcrypto_key_of_passphrase(type.digest, passphrase, passphrase.count, $0) }
    }

    /// Kul: the key of one user on one engine.
    static func localized(_ key: [UInt8], _ engineID: EngineID, _ type: AuthenticationProtocol) -> [UInt8] {
        engineID.withUnsafeBytes { id in
            digest(type) {
                csnmpcrypto_digest(
                    type.digest, key, key.count, id.baseAddress, id.count, key, key.count, $0)
            }
        }
    }

    /// The privacy key: the localized key, lengthened where the cipher needs more octets than the digest has.
    ///
    /// By Reeder's draft each lengthening hashes a megabyte, for every engine anew.
    static func privacyKey(
        _ key: [UInt8], _ engineID: EngineID, _ type: AuthenticationProtocol, _ privacy: PrivacyProtocol
    ) -> [UInt8] {
        var all = localized(key, engineID, type)
        var last = all
        while all.count < privacy.keyOctets {
            if privacy.isReeder {
                last = localized(self.key(of: last, type), engineID, type)
            } else {
                let before = all
                last = digest(type) { csnmpcrypto_digest(type.digest, before, before.count, nil, 0, nil, 0, $0) }
            }
            all += last
        }
        return Array(all.prefix(privacy.keyOctets))
    }

    private static func digest(
        _ type: AuthenticationProtocol, _ fill: (UnsafeMutablePointer<UInt8>?) -> Void
    ) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: type.digestOctets) { buffer, count in
            fill(buffer.baseAddress)
            count = type.digestOctets
        }
    }
}
