import Testing

@testable import SNMPLab

/// Hexadecimal digits of octets, and back.
enum Hex {
    static func text(_ octets: some Sequence<UInt8>) -> String {
        octets.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    static func octets(_ text: String) -> [UInt8] {
        let digits = text.compactMap(\.hexDigitValue)
        return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
    }
}

@Suite struct KeyLocalizationTests {
    private let phrase = Array("maplesyrup".utf8)
    private let engineID = Hex.octets("000000000000000000000002")

    /// RFC 3414 appendix A.3.1 and A.3.2.
    @Test(arguments: [
        (LabUser.Authentication.md5, "9faf3283884e92834ebc9847d8edd963"),
        (.sha1, "9fb5cc0381497b3793528939ff788d5d79145211"),
    ])
    func passPhrasesMakeTheKeysOfTheRFC(type: LabUser.Authentication, key: String) {
        #expect(Hex.text(KeyLocalization.key(ofPassphrase: phrase, type)) == key)
    }

    /// RFC 3414 appendix A.3 for MD5 and SHA; the others by an independent implementation.
    @Test(arguments: [
        (LabUser.Authentication.md5, "526f5eed9fcce26f8964c2930787d82b"),
        (.sha1, "6695febc9288e36282235fc7151f128497b38f3f"),
        (.sha224, "0bd8827c6e29f8065e08e09237f177e410f69b90e1782be682075674"),
        (.sha256, "8982e0e549e866db361a6b625d84cccc11162d453ee8ce3a6445c2d6776f0f8b"),
        (.sha384, "3b298f16164a11184279d5432bf169e2d2a48307de02b3d3f7e2b4f36eb6f0455a53689a3937eea07319a633d2ccba78"),
        (
            .sha512,
            "22a5a36cedfcc085807a128d7bc6c2382167ad6c0dbc5fdff856740f3d84c099"
                + "ad1ea87a8db096714d9788bd544047c9021e4229ce27e4c0a69250adfcffbb0b"
        ),
    ])
    func keysAreLocalizedAsPublished(type: LabUser.Authentication, key: String) {
        let own = engineID.withUnsafeBufferPointer {
            KeyLocalization.localized(KeyLocalization.key(ofPassphrase: phrase, type), $0, type)
        }
        #expect(Hex.text(own) == key)
    }

    @Test(arguments: [
        (
            LabUser.Authentication.md5, LabUser.Privacy.aes256,
            "526f5eed9fcce26f8964c2930787d82bfa24a92467426c2f4b09192be10dfaec"
        ),
        (.md5, .aes256Reeder, "526f5eed9fcce26f8964c2930787d82b79eff44a90650ee0a3a40abfac5acc12"),
        (.sha1, .aes256, "6695febc9288e36282235fc7151f128497b38f3f505e07eb9af25568fa1f5dbe"),
        (.sha1, .aes256Reeder, "6695febc9288e36282235fc7151f128497b38f3f9b8b6d78936ba6e7d19dfd9c"),
        (.sha1, .aes192, "6695febc9288e36282235fc7151f128497b38f3f505e07eb"),
        (.sha224, .aes256, "0bd8827c6e29f8065e08e09237f177e410f69b90e1782be682075674e82d9bf0"),
        (.sha224, .aes256Reeder, "0bd8827c6e29f8065e08e09237f177e410f69b90e1782be68207567422c34be4"),
        (.sha256, .aes256Reeder, "8982e0e549e866db361a6b625d84cccc11162d453ee8ce3a6445c2d6776f0f8b"),
    ])
    func keysAreLengthenedInBothWays(type: LabUser.Authentication, privacy: LabUser.Privacy, key: String) {
        let made = engineID.withUnsafeBufferPointer { id in
            let own = KeyLocalization.localized(KeyLocalization.key(ofPassphrase: phrase, type), id, type)
            return KeyLocalization.lengthened(own, id, type, privacy)
        }
        #expect(Hex.text(made) == key)
    }

    @Test func keysOfDevicesAreKeptAndAreTheSameAsThoseMadeAnew() throws {
        let user = try LabUser(name: "a", authentication: (.sha1, "auth-pass"), privacy: (.aes128, "priv-pass"))
        let keys = LocalizedKeys([UserKeys(user)], devices: 10)
        for device in [3, 9, 3] {
            let id = EngineIdentity.id(ofAddress: LabAddress.number(ofDevice: device))
            let pair = id.withUnsafeBufferPointer { engineID in
                let kept = Array(UnsafeBufferPointer(start: keys.keys(0, engineID, device: device), count: 36))
                return (kept, Array(UnsafeBufferPointer(start: keys.keys(0, engineID, device: nil), count: 36)))
            }
            #expect(pair.0 == pair.1 && pair.0.contains { $0 != 0 })
        }
    }
}

@Suite struct LabUserTests {
    @Test func usersAreReadFromLines() throws {
        let users = try LabUser.parse(
            "plain\n\n # none\na sha auth-pass-a\nb SHA-256 auth-pass-b aes-256-c priv-pass-b")
        #expect(users.map(\.name) == ["plain", "a", "b"])
        #expect(users.map(\.authentication) == [nil, .sha1, .sha256])
        #expect(users.map(\.privacy) == [nil, nil, .aes256Reeder])
        #expect(users.map(\.level) == [0, 1, 3])
    }

    @Test(arguments: [
        "a SHA", "a SHA short", "a ROT auth-pass-a", "a SHA auth-pass-a AES", "a SHA auth-pass-a X priv-pass",
    ])
    func whatIsNoUserIsRefusedWithoutItsPassPhrase(line: String) {
        #expect {
            try LabUser.parse(line)
        } throws: { error in
            guard let error = error as? LabError, error.code == .badUser else { return false }
            return !error.message.contains("auth-pass") && !error.message.contains("short")
        }
    }

    @Test func noDescriptionShowsAPassPhrase() throws {
        let user = try LabUser(name: "a", authentication: (.sha1, "auth-pass"), privacy: (.aes128, "priv-pass"))
        var dumped = ""
        dump(user, to: &dumped)
        dump([user], to: &dumped)
        #expect(!"\(dumped)\(user)\(String(reflecting: user))".contains("pass"))
    }
}
