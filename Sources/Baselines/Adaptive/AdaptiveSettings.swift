/// How the adaptive model judges.
///
/// The defaults were found on real backbone traffic; they hold for one sample in 10 s to one an hour.
public struct AdaptiveSettings: Sendable, Hashable {
    /// Score above which a sample is an anomaly.
    public var threshold = 3.0
    /// Score below which a sample is quiet again.
    public var quietScore = 2.0

    /// A deviation is told only from this share of what was expected.
    public var relativeMinimum: Float = 0.3
    /// A deviation is told only from this share of the capacity.
    public var capacityShareMinimum: Float = 0.003
    /// Where the capacity is not known, a deviation is told only from this share of the record of 14 days.
    public var recordShareMinimum: Float = 0.003

    /// Limit of each duration, in usual deviations, before it is calibrated.
    public var limitStart: Float = 4
    /// The lowest limit; a score of 3 is at the limit.
    public var limitMinimum: Float = 3.5
    /// The highest limit.
    public var limitMaximum: Float = 12
    /// By which factor an onset raises the limit.
    public var limitRise: Float = 1.12
    /// By which share the limit sinks in `onsetDays`.
    public var limitSink: Float = 0.08
    /// Days in which about one ordinary sample may reach a duration's limit.
    public var onsetDays = 14.0
    /// Times the limit from which an onset is no ordinary one, and does not raise it.
    public var farFactor: Float = 2.5
    /// The share of its limit below which the slow offset must sink before it can begin to exceed it again.
    public var slowRearm: Float = 0.5
    /// By which factor an operator's word that it was to be expected raises the limit.
    public var expectedRise: Float = 1.3

    /// What the score of each duration counts where traffic rises, in the order of `AnomalyDuration`: one high sample
    /// alone is seldom an event, one that lasts is.
    public var riseWeights = SIMD8<Float>(0.6, 0.9, 1.3, 1.2, 1, 0, 0, 0)
    /// The same where it falls.
    public var fallWeights = SIMD8<Float>(0.8, 1.2, 1.3, 1.2, 1, 0, 0, 0)

    /// Hours in which today's offset is half learnt.
    public var offsetHalfLifeHours = 2.0
    /// The share of today's offset that is expected to last until the next sample.
    public var offsetShare: Float = 0.9
    /// The share of today's offset that fades in an hour.
    public var offsetFadePerHour = 0.02
    /// Hours in which the slow offset is half learnt.
    public var slowHalfLifeHours = 12.0
    /// Days over which the usual size of the slow offset is learnt.
    public var slowScaleDays = 21.0
    /// The least usual size of the slow offset, in logarithms.
    public var slowScaleMinimum: Float = 0.05

    /// The floor under the deviations of falls, in logarithms.
    public var fallFloor: Float = 0.03
    /// The floor under those of rises, as a share of the square root of what is expected.
    public var riseFloor: Float = 0.015
    /// The floor under those of rises, as a share of the square root of the first median.
    public var riseMedianFloor: Float = 0.01
    /// Hours over which deviations are learnt, for each hour of the day.
    public var scaleHours = 14.0
    /// Score from which a sample counts less in what is learnt of deviations.
    public var wildScore: Float = 6
    /// What such a sample counts: less, but never nothing, as a scale that is too small would stay so for ever.
    public var wildWeight: Float = 0.25

    /// The least weight of a visit in the level of its hour of the week.
    public var levelGainMinimum: Float = 0.25
    /// The least weight of a visit in the level of its hour of a kind of day.
    public var dayLevelGainMinimum: Float = 0.1
    /// The least weight of a visit in the variance between visits.
    public var varianceGainMinimum: Float = 0.05
    /// Standard deviations between visits beyond which a sample moves the level no further.
    public var visitClip: Float = 3

    /// The share of samples below a tenth of the record from which a port counts as mostly idle.
    public var idleShareMinimum: Float = 0.5
    /// The share of the record of the hours before that a rise on such a port must reach.
    public var idleRecordShare: Float = 1.1
    /// How many times what bursts carried a burst on a mostly idle port must carry, where its rate is no record.
    public var burstFactor: Float = 1.3
    /// Hours of a slow deviation after which it is the new normal.
    public var newNormalHours = 36.0
    /// Hours after that in which traffic that goes back takes its old levels with it, up to 255.
    public var shiftKeptHours = 168

    /// What a visit of another day of the same kind counts towards the confidence.
    public var otherDayShare: Float = 0.25
    /// The most those count together, in visits.
    public var otherDayMaximum: Float = 2
    /// What the last day's samples alone count towards it, in visits: today's offset needs no visits to be known.
    public var trackedVisits: Float = 0.75
    /// The standard deviation between visits, in logarithms, that halves the confidence.
    public var confidenceDeviation: Float = 0.5

    /// The share of the capacity above which a port is saturated.
    public var saturationShare: Float = 0.95
    /// Samples in a row for which it must be, and for which there must be no traffic, where nothing else is known yet.
    public var hardRuleSamples = 3

    /// The defaults.
    public init() {}

    /// The score below which a sample is quiet, and what is not worth a word stays: no anomaly is.
    var quietLimit: Double { min(quietScore, threshold) }
}
