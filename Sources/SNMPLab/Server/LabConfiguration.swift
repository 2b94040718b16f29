/// What a lab serves, and where.
public struct LabConfiguration: Sendable {
    /// Where requests are heard.
    ///
    /// Never beyond this machine's loopback.
    public enum Bind: Sendable, Equatable {
        /// One UDP port of every 127.x.y.z: each address can be a device.
        ///
        /// Port 0 takes any free one.
        case loopbackRange(port: UInt16)
        /// One UDP port of one address of 127.0.0.0/8, or of `::1`. Port 0 takes any free one.
        case address(String, port: UInt16)
    }

    /// What answers.
    public enum Sources: Sendable {
        /// Recordings: every `.snmprec` file below a directory, at every address, under the community that is its
        /// path without the suffix, as snmpsim does.
        case recordings(directory: String)
        /// Recordings in memory: text by community.
        case recordingTexts([String: [UInt8]])
        /// A simulated network: each device at its address under the network's community; at an address that is no
        /// device's, under the device's own name as community.
        case network(SimulatedNetwork)
    }

    /// Where to listen.
    public var bind: Bind
    /// What to serve.
    public var sources: Sources
    /// The largest response in octets, 484 to 65,507.
    ///
    /// 1,472 fits an Ethernet frame. A recording may hold a row that is larger: it is answered alone, as the recorded
    /// agent did; a simulated device answers tooBig.
    public var responseOctetsMax: Int
    /// How many threads serve, each on a socket of its own (SO_REUSEPORT).
    public var threads: Int
    /// Users of version 3, known to every device; without any, version 3 is not spoken.
    public var users: [LabUser] = []
    /// Whether the port of ::1 is served as well: the first device answers there, and every device under its own name
    /// as community.
    public var servesIPv6 = false
    /// Where notifications go; nil for nowhere.
    public var notifications: LabNotifications?
    /// Unix time in milliseconds, for uptimes and counters.
    ///
    /// Called once a batch of requests, from serving threads.
    public var clock: @Sendable () -> Int64

    /// Describes a lab.
    public init(
        bind: Bind = .loopbackRange(port: 0), sources: Sources, responseOctetsMax: Int = 1_472, threads: Int = 1,
        clock: @escaping @Sendable () -> Int64 = LabConfiguration.systemClock
    ) {
        self.bind = bind
        self.sources = sources
        self.responseOctetsMax = responseOctetsMax
        self.threads = threads
        self.clock = clock
    }

    /// The largest answer that cannot be cut: a whole UDP datagram for recordings, none for simulated devices.
    var wholeResponseOctetsMax: Int {
        switch sources {
        case .recordings, .recordingTexts: 65_507
        case .network: 0
        }
    }
}

/// What a lab has done since it started.
public struct LabStatistics: Sendable, Equatable {
    /// Datagrams received.
    public var requests: UInt64 = 0
    /// Datagrams sent.
    public var responses: UInt64 = 0
    /// VarBinds in them.
    public var varBinds: UInt64 = 0
    /// Datagrams that were no SNMP request of v1 or v2c, nor of v3 where there are users.
    public var malformed: UInt64 = 0
    /// Requests with a community, or for an address, nothing answers to.
    public var unknown: UInt64 = 0
    /// Requests a fault kept from being answered.
    public var suppressed: UInt64 = 0
    /// Datagrams sent to an address outside 127.0.0.0/8, dropped.
    public var foreign: UInt64 = 0
    /// Responses the system did not take, or that did not fit.
    public var unsent: UInt64 = 0
    /// Messages of version 3 among the requests.
    public var secure: UInt64 = 0
    /// Batches taken in, each answered by one sendmmsg.
    public var batches: UInt64 = 0
    /// Notifications sent.
    public var notifications: UInt64 = 0
    /// Informs that were acknowledged.
    public var acknowledged: UInt64 = 0
    /// Processor time the serving threads used, user and system, in seconds.
    public var cpuSeconds: Double = 0

    /// Nothing done.
    public init() {}
}
