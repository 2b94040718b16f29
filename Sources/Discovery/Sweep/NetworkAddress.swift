/// An IPv4 or IPv6 address.
///
/// Written in the canonical forms: dotted decimal without leading zeros, and RFC 5952.
public struct NetworkAddress: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Whether it is an IPv6 address.
    public let isIPv6: Bool
    /// The address as a number: 32 bits for IPv4, 128 for IPv6.
    public let number: UInt128

    /// An address by its number.
    public init(isIPv6: Bool, number: UInt128) {
        self.isIPv6 = isIPv6
        self.number = isIPv6 ? number : number & 0xFFFF_FFFF
    }

    /// Reads `10.0.0.1`, `2001:db8::1` and `::ffff:10.0.0.1`; nil for anything else, leading zeros included.
    public init?(_ text: some StringProtocol) {
        if text.contains(":") {
            guard let number = Self.ipv6(String(text)) else { return nil }
            self.init(isIPv6: true, number: number)
        } else {
            guard let number = Self.ipv4(String(text)) else { return nil }
            self.init(isIPv6: false, number: UInt128(number))
        }
    }

    /// The bits an address of this family has.
    public var bitWidth: Int { isIPv6 ? 128 : 32 }

    /// The IPv4 address that an IPv4-mapped IPv6 address (RFC 4291 section 2.5.5.2) stands for; others as they are.
    public var unmapped: NetworkAddress {
        guard isIPv6, number >> 32 == 0xFFFF else { return self }
        return NetworkAddress(isIPv6: false, number: number)
    }

    /// Orders IPv4 before IPv6, then by number.
    public static func < (left: NetworkAddress, right: NetworkAddress) -> Bool {
        if left.isIPv6 != right.isIPv6 { return !left.isIPv6 }
        return left.number < right.number
    }

    /// The canonical form.
    public var description: String {
        if isIPv6 { return Self.writtenIPv6(number) }
        let parts = [24, 16, 8, 0].map { String(UInt8(truncatingIfNeeded: number >> UInt128($0))) }
        return parts.joined(separator: ".")
    }

    private static func ipv4(_ text: String) -> UInt32? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var number: UInt32 = 0
        for part in parts {
            guard part.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }), part.count == 1 || part.first != "0",
                let octet = UInt8(part)
            else { return nil }
            number = number << 8 | UInt32(octet)
        }
        return number
    }

    private static func ipv6(_ text: String) -> UInt128? {
        let halves = text.split(separator: "::", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        guard halves.count <= 2, let head = groups(halves[0], isLast: halves.count == 1) else { return nil }
        guard halves.count == 2 else { return head.count == 8 ? joined(head) : nil }
        guard let tail = groups(halves[1], isLast: true), head.count + tail.count < 8 else { return nil }
        return joined(head + Array(repeating: 0, count: 8 - head.count - tail.count) + tail)
    }

    /// 16-bit groups; the last may be an IPv4 address (RFC 4291 section 2.2).
    private static func groups(_ text: String, isLast: Bool) -> [UInt16]? {
        guard !text.isEmpty else { return [] }
        var found: [UInt16] = []
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        for (place, part) in parts.enumerated() {
            if part.contains("."), isLast, place == parts.count - 1, let number = ipv4(String(part)) {
                found += [UInt16(number >> 16), UInt16(number & 0xFFFF)]
            } else {
                guard (1...4).contains(part.utf8.count), part.allSatisfy(\.isHexDigit),
                    let group = UInt16(part, radix: 16)
                else { return nil }
                found.append(group)
            }
        }
        return found
    }

    private static func joined(_ groups: [UInt16]) -> UInt128 {
        groups.reduce(0) { $0 << 16 | UInt128($1) }
    }

    /// RFC 5952: lower case, no leading zeros, the longest run of two or more zero groups as `::`, the first if equal.
    private static func writtenIPv6(_ number: UInt128) -> String {
        let groups = (0..<8).map { UInt16(truncatingIfNeeded: number >> UInt128(112 - 16 * $0)) }
        var best = 0..<0
        var start: Int?
        for place in 0...8 {
            if place < 8, groups[place] == 0 {
                start = start ?? place
            } else if let begin = start {
                if place - begin > best.count { best = begin..<place }
                start = nil
            }
        }
        func written(_ part: some Sequence<UInt16>) -> String {
            part.map { String($0, radix: 16) }.joined(separator: ":")
        }
        if best.count < 2 { return written(groups) }
        return written(groups[..<best.lowerBound]) + "::" + written(groups[best.upperBound...])
    }
}

extension NetworkAddress {
    /// Whether it is known on one wire only: 169.254.0.0/16 (RFC 3927) or fe80::/10 (RFC 4291).
    public var isLinkLocal: Bool {
        let plain = unmapped
        return plain.isIPv6 ? plain.number >> 118 == 0x3FA : plain.number >> 16 == 0xA9FE
    }
}
