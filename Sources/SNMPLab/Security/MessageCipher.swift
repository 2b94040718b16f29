import CSNMPCrypto

/// Codes and ciphers of one thread (RFC 3414 sections 6 to 8, RFC 3826, RFC 7860).
final class MessageCipher {
    private var ciphers = csnmpcrypto_ciphers()
    private var mac = csnmpcrypto_mac()
    /// Never the same twice: begins anywhere, and every message takes the next.
    private var counter = UInt64.random(in: 0 ... .max)
    private let digest = UnsafeMutablePointer<UInt8>.allocate(capacity: Int(CSNMPCRYPTO_DIGEST_MAX))
    private let vector = UnsafeMutablePointer<UInt8>.allocate(capacity: 16)

    init() {
        // Only a libcrypto without AES could refuse; messages then fail one by one.
        _ = csnmpcrypto_ciphers_open(&ciphers)
    }

    deinit {
        csnmpcrypto_ciphers_close(&ciphers)
        digest.deallocate()
        vector.deallocate()
    }

    // MARK: authentication

    /// Puts the code of a message in its place, which holds zeros.
    func sign(
        _ message: UnsafeMutablePointer<UInt8>, _ count: Int, at place: Int, _ type: LabUser.Authentication,
        _ key: UnsafePointer<UInt8>
    ) {
        compute(type, key, message, count)
        (message + place).update(from: digest, count: type.codeOctets)
    }

    /// Whether a message's code is right; the octets of the code are zeros afterwards.
    func isAuthentic(
        _ bytes: UnsafeMutablePointer<UInt8>, _ message: SecureMessage, _ type: LabUser.Authentication,
        _ key: UnsafePointer<UInt8>
    ) -> Bool {
        let place = message.authenticationParameters
        guard place.count == type.codeOctets else { return false }
        var code: [UInt8] = []
        code.reserveCapacity(place.count)
        for index in 0..<place.count {
            code.append(bytes[place.start + index])
            bytes[place.start + index] = 0
        }
        compute(type, key, bytes, message.count)
        var difference: UInt8 = 0
        for index in 0..<place.count { difference |= code[index] ^ digest[index] }
        return difference == 0
    }

    private func compute(
        _ type: LabUser.Authentication, _ key: UnsafePointer<UInt8>, _ bytes: UnsafePointer<UInt8>, _ count: Int
    ) {
        csnmpcrypto_mac_key(&mac, type.hash, key, type.digestOctets)
        csnmpcrypto_mac_code(&mac, bytes, count, digest)
    }

    // MARK: privacy

    /// Makes the next salt, 8 octets: boots and a counter for DES, a counter for AES.
    func writeSalt(_ type: LabUser.Privacy, boots: UInt32, to salt: UnsafeMutablePointer<UInt8>) {
        counter &+= 1
        let value = type == .des ? UInt64(boots) << 32 | counter & 0xFFFF_FFFF : counter
        for index in 0..<8 { salt[index] = UInt8(truncatingIfNeeded: value >> UInt64(56 - 8 * index)) }
    }

    /// Encrypts in place; answers the octets of the result, or nil.
    ///
    /// Needs room for 7 octets of padding.
    func encrypt(
        _ data: UnsafeMutablePointer<UInt8>, _ count: Int, _ type: LabUser.Privacy, _ key: UnsafePointer<UInt8>,
        salt: UnsafePointer<UInt8>, boots: UInt32, time: UInt32
    ) -> Int? {
        setVector(type, key, salt, boots: boots, time: time)
        guard type == .des else {
            return csnmpcrypto_aes(&ciphers, key, type.keyOctets, vector, data, count, true) ? count : nil
        }
        let padded = (count + 7) & ~7
        for index in count..<padded { data[index] = 0 }
        return csnmpcrypto_des(key, vector, data, padded, true) ? padded : nil
    }

    /// Decrypts what a message carries into `plain`; false where it cannot be an encryption.
    func decrypt(
        _ bytes: UnsafePointer<UInt8>, _ message: SecureMessage, _ type: LabUser.Privacy, _ key: UnsafePointer<UInt8>,
        into plain: UnsafeMutablePointer<UInt8>
    ) -> Bool {
        let (salt, data) = (message.privacyParameters, message.data)
        guard salt.count == 8, data.count > 0 else { return false }
        setVector(
            type, key, bytes + salt.start, boots: UInt32(message.engineBoots), time: UInt32(message.engineTime))
        plain.update(from: bytes + data.start, count: data.count)
        return type == .des
            ? csnmpcrypto_des(key, vector, plain, data.count, false)
            : csnmpcrypto_aes(&ciphers, key, type.keyOctets, vector, plain, data.count, false)
    }

    private func setVector(
        _ type: LabUser.Privacy, _ key: UnsafePointer<UInt8>, _ salt: UnsafePointer<UInt8>, boots: UInt32, time: UInt32
    ) {
        if type == .des {
            for index in 0..<8 { vector[index] = key[8 + index] ^ salt[index] }
            return
        }
        for index in 0..<4 {
            vector[index] = UInt8(truncatingIfNeeded: boots >> UInt32(24 - 8 * index))
            vector[4 + index] = UInt8(truncatingIfNeeded: time >> UInt32(24 - 8 * index))
        }
        for index in 0..<8 { vector[8 + index] = salt[index] }
    }
}
