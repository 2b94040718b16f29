import FoundationEssentials
import Inventory

extension BaselineID {
    /// The id that follows from what the baseline is of: a UUID of version 8 (RFC 9562, section 5.8).
    ///
    /// The same interface and hour of the week give the same; different ones differ as random ids do.
    static func derived(from interface: InterfaceID, hourOfWeek: Int) -> BaselineID {
        let own = interface.words
        var words = (own[0], own[1])
        words.0 = SplitMix.mixed(words.0 ^ SplitMix.mixed(UInt64(truncatingIfNeeded: hourOfWeek) &+ 1))
        words.1 = SplitMix.mixed(words.1 ^ words.0)
        words.0 = (words.0 & 0xFFFF_FFFF_FFFF_0FFF) | 0x0000_0000_0000_8000
        words.1 = (words.1 & 0x3FFF_FFFF_FFFF_FFFF) | 0x8000_0000_0000_0000
        var uuid: uuid_t = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
        withUnsafeMutableBytes(of: &uuid) { bytes in
            bytes.storeBytes(of: words.0.bigEndian, as: UInt64.self)
            bytes.storeBytes(of: words.1.bigEndian, toByteOffset: 8, as: UInt64.self)
        }
        return BaselineID(UUID(uuid: uuid))
    }
}
