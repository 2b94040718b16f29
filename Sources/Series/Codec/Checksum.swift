import CChecksum

/// CRC32C (Castagnoli), the checksum of every block.
///
/// RFC 3720 appendix B.4. Finds every error of one bit or of one run of up to 32 bits; of others, all but one in 2^32.
public enum Checksum {
    /// The CRC32C of octets.
    public static func crc32c(_ octets: UnsafeRawBufferPointer) -> UInt32 {
        guard let start = octets.baseAddress else { return 0 }
        return wardflux_crc32c(0, start, octets.count)
    }

    /// The same as on a processor without an instruction for it.
    static func portable(_ octets: [UInt8]) -> UInt32 {
        octets.withUnsafeBytes { wardflux_crc32c_portable(0, $0.baseAddress, $0.count) }
    }

    /// The CRC32C of octets.
    public static func crc32c(_ octets: [UInt8]) -> UInt32 {
        octets.withUnsafeBytes { crc32c($0) }
    }
}
