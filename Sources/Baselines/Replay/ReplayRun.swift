public import Inventory
public import Traffic

/// One series, replayed through the very detector that judges live traffic.
///
/// Baselines of the classic method are learnt as the schedule learns them: for the first time when an hour of the week
/// has 7 samples and is over, then every Sunday at 06:00 of the zone.
public struct ReplayRun: Sendable {
    /// Name of the series.
    public let series: String
    /// How it is replayed.
    public let settings: ReplaySettings
    /// The time of the last sample; nil before the first.
    public private(set) var last: Timestamp?

    private let detector: Detector
    private let valueMaximum: Double
    private let interface = InterfaceID.random()
    private var state = InterfaceState()
    private var clock: HourClock
    private var learning = ReplayLearning()
    private var findings: [SideFinding] = []

    /// Samples of an hour of the week from which it has a baseline.
    private static let samplesMinimum = 7

    /// A series of which nothing was seen.
    public init(series: String, settings: ReplaySettings) {
        self.series = series
        self.settings = settings
        detector = Detector(intervalSeconds: settings.intervalSeconds, settings: settings.detection)
        clock = HourClock(zone: settings.zone, calendar: settings.calendar)
        valueMaximum = Self.valueMaximum(capacity: settings.capacity)
        if settings.mode == .classic {
            state.classic = ClassicState(lookBackDays: settings.detection.lookBackDays)
        }
    }

    /// Above which no rate of a line is: as for counters of devices, 1.05 times the line speed, else 10 Tbit/s.
    public static func valueMaximum(capacity: Double?) -> Double {
        let law = RateLaw()
        return capacity.map { $0 * law.lineSpeedFactor } ?? law.unknownSpeedBitsPerSecond
    }

    /// Whether a value may be a rate of the line: not negative, and no more than it carries.
    public func isBelievable(_ value: Double) -> Bool { value >= 0 && value <= valueMaximum }

    /// Takes the next sample of a series of traffic; the line that is to be told of it, if any.
    ///
    /// A value that is not known (NaN) or not believed is neither judged nor learnt from. A sample that is not later
    /// than the one before is left out.
    public mutating func take(at: Timestamp, value: Double) -> ReplayLine? {
        let rate = isBelievable(value) ? value : .nan
        // A baseline has as many samples as the direction that has fewer, so both directions are this series.
        let peer = state.classic == nil ? .nan : rate
        let sample = InterfaceSample(at: at, rates: SIMD4(rate, peer, .nan, .nan), capacity: settings.capacity)
        guard judge(sample, from: begin(at)) else { return nil }
        let side = TrafficSide(.inbound, .traffic)
        if let finding = findings.first(where: { $0.side == side }) { return ReplayLine(series: series, finding) }
        guard settings.everySample else { return nil }
        return ReplayLine(series: series, side: side, at: at, value: rate, mode: settings.mode)
    }

    /// Takes the next reading of an interface, as the live check does; the lines that are to be told of it, in the order
    /// of `TrafficSide.all`.
    ///
    /// The first one is where the first rate begins. A reading that is no later than the one before is left out.
    public mutating func take(_ reading: CounterReading, law: RateLaw = RateLaw()) -> [ReplayLine] {
        if let last, reading.at <= last { return [] }
        last = reading.at
        let place = clock.place(at: reading.at)
        learnWhereDue(at: reading.at, place)
        let (excluded, raising) = (settings.excluded, settings.mode)
        findings.removeAll(keepingCapacity: true)
        detector.take(
            [reading], into: &state, law: law,
            context: {
                SampleContext(place: place, isExcluded: excluded.overlaps(from: $0, to: $1), raising: raising)
            }, findings: &findings, everySample: settings.everySample)
        return findings.map { ReplayLine(series: series, $0) }
    }

    /// Judges a sample that tells of the time from a moment on; false where it is no later than the one before.
    private mutating func judge(_ sample: InterfaceSample, from: Timestamp) -> Bool {
        if let last, sample.at <= last { return false }
        last = sample.at
        let place = clock.place(at: sample.at)
        learnWhereDue(at: sample.at, place)
        let context = SampleContext(
            place: place, isExcluded: settings.excluded.overlaps(from: from, to: sample.at), raising: settings.mode)
        findings.removeAll(keepingCapacity: true)
        detector.step(&state, sample, context, findings: &findings, everySample: settings.everySample)
        return true
    }

    /// Since when a value of a file is a mean: since the one before, where that is not long ago.
    private func begin(_ at: Timestamp) -> Timestamp {
        let earliest = at.advanced(bySeconds: -1.5 * Double(settings.intervalSeconds))
        return last.map { max($0, earliest) } ?? earliest
    }

    private mutating func learnWhereDue(at: Timestamp, _ place: HourPlace) {
        let moment = learning.due(place) { place in
            (state.classic?.mostSamples(before: place) ?? 0) >= Self.samplesMinimum
        }
        guard let moment, let classic = state.classic else { return }
        let hoursSince = Double(place.hour - moment.hour) + place.fraction - moment.fraction
        state.classic?.adopt(
            classic.baselines(of: interface, at: at.advanced(bySeconds: -hoursSince * 3600), place: moment))
    }
}
