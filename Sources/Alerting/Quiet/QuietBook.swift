public import Inventory

/// Silences and maintenance windows: which alerts are not sent now, and why.
///
/// A silence or window whose matchers cannot be used holds nothing back: what is told too often is the smaller evil.
///
/// Schedules are asked once for all alerts, and again when something begins or ends.
public struct QuietBook: Sendable {
    /// When a window next begins after a time; nil where it does not any more.
    public typealias NextStart = @Sendable (MaintenanceWindow, Timestamp) -> Timestamp?

    private struct CompiledSilence: Sendable {
        var silence: Silence
        var matchers: LabelMatchers
    }

    private struct CompiledWindow: Sendable {
        var window: MaintenanceWindow
        var matchers: LabelMatchers
    }

    private let silences: [CompiledSilence]
    private let windows: [CompiledWindow]
    let nextStart: NextStart
    private let last = LastQuietStretch()

    /// Silences and windows as they are stored.
    public init(
        silences: [Silence] = [], windows: [MaintenanceWindow] = [], nextStart: @escaping NextStart = { _, _ in nil }
    ) {
        self.silences = silences.compactMap { silence in
            (try? LabelMatchers(silence.matchers)).map { CompiledSilence(silence: silence, matchers: $0) }
        }
        self.windows = windows.compactMap { window in
            (try? LabelMatchers(window.matchers)).map { CompiledWindow(window: window, matchers: $0) }
        }
        self.nextStart = nextStart
    }

    /// Whether there is neither a silence nor a window.
    public var isEmpty: Bool { silences.isEmpty && windows.isEmpty }

    /// Why an alert is held back now; nil where it is not.
    public struct Verdict: Sendable, Hashable {
        /// Maintenance, or a silence.
        public var hold: AlertHold
        /// In a few words: `maintenance: core upgrade, until …`.
        public var text: String
        /// Until when.
        public var until: Timestamp
    }

    /// Why an alert with these labels is held back at a time; where several say so, a window before a silence, and of
    /// each the one that lasts longest.
    public func verdict(on labels: [String: String], at now: Timestamp) -> Verdict? {
        stretch(at: now).holds.first { $0.matchers.fit(labels) }?.verdict
    }

    /// When something next begins or ends after a time, for whoever waits; nil where nothing does.
    public func nextChange(after now: Timestamp) -> Timestamp? { stretch(at: now).until }

    private func stretch(at now: Timestamp) -> QuietStretch {
        last.stretch(at: now) {
            let windows = windows.map { ($0, end: end(of: $0.window, at: now)) }
            let silences = silences.filter { now < $0.silence.endsAt }
            let changes =
                windows.compactMap { $0.end ?? begin(of: $0.0.window, after: now) }
                + silences.map { $0.silence.startsAt > now ? $0.silence.startsAt : $0.silence.endsAt }
            let planned = windows.compactMap { one, end in end.map { Self.hold(one, until: $0) } }
            let quiet = silences.filter { $0.silence.startsAt <= now }.map(Self.hold)
            return QuietStretch(
                from: now, until: changes.min(),
                holds: [planned, quiet].flatMap { $0.sorted { $0.verdict.until > $1.verdict.until } })
        }
    }

    private static func hold(_ one: CompiledWindow, until end: Timestamp) -> QuietStretch.Hold {
        QuietStretch.Hold(
            matchers: one.matchers,
            verdict: Verdict(
                hold: .maintenance, text: "maintenance: \(one.window.name), until \(end)", until: end))
    }

    private static func hold(_ one: CompiledSilence) -> QuietStretch.Hold {
        let by = one.silence.author.map { " by \($0)" } ?? ""
        let text = "silenced\(by): \(one.silence.comment), until \(one.silence.endsAt)"
        return QuietStretch.Hold(
            matchers: one.matchers, verdict: Verdict(hold: .silenced, text: text, until: one.silence.endsAt))
    }
}
