import Inventory

/// What other rules would have changed: two replays of the same range, alert by alert.
///
/// An alert is the same one where entity and condition are and the times overlap. Only alerts that fire count, of those
/// that the replays tell one by one.
public struct AlertReplayComparison: Sendable, Hashable {
    /// An alert that both have, with what is other about it.
    public struct Change: Sendable, Hashable {
        /// By the rules in force.
        public var before: ReplayedAlert
        /// By the rules that are tried.
        public var after: ReplayedAlert
        /// What is other, a few words each: `severity high instead of medium`.
        public var differences: [String]
    }

    /// Alerts that only the tried rules make, by start.
    public private(set) var new: [ReplayedAlert] = []
    /// Alerts that only the rules in force make, by start.
    public private(set) var gone: [ReplayedAlert] = []
    /// Alerts that both make, but not alike; by start.
    public private(set) var changed: [Change] = []
    /// How many both make alike.
    public private(set) var same = 0
    /// Whether all alerts of both replays were compared.
    public let isComplete: Bool

    /// Compares the rules in force with others.
    public init(before: AlertReplayResult, after: AlertReplayResult) {
        isComplete = before.isComplete && after.isComplete
        var known = Dictionary(grouping: before.alerts, by: \.alert.key)
        for one in after.alerts {
            let place = known[one.alert.key]?.firstIndex { $0.overlaps(one) }
            guard let place, let old = known[one.alert.key]?.remove(at: place) else {
                new.append(one)
                continue
            }
            let differences = Self.differences(old, one)
            if differences.isEmpty {
                same += 1
            } else {
                changed.append(Change(before: old, after: one, differences: differences))
            }
        }
        gone = known.values.joined().sorted { ($0.startedAt, $0.id) < ($1.startedAt, $1.id) }
    }

    private static func differences(_ old: ReplayedAlert, _ new: ReplayedAlert) -> [String] {
        var found: [String] = []
        if old.severity != new.severity {
            found.append("severity \(new.severity.rawValue) instead of \(old.severity.rawValue)")
        }
        if old.standing != new.standing {
            found.append("\(new.standing.words) instead of \(old.standing.words)")
        }
        if old.standing == .told, new.standing == .told, old.receivers != new.receivers {
            found.append("told to \(list(new.receivers)) instead of \(list(old.receivers))")
        }
        if let before = old.firedAt, let after = new.firedAt, before != after {
            let length = AlertWords.length(abs(after.secondsSince(before)))
            found.append("fires \(length) \(after < before ? "earlier" : "later")")
        }
        if old.endedAt != new.endedAt {
            found.append("over at \(text(new.endedAt)) instead of \(text(old.endedAt))")
        }
        return found
    }

    private static func list(_ names: [String]) -> String { names.isEmpty ? "nobody" : names.joined(separator: ", ") }

    private static func text(_ time: Timestamp?) -> String { time.map { "\($0)" } ?? "no time so far" }
}

extension ReplayedAlert {
    /// Whether there was a moment at which both were open.
    fileprivate func overlaps(_ other: ReplayedAlert) -> Bool {
        let isBefore = endedAt.map { $0 < other.startedAt } ?? false
        let isAfter = other.endedAt.map { $0 < startedAt } ?? false
        return !isBefore && !isAfter
    }
}

extension ReplayedAlert.Standing {
    /// In a few words, for sentences.
    fileprivate var words: String {
        switch self {
        case .told: "told"
        case .recorded: "only recorded"
        case .explained: "explained by another"
        case .maintenance: "held back by maintenance"
        case .silenced: "silenced"
        case .untold: "told to nobody"
        case .pending: "pending"
        }
    }
}
