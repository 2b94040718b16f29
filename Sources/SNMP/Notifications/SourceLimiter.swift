/// Tokens that come back at a steady rate; pure.
struct TokenBucket: Hashable, Sendable {
    /// How fast tokens come back, and how many there can be.
    struct Rate: Hashable, Sendable {
        var perSecond: Double
        var burst: Double
    }

    private var tokens: Double
    private var seenMilliseconds: UInt64

    /// A full bucket.
    init(_ rate: Rate, at now: UInt64) {
        tokens = rate.burst
        seenMilliseconds = now
    }

    /// Takes a token; false where there is none.
    mutating func take(_ rate: Rate, at now: UInt64) -> Bool {
        if now > seenMilliseconds {
            tokens = min(rate.burst, tokens + Double(now - seenMilliseconds) / 1000 * rate.perSecond)
            seenMilliseconds = now
        }
        guard tokens >= 1 else { return false }
        tokens -= 1
        return true
    }
}

/// Keeps one sender from crowding out the others: a bucket for each source address; pure and bounded.
///
/// Two generations of entries are kept. Who sends moves to the young one; when that is full, the old one is forgotten and
/// takes its place. A sender that floods is never forgotten, one that is silent is, and its bucket was full by then.
struct SourceLimiter: Sendable {
    private struct Key: Hashable, Sendable {
        var high: UInt64
        var low: UInt64
        var isIPv6: Bool
    }

    private let rate: TokenBucket.Rate
    private let generationMax: Int
    private var young: [Key: TokenBucket] = [:]
    private var old: [Key: TokenBucket] = [:]

    /// A limiter of at most `sourcesMax` entries.
    init(_ rate: TokenBucket.Rate, sourcesMax: Int) {
        self.rate = rate
        generationMax = max(1, sourcesMax / 2)
    }

    /// The sources remembered.
    var count: Int { young.count + old.count }

    /// Whether a source may send one more, whatever its port.
    mutating func take(_ source: TransportAddress, at now: UInt64) -> Bool {
        let key = Key(high: source.high, low: source.low, isIPv6: source.isIPv6)
        if let place = young.index(forKey: key) { return young.values[place].take(rate, at: now) }
        var bucket = old.removeValue(forKey: key) ?? TokenBucket(rate, at: now)
        let isGranted = bucket.take(rate, at: now)
        if young.count >= generationMax {
            old = young
            young = [:]
        }
        young[key] = bucket
        return isGranted
    }
}
