import FoundationEssentials
import Inventory

extension BaselineID {
    /// The id that follows from what the baseline is of: a UUID of version 8 (RFC 9562, section 5.8).
    ///
    /// The same interface and hour of the week give the same; different ones differ as random ids do.
    static func derived(from interface: InterfaceID, hourOfWeek: Int) -> BaselineID {
        var words = withUnsafeBytes(of: interface.uuid.uuid) { bytes in
            (
                UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
                UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            )
        }
        words.0 = mixed(words.0 ^ mixed(UInt64(truncatingIfNeeded: hourOfWeek) &+ 1))
        words.1 = mixed(words.1 ^ words.0)
        words.0 = (words.0 & 0xFFFF_FFFF_FFFF_0FFF) | 0x0000_0000_0000_8000
        words.1 = (words.1 & 0x3FFF_FFFF_FFFF_FFFF) | 0x8000_0000_0000_0000
        var uuid: uuid_t = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
        withUnsafeMutableBytes(of: &uuid) { bytes in
            bytes.storeBytes(of: words.0.bigEndian, as: UInt64.self)
            bytes.storeBytes(of: words.1.bigEndian, toByteOffset: 8, as: UInt64.self)
        }
        return BaselineID(UUID(uuid: uuid))
    }

    /// The finaliser of SplitMix64: a change of one bit changes half of them.
    private static func mixed(_ number: UInt64) -> UInt64 {
        var word = number &+ 0x9E37_79B9_7F4A_7C15
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}
