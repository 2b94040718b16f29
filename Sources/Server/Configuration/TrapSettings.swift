public import SNMP

/// Whether and how a server listens for traps and informs.
public struct TrapSettings: Sendable, Hashable {
    /// Whether it listens; by default only where it is told where.
    public var isEnabled = false
    /// Where it listens, as the operator wrote it.
    public var listen = ":162"
    /// The addresses of `listen`.
    public var addresses = TrapSettings.addresses(of: ":162") ?? []
    /// Whether notifications of versions 1 and 2c with a community of no credential profile are taken too.
    public var acceptsUnknownCommunities = false
    /// Notifications a second that are taken of one source address.
    public var perSecondOfSource = 20
    /// Notifications a second that are taken in all.
    public var perSecond = 5000
    /// The engine that senders of version 3 informs address; by default made of the host's name.
    public var engineID = TrapSettings.engineIDOfHost()

    /// Off.
    public init() {}

    /// Reads `:162` for all addresses of the host, `127.0.0.1:162`, `[::1]:162`; without a port it is 162.
    ///
    /// Nil for anything else, names included.
    static func addresses(of text: String) -> [TransportAddress]? {
        for prefix in [":", "*:"] where text.hasPrefix(prefix) {
            guard let port = UInt16(text.dropFirst(prefix.count)) else { continue }
            return ["0.0.0.0:\(port)", "[::]:\(port)"].compactMap { TransportAddress(parsing: $0) }
        }
        return TransportAddress(parsing: text, defaultPort: TransportAddress.notificationPort).map { [$0] }
    }

    /// Reads an engine ID as hexadecimal digits, with or without `0x`; nil for anything but 5 to 32 octets.
    static func engineID(of text: String) -> [UInt8]? {
        let digits = Array((text.hasPrefix("0x") ? text.dropFirst(2) : text[...]).utf8)
        guard digits.count % 2 == 0, (5...32).contains(digits.count / 2) else { return nil }
        let octets = stride(from: 0, to: digits.count, by: 2).compactMap { place -> UInt8? in
            let pair = String(decoding: digits[place..<place + 2], as: UTF8.self)
            return pair.allSatisfy(\.isHexDigit) ? UInt8(pair, radix: 16) : nil
        }
        return octets.count == digits.count / 2 ? octets : nil
    }

    private static func engineIDOfHost() -> [UInt8] {
        NotificationConfiguration.engineID(named: HostName.current().map { "wardflux-\($0)" } ?? "wardflux")
    }
}

extension ServerConfiguration {
    /// Reads the settings of traps.
    mutating func readTraps(_ fields: inout SettingReader) {
        fields.value("traps.listen", "`:162`, or a numeric address with a port such as 127.0.0.1:1162 or [::1]:1162") {
            text in
            TrapSettings.addresses(of: text).map { (text, $0) }
        } set: {
            (traps.listen, traps.addresses) = $0
            traps.isEnabled = true
        }
        fields.boolean("traps.enabled") { traps.isEnabled = $0 }
        fields.boolean("traps.any_community") { traps.acceptsUnknownCommunities = $0 }
        fields.integer("traps.source_rate", 1...100_000) { traps.perSecondOfSource = $0 }
        fields.integer("traps.total_rate", 1...100_000) { traps.perSecond = $0 }
        fields.value("traps.engine_id", "10 to 64 hexadecimal digits, such as 80000000047761726466") {
            TrapSettings.engineID(of: $0)
        } set: {
            traps.engineID = $0
        }
    }
}

extension ConfigurationKey {
    /// The settings of traps.
    static let traps = [
        ConfigurationKey(
            "traps.enabled", "true, false", "`true` where `traps.listen` is given",
            "Whether the server listens for traps and informs."),
        ConfigurationKey(
            "traps.listen", "`:port` or address:port", "`:162`",
            "Where it listens for them; without an address on all of the host's. Ports below 1024 need a capability."),
        ConfigurationKey(
            "traps.any_community", "true, false", "`false`",
            "Whether traps with a community of no credential profile are taken too; they are marked."),
        ConfigurationKey(
            "traps.source_rate", "1 to 100000", "`20`", "Traps a second that are taken of one source address."),
        ConfigurationKey("traps.total_rate", "1 to 100000", "`5000`", "Traps a second that are taken in all."),
        ConfigurationKey(
            "traps.engine_id", "10 to 64 hexadecimal digits", "made of the host's name",
            "The engine that senders of version 3 informs address."),
    ]
}
