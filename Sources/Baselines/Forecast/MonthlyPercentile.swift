public import Inventory

/// The 95th percentile of a calendar month, as transit is billed: of samples of five minutes, each direction apart.
///
/// The month is cut into spans of five minutes from its first moment in the zone. A span's sample is the mean of the
/// rates that cover it, weighted by time, where they cover at least half of it; so rates of 10 seconds are averaged,
/// and one of 15 minutes counts as three. Of n samples in falling order the first n / 20 (rounded down) are dropped,
/// and the next is the figure: of the 8,640 of 30 whole days the 433rd. Billed is the direction whose figure is
/// greater. Spans without a sample do not count as zero. Bit/s throughout.
public struct MonthlyPercentile: Sendable {
    /// Seconds of a span.
    public static let spanSeconds: Int64 = 300
    /// Of so many samples the highest one is dropped: 5 %.
    public static let droppedShare = 20

    /// What is known of one span: rates times seconds, and seconds, each way.
    private struct Span {
        var bits = SIMD2<Double>.zero
        var seconds = SIMD2<Double>.zero
    }

    /// The first moment of the month.
    public let from: Timestamp
    /// The first moment of the next month.
    public let to: Timestamp
    private var spans: [Span]

    /// The month of a zone in which a moment lies, without samples yet.
    public init(monthOf moment: Timestamp, zone: ZoneRules) {
        let civil = zone.civilTime(at: moment)
        from = zone.firstMoment(ofMonth: civil.month, civil.year)
        to =
            civil.month == 12
            ? zone.firstMoment(ofMonth: 1, civil.year + 1) : zone.firstMoment(ofMonth: civil.month + 1, civil.year)
        let seconds = max(0, to.seconds - from.seconds)
        spans = Array(repeating: Span(), count: Int((seconds + Self.spanSeconds - 1) / Self.spanSeconds))
    }

    /// Spans of the month: 8,640 in one of 30 days, 12 fewer or more where clocks change.
    public var spanCount: Int { spans.count }

    /// Adds rates, bit/s, that held from one moment to another; of what is outside of the month nothing counts.
    ///
    /// A rate that is negative or not finite is not known.
    public mutating func add(inbound: Double, outbound: Double, from start: Timestamp, to end: Timestamp) {
        let (first, last) = (max(start, from).milliseconds, min(end, to).milliseconds)
        guard first < last else { return }
        let rates = SIMD2(inbound, outbound)
        let known = SIMD2(inbound.isFinite && inbound >= 0 ? 1.0 : 0, outbound.isFinite && outbound >= 0 ? 1.0 : 0)
        let counted = SIMD2(known.x > 0 ? rates.x : 0, known.y > 0 ? rates.y : 0)
        let size = Self.spanSeconds * 1000
        var place = Int((first - from.milliseconds) / size)
        var moment = first
        while moment < last, spans.indices.contains(place) {
            let next = min(last, from.milliseconds + Int64(place + 1) * size)
            let seconds = Double(next - moment) / 1000
            spans[place].bits += counted * seconds
            spans[place].seconds += known * seconds
            (moment, place) = (next, place + 1)
        }
    }

    /// The figures from what was added so far.
    public var figures: MonthFigures {
        let half = Double(Self.spanSeconds) / 2
        let inbound = spans.filter { $0.seconds.x >= half }.map { $0.bits.x / $0.seconds.x }
        let outbound = spans.filter { $0.seconds.y >= half }.map { $0.bits.y / $0.seconds.y }
        return MonthFigures(
            from: from, to: to, inbound: Self.percentile(inbound), outbound: Self.percentile(outbound),
            samples: max(inbound.count, outbound.count), spans: spans.count)
    }

    /// The figure of samples in any order: the highest but for 5 % of them; nil where there is none.
    public static func percentile(_ samples: [Double]) -> Double? {
        guard !samples.isEmpty else { return nil }
        return samples.sorted(by: >)[samples.count / droppedShare]
    }
}

/// The 95th percentiles of a month, bit/s.
public struct MonthFigures: Codable, Sendable, Hashable {
    /// The first moment of the month.
    public var from: Timestamp
    /// The first moment of the next month.
    public var to: Timestamp
    /// Of what came in; nil without samples.
    public var inbound: Double?
    /// Of what went out; nil without samples.
    public var outbound: Double?
    /// Samples of five minutes behind it; of the direction that has more.
    public var samples: Int
    /// Spans of five minutes of the whole month.
    public var spans: Int

    /// The greater of both: what is billed; nil without samples.
    public var billed: Double? {
        guard let inbound, let outbound else { return inbound ?? outbound }
        return max(inbound, outbound)
    }
}

extension ZoneRules {
    /// The first moment at which clocks show a day of the month or a later one.
    fileprivate func firstMoment(ofMonth month: Int64, _ year: Int64) -> Timestamp {
        let shown = CivilTime(year: year, month: month, day: 1)?.secondsSince1970 ?? 0
        // Clocks are less than 26 hours from UTC. Where they are set back over midnight, the second one counts.
        var (before, after) = (shown - 26 * 3600, shown + 26 * 3600)
        while after - before > 1 {
            let middle = before + (after - before) / 2
            let moment = Timestamp(seconds: middle)
            if middle + Int64(utcOffsetSeconds(moment)) >= shown { after = middle } else { before = middle }
        }
        return Timestamp(seconds: after)
    }
}
