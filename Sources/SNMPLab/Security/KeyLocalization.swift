import CSNMPCrypto

/// From pass phrases to the keys of one engine (RFC 3414 section 2.6 and appendix A.2).
enum KeyLocalization {
    private static let passwordOctets = 1_048_576

    /// Ku: the hash of a megabyte of the repeated pass phrase.
    ///
    /// About a millisecond.
    static func key(ofPassphrase phrase: [UInt8], _ type: LabUser.Authentication) -> [UInt8] {
        guard !phrase.isEmpty else { return [] }
        var state = csnmpcrypto_hash()
        csnmpcrypto_begin(&state, type.hash)
        // Whole repetitions of the phrase of about a page, and what is left of the megabyte.
        let times = max(4_096 / phrase.count, 1)
        let block = (0..<times).flatMap { _ in phrase }
        var left = passwordOctets
        while left > 0 {
            csnmpcrypto_add(&state, block, min(left, block.count))
            left -= min(left, block.count)
        }
        return digest(&state, type)
    }

    /// Kul: the key made one engine's own, H(Ku | engineID | Ku).
    static func localized(
        _ key: [UInt8], _ engineID: UnsafeBufferPointer<UInt8>, _ type: LabUser.Authentication
    ) -> [UInt8] {
        var state = csnmpcrypto_hash()
        csnmpcrypto_begin(&state, type.hash)
        csnmpcrypto_add(&state, key, key.count)
        if let start = engineID.baseAddress { csnmpcrypto_add(&state, start, engineID.count) }
        csnmpcrypto_add(&state, key, key.count)
        return digest(&state, type)
    }

    /// A localized key as long as a cipher wants it.
    ///
    /// Blumenthal: K | H(K) | H(K | H(K)) and so on. Reeder: each further piece is the last one taken for a pass
    /// phrase, which is a megabyte of hashing.
    static func lengthened(
        _ key: [UInt8], _ engineID: UnsafeBufferPointer<UInt8>, _ type: LabUser.Authentication,
        _ privacy: LabUser.Privacy
    ) -> [UInt8] {
        var result = key
        var last = key
        while result.count < privacy.keyOctets {
            if privacy.isReeder {
                last = localized(self.key(ofPassphrase: last, type), engineID, type)
            } else {
                var state = csnmpcrypto_hash()
                csnmpcrypto_begin(&state, type.hash)
                csnmpcrypto_add(&state, result, result.count)
                last = digest(&state, type)
            }
            result += last
        }
        return Array(result.prefix(privacy.keyOctets))
    }

    private static func digest(_ state: inout csnmpcrypto_hash, _ type: LabUser.Authentication) -> [UInt8] {
        var octets = [UInt8](repeating: 0, count: Int(CSNMPCRYPTO_DIGEST_MAX))
        csnmpcrypto_end(&state, &octets)
        return Array(octets.prefix(type.digestOctets))
    }
}

/// A user with the keys its pass phrases make, before any engine's.
struct UserKeys: Sendable {
    let name: [UInt8]
    let level: UInt8
    let authentication: LabUser.Authentication?
    let privacy: LabUser.Privacy?
    private let authenticationKey: [UInt8]
    private let privacyKey: [UInt8]

    /// Hashes a megabyte for each pass phrase.
    init(_ user: LabUser) {
        name = Array(user.name.utf8)
        level = user.level
        authentication = user.authentication
        privacy = user.privacy
        let type = user.authentication ?? .sha1
        authenticationKey = KeyLocalization.key(ofPassphrase: user.authenticationPassphrase, type)
        privacyKey = KeyLocalization.key(ofPassphrase: user.privacyPassphrase, type)
    }

    /// Octets of both localized keys, one behind the other.
    var keyOctets: Int {
        (authentication?.digestOctets ?? 0) + (privacy?.keyOctets ?? 0)
    }

    /// Both keys of one engine, one behind the other.
    func localized(_ engineID: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        guard let authentication else { return [] }
        let own = KeyLocalization.localized(authenticationKey, engineID, authentication)
        guard let privacy else { return own }
        let other = KeyLocalization.localized(privacyKey, engineID, authentication)
        return own + KeyLocalization.lengthened(other, engineID, authentication, privacy)
    }
}
