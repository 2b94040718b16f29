/// Where the devices of a simulated network answer: device n on 127.(1 + n / 62,500).(n / 250 mod 250).(1 + n mod 250).
///
/// Device 0 is 127.1.0.1, device 249 is 127.1.0.250, device 250 is 127.1.1.1. The scheme leaves 127.0.0.0/16 alone and
/// has room for 15.8 million devices.
public enum LabAddress {
    /// How many devices fit.
    public static let devicesMax = 254 * 62_500

    /// Stands for ::1 where an address is a number: none of 127.0.0.0/8.
    static let sixLoopback: UInt32 = 1

    /// The IPv4 address of a device in host byte order.
    public static func number(ofDevice ordinal: Int) -> UInt32 {
        precondition(ordinal >= 0 && ordinal < devicesMax, "device \(ordinal) has no address in 127.0.0.0/8")
        let second = UInt32(1 + ordinal / 62_500)
        let third = UInt32(ordinal / 250 % 250)
        let fourth = UInt32(1 + ordinal % 250)
        return 127 << 24 | second << 16 | third << 8 | fourth
    }

    /// The device at an address in host byte order; nil where the scheme has none.
    @inline(__always)
    public static func device(at address: UInt32) -> Int? {
        let second = Int(address >> 16 & 0xFF)
        let third = Int(address >> 8 & 0xFF)
        let fourth = Int(address & 0xFF)
        guard address >> 24 == 127, second >= 1, third < 250, fourth >= 1, fourth <= 250 else { return nil }
        return (second - 1) * 62_500 + third * 250 + fourth - 1
    }

    /// Dotted decimal of an address in host byte order.
    public static func text(_ address: UInt32) -> String {
        "\(address >> 24).\(address >> 16 & 0xFF).\(address >> 8 & 0xFF).\(address & 0xFF)"
    }

    /// An address in host byte order from dotted decimal; nil where the text is none.
    public static func parse(_ text: some StringProtocol) -> UInt32? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let octets = parts.compactMap { UInt8($0) }
        guard parts.count == 4, octets.count == 4 else { return nil }
        return octets.reduce(0) { $0 << 8 | UInt32($1) }
    }
}
