import CSNMPCrypto
import Synchronization

/// A user as the engine works with it: its name's octets and its keys, made once and shared by all agents.
///
/// Keys never leave this type except into localized ones.
final class SecurityUser: Sendable {
    let name: String
    let nameOctets: [UInt8]
    let level: SecurityLevel
    let contextName: [UInt8]
    /// The engine asked for; nil for the agent itself.
    let contextEngineID: EngineID?
    let authentication: AuthenticationProtocol?
    let privacy: PrivacyProtocol?
    private let authenticationKey: [UInt8]
    private let privacyKey: [UInt8]

    /// Makes the user's keys, which takes milliseconds where its pass phrases are new: not for an I/O thread.
    init(_ user: USMUser, keys: PassphraseKeys = .shared) {
        name = user.name
        nameOctets = Array(user.name.utf8)
        level = user.level
        contextName = Array(user.contextName.utf8)
        contextEngineID = user.contextEngineID.flatMap { EngineID($0) }
        authentication = user.authentication?.type
        privacy = user.authentication == nil ? nil : user.privacy?.type
        authenticationKey = user.authentication.map { keys.key(of: $0.passphrase, $0.type) } ?? []
        if let type = user.authentication?.type, let privacy = user.privacy {
            privacyKey = keys.key(of: privacy.passphrase, type)
        } else {
            privacyKey = []
        }
    }

    private static let known = Mutex<[USMUser: SecurityUser]>([:])

    /// The user as it was made before, if it was.
    ///
    /// Bounded: a fleet has few users, and all are forgotten when they are thousands.
    static func of(_ user: USMUser) -> SecurityUser {
        if let made = known.withLock({ $0[user] }) { return made }
        let made = SecurityUser(user)
        known.withLock { known in
            if known.count >= 4096 { known.removeAll() }
            known[user] = made
        }
        return made
    }

    /// Nobody, as the first message to an unknown engine names it.
    static let anonymous = SecurityUser(USMUser(name: ""))

    /// The octets of msgAuthenticationParameters.
    var codeOctets: Int { authentication?.codeOctets ?? 0 }

    /// Whether both stand for the same keys, so that what is known of one is true of the other.
    func hasKeys(of other: SecurityUser) -> Bool {
        self === other
            || (nameOctets == other.nameOctets && authentication == other.authentication && privacy == other.privacy
                && authenticationKey == other.authenticationKey && privacyKey == other.privacyKey)
    }

    /// The keyed state that authenticates messages of one engine; nil for a user without authentication.
    func digest(_ engineID: EngineID) -> KeyedDigest? {
        guard let authentication else { return nil }
        return KeyedDigest(
            authentication, key: KeyDerivation.localized(authenticationKey, engineID, authentication))
    }

    /// The key that encrypts messages of one engine; nil for a user without privacy.
    func cipherKey(_ engineID: EngineID) -> csnmpcrypto_key? {
        guard let authentication, let privacy else { return nil }
        let octets = KeyDerivation.privacyKey(privacyKey, engineID, authentication, privacy)
        var key = csnmpcrypto_key()
        withUnsafeMutableBytes(of: &key) { $0.copyBytes(from: octets) }
        return key
    }
}

/// The keys of pass phrases: each is a megabyte hashed, so it is made once for a whole fleet (RFC 3414 appendix A.2).
///
/// Bounded: the longest kept goes when a new one needs its place.
final class PassphraseKeys: Sendable {
    /// For the process: the key is a function of the pass phrase alone, whoever asks.
    static let shared = PassphraseKeys(countMax: 4096)

    private struct Source: Hashable {
        let passphrase: Passphrase
        let type: AuthenticationProtocol
    }

    private struct Store {
        var keys: [Source: [UInt8]] = [:]
        var order: [Source] = []
        var next = 0
    }

    private let countMax: Int
    private let store = Mutex(Store())

    init(countMax: Int) { self.countMax = max(1, countMax) }

    /// The number of keys kept.
    var count: Int { store.withLock { $0.keys.count } }

    /// Ku, as `KeyDerivation.key` makes it.
    func key(of passphrase: Passphrase, _ type: AuthenticationProtocol) -> [UInt8] {
        let source = Source(passphrase: passphrase, type: type)
        if let known = store.withLock({ $0.keys[source] }) { return known }
        let key = KeyDerivation.key(of: passphrase.octets, type)
        store.withLock { store in
            guard store.keys.updateValue(key, forKey: source) == nil else { return }
            if store.order.count < countMax {
                store.order.append(source)
            } else {
                store.keys[store.order[store.next]] = nil
                store.order[store.next] = source
                store.next = (store.next + 1) % countMax
            }
        }
        return key
    }
}
