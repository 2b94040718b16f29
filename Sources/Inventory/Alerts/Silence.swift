/// Identity of a silence.
public typealias SilenceID = Identifier<Silence>

/// Alerts that are not sent for a while: a row of `alert_silences`.
public struct Silence: Codable, Sendable, Hashable {
    /// Identity.
    public var id: SilenceID
    /// All of them must hold; at least one.
    public var matchers: [AlertMatcher]
    /// From when.
    public var startsAt: Timestamp
    /// Until when.
    public var endsAt: Timestamp
    /// Why, in the operator's words.
    public var comment: String
    /// Who said it; nil where access needs no token.
    public var author: String?
    /// When it was said.
    public var createdAt: Timestamp

    /// A silence.
    public init(
        id: SilenceID = .random(), matchers: [AlertMatcher], from start: Timestamp, to end: Timestamp,
        comment: String, at now: Timestamp
    ) {
        self.id = id
        self.matchers = matchers
        (startsAt, endsAt) = (start, end)
        self.comment = comment
        createdAt = now
    }
}

/// Identity of a maintenance window.
public typealias MaintenanceWindowID = Identifier<MaintenanceWindow>

/// Planned work, once or again and again: a row of `maintenance_windows`.
///
/// Alerts that begin in it are not sent; one that still holds when it ends is sent then. Times that recur follow the
/// clocks of a zone.
public struct MaintenanceWindow: Codable, Sendable, Hashable {
    /// Identity.
    public var id: MaintenanceWindowID
    /// The operator's name for it.
    public var name: String
    /// What it covers: all of them must hold; none covers everything.
    public var matchers: [AlertMatcher]
    /// When it begins: each time the schedule is due (cron form, `docs/jobs.md`), or once.
    public var begins: Begin
    /// How long it lasts, 1 minute to 31 days.
    public var durationSeconds: Int
    /// IANA name of the zone the schedule is in, `Asia/Tbilisi`.
    public var zone: String
    /// No window begins after this; nil for without end.
    public var endsAt: Timestamp?
    /// Why, in the operator's words.
    public var comment: String?
    /// Who entered it; nil where access needs no token.
    public var author: String?
    /// When it was entered.
    public var createdAt: Timestamp

    /// When a window begins.
    public enum Begin: Codable, Sendable, Hashable {
        /// Once.
        case at(Timestamp)
        /// Each time this schedule is due.
        case schedule(String)
    }

    /// A window.
    public init(
        id: MaintenanceWindowID = .random(), name: String, begins: Begin, durationSeconds: Int, zone: String,
        at now: Timestamp
    ) {
        self.id = id
        self.name = name
        matchers = []
        self.begins = begins
        self.durationSeconds = durationSeconds
        self.zone = zone
        createdAt = now
    }
}
