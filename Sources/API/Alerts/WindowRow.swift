import Alerting
import Inventory
import Listing

/// A maintenance window as the API shows it: with its next times.
struct WindowRow: Sendable {
    let window: MaintenanceWindow
    let openUntil: Timestamp?
    let nextStarts: [Timestamp]

    /// Times that a row shows.
    private static let startsShown = 5

    init(_ window: MaintenanceWindow, at now: Timestamp) {
        self.window = window
        let times = WindowTimes(window)
        openUntil = times.end(at: now)
        nextStarts = times.starts(after: now, count: Self.startsShown)
    }

    /// The table of maintenance windows; by name where a query does not say.
    static let schema = ListSchema<WindowRow>(
        "maintenance_windows", columns: what + when, defaultSort: [SortTerm("name")], id: { RowID($0.window.id) })

    private static let what: [Column<WindowRow>] = [
        Column("id", .identifier, "Identity.") { Cell($0.window.id) },
        Column("name", .text, "The operator's name for it.", uses: .all) { .text($0.window.name) },
        Column("matchers", .list, "Which alerts: all of them hold; none covers all.", uses: [.filter, .search]) {
            .list($0.window.matchers.map(\.text))
        },
        Column("comment", .text, "Why, in the operator's words.", nullable: true, uses: .all) {
            Cell($0.window.comment)
        },
        Column("author", .text, "Name of the access token; null where none is needed.", nullable: true, uses: .all) {
            Cell($0.window.author)
        },
        Column("created_at", .time, "When it was entered.") { .time($0.window.createdAt) },
    ]

    private static let when: [Column<WindowRow>] = [
        Column("starts_at", .time, "When it begins, where it is once.", nullable: true) {
            if case .at(let time) = $0.window.begins { .time(time) } else { .null }
        },
        Column("schedule", .text, "When it begins, where it recurs: five fields of cron.", nullable: true, uses: .all) {
            if case .schedule(let text) = $0.window.begins { .text(text) } else { .null }
        },
        Column("zone", .text, "The zone whose clocks the schedule follows.", uses: .all) { .text($0.window.zone) },
        Column("duration_seconds", .integer, "How long it lasts.") { Cell($0.window.durationSeconds) },
        Column("ends_at", .time, "None begins after this; null: it has no end.", nullable: true) {
            Cell($0.window.endsAt)
        },
        Column("is_now", .boolean, "Whether it is open.") { .boolean($0.openUntil != nil) },
        Column("open_until", .time, "Until when it is open.", nullable: true) { Cell($0.openUntil) },
        Column("next_start_at", .time, "When it next begins; null: not any more.", nullable: true) {
            Cell($0.nextStarts.first)
        },
        Column("next_starts", .list, "When it begins next, and then.", uses: []) {
            .list($0.nextStarts.map(\.description))
        },
    ]
}
