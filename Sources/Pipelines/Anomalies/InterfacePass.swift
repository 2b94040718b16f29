import Baselines
import Inventory
import Traffic

/// Takes readings of one interface, and what happened between them, into its state.
struct InterfacePass: Sendable {
    var detector: Detector
    var law: RateLaw
    var clock: HourClock
    var excluded: ExcludedTimes
    var raising: DetectionMode
    var events: [StateEvent]

    /// Readings of which every sample is looked at for what the other method says; history is longer.
    private static let shortRun = 64

    /// What came of it.
    struct Outcome: Sendable {
        /// The last finding of each anomaly, in the order in which they began.
        var findings: [SideFinding] = []
        var readings = 0
        /// Anomalies either method began, where the run is short enough to be looked at.
        var begun = 0
        var othersBegun = 0
    }

    /// Ascending readings; those up to the cursor are left out.
    func take(_ readings: [CounterReading], _ entry: inout WatchedInterface.Entry) -> Outcome {
        var outcome = Outcome()
        let isShort = readings.count <= Self.shortRun
        var rest = readings[...]
        for event in events.sorted(by: { $0.at < $1.at }) {
            let before = rest.prefix { $0.at <= event.at }
            take(Array(before), &entry, &outcome, everySample: isShort)
            rest = rest.dropFirst(before.count)
            event.apply(to: &entry.state)
        }
        take(events.isEmpty ? readings : Array(rest), &entry, &outcome, everySample: isShort)
        return outcome
    }

    private func take(
        _ readings: [CounterReading], _ entry: inout WatchedInterface.Entry, _ outcome: inout Outcome,
        everySample: Bool
    ) {
        guard !readings.isEmpty else { return }
        var (clock, findings) = (clock, [SideFinding]())
        detector.take(
            readings, into: &entry.state, law: law,
            context: { moment in
                SampleContext(
                    place: clock.place(at: moment), isExcluded: excluded.contains(moment), raising: raising)
            }, findings: &findings, everySample: everySample)
        outcome.readings += readings.count
        for finding in findings { note(finding, &entry, &outcome, counts: everySample) }
    }

    private func note(
        _ finding: SideFinding, _ entry: inout WatchedInterface.Entry, _ outcome: inout Outcome, counts: Bool
    ) {
        let bit = UInt8(1) << UInt8(TrafficSide.all.firstIndex(of: finding.side) ?? 0)
        let isOthers = finding.otherVerdict?.isAnomaly ?? false
        if counts, isOthers, entry.othersAnomalies & bit == 0 { outcome.othersBegun += 1 }
        if isOthers { entry.othersAnomalies |= bit } else { entry.othersAnomalies &= ~bit }
        guard finding.event != nil, let episode = finding.episode else { return }
        if counts, finding.event == .start { outcome.begun += 1 }
        let place = outcome.findings.lastIndex {
            $0.side == finding.side && $0.episode?.startedAt == episode.startedAt
        }
        if let place { outcome.findings[place] = finding } else { outcome.findings.append(finding) }
    }
}
