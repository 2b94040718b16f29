import Inventory

/// When a delivery that failed is tried again; pure.
struct RetryPlan: Sendable, Hashable {
    private let first: Double
    private let longest: Double
    private let longestAsked: Double
    private let giveUpSeconds: Double
    private let seed: UInt64

    init(_ settings: AlertSettings) {
        first = settings.firstRetrySeconds
        longest = settings.retrySecondsMax
        longestAsked = settings.retryAfterSecondsMax
        giveUpSeconds = settings.giveUpHours * 3600
        seed = settings.seed
    }

    /// A delivery after an attempt: made, to be tried again, or given up.
    func after(_ attempt: AlertDelivery, _ outcome: SendingOutcome, at now: Timestamp) -> AlertDelivery {
        var delivery = attempt
        switch outcome {
        case .taken:
            (delivery.state, delivery.endedAt, delivery.lastError) = (.delivered, now, nil)
        case .refused(let reason, let isLasting, let retryAfterSeconds):
            delivery.lastError = reason
            delivery.dueAt = now.advanced(bySeconds: pause(delivery, atLeast: retryAfterSeconds))
            let isTooLate = now.secondsSince(delivery.createdAt) >= giveUpSeconds
            // Whoever tries a receiver wants to know at once.
            guard isLasting || isTooLate || delivery.reason == .trial else { break }
            (delivery.state, delivery.endedAt) = (.failed, now)
        }
        return delivery
    }

    /// Doubled with each attempt, and spread over its upper half so that receivers are not asked in step.
    func pause(_ delivery: AlertDelivery, atLeast asked: Double?) -> Double {
        let whole = min(longest, first * Double(1 << min(20, max(0, delivery.attempts - 1))))
        var mixed = SplitMix.mixed(seed &+ UInt64(clamping: delivery.attempts))
        for word in delivery.id.words { mixed = SplitMix.mixed(mixed ^ word) }
        let share = Double(mixed >> 11) / Double(1 << 53)
        let spread = max(first, whole * (0.5 + 0.5 * share))
        return max(spread, min(asked ?? 0, longestAsked))
    }
}
