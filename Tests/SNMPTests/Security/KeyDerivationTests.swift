import Testing

@testable import SNMP

/// Known answers of the standards: a wrong one means no agent can be asked.
@Suite("Keys, digests and ciphers give the standards' answers")
struct KeyDerivationTests {
    private static let engineID = EngineID([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2]) ?? .empty
    private static let maplesyrup = Array("maplesyrup".utf8)

    /// Octets from hexadecimal digits without blanks.
    static func hex(_ digits: String) -> [UInt8] {
        let all = Array(digits.utf8)
        return stride(from: 0, to: all.count, by: 2).compactMap {
            UInt8(String(decoding: all[$0..<min($0 + 2, all.count)], as: UTF8.self), radix: 16)
        }
    }

    /// RFC 3414 appendices A.3.1, A.3.2 and A.5; SHA-2 by an independent implementation.
    @Test(
        "pass phrases become localized keys",
        arguments: [
            (
                AuthenticationProtocol.md5, "maplesyrup", "9faf3283884e92834ebc9847d8edd963",
                "526f5eed9fcce26f8964c2930787d82b"
            ),
            (
                .sha1, "maplesyrup", "9fb5cc0381497b3793528939ff788d5d79145211",
                "6695febc9288e36282235fc7151f128497b38f3f"
            ),
            (.md5, "newsyrup", "01add273107c4e596b4b00f82b1d42a7", "87021d7bd9d101ba05ea6e3bf9d9bd4a"),
            (
                .sha1, "newsyrup", "3a51a6d736aa347b83dc4a87e3e55ee4d698ac71",
                "78e2dcce79d59403b58c1bbaa5bff46391f1cd25"
            ),
            (.sha224, "maplesyrup", "", "0bd8827c6e29f8065e08e09237f177e410f69b90e1782be682075674"),
            (.sha256, "maplesyrup", "", "8982e0e549e866db361a6b625d84cccc11162d453ee8ce3a6445c2d6776f0f8b"),
            (
                .sha384, "maplesyrup", "",
                "3b298f16164a11184279d5432bf169e2d2a48307de02b3d3f7e2b4f36eb6f0455a53689a3937eea07319a633d2ccba78"
            ),
            (
                .sha512, "maplesyrup", "",
                "22a5a36cedfcc085807a128d7bc6c2382167ad6c0dbc5fdff856740f3d84c099"
                    + "ad1ea87a8db096714d9788bd544047c9021e4229ce27e4c0a69250adfcffbb0b"
            ),
        ])
    func passphrases(type: AuthenticationProtocol, passphrase: String, key: String, localized: String) {
        let found = KeyDerivation.key(of: Array(passphrase.utf8), type)
        if !key.isEmpty { #expect(found == Self.hex(key)) }
        #expect(KeyDerivation.localized(found, Self.engineID, type) == Self.hex(localized))
    }

    /// draft-blumenthal-aes-usm-04 section 3.1.2.1 and draft-reeder-snmpv3-usm-3desede-00 section 2.1.
    @Test(
        "AES keys are lengthened in both ways",
        arguments: [
            (
                AuthenticationProtocol.md5, "526f5eed9fcce26f8964c2930787d82bfa24a92467426c2f4b09192be10dfaec",
                "526f5eed9fcce26f8964c2930787d82b79eff44a90650ee0a3a40abfac5acc12"
            ),
            (
                .sha1, "6695febc9288e36282235fc7151f128497b38f3f505e07eb9af25568fa1f5dbe",
                "6695febc9288e36282235fc7151f128497b38f3f9b8b6d78936ba6e7d19dfd9c"
            ),
            (
                .sha224, "0bd8827c6e29f8065e08e09237f177e410f69b90e1782be682075674e82d9bf0",
                "0bd8827c6e29f8065e08e09237f177e410f69b90e1782be68207567422c34be4"
            ),
            (
                .sha256, "8982e0e549e866db361a6b625d84cccc11162d453ee8ce3a6445c2d6776f0f8b",
                "8982e0e549e866db361a6b625d84cccc11162d453ee8ce3a6445c2d6776f0f8b"
            ),
        ])
    func lengthened(type: AuthenticationProtocol, blumenthal: String, reeder: String) {
        let key = KeyDerivation.key(of: Self.maplesyrup, type)
        func found(_ privacy: PrivacyProtocol) -> [UInt8] {
            KeyDerivation.privacyKey(key, Self.engineID, type, privacy)
        }
        #expect(found(.aes256) == Self.hex(blumenthal))
        #expect(found(.aes256Reeder) == Self.hex(reeder))
        #expect(found(.aes192) == Array(Self.hex(blumenthal).prefix(24)))
        #expect(found(.aes192Reeder) == Array(Self.hex(reeder).prefix(24)))
        #expect(found(.aes128) == Array(Self.hex(blumenthal).prefix(16)))
        #expect(found(.des) == Array(Self.hex(blumenthal).prefix(16)))
    }

    /// RFC 2202 test cases 1, 2 and 6; RFC 4231 test cases 1, 2 and 6.
    @Test(
        "HMAC",
        arguments: [
            (
                AuthenticationProtocol.md5, "9294727a3638bb1c13f48ef8158bfc9d", "750c783e6ab0b503eaa86e310a5db738",
                "6b1ab7fe4bd7bf8f0b62e6ce61b9d0cd"
            ),
            (
                .sha1, "b617318655057264e28bc0b6fb378c8ef146be00", "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79",
                "aa4ae5e15272d00e95705637ce8a3b55ed402112"
            ),
            (
                .sha224, "896fb1128abbdf196832107cd49df33f47b4b1169912ba4f53684b22",
                "a30e01098bc6dbbf45690f3a7e9e6d0f8bbea2a39e6148008fd05e44",
                "95e9a0db962095adaebe9b2d6f0dbce2d499f112f2d2b7273fa6870e"
            ),
            (
                .sha256, "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
            ),
            (
                .sha384,
                "afd03944d84895626b0825f4ab46907f15f9dadbe4101ec682aa034c7cebc59cfaea9ea9076ede7f4af152e8b2fa9cb6",
                "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649",
                "4ece084485813e9088d2c63a041bc5b44f9ef1012a2b588f3cd11f05033ac4c60c2ef6ab4030fe8296248df163f44952"
            ),
            (
                .sha512,
                "87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cdedaa833b7d6b8a702038b274eaea3f4e4"
                    + "be9d914eeb61f1702e696c203a126854",
                "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fd"
                    + "caeab1a34d4a6b4b636e070a38bce737",
                "80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f3526b56d037e05f2598bd0fd2215d6a1e52"
                    + "95e64f73f63f0aec8b915a985d786598"
            ),
        ])
    func digests(type: AuthenticationProtocol, first: String, second: String, sixth: String) {
        let isOld = type == .md5 || type == .sha1
        let short = [UInt8](repeating: 0x0B, count: type == .md5 ? 16 : 20)
        let long = [UInt8](repeating: 0xAA, count: isOld ? 80 : 131)
        func code(_ key: [UInt8], _ text: String) -> [UInt8] { KeyedDigest(type, key: key).code(of: Array(text.utf8)) }
        #expect(code(short, "Hi There") == Self.hex(first))
        #expect(code(Array("Jefe".utf8), "what do ya want for nothing?") == Self.hex(second))
        #expect(code(long, "Test Using Larger Than Block-Size Key - Hash Key First") == Self.hex(sixth))
    }

    private static let plain =
        "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
        + "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710"

    /// NIST SP 800-38A F.3.13 to F.3.18.
    @Test(
        "AES-CFB128 in place, also of messages that end inside a block",
        arguments: [
            (
                PrivacyProtocol.aes128, "2b7e151628aed2a6abf7158809cf4f3c",
                "3b3fd92eb72dad20333449f8e83cfb4ac8a64537a0b3a93fcde3cdad9f1ce58b"
                    + "26751f67a3cbb140b1808cf187a4f4dfc04b05357c5d1c0eeac4c66f9ff7f2e6"
            ),
            (
                .aes192, "8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b",
                "cdc80d6fddf18cab34c25909c99a417467ce7f7f81173621961a2b70171d3d7a"
                    + "2e1e8a1dd59b88b1c8e60fed1efac4c9c05f9f9ca9834fa042ae8fba584b09ff"
            ),
            (
                .aes256, "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4",
                "dc7e84bfda79164b7ecd8486985d386039ffed143b28b1c832113c6331e5407b"
                    + "df10132415e54b92a13ed0a8267ae2f975a385741ab9cef82031623d55b1e471"
            ),
        ])
    func aes(privacy: PrivacyProtocol, key: String, cipher: String) {
        for count in [64, 61, 17, 16, 1, 0] {
            let plain = Array(Self.hex(Self.plain).prefix(count))
            // The initialisation vector 000102...0f is boots, time and salt after each other.
            var octets = plain
            #expect(Self.crypt(&octets, key, privacy, 0x0001_0203, 0x0405_0607, 0x0809_0A0B_0C0D_0E0F, true))
            #expect(octets == Array(Self.hex(cipher).prefix(count)))
            #expect(Self.crypt(&octets, key, privacy, 0x0001_0203, 0x0405_0607, 0x0809_0A0B_0C0D_0E0F, false))
            #expect(octets == plain)
        }
    }

    private static func crypt(
        _ octets: inout [UInt8], _ key: String, _ privacy: PrivacyProtocol, _ boots: Int32, _ time: Int32,
        _ salt: UInt64, _ encrypts: Bool
    ) -> Bool {
        octets.withUnsafeMutableBytes { buffer in
            hex(key).withUnsafeBytes {
                Ciphers().crypt(buffer, $0, privacy, boots: boots, time: time, salt: salt, encrypts: encrypts)
            }
        }
    }

    /// FIPS 81; with a pre-IV of zeros the salt is the initialisation vector.
    @Test("DES-CBC in place, of whole blocks only")
    func des() {
        let key = "0123456789abcdef0000000000000000"
        var octets = Array("Now is the time for all ".utf8)
        #expect(Self.crypt(&octets, key, .des, 0, 0, 0x1234_5678_90AB_CDEF, true))
        #expect(octets == Self.hex("e5c7cdde872bf27c43e934008c389c0f683788499a7c05f6"))
        #expect(Self.crypt(&octets, key, .des, 0, 0, 0x1234_5678_90AB_CDEF, false))
        #expect(octets == Array("Now is the time for all ".utf8))
        octets.removeLast()
        #expect(!Self.crypt(&octets, key, .des, 0, 0, 0, true))
    }

    @Test("salts never repeat, and for DES they carry the engine's boots")
    func salts() {
        let ciphers = Ciphers(salt: UInt64.max - 500)
        let aes = (0..<1000).map { _ in ciphers.salt(.aes128, boots: 7) }
        #expect(Set(aes).count == 1000)
        let des = (0..<1000).map { _ in ciphers.salt(.des, boots: 7) }
        #expect(Set(des).count == 1000)
        #expect(des.allSatisfy { $0 >> 32 == 7 })
        #expect(Ciphers().salt(.aes128, boots: 7) != Ciphers().salt(.aes128, boots: 7))
    }

    @Test("a key is made once for all who share the pass phrase, and few are kept")
    func cached() {
        let keys = PassphraseKeys(countMax: 2)
        let first = keys.key(of: Passphrase("maplesyrup"), .md5)
        #expect(first == Self.hex("9faf3283884e92834ebc9847d8edd963"))
        for number in 0..<5 { _ = keys.key(of: Passphrase("password\(number)"), .sha1) }
        #expect(keys.count == 2)
        #expect(keys.key(of: Passphrase("maplesyrup"), .md5) == first)
        let user = USMUser(name: "a", authentication: .init(.sha256, Passphrase("maplesyrup")))
        #expect(SecurityUser.of(user) === SecurityUser.of(user))
    }
}
