public import Inventory

/// What a time-series store holds and how it fares.
public struct SeriesStatistics: Sendable, Hashable {
    /// A number with its name in snake case, such as `accepted_readings`.
    public struct Number: Sendable, Hashable {
        /// Its name.
        public var name: String
        /// The number.
        public var value: Int64

        /// A number with its name.
        public init(_ name: String, _ value: Int64) {
            self.name = name
            self.value = value
        }
    }

    /// How well it works.
    public enum State: Sendable, Hashable {
        /// It works.
        case working
        /// It works in part, or something was lost: what, and what to do.
        case degraded(String)
        /// It does not take readings: why, and what to do.
        case failing(String)
    }

    /// `embedded` or `victoria`.
    public var kind: String
    /// How well it works.
    public var state: State
    /// What only grows since the start, in a fixed order: `accepted_readings`, `refused_readings`, `damaged_blocks` ...
    public var counters: [Number]
    /// What is at the moment, in a fixed order: `interfaces`, `files`, `octets_on_disk`, `outbox_octets` ...
    public var gauges: [Number]
    /// Time of the oldest reading; nil where there is none or it is not known.
    public var oldest: Timestamp?
    /// Time of the newest reading; nil where there is none or it is not known.
    public var newest: Timestamp?

    /// A store that holds nothing.
    public init(kind: String) {
        self.kind = kind
        state = .working
        counters = []
        gauges = []
    }
}
