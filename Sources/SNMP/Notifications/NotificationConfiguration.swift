import CSNMPIO

/// What a listener for notifications accepts, where it listens, and how much.
public struct NotificationConfiguration: Hashable, Sendable {
    /// Where to listen, 1 to 16 addresses; an IPv6 one hears IPv6 only.
    ///
    /// Port 0 takes any free one, the same for all.
    public var addresses = [
        TransportAddress(0, 0, 0, 0, port: TransportAddress.notificationPort),
        TransportAddress(anyIPv6: TransportAddress.notificationPort),
    ]
    /// Who is believed.
    public var access = NotificationAccess()
    /// Notifications a second that one source address may deliver, above 0.
    public var sourcePerSecond = 20.0
    /// How many a source may deliver at once after a silence, at least 1.
    public var sourceBurst = 200.0
    /// Notifications a second that all sources together may deliver, and at once, at least 1.
    public var totalPerSecond = 5000.0
    /// Sources remembered, 2 to 1,000,000; the longest silent ones are forgotten first.
    public var sourcesMax = 16_384
    /// Notifications that wait to be taken, 1 to 1,000,000; further ones are dropped and counted.
    public var waitingMax = 10_000
    /// Memory of the notifications that wait, 64 KiB to 1 TiB, in octets; further ones are dropped and counted.
    public var waitingOctetsMax = 64 << 20
    /// Informs remembered to know repetitions by, 2 to 1,000,000.
    public var informsRemembered = 16_384
    /// How long an inform is remembered at least, while there is room.
    public var informsRememberedMilliseconds: UInt64 = 120_000
    /// The receive buffer to ask for, per socket, in octets of kernel memory.
    public var receiveBufferOctets = 4 << 20
    /// The listener's own engine, which senders of version 3 informs discover; 5 to 32 octets.
    public var engineID = NotificationConfiguration.engineID(named: "wardflux")
    /// Times the listener's engine was started, 1 to 2147483646; must rise with every start (RFC 3414 section 2.2).
    ///
    /// Nil counts the seconds since 2000-01-01, which rises by itself.
    public var engineBoots: Int32?

    /// The defaults: port 162 of all addresses, and nobody is believed yet.
    public init() {}

    /// An engine ID of a name, which must be unique among the engines of a network (RFC 3411 section 5, format 4).
    ///
    /// Enterprise number 0; the first 27 octets of the name count.
    public static func engineID(named name: String) -> [UInt8] { [0x80, 0, 0, 0, 4] + name.utf8.prefix(27) }

    /// What is wrong with the values, nil if nothing.
    var fault: String? {
        if !(1...16).contains(addresses.count) { return "addresses must be 1 to 16, not \(addresses.count)" }
        if !(sourcePerSecond > 0) { return "sourcePerSecond must be above 0, not \(sourcePerSecond)" }
        if !(sourceBurst >= 1) { return "sourceBurst must be at least 1, not \(sourceBurst)" }
        if !(totalPerSecond >= 1) { return "totalPerSecond must be at least 1, not \(totalPerSecond)" }
        for (name, value, least) in [
            ("sourcesMax", sourcesMax, 2), ("waitingMax", waitingMax, 1), ("informsRemembered", informsRemembered, 2),
        ] where !(least...1_000_000).contains(value) {
            return "\(name) must be \(least) to 1000000, not \(value)"
        }
        if !(65_536...(1 << 40)).contains(waitingOctetsMax) {
            return "waitingOctetsMax must be 64 KiB to 1 TiB, not \(waitingOctetsMax)"
        }
        if !(65_536...(1 << 30)).contains(receiveBufferOctets) {
            return "receiveBufferOctets must be 64 KiB to 1 GiB, not \(receiveBufferOctets)"
        }
        if !(5...32).contains(engineID.count) { return "engineID must have 5 to 32 octets, not \(engineID.count)" }
        return access.fault
    }
}

/// Whose notifications are believed.
public struct NotificationAccess: Hashable, Sendable {
    /// Communities of version 1 and 2c that are accepted.
    public var communities: Set<Community> = []
    /// Whether a community that is not among them is accepted too; such notifications say so.
    ///
    /// By default they are dropped and counted.
    public var acceptsUnknownCommunities = false
    /// Users of version 3; a message below its user's level is refused.
    public var users: [USMUser] = []

    /// Nobody.
    public init() {}

    /// These communities and users.
    public init(communities: Set<Community>, users: [USMUser] = []) {
        self.communities = communities
        self.users = users
    }

    var fault: String? { users.lazy.compactMap(\.fault).first }
}

extension TransportAddress {
    /// The port notifications are sent to (RFC 3417 section 3.2).
    public static let notificationPort: UInt16 = 162

    /// The IPv6 address that stands for all of this host's.
    init(anyIPv6 port: UInt16) {
        var raw = TransportAddress(0, 0, 0, 0, port: port).raw
        raw.is_ipv6 = 1
        self.init(raw)
    }
}
