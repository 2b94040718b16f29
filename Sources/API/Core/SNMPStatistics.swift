public import Inventory

/// What the SNMP engine did since it was started, and what is going on, as the API shows it.
public struct SNMPStatistics: Sendable, Hashable {
    /// A number with its name.
    public struct Number: Sendable, Hashable {
        /// Name in snake case, such as `kernel_drops`.
        public var name: String
        /// The number.
        public var value: Int64

        /// A number with its name.
        public init(_ name: String, _ value: Int64) {
            self.name = name
            self.value = value
        }
    }

    /// Round trips of one range of times.
    public struct RoundTrips: Sendable, Hashable {
        /// Microseconds up to which a round trip took; nil for those that took longer than all other ranges.
        public var microsecondsMax: Int64?
        /// How many there were, those of the ranges before not included.
        public var count: Int64

        /// Round trips of one range.
        public init(microsecondsMax: Int64?, count: Int64) {
            self.microsecondsMax = microsecondsMax
            self.count = count
        }
    }

    /// What only grows, in a fixed order.
    public var counters: [Number]
    /// What is at the moment, in a fixed order.
    public var gauges: [Number]
    /// The histogram of round trips, ascending; empty where it is not known.
    public var roundTrips: [RoundTrips]

    /// What an engine, or an agent, is known for.
    public init(counters: [Number] = [], gauges: [Number] = [], roundTrips: [RoundTrips] = []) {
        self.counters = counters
        self.gauges = gauges
        self.roundTrips = roundTrips
    }
}

/// What is known of the agent of one device.
public struct SNMPAgentStatistics: Sendable, Hashable {
    /// Address and port it is asked at; nil where its host name cannot be resolved.
    public var address: String?
    /// What is known; nil where it never answered.
    public var statistics: SNMPStatistics?

    /// What is known of an agent.
    public init(address: String?, statistics: SNMPStatistics?) {
        self.address = address
        self.statistics = statistics
    }
}

/// Where the API has the numbers of the SNMP engine from.
public struct SNMPStatisticsSource: Sendable {
    /// The whole engine.
    public var engine: @Sendable () -> SNMPStatistics
    /// The agent of one device.
    public var agent: @Sendable (Device) async -> SNMPAgentStatistics

    /// A source; without functions it knows nothing.
    public init(
        engine: @escaping @Sendable () -> SNMPStatistics = { SNMPStatistics() },
        agent: @escaping @Sendable (Device) async -> SNMPAgentStatistics = { _ in
            SNMPAgentStatistics(address: nil, statistics: nil)
        }
    ) {
        self.engine = engine
        self.agent = agent
    }
}
