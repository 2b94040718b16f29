import Inventory

/// What alerts of some days come to: a pass over them, one after another.
struct AlertTally: Sendable {
    /// What there was on a day.
    struct Day: Sendable, Hashable {
        var fired = 0
        var resolved = 0
    }

    /// How often alerts of an entity fired.
    struct Noise: Sendable {
        var alert: Alert
        var fired = 0
        var relapses = 0
    }

    private let from: Timestamp
    private let zone: ZoneRules
    /// By date of the zone, such as `2026-03-01`.
    private(set) var days: [String: Day] = [:]
    private(set) var secondsToAcknowledge: [Double] = []
    private(set) var secondsToResolve: [Double] = []
    private var noise: [String: Noise] = [:]

    /// A tally of what happened from a time on, which counts days by a zone.
    init(from: Timestamp, zone: ZoneRules) {
        self.from = from
        self.zone = zone
    }

    /// Counts an alert.
    mutating func take(_ alert: Alert) {
        guard let firedAt = alert.firedAt else { return }
        if firedAt >= from {
            days[date(firedAt), default: Day()].fired += 1
            makeNoise(alert)
        }
        if let at = alert.acknowledgement?.at, at >= from {
            secondsToAcknowledge.append(max(0, at.secondsSince(firedAt)))
        }
        guard let resolvedAt = alert.resolvedAt, resolvedAt >= from else { return }
        days[date(resolvedAt), default: Day()].resolved += 1
        secondsToResolve.append(max(0, resolvedAt.secondsSince(firedAt)))
    }

    private mutating func makeNoise(_ alert: Alert) {
        noise[alert.entity.key, default: Noise(alert: alert)].fired += 1
        noise[alert.entity.key]?.relapses += max(0, alert.context.relapses)
    }

    private func date(_ time: Timestamp) -> String { zone.civilTime(at: time).isoDate }

    /// The entities whose alerts fired and came back most often, at most so many.
    func noisiest(_ count: Int) -> [Noise] {
        let ordered = noise.sorted { left, right in
            let (one, other) = (left.value.fired + left.value.relapses, right.value.fired + right.value.relapses)
            return one == other ? left.key < right.key : one > other
        }
        return ordered.prefix(count).map(\.value)
    }

    /// The middle one of some numbers, the mean of the middle two where they are even; nil where there are none.
    static func median(_ numbers: [Double]) -> Double? {
        guard !numbers.isEmpty else { return nil }
        let sorted = numbers.sorted()
        let middle = sorted.count / 2
        return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
    }
}
