@testable import Series
import Testing

@Suite("CRC32C")
struct ChecksumTests {
    @Test(
        "gives the values of RFC 3720, appendix B.4",
        arguments: [
            ([UInt8](repeating: 0, count: 32), 0x8A91_36AA),
            ([UInt8](repeating: 0xFF, count: 32), 0x62A8_AB43),
            ([UInt8](0...31), 0x46DD_794E),
            ([UInt8]((0...31).reversed()), 0x113F_DB5C),
            (Array("123456789".utf8), 0xE306_9283),
            ([UInt8](), 0),
        ] as [([UInt8], UInt32)])
    func knownAnswers(_ octets: [UInt8], _ expected: UInt32) {
        #expect(Checksum.crc32c(octets) == expected)
    }

    @Test("is the same with and without the processor's instruction, at any length")
    func portable() {
        var random = SeededGenerator(1)
        for count in 0..<200 {
            let octets = (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            #expect(Checksum.portable(octets) == Checksum.crc32c(octets), "\(count) octets")
        }
    }
}
