import Inventory
import Jobs
import Listing

/// What an operator says of a maintenance window.
struct WindowChange: Sendable {
    private let name: String?
    private let matchers: [AlertMatcher]?
    private let startsAt: Timestamp?
    private let schedule: String?
    private let zone: String?
    private let lengthSeconds: Int?
    private let endsAt: Given<Timestamp>
    private let comment: Given<String>
    private let now: Timestamp

    private static let nameRule = TextRule.name(max: 128)
    private static let commentRule = TextRule.text(max: 1_000)
    private static let scheduleRule = TextRule.text(max: 200, min: 1)
    private static let zoneRule = TextRule.word(max: 64, marks: "/_+-")
    private static let matchersCount = 0...64
    private static let lengthRange = 60...31 * 86_400
    /// Days from now until a window that is once begins, at most.
    private static let daysAheadMax = 3_660

    /// Reads a new window, or a change: there what is absent stays.
    init(_ request: APIRequest, isNew: Bool, now: Timestamp) throws(Problem) {
        var fields = try BodyFields(request)
        let (given, length) = (fields.text("name", Self.nameRule), fields.length("duration", in: Self.lengthRange))
        name = isNew ? fields.required("name", given) : fields.notNull("name", given)
        lengthSeconds = isNew ? fields.required("duration", length) : fields.notNull("duration", length)
        let covered = fields.matchers("matchers", count: Self.matchersCount)
        // A window of all alerts is meant only where that is said.
        matchers = isNew ? fields.required("matchers", covered) : fields.notNull("matchers", covered)
        startsAt = fields.moment("starts_at", now: now).value
        schedule = fields.text("schedule", Self.scheduleRule).value
        zone = fields.notNull("zone", fields.text("zone", Self.zoneRule))
        endsAt = fields.moment("ends_at", now: now)
        comment = fields.text("comment", Self.commentRule)
        self.now = now
        if startsAt != nil, schedule != nil {
            fields.conflict("schedule", "a window is once or recurs; give starts_at or schedule")
        }
        if isNew, startsAt == nil, schedule == nil { fields.needsOne(of: "starts_at", "schedule") }
        if startsAt != nil, endsAt.value != nil {
            fields.conflict("ends_at", "it goes with schedule: one that is once ends after its duration")
        }
        Self.check(schedule, zone, &fields)
        try fields.finish()
    }

    private static func check(_ schedule: String?, _ zone: String?, _ fields: inout BodyFields) {
        if let schedule {
            do throws(JobError) { _ = try Schedule(parsing: schedule) } catch {
                fields.conflict("schedule", value: schedule, error.message)
            }
        }
        if let zone {
            do throws(JobError) { _ = try ZoneRules.named(zone) } catch {
                fields.conflict("zone", value: zone, error.message)
            }
        }
    }

    /// The new window; throws where its time is none.
    func window(in standardZone: String, by author: String?) throws(Problem) -> MaintenanceWindow {
        let begins = startsAt.map(MaintenanceWindow.Begin.at) ?? .schedule(schedule ?? "")
        var window = MaintenanceWindow(
            name: name ?? "", begins: begins, durationSeconds: lengthSeconds ?? 0, zone: zone ?? standardZone, at: now)
        window.matchers = matchers ?? []
        window.endsAt = endsAt.value
        window.comment = comment.value.flatMap { $0.isEmpty ? nil : $0 }
        window.author = author
        return try checked(window)
    }

    /// A window after this change; throws where its time is none.
    func applied(to stored: MaintenanceWindow) throws(Problem) -> MaintenanceWindow {
        var window = stored
        if let name { window.name = name }
        if let matchers { window.matchers = matchers }
        if let startsAt {
            window.begins = .at(startsAt)
            window.endsAt = nil
        }
        if let schedule { window.begins = .schedule(schedule) }
        if let zone { window.zone = zone }
        if let lengthSeconds { window.durationSeconds = lengthSeconds }
        if endsAt.isGiven { window.endsAt = endsAt.value }
        if comment.isGiven { window.comment = comment.value.flatMap { $0.isEmpty ? nil : $0 } }
        return try checked(window)
    }

    /// A window that is over, or never begins, is a mistake.
    private func checked(_ window: MaintenanceWindow) throws(Problem) -> MaintenanceWindow {
        let times = WindowTimes(window)
        if case .at = window.begins, window.endsAt != nil {
            throw Self.refusal(
                "ends_at", window.endsAt, "it goes with schedule: one that is once ends after its duration")
        }
        if case .at(let start) = window.begins, start.secondsSince(now) > Double(Self.daysAheadMax) * 86_400 {
            throw Self.refusal("starts_at", start, "at most \(Self.daysAheadMax) days from now are taken")
        }
        guard times.end(at: now) == nil, times.start(after: now) == nil else { return window }
        switch window.begins {
        case .at(let start):
            throw Self.refusal("starts_at", start, "the window is over already at \(now); give a later time")
        case .schedule:
            throw Self.refusal("ends_at", window.endsAt, "no window begins from now until then; give a later time")
        }
    }

    private static func refusal(_ field: String, _ time: Timestamp?, _ detail: String) -> Problem {
        .impossible([ProblemError(field: field, value: time?.description, detail: detail)])
    }

    /// What a body says, in the document.
    static func schema(isNew: Bool) -> JSONValue {
        let moment = Schema.nullable(MomentAhead.schema)
        return Schema.object(
            [
                ("name", nameRule.schema), ("matchers", MatcherText.schema(count: matchersCount)),
                ("starts_at", Schema.documented(moment, "When it begins, where it is once; or give schedule.")),
                (
                    "schedule",
                    Schema.documented(
                        Schema.nullable(scheduleRule.schema),
                        "When it begins each time: five fields of cron such as 0 22 * * SAT, or daily at 22:00.")
                ),
                (
                    "zone",
                    Schema.documented(
                        zoneRule.schema, "The zone whose clocks the schedule follows; the server's where not given.")
                ),
                (
                    "duration",
                    Schema.documented(LengthText.rule.schema, "How long it lasts, 1 minute to 31 days, such as 2h.")
                ),
                ("ends_at", Schema.documented(moment, "None begins after this; null: it has no end.")),
                ("comment", Schema.documented(Schema.nullable(commentRule.schema), "Why.")),
            ], required: isNew ? ["name", "matchers", "duration"] : [])
    }
}
