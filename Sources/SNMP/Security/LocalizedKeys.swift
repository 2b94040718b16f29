import CSNMPCrypto

/// An HMAC with its key (RFC 2104): what the digest holds after the key's block, so that each message costs its own octets.
struct KeyedDigest: Sendable {
    private var state = csnmpcrypto_mac()
    let digestOctets: Int

    init(_ type: AuthenticationProtocol, key: [UInt8]) {
        digestOctets = type.digestOctets
        csnmpcrypto_mac_key(&state, type.digest, key, key.count)
    }

    /// The whole code of some octets.
    func code(of octets: [UInt8]) -> [UInt8] {
        var state = state
        return [UInt8](unsafeUninitializedCapacity: Int(CSNMPCRYPTO_DIGEST_MAX)) { buffer, count in
            if let base = buffer.baseAddress { csnmpcrypto_mac_code(&state, octets, octets.count, base) }
            count = digestOctets
        }
    }

    /// Writes the authentication code of a message into its field.
    func sign(_ message: UnsafeMutableRawBufferPointer, codeAt offset: Int, count: Int) -> Bool {
        guard let base = message.bindMemory(to: UInt8.self).baseAddress else { return false }
        return withUnsafePointer(to: state) { csnmpcrypto_sign($0, base, message.count, offset, count) }
    }

    /// Whether the authentication code of a message is right.
    ///
    /// Compares in constant time; the message is left as it was.
    func verify(_ message: UnsafeMutableRawBufferPointer, codeAt offset: Int, count: Int) -> Bool {
        guard count > 0, let base = message.bindMemory(to: UInt8.self).baseAddress else { return false }
        return withUnsafePointer(to: state) { csnmpcrypto_verify($0, base, message.count, offset, count) }
    }
}

/// The keys of one user on one engine: about 220 octets, no heap storage.
struct LocalizedKeys: Sendable {
    let engineID: EngineID
    /// Nil for a user without authentication.
    let digest: KeyedDigest?
    /// Made when the first message needs it, since Reeder's lengthening is dear.
    private var key: csnmpcrypto_key?

    init(_ user: SecurityUser, _ engineID: EngineID) {
        self.engineID = engineID
        digest = user.digest(engineID)
    }

    /// Encrypts or decrypts a scoped PDU in place; for DES its length is a multiple of 8.
    mutating func crypt(
        _ contents: UnsafeMutableRawBufferPointer, _ user: SecurityUser, _ ciphers: Ciphers, boots: Int32, time: Int32,
        salt: UInt64, encrypts: Bool
    ) -> Bool {
        guard let privacy = user.privacy else { return false }
        if key == nil { key = user.cipherKey(engineID) }
        guard var key else { return false }
        return withUnsafeBytes(of: &key) {
            ciphers.crypt(contents, $0, privacy, boots: boots, time: time, salt: salt, encrypts: encrypts)
        }
    }
}

/// Cipher contexts and salts of one thread.
final class Ciphers {
    private var contexts = csnmpcrypto_ciphers()
    /// Begins at random and only counts, so that no salt is used twice with a key (RFC 3826 section 3.1.2.1).
    private var nextSalt: UInt64

    init(salt: UInt64? = nil) {
        var system = SystemRandomNumberGenerator()
        nextSalt = salt ?? system.next()
        // Without contexts every encryption fails, and with it the request.
        _ = csnmpcrypto_ciphers_open(&contexts)
    }

    deinit { csnmpcrypto_ciphers_close(&contexts) }

    /// A salt for the next message: for DES the engine's boots and a counter (RFC 3414 section 8.1.1.1).
    func salt(_ privacy: PrivacyProtocol, boots: Int32) -> UInt64 {
        nextSalt &+= 1
        guard privacy == .des else { return nextSalt }
        return UInt64(UInt32(bitPattern: boots)) << 32 | nextSalt & 0xFFFF_FFFF
    }

    /// Encrypts or decrypts in place; the vector is made of boots, time and salt (RFC 3826 section 3.1.2.1).
    func crypt(
        _ contents: UnsafeMutableRawBufferPointer, _ key: UnsafeRawBufferPointer, _ privacy: PrivacyProtocol,
        boots: Int32, time: Int32, salt: UInt64, encrypts: Bool
    ) -> Bool {
        guard let octets = contents.bindMemory(to: UInt8.self).baseAddress else { return contents.isEmpty }
        guard let key = key.bindMemory(to: UInt8.self).baseAddress else { return false }
        if privacy == .des {
            var vector = salt.bigEndian
            return withUnsafeMutableBytes(of: &vector) { vector in
                for place in 0..<8 { vector[place] ^= key[8 + place] }
                let start = vector.bindMemory(to: UInt8.self).baseAddress
                return csnmpcrypto_des(key, start, octets, contents.count, encrypts)
            }
        }
        let clock = UInt64(UInt32(bitPattern: boots)) << 32 | UInt64(UInt32(bitPattern: time))
        var vector = (clock.bigEndian, salt.bigEndian)
        return withUnsafeMutableBytes(of: &vector) { vector in
            let start = vector.bindMemory(to: UInt8.self).baseAddress
            return csnmpcrypto_aes(&contexts, key, privacy.keyOctets, start, octets, contents.count, encrypts)
        }
    }
}
