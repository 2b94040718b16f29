public import Inventory

/// Turns the readings, or the roll-ups, of one interface into the points of a chart.
///
/// A rate belongs to the bucket in which its later reading was taken, as it belongs to the hour there in a roll-up. It
/// also fills the buckets before it in which nothing was read: a rate over 300 s in buckets of 60 s gives five equal
/// points and no holes, and a missed poll leaves none either. Nothing fills a gap: its buckets have no rate, and
/// `RateOrigin.gap`. Increases (octets, packets, errors, discards) are counted once, in the bucket of the later reading.
public enum RateSeries {
    /// The buckets from `from` to before `to`, all of them, in order, also those without a rate.
    ///
    /// The readings ascend by time; the last one before `from` is the lead: where the first rate begins. At most
    /// `RateGrid.bucketsMax` buckets: a width that makes more is raised until they fit.
    public static func buckets(
        _ readings: [CounterReading], from: Timestamp, to: Timestamp, stepSeconds: Int, law: RateLaw = RateLaw()
    ) -> [RateBucket] {
        buckets(readings, RateGrid(from: from, to: to, stepSeconds: stepSeconds), law: law)
    }

    /// The buckets of a grid, all of them, in order, also those without a rate.
    public static func buckets(
        _ readings: [CounterReading], _ grid: RateGrid, law: RateLaw = RateLaw()
    ) -> [RateBucket] {
        var buckets = (0..<grid.count).map { RateBucket(start: grid.start($0)) }
        var previous: CounterReading?
        var previousIndex = 0
        for reading in readings {
            let index = grid.index(of: reading.at)
            if buckets.indices.contains(index) {
                buckets[index].readings += 1
                buckets[index].operStatus = reading.operStatus
            }
            if let previous { place(law.step(from: previous, to: reading), previousIndex, index, in: &buckets) }
            previous = reading
            previousIndex = index
        }
        return buckets
    }

    /// Puts a step into the bucket of its later reading and into those between its readings.
    private static func place(_ step: CounterStep, _ earlier: Int, _ later: Int, in buckets: inout [RateBucket]) {
        // Readings that go back in time (a wall clock that was set) have no buckets between them.
        let first = max(0, min(earlier + 1, later))
        let last = min(later, buckets.count - 1)
        if first <= last {
            for index in first...last { buckets[index].addRates(of: step) }
        }
        if buckets.indices.contains(later) { buckets[later].addIncreases(of: step) }
    }

    /// The same buckets from hourly roll-ups, for ranges of which the readings are no longer kept.
    ///
    /// The hours ascend; an hour belongs to the bucket in which it begins. Buckets of less than an hour would show holes
    /// that are not there: their width is raised to 3,600 s. The mean of an hour is that of its rates, each counted
    /// alike (roll-ups do not keep how long each was); that of several hours is weighted by the time they cover.
    public static func buckets(
        rollups hours: [HourlyRollup], from: Timestamp, to: Timestamp, stepSeconds: Int
    ) -> [RateBucket] {
        buckets(rollups: hours, RateGrid(from: from, to: to, stepSeconds: max(3_600, stepSeconds)))
    }

    /// The buckets of a grid of at least 3,600 s from hourly roll-ups, all of them, in order.
    public static func buckets(rollups hours: [HourlyRollup], _ grid: RateGrid) -> [RateBucket] {
        var buckets = (0..<grid.count).map { RateBucket(start: grid.start($0)) }
        for hour in hours {
            let index = grid.index(of: hour.hour)
            guard buckets.indices.contains(index) else { continue }
            buckets[index].readings += Int(hour.readings)
            buckets[index].origin.formUnion(hour.origin)
            add(hour.inbound, to: &buckets[index].inbound)
            add(hour.outbound, to: &buckets[index].outbound)
        }
        return buckets
    }

    private static func add(_ hour: DirectionRollup, to bucket: inout DirectionBucket) {
        if hour.count > 0 {
            let mean = hour.sum / Double(hour.count)
            bucket.add(RateRange(min: hour.min, avg: mean, max: hour.max), seconds: hour.seconds)
        }
        // A roll-up does not say whether a count of 0 was read or is not known; with no rate beside it, it is not.
        guard hour.count > 0 || hour.octets > 0 || hour.packets > 0 else { return }
        RateBucket.add(hour.octets, to: &bucket.octets)
        RateBucket.add(hour.packets, to: &bucket.packets)
        RateBucket.add(hour.errors, to: &bucket.errors)
        RateBucket.add(hour.discards, to: &bucket.discards)
    }
}
