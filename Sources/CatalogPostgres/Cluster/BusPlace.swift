#if PostgreSQL
    /// How far the messages were read, and which numbers below were not there yet.
    ///
    /// Numbers are given when a message is written and seen when its transaction is committed, so a smaller one may be
    /// seen later. Those that are not seen in time were given to transactions that failed.
    struct BusPlace: Sendable {
        /// Numbers that are awaited at the same time, at most.
        static let missingMax = 10_000

        /// Up to here all numbers were seen or are awaited.
        private(set) var number: Int64
        private var missing: [Int64: ContinuousClock.Instant] = [:]
        private let late: Duration

        /// A place behind a number; below it, from `since` on, only those of `seen` were seen.
        init(
            behind number: Int64, since: Int64, seen: Set<Int64>, lateSeconds: Double, at now: ContinuousClock.Instant
        ) {
            self.number = number
            late = .seconds(lateSeconds)
            guard since <= number else { return }
            for one in since...number where !seen.contains(one) { missing[one] = now + late }
        }

        /// Those awaited, in order.
        var awaited: [Int64] { missing.keys.sorted() }

        /// Notes numbers that were seen, in order; false where so many are missing that the oldest are given up.
        mutating func take(_ seen: [Int64], at now: ContinuousClock.Instant) -> Bool {
            var isWhole = true
            for one in seen {
                guard one > number else {
                    missing[one] = nil
                    continue
                }
                let first = max(number + 1, one - Int64(Self.missingMax))
                if first > number + 1 { isWhole = false }
                for absent in first..<one { missing[absent] = now + late }
                number = one
            }
            guard missing.count > Self.missingMax else { return isWhole }
            for old in awaited.prefix(missing.count - Self.missingMax) { missing[old] = nil }
            return false
        }

        /// Gives up those that were awaited for long enough; called behind a look, which may be late itself.
        mutating func giveUp(at now: ContinuousClock.Instant) {
            if missing.contains(where: { $0.value <= now }) { missing = missing.filter { $0.value > now } }
        }
    }
#endif
