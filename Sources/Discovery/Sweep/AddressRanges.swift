/// Why a list of address ranges was refused.
public struct AddressRangeError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The part of the list that is wrong, as written, or its beginning where it is long.
    public var part: String
    /// What is wrong with it and what to write instead.
    public var message: String

    /// A part with what is wrong.
    public init(part: String, message: String) {
        self.part = DraftFields.shown(part)
        self.message = message
    }

    /// One sentence.
    public var description: String { "'\(part)': \(message)" }
}

/// A list of addresses to sweep.
///
/// Written `10.0.0.0/24`, `10.0.0.1-10.0.0.50`, `10.0.0.1-50`, `10.0.0.7`, `2001:db8::/120`, separated by commas or
/// white space. Network and broadcast addresses of IPv4 prefixes up to /30 are left out, as is the first address of
/// IPv6 prefixes up to /126 (the subnet-router anycast address). An address named twice is swept once.
public struct AddressRanges: Sendable, Hashable {
    /// The ranges, ascending, without overlap.
    public let ranges: [ClosedRange<NetworkAddress>]

    /// The most addresses of a sweep that was not confirmed to be larger.
    public static let countMaxDefault = 65_536

    /// The most addresses of any sweep.
    public static let countLimit = 16_777_216

    /// How many addresses there are.
    public let count: Int

    /// Reads a list; throws at its first part that is wrong, and where it names more than `countMax` addresses.
    public init(_ text: String, countMax: Int = countMaxDefault) throws(AddressRangeError) {
        let parts = text.split { $0 == "," || $0 == ";" || $0.isWhitespace }.map(String.init)
        guard !parts.isEmpty else {
            throw AddressRangeError(part: text, message: "no address; write for example 10.0.0.0/24 or 10.0.0.1-50")
        }
        var found: [ClosedRange<NetworkAddress>] = []
        for part in parts { found.append(try Self.range(part)) }
        let merged = Self.merged(found)
        let total = merged.reduce(UInt128(0)) { sum, range in
            let size = range.upperBound.number - range.lowerBound.number
            return sum >= 1 << 64 || size >= 1 << 64 ? 1 << 64 : sum + size + 1
        }
        let most = min(countMax, Self.countLimit)
        guard total <= UInt128(most) else {
            let named = total >= 1 << 64 ? "2^64 or more" : String(total)
            let remedy = countMax < Self.countLimit ? "name fewer, or confirm the larger sweep" : "name fewer"
            throw AddressRangeError(part: text, message: "\(named) addresses are more than \(most); \(remedy)")
        }
        ranges = merged
        count = Int(total)
    }

    /// The addresses, ascending.
    public var addresses: some Sequence<NetworkAddress> & Sendable {
        ranges.lazy.flatMap { range in
            (0...(range.upperBound.number - range.lowerBound.number)).lazy.map { offset in
                NetworkAddress(isIPv6: range.lowerBound.isIPv6, number: range.lowerBound.number + offset)
            }
        }
    }

    /// Whether an address is among them.
    public func contains(_ address: NetworkAddress) -> Bool {
        ranges.contains { $0.contains(address) }
    }

    private static func range(_ part: String) throws(AddressRangeError) -> ClosedRange<NetworkAddress> {
        if part.contains("/") { return try prefix(part) }
        if part.contains("-") { return try span(part) }
        let address = try address(part, in: part)
        return address...address
    }

    private static func address(_ text: String, in part: String) throws(AddressRangeError) -> NetworkAddress {
        guard let address = NetworkAddress(text) else {
            throw AddressRangeError(
                part: part,
                message: "'\(DraftFields.shown(text))' is not an IPv4 or IPv6 address; write for example 10.0.0.1")
        }
        return address
    }

    private static func prefix(_ part: String) throws(AddressRangeError) -> ClosedRange<NetworkAddress> {
        let pieces = part.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let base = try address(pieces[0], in: part)
        let smallest = base.isIPv6 ? 104 : 8
        guard let length = Int(pieces[1]), (smallest...base.bitWidth).contains(length) else {
            throw AddressRangeError(
                part: part, message: "the prefix length must be \(smallest) to \(base.bitWidth)")
        }
        let hostBits = UInt128(base.bitWidth - length)
        let first = (base.number >> hostBits) << hostBits
        let last = first + (1 << hostBits) - 1
        let skipsFirst = hostBits >= 2
        let skipsLast = hostBits >= 2 && !base.isIPv6
        return NetworkAddress(
            isIPv6: base.isIPv6, number: skipsFirst ? first + 1 : first)...NetworkAddress(
                isIPv6: base.isIPv6, number: skipsLast ? last - 1 : last)
    }

    /// `10.0.0.1-10.0.0.50`, or `10.0.0.1-50` for the last part only.
    private static func span(_ part: String) throws(AddressRangeError) -> ClosedRange<NetworkAddress> {
        let pieces = part.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let first = try address(pieces[0], in: part)
        let last: NetworkAddress
        if !first.isIPv6, let octet = UInt8(pieces[1]) {
            last = NetworkAddress(isIPv6: false, number: first.number & 0xFFFF_FF00 | UInt128(octet))
        } else {
            last = try address(pieces[1], in: part)
        }
        guard first.isIPv6 == last.isIPv6 else {
            throw AddressRangeError(part: part, message: "one end is IPv4 and the other IPv6; use one family")
        }
        guard first <= last else {
            throw AddressRangeError(part: part, message: "the range ends before it begins; swap \(first) and \(last)")
        }
        return first...last
    }

    private static func merged(_ ranges: [ClosedRange<NetworkAddress>]) -> [ClosedRange<NetworkAddress>] {
        var merged: [ClosedRange<NetworkAddress>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            guard let last = merged.last, last.lowerBound.isIPv6 == range.lowerBound.isIPv6,
                range.lowerBound <= last.upperBound
                    || range.lowerBound.number - last.upperBound.number == 1
            else {
                merged.append(range)
                continue
            }
            merged[merged.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
        }
        return merged
    }
}
