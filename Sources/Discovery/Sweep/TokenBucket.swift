public import Inventory

/// A limit on how often something happens: on average `ratePerSecond` times a second, at most `burst` at once.
///
/// Pure: the time is an argument, and a clock that goes backwards brings no tokens.
public struct TokenBucket: Sendable, Hashable {
    /// Times a second on average, above 0.
    public let ratePerSecond: Double
    /// Times at once, at least 1.
    public let burst: Double
    private var tokens: Double
    private var updatedAt: Timestamp

    /// A full bucket; a rate that is not above 0 counts as 1 in 1000 s, a burst below 1 as 1.
    public init(ratePerSecond: Double, burst: Int = 1, at now: Timestamp) {
        self.ratePerSecond = max(ratePerSecond, 0.001)
        self.burst = Double(max(burst, 1))
        tokens = self.burst
        updatedAt = now
    }

    /// Takes one token, in advance where there is none: the seconds to wait before acting, 0 for at once.
    public mutating func take(at now: Timestamp) -> Double {
        if now > updatedAt {
            tokens = min(burst, tokens + now.secondsSince(updatedAt) * ratePerSecond)
            updatedAt = now
        }
        tokens -= 1
        return tokens >= -1e-9 ? 0 : -tokens / ratePerSecond
    }
}
