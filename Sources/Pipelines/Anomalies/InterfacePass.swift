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

    /// Readings of which is counted what either method began; history is longer.
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
        for event in events(of: entry) {
            let before = rest.prefix { $0.at <= event.at }
            take(Array(before), &entry, &outcome, isShort: isShort)
            rest = rest.dropFirst(before.count)
            event.apply(to: &entry.state, settings: detector.settings.adaptive)
        }
        take(rest.count == readings.count ? readings : Array(rest), &entry, &outcome, isShort: isShort)
        return outcome
    }

    /// What happened, in its order; a state that is made from history also lives through a change of meaning again.
    private func events(of entry: WatchedInterface.Entry) -> [StateEvent] {
        var all = events
        if entry.state.cursor == nil, let at = entry.restartedAt { all.append(StateEvent(at: at, kind: .restart)) }
        return all.sorted { $0.at < $1.at }
    }

    private func take(
        _ readings: [CounterReading], _ entry: inout WatchedInterface.Entry, _ outcome: inout Outcome, isShort: Bool
    ) {
        guard !readings.isEmpty else { return }
        // What is in no anomaly matters only where there is another method to be counted.
        let everySample = isShort && entry.state.classic != nil
        let cursor = entry.state.cursor
        var (clock, findings) = (clock, [SideFinding]())
        detector.take(
            readings, into: &entry.state, law: law,
            context: { from, to in
                SampleContext(
                    place: clock.place(at: to), isExcluded: excluded.overlaps(from: from, to: to), raising: raising)
            }, findings: &findings, everySample: everySample)
        outcome.readings += cursor.map { last in readings.count { $0.at > last } } ?? readings.count
        for finding in findings { note(finding, &entry, &outcome, counts: isShort) }
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
