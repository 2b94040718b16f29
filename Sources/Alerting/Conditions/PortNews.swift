public import Inventory
import Traffic

/// The devices and interfaces that alerts are about.
public struct AlertInventory: Sendable {
    /// Devices that are enabled.
    public var devices: [DeviceID: Device]
    /// Their interfaces.
    public var interfaces: [InterfaceID: Interface]
    /// Interfaces with the name of another one of their device.
    let namesakes: Set<InterfaceID>

    /// Nothing.
    public init() {
        devices = [:]
        interfaces = [:]
        namesakes = []
    }

    /// Devices and interfaces; those of devices that are not enabled are left out.
    public init(devices: [Device], interfaces: [Interface]) {
        let enabled = Dictionary(devices.lazy.filter(\.enabled).map { ($0.id, $0) }) { first, _ in first }
        self.devices = enabled
        self.interfaces = Dictionary(
            interfaces.lazy.filter { enabled[$0.deviceID] != nil }.map { ($0.id, $0) }
        ) { first, _ in first }
        namesakes = Self.namesakes(interfaces)
    }

    private static func namesakes(_ interfaces: [Interface]) -> Set<InterfaceID> {
        var (found, names): (Set<InterfaceID>, [DeviceID: [String: InterfaceID]]) = ([], [:])
        for interface in interfaces where interface.missingSince == nil {
            let other = names[interface.deviceID, default: [:]].updateValue(interface.id, forKey: interface.displayName)
            if let other, other != interface.id { found.formUnion([other, interface.id]) }
        }
        return found
    }
}

/// Something that changed at an interface.
public struct PortChange: Sendable, Hashable {
    /// The interface.
    public var id: InterfaceID
    /// What.
    public var kind: Kind
    /// When it was read.
    public var at: Timestamp

    /// What can change.
    public enum Kind: Sendable, Hashable {
        /// It went up, or down.
        case status(isUp: Bool)
        /// Its speed, bit/s.
        case speed(before: Int64, after: Int64)
        /// Its duplex.
        case duplex(before: Duplex, after: Duplex)
    }
}

/// When the status of an interface last changed.
struct TransitionRing: Sendable {
    static let most = 64
    /// Share of the changes below which an interface does not flap any more.
    static let calmShare = 0.5

    private var times: [Timestamp] = []
    /// Since when changes are known; nil for always.
    private var knownSince: Timestamp?

    init(knownSince: Timestamp? = nil) { self.knownSince = knownSince }

    mutating func add(_ time: Timestamp) {
        if times.count == Self.most { times.removeFirst() }
        times.append(time)
    }

    func count(since now: Timestamp, _ rule: AlertRule) -> Int {
        let from = now.advanced(bySeconds: -Double(rule.withinSeconds ?? 600))
        return times.count { $0 > from && $0 <= now }
    }

    /// Whether an interface flaps; nil where that is not known, as changes of before a start may count.
    func isFlapping(_ rule: AlertRule, at now: Timestamp, before: Bool) -> Bool? {
        let most = Double(rule.changes ?? 6)
        let count = Double(count(since: now, rule))
        if before ? count > most * Self.calmShare : count >= most { return true }
        return isBlind(at: now, rule) ? nil : false
    }

    func isEmpty(at now: Timestamp, _ rule: AlertRule) -> Bool {
        count(since: now, rule) == 0 && !isBlind(at: now, rule)
    }

    private func isBlind(at now: Timestamp, _ rule: AlertRule) -> Bool {
        guard let knownSince else { return false }
        return abs(now.secondsSince(knownSince)) < Double(rule.withinSeconds ?? 600)
    }
}

extension WatchedPort {
    /// The conditions there is a rule for, by their bits.
    var ruled: UInt16 {
        (0..<AlertCondition.ofPorts.count).reduce(0) { $0 | (rules[$1] >= 0 ? 1 << UInt16($1) : 0) }
    }

    /// What was known of the interface under an older inventory.
    mutating func keep(_ old: WatchedPort) {
        (admin, oper) = (old.admin > 0 ? old.admin : admin, old.oper > 0 ? old.oper : oper)
        (utilization, errors, discards) = (old.utilization, old.errors, old.discards)
        (errorCount, discardCount, freshUntil) = (old.errorCount, old.discardCount, old.freshUntil)
        (statusAt, ratesAt) = (old.statusAt, old.ratesAt)
        if old.speed > 0 { speed = old.speed }
        duplex = duplex ?? old.duplex
        if old.wasUp { wasUp = true }
        holding = old.holding & ruled
    }

    mutating func take(_ rates: InterfaceRates, freshUntil: Int64) {
        utilization = rates.utilizationPercent.map { Float($0) } ?? .nan
        errors = rates.errorPercent.map { Float($0) } ?? .nan
        discards = rates.discardPercent.map { Float($0) } ?? .nan
        let step = rates.step
        errorCount = Self.sum(step?.increase(.inErrors), step?.increase(.outErrors))
        discardCount = Self.sum(step?.increase(.inDiscards), step?.increase(.outDiscards))
        self.freshUntil = freshUntil
        ratesAt = rates.reading.at.milliseconds
    }

    /// Seconds between two readings of its rates, as far as they tell; nil where there are none.
    var intervalSeconds: Double? {
        ratesAt == .min ? nil : Double(freshUntil - ratesAt) / 1000 / PortBook.freshIntervals
    }

    /// The clock was set back: what was read after now was read now.
    mutating func noteClock(_ now: Int64) { (statusAt, ratesAt) = (min(statusAt, now), min(ratesAt, now)) }

    private static func sum(_ first: UInt64?, _ second: UInt64?) -> UInt32 {
        UInt32(clamping: (first ?? 0).addingReportingOverflow(second ?? 0).partialValue)
    }
}

extension Interface {
    /// Whether a rule's scope cannot tell it from another state of it.
    func asksTheSame(as other: Interface) -> Bool {
        interfaceType == other.interfaceType && isCritical == other.isCritical && ispProvider == other.ispProvider
            && deviceID == other.deviceID && facts.ifName == other.facts.ifName && facts.ifDescr == other.facts.ifDescr
            && facts.ifAlias == other.facts.ifAlias
    }
}

extension Device {
    /// Whether a rule's scope cannot tell it from another state of it.
    func asksTheSame(as other: Device) -> Bool {
        name == other.name && deviceType == other.deviceType && location == other.location && tags == other.tags
    }
}
