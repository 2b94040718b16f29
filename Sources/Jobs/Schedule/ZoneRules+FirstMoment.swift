public import Inventory

extension ZoneRules {
    /// The first moment at which the zone's clocks show a local time, given as seconds since 1970 as if it were UTC.
    ///
    /// For a local time that no clock ever shows, the moment the gap ends. Exact while changes are at least two days
    /// apart, as they are in every zone in use.
    public func firstMoment(showing localSeconds: Int64) -> Timestamp {
        let before = offset(at: localSeconds - 86_400)
        let after = offset(at: localSeconds + 86_400)
        let candidates = [localSeconds - before, localSeconds - after].filter { offset(at: $0) + $0 == localSeconds }
        if let first = candidates.min() { return Timestamp(seconds: first) }
        return Timestamp(seconds: gapEnd(between: localSeconds - after, and: localSeconds - before, before: before))
    }

    /// The first second in a span whose offset is no longer the one before the change.
    private func gapEnd(between low: Int64, and high: Int64, before: Int64) -> Int64 {
        var (low, high) = (min(low, high), max(low, high))
        while low < high {
            let middle = low + (high - low) / 2
            if offset(at: middle) == before { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private func offset(at utcSeconds: Int64) -> Int64 {
        Int64(utcOffsetSeconds(Timestamp(seconds: utcSeconds)))
    }
}
