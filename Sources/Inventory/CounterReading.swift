/// One of the eight counters that are recorded of every monitored interface, in the order in which they are kept.
public enum CounterKind: UInt8, CaseIterable, Sendable, Hashable {
    /// ifHCInOctets, else ifInOctets.
    case inOctets
    /// ifHCOutOctets, else ifOutOctets.
    case outOctets
    /// ifInErrors.
    case inErrors
    /// ifOutErrors.
    case outErrors
    /// ifInDiscards.
    case inDiscards
    /// ifOutDiscards.
    case outDiscards
    /// ifHCInUcastPkts, else ifInUcastPkts.
    case inUnicastPackets
    /// ifHCOutUcastPkts, else ifOutUcastPkts.
    case outUnicastPackets

    /// The metric's name in VictoriaMetrics, Prometheus and exports, such as `interface_if_hc_in_octets`.
    public var metricName: String {
        switch self {
        case .inOctets: "interface_if_hc_in_octets"
        case .outOctets: "interface_if_hc_out_octets"
        case .inErrors: "interface_if_in_errors"
        case .outErrors: "interface_if_out_errors"
        case .inDiscards: "interface_if_in_discards"
        case .outDiscards: "interface_if_out_discards"
        case .inUnicastPackets: "interface_if_in_unicast_pkts"
        case .outUnicastPackets: "interface_if_out_unicast_pkts"
        }
    }
}

/// Some of the eight counters; bit n is the counter with raw value n.
public struct CounterSet: OptionSet, Sendable, Hashable {
    /// One bit a counter.
    public let rawValue: UInt8

    /// A set from its bits.
    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// The set of one counter.
    public init(_ kind: CounterKind) {
        rawValue = 1 << kind.rawValue
    }

    /// All eight.
    public static let all = CounterSet(rawValue: 0xFF)
    /// Octets in and out.
    public static let octets = CounterSet(rawValue: 0b0000_0011)
    /// What a day's summary is made of: octets, errors and unicast packets.
    public static let summary = CounterSet(rawValue: 0b1100_1111)

    /// Whether a counter is among them.
    @inlinable
    public func contains(_ kind: CounterKind) -> Bool {
        rawValue & (1 << kind.rawValue) != 0
    }
}

/// What one poll read of one interface: the raw truth that is stored, from which every rate is made.
///
/// Nothing in it is an estimate. A rate follows from two readings by one rule (`RateLaw` in Traffic), whenever it is asked.
public struct CounterReading: Sendable, Hashable {
    /// The counters as the device counts them, by `CounterKind`; 0 where not present.
    public var counters: SIMD8<UInt64>
    /// When the answer arrived.
    public var at: Timestamp
    /// ifHighSpeed or ifSpeed at that time, bit/s, as in `InterfaceFacts.ifSpeed`; nil where the device does not say.
    public var ifSpeed: Int64?
    /// sysUpTime of the same answer, hundredths of a second; wraps at 2^32 (497 days).
    public var sysUpTime: UInt32?
    /// ifCounterDiscontinuityTime, hundredths of a second of sysUpTime; nil where the device does not have it.
    public var discontinuityTime: UInt32?
    /// Seconds between two polls as they were set, 1 to 65,535: more than twice as long without a reading is a gap.
    public var intervalSeconds: UInt16
    /// The counters the device answered.
    public var present: CounterSet
    /// Those of them that are 32 bits wide.
    public var narrow: CounterSet
    /// ifAdminStatus; 0 where it is not known or not 1 to 255.
    public var adminStatus: UInt8
    /// ifOperStatus; 0 where it is not known or not 1 to 255.
    public var operStatus: UInt8
    /// Whether the wall clock was set since the reading before, so that `at` does not tell how long it was.
    public var clockWasSet: Bool

    /// A reading with nothing in it yet.
    public init(at: Timestamp, intervalSeconds: UInt16 = 300) {
        counters = .zero
        self.at = at
        self.intervalSeconds = intervalSeconds
        present = []
        narrow = []
        adminStatus = 0
        operStatus = 0
        clockWasSet = false
    }

    /// A counter; nil where the device did not answer it.
    ///
    /// Setting nil takes it out.
    public subscript(_ kind: CounterKind) -> UInt64? {
        get { present.contains(kind) ? counters[Int(kind.rawValue)] : nil }
        set {
            counters[Int(kind.rawValue)] = newValue ?? 0
            if newValue == nil { present.remove(CounterSet(kind)) } else { present.insert(CounterSet(kind)) }
        }
    }
}
