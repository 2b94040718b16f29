import CSNMPIO
import Glibc

/// Where a datagram goes or comes from: an IPv4 or IPv6 address and a UDP port.
///
/// A fixed-size value: no heap storage, cheap to compare and to hash.
public struct TransportAddress: Hashable, Sendable {
    let high: UInt64
    let low: UInt64
    let scope: UInt32
    /// The UDP port.
    public let port: UInt16
    /// Whether this is an IPv6 address; else it is IPv4.
    public let isIPv6: Bool

    /// The port agents listen on (RFC 3417 section 3.2).
    public static let agentPort: UInt16 = 161

    /// An IPv4 address of four numbers.
    public init(_ first: UInt8, _ second: UInt8, _ third: UInt8, _ fourth: UInt8, port: UInt16 = agentPort) {
        let bits = UInt32(first) << 24 | UInt32(second) << 16 | UInt32(third) << 8 | UInt32(fourth)
        self.init(ipv4: bits, port: port)
    }

    /// An IPv4 address as a number, the first octet highest: ranges can be counted through.
    public init(ipv4 bits: UInt32, port: UInt16 = agentPort) {
        high = UInt64(bits)
        low = 0
        scope = 0
        self.port = port
        isIPv6 = false
    }

    /// An IPv6 address as two numbers, the first octet highest; `scope` is the interface of a link-local one.
    init(ipv6High high: UInt64, low: UInt64, scope: UInt32, port: UInt16) {
        self.high = high
        self.low = low
        self.scope = scope
        self.port = port
        isIPv6 = true
    }

    /// The IPv4 address as a number, the first octet highest; nil for IPv6.
    public var ipv4: UInt32? { isIPv6 ? nil : UInt32(truncatingIfNeeded: high) }

    /// Reads `127.0.0.1`, `127.0.0.1:161`, `::1`, `[::1]` or `[::1]:161`; nil for anything else, names included.
    public init?(parsing text: String, defaultPort: UInt16 = agentPort) {
        var host = Substring(text)
        var port = defaultPort
        let colons = text.utf8.reduce(0) { $0 + ($1 == UInt8(ascii: ":") ? 1 : 0) }
        if host.hasPrefix("[") {
            guard let close = host.lastIndex(of: "]") else { return nil }
            let rest = host[host.index(after: close)...]
            if !rest.isEmpty {
                guard rest.hasPrefix(":"), let number = Self.port(rest.dropFirst()) else { return nil }
                port = number
            }
            host = host[host.index(after: host.startIndex)..<close]
            guard host.contains(":") else { return nil }
        } else if colons == 1, let colon = host.firstIndex(of: ":") {
            guard let number = Self.port(host[host.index(after: colon)...]) else { return nil }
            port = number
            host = host[..<colon]
        }
        self.init(numeric: String(host), port: port)
    }

    private static func port(_ text: Substring) -> UInt16? {
        guard !text.isEmpty, text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
        return UInt16(text)
    }

    private init?(numeric host: String, port: UInt16) {
        var raw = csnmpio_address()
        raw.port = port
        let parts = host.split(separator: "%", maxSplits: 1, omittingEmptySubsequences: false)
        guard let address = parts.first.map(String.init) else { return nil }
        if host.utf8.contains(UInt8(ascii: ":")) {
            raw.is_ipv6 = 1
            if parts.count == 2 {
                raw.scope = UInt32(parts[1]) ?? if_nametoindex(String(parts[1]))
                guard raw.scope != 0 else { return nil }
            }
        } else if parts.count == 2 {
            return nil
        }
        let family = raw.is_ipv6 == 1 ? AF_INET6 : AF_INET
        guard withUnsafeMutableBytes(of: &raw.octets, { inet_pton(family, address, $0.baseAddress) }) == 1 else {
            return nil
        }
        self.init(raw)
    }

    init(_ raw: csnmpio_address) {
        let (upper, lower) = withUnsafeBytes(of: raw.octets) {
            ($0.loadUnaligned(fromByteOffset: 0, as: UInt64.self), $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        }
        isIPv6 = raw.is_ipv6 == 1
        high = isIPv6 ? UInt64(bigEndian: upper) : UInt64(bigEndian: upper) >> 32
        low = isIPv6 ? UInt64(bigEndian: lower) : 0
        scope = raw.scope
        port = raw.port
    }

    var raw: csnmpio_address {
        var raw = csnmpio_address()
        raw.port = port
        raw.is_ipv6 = isIPv6 ? 1 : 0
        raw.is_valid = 1
        raw.scope = scope
        let upper = (isIPv6 ? high : high << 32).bigEndian
        let lower = low.bigEndian
        withUnsafeMutableBytes(of: &raw.octets) {
            $0.storeBytes(of: upper, toByteOffset: 0, as: UInt64.self)
            $0.storeBytes(of: lower, toByteOffset: 8, as: UInt64.self)
        }
        return raw
    }

    /// The same address with another port.
    public func withPort(_ port: UInt16) -> TransportAddress {
        var raw = raw
        raw.port = port
        return TransportAddress(raw)
    }

    /// Whether both are the same host address, whatever the ports.
    @inline(__always)
    func isSameHost(as other: TransportAddress) -> Bool {
        high == other.high && low == other.low && isIPv6 == other.isIPv6
    }
}

extension TransportAddress: CustomStringConvertible, Comparable {
    /// The address alone, `127.0.0.1` or `::1`.
    public var host: String {
        var raw = raw
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        _ = withUnsafeBytes(of: &raw.octets) {
            inet_ntop(isIPv6 ? AF_INET6 : AF_INET, $0.baseAddress, &text, socklen_t(text.count))
        }
        let address = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return scope == 0 ? address : "\(address)%\(scope)"
    }

    /// Address and port: `127.0.0.1:161` or `[::1]:161`.
    public var description: String { isIPv6 ? "[\(host)]:\(port)" : "\(host):\(port)" }

    /// IPv4 before IPv6, then by number, then by port.
    public static func < (left: TransportAddress, right: TransportAddress) -> Bool {
        if left.isIPv6 != right.isIPv6 { return right.isIPv6 }
        return (left.high, left.low, left.scope, left.port) < (right.high, right.low, right.scope, right.port)
    }
}

extension TransportAddress {
    /// Looks a host name up; numeric addresses are answered without a query.
    ///
    /// Blocks for as long as the system's resolver takes: never call it on the engine's or the executor's threads
    /// for many names. The order is the resolver's; there is at least one address.
    public static func resolve(host: String, port: UInt16 = agentPort) throws(SNMPError) -> [TransportAddress] {
        if let numeric = TransportAddress(numeric: host, port: port) { return [numeric] }
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_DGRAM.rawValue)
        hints.ai_flags = AI_ADDRCONFIG
        var list: UnsafeMutablePointer<addrinfo>?
        let status = getaddrinfo(host, nil, &hints, &list)
        defer { if let list { freeaddrinfo(list) } }
        var found: [TransportAddress] = []
        var next = list
        while let entry = next {
            if let address = address(entry.pointee, port: port), !found.contains(address) { found.append(address) }
            next = entry.pointee.ai_next
        }
        guard status == 0, !found.isEmpty else {
            throw SNMPError(.nameResolution(host, String(cString: gai_strerror(status))), operation: .resolve)
        }
        return found
    }

    private static func address(_ entry: addrinfo, port: UInt16) -> TransportAddress? {
        guard let source = entry.ai_addr else { return nil }
        var storage = sockaddr_storage()
        let count = min(Int(entry.ai_addrlen), MemoryLayout<sockaddr_storage>.size)
        withUnsafeMutableBytes(of: &storage) {
            $0.copyMemory(from: UnsafeRawBufferPointer(start: source, count: count))
        }
        let raw = csnmpio_read_address(&storage)
        return raw.is_valid == 1 ? TransportAddress(raw).withPort(port) : nil
    }
}
