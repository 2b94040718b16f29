import Testing

@testable import SNMPLab

@Suite struct MessageCipherTests {
    /// NIST SP 800-38A F.3.13, F.3.15 and F.3.17: the initialization vector is boots, time and salt (RFC 3826 3.1.2.1).
    @Test(arguments: [
        (
            LabUser.Privacy.aes128, "2b7e151628aed2a6abf7158809cf4f3c",
            "3b3fd92eb72dad20333449f8e83cfb4ac8a64537a0b3a93fcde3cdad9f1ce58b"
        ),
        (
            .aes192, "8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b",
            "cdc80d6fddf18cab34c25909c99a417467ce7f7f81173621961a2b70171d3d7a"
        ),
        (
            .aes256, "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4",
            "dc7e84bfda79164b7ecd8486985d386039ffed143b28b1c832113c6331e5407b"
        ),
    ])
    func aesIsThatOfTheStandard(type: LabUser.Privacy, key: String, wanted: String) {
        let plain = Hex.octets("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51")
        let key = Hex.octets(key)
        var data = plain
        let count = MessageCipher().encrypt(
            &data, data.count, type, key, salt: Hex.octets("08090a0b0c0d0e0f"), boots: 0x0001_0203, time: 0x0405_0607)
        #expect(count == 32 && Hex.text(data) == wanted)
    }

    /// FIPS 81: the pre-IV is chosen so that it and the salt make the standard's vector (RFC 3414 section 8.1.1.1).
    @Test func desIsThatOfTheStandardAndPads() {
        let key = Hex.octets("0123456789abcdef") + Hex.octets("1234567890abcdef")
        var data = Array("Now is the time for all ".utf8) + [UInt8](repeating: 0xEE, count: 8)
        let salt = [UInt8](repeating: 0, count: 8)
        #expect(MessageCipher().encrypt(&data, 24, .des, key, salt: salt, boots: 1, time: 1) == 24)
        #expect(Hex.text(data.prefix(24)) == "e5c7cdde872bf27c43e934008c389c0f683788499a7c05f6")
        #expect(MessageCipher().encrypt(&data, 25, .des, key, salt: salt, boots: 1, time: 1) == 32)
    }

    @Test(arguments: LabUser.Privacy.allCases)
    func saltsNeverRepeat(type: LabUser.Privacy) {
        let cipher = MessageCipher()
        var seen: Set<[UInt8]> = []
        var salt = [UInt8](repeating: 0, count: 8)
        for _ in 0..<1_000 {
            cipher.writeSalt(type, boots: 7, to: &salt)
            seen.insert(salt)
        }
        #expect(seen.count == 1_000)
        #expect(type != .des || seen.allSatisfy { $0.prefix(4) == [0, 0, 0, 7] })
    }
}
