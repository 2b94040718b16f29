import Glibc

/// Numbers a made-up link is drawn from, so that a corpus has the measured properties of real ones.
///
/// Deviations are of the natural logarithm of the rate. `wanders` are the parts of a link's deviation from its usual
/// week, each with its memory: together they give the correlations over 5 minutes, an hour, a day and a week.
struct LinkKind {
    var intervalSeconds = 300
    /// Deviation and hours of memory of each part, of a link of median restlessness.
    var wanders: [(deviation: Double, hours: Double)]
    /// How different links are: deviation of the logarithm of their restlessness.
    var diversity: Double
    /// From sample to sample, without memory, and how heavy its tails are.
    var noise: Double
    var noiseFreedom: ClosedRange<Double>
    /// Doublings and halvings that are nobody's fault, a week, and half of their usual length in hours.
    var naturalPerWeek: Double
    var naturalHours: Double
    /// How much the noise of days differs: deviation of its logarithm.
    var moodiness = 0.45
    /// Changes to another level that lasts, a week, and the deviation of those levels.
    var shiftsPerWeek = 0.6
    var shiftDeviation: Double
    /// Share of links that are idle but for bursts.
    var idleShare: Double
    /// Share of links with a copy at night.
    var backupShare = 0.35
    /// What was measured of the real links, in the order of `CorpusFacts.figures`; nil where it was not.
    var measured: [Double?]

    /// 54 links and node ports of an American research network, 5 minutes.
    static let backbone = LinkKind(
        wanders: [(0.10, 1000), (0.10, 30), (0.065, 3)], diversity: 0.38, noise: 0.033,
        noiseFreedom: 2.6...5, naturalPerWeek: 0.55, naturalHours: 0.8, shiftDeviation: 0.12, idleShare: 0.15,
        measured: [0.066, 11.5, 0.12, 0.17, 0.29, 0.78, 0.93, 0.81, 0.55, 0.29, 2.0])

    /// 116 links and nodes of a European research network, 15 minutes.
    static let quarterHours = LinkKind(
        intervalSeconds: 900, wanders: [(0.17, 900), (0.14, 60)], diversity: 0.52,
        noise: 0.049, noiseFreedom: 2.4...4, naturalPerWeek: 0.25, naturalHours: 1.5, shiftDeviation: 0.14,
        idleShare: 0.05,
        measured: [0.110, 18.4, 0.12, 0.23, 0.48, 0.85, 0.91, 0.87, 0.72, 0.43, 1.2])

    /// 132 flows between cities: restless, heavy-tailed.
    static let flows = LinkKind(
        wanders: [(0.20, 480), (0.24, 30), (0.14, 4)], diversity: 0.7, noise: 0.083,
        noiseFreedom: 3...6, naturalPerWeek: 0.2, naturalHours: 0.5, shiftDeviation: 0.16, idleShare: 0.1,
        measured: [0.161, 9.4, 0.23, 0.37, 1.0, 0.70, nil, nil, nil, nil, 1.4])

    /// Large trunks of a national network: smooth, quiet.
    static let trunks = LinkKind(
        wanders: [(0.09, 480), (0.08, 30), (0.04, 4)], diversity: 0.2, noise: 0.008,
        noiseFreedom: 5...9, naturalPerWeek: 0, naturalHours: 1, shiftDeviation: 0.06, idleShare: 0, backupShare: 0,
        measured: [nil, nil, nil, nil, nil, 0.98, nil, nil, nil, nil, 0])

    static let named: [(name: String, kind: LinkKind)] = [
        ("backbone", backbone), ("quarter-hours", quarterHours), ("flows", flows), ("trunks", trunks),
    ]
}

/// One made-up link: what it carries in each hour of the week, and how restlessly.
struct MadeLink {
    var capacity: Double
    var isIdle: Bool
    /// Logarithm of the usual rate, by hour of the local week.
    var season: [Double]
    var restlessness: Double
    var noise: Double
    var noiseFreedom: Double
    /// Hour of the nightly copy, and by how much the logarithm rises.
    var backup: (hour: Int, gain: Double)?
    var naturalPerWeek: Double

    init(_ kind: LinkKind, _ random: inout SeededRandom) {
        capacity = [1e8, 1e9, 1e9, 1e10][random.below(4)]
        isIdle = random.happens(kind.idleShare)
        restlessness = exp(kind.diversity * random.normal())
        noise = kind.noise * exp(0.3 * random.normal())
        noiseFreedom = random.between(kind.noiseFreedom.lowerBound, kind.noiseFreedom.upperBound)
        backup = random.happens(kind.backupShare) ? (random.below(5), random.between(0.3, 0.9)) : nil
        naturalPerWeek = kind.naturalPerWeek * random.gamma(3) / 3
        season = Self.season(level: capacity * random.between(0.03, 0.35), &random)
    }

    /// Offices peak at noon and rest at weekends, homes and transit peak in the evening; the busiest hours stay below
    /// the line speed.
    private static func season(level: Double, _ random: inout SeededRandom) -> [Double] {
        let isOffice = random.happens(0.5)
        let peak = isOffice ? random.between(11, 14) : random.between(19, 21.5)
        let depth = random.between(0.5, 1.3)
        let weekend = isOffice ? random.between(0.6, 1.6) : random.between(-0.2, 0.4)
        let base = log(level) - depth * 1.3 + 0.5
        return (0..<168).map { hour in
            let angle = (Double(hour % 24) - peak) / 24 * 2 * .pi
            let isWeekend = hour / 24 == 0 || hour / 24 == 6
            let day = depth * (cos(angle) + 0.3 * cos(2 * angle)) * (isWeekend && isOffice ? 0.3 : 1)
            return base + day - (isWeekend ? weekend * 0.6 : 0) + 0.06 * random.normal()
        }
    }
}
