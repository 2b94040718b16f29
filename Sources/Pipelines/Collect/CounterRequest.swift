import Inventory
import SNMP

/// What a device is asked for in one poll.
enum CounterRequest: UInt8, CaseIterable, Sendable {
    /// 64-bit counters (ifXTable of RFC 2863).
    case wide
    /// 32-bit counters, for SNMPv1 and for devices without others.
    case narrow
    /// Both, for devices where some interfaces lack 64-bit counters.
    case mixed
    /// Status alone.
    case status
    /// sysUpTime alone, of a device of which nothing is recorded.
    case presence

    /// What a column tells.
    enum Meaning: Sendable, Hashable {
        /// A counter.
        case counter(CounterKind)
        /// A counter that is used where the wide one is not answered.
        case substitute(CounterKind)
        case adminStatus
        case operStatus
        case discontinuityTime
        case highSpeed
    }

    /// sysUpTime.0.
    static let sysUpTime: ObjectIdentifier = "1.3.6.1.2.1.1.3.0"
    /// ifTableLastChange.0.
    static let tableLastChange: ObjectIdentifier = "1.3.6.1.2.1.31.1.5.0"

    private static let ifEntry: ObjectIdentifier = "1.3.6.1.2.1.2.2.1"
    private static let ifXEntry: ObjectIdentifier = "1.3.6.1.2.1.31.1.1.1"
    private static let wideCounters: [(UInt32, CounterKind)] = [
        (6, .inOctets), (10, .outOctets), (7, .inUnicastPackets), (11, .outUnicastPackets),
    ]
    private static let narrowCounters: [(UInt32, CounterKind)] = [
        (10, .inOctets), (16, .outOctets), (11, .inUnicastPackets), (17, .outUnicastPackets),
    ]
    private static let faultCounters: [(UInt32, CounterKind)] = [
        (14, .inErrors), (20, .outErrors), (13, .inDiscards), (19, .outDiscards),
    ]

    /// The columns in the order they are asked, with what they tell.
    var columns: [(oid: ObjectIdentifier, meaning: Meaning)] {
        let status: [(ObjectIdentifier, Meaning)] = [
            (Self.ifEntry.appending(8), .operStatus), (Self.ifEntry.appending(7), .adminStatus),
        ]
        let facts: [(ObjectIdentifier, Meaning)] = [
            (Self.ifXEntry.appending(19), .discontinuityTime), (Self.ifXEntry.appending(15), .highSpeed),
        ]
        let wide = Self.wideCounters.map { (Self.ifXEntry.appending($0), Meaning.counter($1)) }
        let faults = Self.faultCounters.map { (Self.ifEntry.appending($0), Meaning.counter($1)) }
        switch self {
        case .wide: return wide + faults + status + facts
        case .narrow:
            return Self.narrowCounters.map { (Self.ifEntry.appending($0), .counter($1)) } + faults + status + facts
        case .mixed:
            let narrow = Self.narrowCounters.map { (Self.ifEntry.appending($0), Meaning.substitute($1)) }
            return wide + narrow + faults + status + facts
        case .status: return status
        case .presence: return []
        }
    }

    /// Whether counters are asked for.
    var hasCounters: Bool { self != .status && self != .presence }

    /// The request as the engine takes it.
    var request: TableRequest {
        guard self != .presence else { return TableRequest(scalars: [Self.sysUpTime]) }
        return TableRequest(scalars: [Self.sysUpTime, Self.tableLastChange], columns: columns.map(\.oid))
    }
}
