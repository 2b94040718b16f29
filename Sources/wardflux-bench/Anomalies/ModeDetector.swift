import Baselines
import Inventory

/// One of the project's two methods, as the server runs it: the same detector, a sample at a time.
struct ModeDetector: SeriesDetector {
    /// An alarm lasts while the method's anomaly does: what it says is followed, not judged again.
    let threshold = 2.5
    let closing = 1.5
    private let series: TrafficSeries
    private let mode: DetectionMode
    private let detector: Detector
    private var state = InterfaceState()
    private var findings: [SideFinding] = []
    private var learntInWeek = Int64.min
    private static let interface = InterfaceID.random()

    init(_ mode: DetectionMode, _ series: TrafficSeries, settings: DetectionSettings = DetectionSettings()) {
        self.mode = mode
        self.series = series
        detector = Detector(intervalSeconds: series.intervalSeconds, settings: settings)
        if mode == .classic { state.classic = ClassicState(lookBackDays: settings.lookBackDays) }
    }

    mutating func score(_ rate: Double, at index: Int, _ place: HourPlace) -> Double {
        let moment = series.moment(index)
        if mode == .classic { learnWeekly(moment, place) }
        findings.removeAll(keepingCapacity: true)
        // The classic method learns hours in which both directions are known: both carry the same.
        let other = mode == .classic ? rate : .nan
        let sample = InterfaceSample(
            at: moment, rates: SIMD4(rate, other, .nan, .nan), capacity: series.capacity)
        detector.step(&state, sample, SampleContext(place: place, raising: mode), findings: &findings)
        guard let finding = findings.first, finding.event == .start || finding.event == .ongoing else { return 0 }
        return finding.verdict?.isAnomaly == true ? 3 : 2
    }

    /// Learns each Sunday at 06:00, as the schedule has it.
    private mutating func learnWeekly(_ moment: Timestamp, _ place: HourPlace) {
        // Sundays 06:00, counted: 1970 began on a Thursday, 78 hours before the first.
        let week = (place.hour - 78) / 168
        guard week != learntInWeek else { return }
        learntInWeek = week
        guard let rows = state.classic?.baselines(of: Self.interface, at: moment, place: place) else { return }
        state.classic?.adopt(rows)
    }
}
