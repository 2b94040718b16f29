import Baselines
import Inventory
import Traffic

/// What the adaptive method expected at each time, and expects of the time ahead.
///
/// It takes the stored readings again as the checks took them, with what operators said, so that a chart of last week
/// shows the band that last week's samples were judged by.
struct AdaptiveBand {
    private let detector: Detector
    private let excluded: ExcludedTimes
    private let law: RateLaw
    private var clock: HourClock
    private var actions: ArraySlice<AnomalyAction>
    private var state = InterfaceState()
    private var findings: [SideFinding] = []
    private(set) var band: ExpectedBand

    init(_ band: ExpectedBand, _ history: StoredHistory, excluded: ExcludedTimes, actions: [AnomalyAction]) {
        let source = history.state.services.anomalies
        self.band = band
        self.excluded = excluded
        self.actions = actions.sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }[...]
        detector = Detector(intervalSeconds: history.intervalSeconds, settings: source.detection)
        law = history.state.services.metrics.law
        clock = HourClock(zone: source.zone, calendar: source.holidays())
    }

    /// Takes the next readings, and what operators said between them.
    mutating func take(_ readings: [CounterReading]) {
        var rest = readings[...]
        while let action = actions.first, let last = rest.last, action.createdAt < last.at {
            let before = rest.prefix { $0.at <= action.createdAt }
            judge(before)
            rest = rest.dropFirst(before.count)
            follow(action)
            actions = actions.dropFirst()
        }
        judge(rest)
    }

    /// Adds what is expected of the time after the last reading: of samples that would come next.
    mutating func lookAhead() {
        guard let last = state.cursor else { return }
        for moment in band.moments where moment > last {
            var ahead = state
            findings.removeAll(keepingCapacity: true)
            let sample = InterfaceSample(at: moment, rates: SIMD4(repeating: 1))
            let context = SampleContext(place: clock.place(at: moment))
            detector.step(&ahead, sample, context, findings: &findings, everySample: true)
            band.add(findings)
        }
    }

    /// Judges readings; what is said of those before the band is not kept.
    private mutating func judge(_ readings: ArraySlice<CounterReading>) {
        let before = readings.prefix { $0.at < band.grid.from }
        judge(Array(before), everySample: false)
        judge(Array(readings.dropFirst(before.count)), everySample: true)
    }

    private mutating func judge(_ readings: [CounterReading], everySample: Bool) {
        guard !readings.isEmpty else { return }
        findings.removeAll(keepingCapacity: true)
        var clock = clock
        let excluded = excluded
        detector.take(
            readings, into: &state, law: law,
            context: { SampleContext(place: clock.place(at: $1), isExcluded: excluded.overlaps(from: $0, to: $1)) },
            findings: &findings, everySample: everySample)
        self.clock = clock
        band.add(findings)
    }

    private mutating func follow(_ action: AnomalyAction) {
        for side in action.side.map({ [$0] }) ?? TrafficSide.all {
            switch action.kind {
            case .expected: state.noteExpected(side: side)
            case .newNormal: state.takeAsNewNormal(side: side)
            case .mute: break
            }
        }
    }
}
