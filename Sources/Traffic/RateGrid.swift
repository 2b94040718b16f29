public import Inventory

/// The buckets into which a range of time is divided: all of one width, the first at `from`.
public struct RateGrid: Sendable, Hashable {
    /// When the first bucket begins.
    public var from: Timestamp
    /// When the last ends, or within it.
    public var to: Timestamp
    /// The width of a bucket, seconds, at least 1.
    public var stepSeconds: Int

    /// The most buckets a grid ever has.
    public static let bucketsMax = 2_000
    /// The widths that `fitting` chooses from, seconds; above them whole days.
    public static let steps = [10, 30, 60, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400]

    /// The buckets of a given width; a width that makes more than `bucketsMax` of them is raised until they fit.
    public init(from: Timestamp, to: Timestamp, stepSeconds: Int) {
        self.from = Self.clamped(from)
        self.to = Self.clamped(to)
        let range = Self.rangeMilliseconds(self.from, self.to)
        let least = range / 1_000 / Int64(Self.bucketsMax) + (range % (1_000 * Int64(Self.bucketsMax)) > 0 ? 1 : 0)
        self.stepSeconds = max(1, min(stepSeconds, Self.stepSecondsMax), Int(clamping: least))
    }

    /// The finest even grid over a range with at most `points` buckets, none narrower than `finestSeconds`.
    ///
    /// Its buckets begin at multiples of their width in UTC, so that the same moment is always in the same bucket; it
    /// begins at or before `from` and ends at or after `to`. Give the polling interval as `finestSeconds`: narrower
    /// buckets would only repeat rates. `points` is taken as 2 to `bucketsMax`.
    public static func fitting(
        from: Timestamp, to: Timestamp, points: Int = bucketsMax, finestSeconds: Int = 10
    ) -> RateGrid {
        let most = Int64(max(2, min(points, bucketsMax)))
        let (from, to, finestSeconds) = (clamped(from), clamped(to), min(finestSeconds, stepSecondsMax))
        for step in steps where step >= finestSeconds {
            let grid = aligned(from, to, step)
            if grid.exactCount <= most { return grid }
        }
        let day: Int64 = 86_400
        var days = max(1, rangeMilliseconds(from, to) / (day * 1_000) / most, Int64(clamping: finestSeconds) / day)
        while aligned(from, to, Int(days * day)).exactCount > most { days += max(1, days / 100) }
        return aligned(from, to, Int(days * day))
    }

    /// How many buckets there are, at most `bucketsMax`.
    public var count: Int { Int(min(exactCount, Int64(Self.bucketsMax))) }

    /// When a bucket begins.
    public func start(_ index: Int) -> Timestamp {
        Timestamp(milliseconds: from.milliseconds + Int64(index) * Int64(stepSeconds) * 1_000)
    }

    /// The bucket a moment is in; below 0 where it is before the first, `count` or more where it is after the last.
    public func index(of moment: Timestamp) -> Int {
        guard moment < to else { return count }
        let into = Self.clamped(moment).milliseconds - from.milliseconds
        return Int(Self.floorDivided(into, Int64(stepSeconds) * 1_000))
    }

    private var exactCount: Int64 {
        let width = Int64(stepSeconds) * 1_000
        let range = Self.rangeMilliseconds(from, to)
        return range / width + (range % width > 0 ? 1 : 0)
    }

    private static func aligned(_ from: Timestamp, _ to: Timestamp, _ step: Int) -> RateGrid {
        let width = Int64(step) * 1_000
        let first = floorDivided(from.milliseconds, width) * width
        let last = -floorDivided(-max(to.milliseconds, from.milliseconds), width) * width
        var grid = RateGrid(
            from: Timestamp(milliseconds: first), to: Timestamp(milliseconds: last), stepSeconds: Int.max / 2_000)
        grid.stepSeconds = step
        return grid
    }

    /// The widest bucket, seconds: 30,000 years, so that no sum overflows.
    private static let stepSecondsMax = 1_000_000_000_000

    /// A moment at most 30 million years away.
    private static func clamped(_ moment: Timestamp) -> Timestamp {
        Timestamp(milliseconds: min(max(moment.milliseconds, -1 << 60), 1 << 60))
    }

    private static func rangeMilliseconds(_ from: Timestamp, _ to: Timestamp) -> Int64 {
        max(0, to.milliseconds - from.milliseconds)
    }

    private static func floorDivided(_ value: Int64, _ divisor: Int64) -> Int64 {
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
