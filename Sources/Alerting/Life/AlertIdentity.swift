import Inventory

extension AlertCondition {
    /// Whether it is of what is read of an interface between two polls.
    var isRate: Bool { self == .highUtilization || self == .highErrorRate || self == .highDiscardRate }

    /// Whether it is found again and again for as long as it holds, so that what is not found may be over.
    var isObserved: Bool { isRate || self == .interfaceDown || self == .interfaceFlapping }

    /// Whether less is worse.
    var isBelow: Bool { self == .diskSpace }
}

extension AlertID {
    /// The identity of an alert: two processes that find the same have the same.
    static func derived(of key: AlertKey, startedAt: Timestamp) -> AlertID {
        .derived(at: startedAt, from: "\(key.entity.key) \(key.condition.rawValue)".words)
    }
}

extension String {
    /// Its octets, eight to a word, for identities that are derived from them.
    var words: [UInt64] {
        let octets = Array(utf8)
        return stride(from: 0, to: octets.count, by: 8).map { start in
            octets[start..<min(start + 8, octets.count)].reduce(0) { $0 << 8 | UInt64($1) }
        }
    }
}
