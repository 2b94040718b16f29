import Discovery
import Glibc

/// The addresses this host sends through what it has no other route for: where it stands in the network.
enum DefaultGateways {
    /// RTF_UP and RTF_GATEWAY of the kernel's route flags.
    private static let usable: UInt32 = 0x3
    private static let fileOctetsMax = 1 << 20

    /// The gateways of this host in their usual writing, the preferred one first; empty where it has none.
    static func ofHost() -> [String] {
        ipv4(routes: text(of: "/proc/net/route")) + ipv6(routes: text(of: "/proc/net/ipv6_route"))
    }

    /// The gateways in `/proc/net/route`: IPv4 addresses as numbers in the host's byte order, in hexadecimal digits.
    static func ipv4(routes text: String) -> [String] {
        let found = text.split(separator: "\n").compactMap { line -> Gateway? in
            // Iface Destination Gateway Flags RefCnt Use Metric Mask ...
            let fields = line.split { $0 == "\t" || $0 == " " }
            guard fields.count > 7, number(fields[1]) == 0, number(fields[7]) == 0,
                let gateway = number(fields[2]), let flags = number(fields[3]), flags & usable == usable
            else { return nil }
            let address = NetworkAddress(isIPv6: false, number: UInt128(UInt32(bigEndian: gateway)))
            return Gateway(metric: UInt32(fields[6]) ?? .max, address: address)
        }
        return Gateway.ordered(found)
    }

    /// The gateways in `/proc/net/ipv6_route`: IPv6 addresses as 32 hexadecimal digits.
    static func ipv6(routes text: String) -> [String] {
        let found = text.split(separator: "\n").compactMap { line -> Gateway? in
            // destination prefix-length source prefix-length next-hop metric references use flags device
            let fields = line.split { $0 == "\t" || $0 == " " }
            guard fields.count > 9, UInt128(fields[0], radix: 16) == 0, number(fields[1]) == 0,
                let gateway = UInt128(fields[4], radix: 16), gateway != 0,
                let metric = number(fields[5]), let flags = number(fields[8]), flags & usable == usable
            else { return nil }
            return Gateway(metric: metric, address: NetworkAddress(isIPv6: true, number: gateway))
        }
        return Gateway.ordered(found)
    }

    private struct Gateway {
        var metric: UInt32
        var address: NetworkAddress

        /// By metric, then address, each once.
        static func ordered(_ all: [Gateway]) -> [String] {
            var seen: Set<NetworkAddress> = []
            return all.sorted { ($0.metric, $0.address) < ($1.metric, $1.address) }.map(\.address)
                .filter { seen.insert($0).inserted }.map(\.description)
        }
    }

    private static func number(_ digits: some StringProtocol) -> UInt32? {
        UInt32(digits, radix: 16)
    }

    private static func text(of path: String) -> String {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return "" }
        defer { close(file) }
        var octets: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 16_384)
        while octets.count < fileOctetsMax {
            let count = read(file, &piece, piece.count)
            guard count > 0 else { break }
            octets += piece[..<count]
        }
        return String(decoding: octets, as: UTF8.self)
    }
}
