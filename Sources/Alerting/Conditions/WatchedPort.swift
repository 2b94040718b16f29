import Inventory

/// What is known of one interface, small enough to look at a million of them each minute.
struct WatchedPort: Sendable {
    let id: InterfaceID
    /// Its device, by place.
    var device: Int32
    /// The rules that decide, by place of the condition; -1 for none.
    var rules: SIMD16<Int16>
    /// Conditions that hold, by their bits: what hysteresis needs to know.
    var holding: UInt16 = 0
    /// ifAdminStatus and ifOperStatus; 0 where they are not known.
    var admin: UInt8
    var oper: UInt8
    /// Whether counters are recorded, the operator has not switched it off, and the device still has it.
    var isWatched: Bool
    /// Whether it was ever seen up.
    var wasUp: Bool
    /// Percent of the line speed, of packets; not a number where they are not known.
    var utilization = Float.nan
    var errors = Float.nan
    var discards = Float.nan
    var errorCount: UInt32 = 0
    /// Bit/s as last read; 0 where it is not known.
    var speed: Int64
    var discardCount: UInt32 = 0
    /// As last known; a discovery reads it.
    var duplex: Duplex?
    /// Until when rates are believed, Unix milliseconds.
    var freshUntil: Int64 = .min
    /// When its status and its rates were read, Unix milliseconds; `Int64.min` where that is not known.
    var statusAt: Int64 = .min
    var ratesAt: Int64 = .min

    init(_ interface: Interface, device: Int32, rules: SIMD16<Int16>) {
        id = interface.id
        self.device = device
        self.rules = rules
        admin = UInt8(clamping: interface.facts.adminStatus ?? 0)
        oper = UInt8(clamping: interface.facts.operStatus ?? 0)
        speed = interface.facts.ifSpeed ?? 0
        duplex = interface.facts.duplex
        isWatched = interface.isWatchedForAlerts
        wasUp = interface.wasUp
    }

    /// What a condition says; nil where it cannot be told, so that it stays as it is.
    func holds(_ place: Int, _ law: PortLaw, at now: Int64) -> Bool? {
        guard isWatched else { return false }
        switch place {
        case 0: return isDown
        case 1: return isOver(utilization, place, law, at: now, count: .max)
        case 2: return isOver(errors, place, law, at: now, count: errorCount)
        case 3: return isOver(discards, place, law, at: now, count: discardCount)
        default: return nil
        }
    }

    /// Not up although it should be; nil where that is not known.
    private var isDown: Bool? {
        guard oper > 0, admin > 0 else { return nil }
        return admin == 1 && oper != 1 && wasUp
    }

    /// Above the threshold, or, once it was, still above where it clears.
    private func isOver(_ value: Float, _ place: Int, _ law: PortLaw, at now: Int64, count: UInt32) -> Bool? {
        guard !value.isNaN, now <= freshUntil, !law.threshold.isNaN else { return nil }
        if holding & (1 << UInt16(place)) != 0 { return value > law.clear }
        return value > law.threshold && count >= law.minimumCount
    }

    /// What was measured for a condition.
    func value(_ place: Int) -> Double? {
        switch place {
        case 1: Double(utilization)
        case 2: Double(errors)
        case 3: Double(discards)
        default: nil
        }
    }
}

/// The numbers of a rule, without its words.
struct PortLaw: Sendable {
    /// Not a number where the rule has none.
    var threshold: Float
    var clear: Float
    var minimumCount: UInt32

    init(_ rule: AlertRule) {
        threshold = rule.threshold.map { Float($0) } ?? .nan
        clear = rule.clear.map { Float($0) } ?? threshold
        minimumCount = UInt32(clamping: rule.minimumCount ?? 0)
    }
}

extension Interface {
    /// Whether anything of it may be an alert.
    var isWatchedForAlerts: Bool { monitoringEnabled && enabled && missingSince == nil }
}
