/// A MAC address as a number, so that half a million of them are looked up quickly.
struct HardwareAddress: Hashable {
    /// The six octets, the first one highest.
    let value: UInt64

    /// Reads `00:1b:21:00:00:01`; nil for anything else, so also for the odd lengths that ifPhysAddress has.
    init?(_ text: String) {
        var value: UInt64 = 0
        var position = 0
        for byte in text.utf8 {
            if position % 3 == 2 {
                guard byte == 0x3A else { return nil }
            } else {
                guard let digit = Self.digit(byte) else { return nil }
                value = value << 4 | digit
            }
            position += 1
            guard position <= 17 else { return nil }
        }
        guard position == 17 else { return nil }
        self.value = value
    }

    private static func digit(_ byte: UInt8) -> UInt64? {
        switch byte {
        case 0x30...0x39: UInt64(byte - 0x30)
        case 0x61...0x66: UInt64(byte - 0x61 + 10)
        case 0x41...0x46: UInt64(byte - 0x41 + 10)
        default: nil
        }
    }

    /// Whether it can belong to one device only: not zero, no group address, and none that redundant routers share.
    ///
    /// Shared are VRRP and CARP (RFC 5798 7.3), HSRP versions 1 and 2 for IPv4 and IPv6, and GLBP.
    var identifiesOneDevice: Bool {
        if value == 0 || value >> 40 & 1 == 1 { return false }
        switch value >> 8 {
        case 0x00_00_5E_00_01, 0x00_00_5E_00_02, 0x00_00_0C_07_AC: return false
        default: break
        }
        if value >> 12 == 0x00_000C_9FF || value >> 12 == 0x00_0573_A00 { return false }
        return value >> 16 != 0x00_07_B4_00
    }
}
