import Inventory
import Listing

/// A delivery as the API shows it: what it tells of is named, not repeated.
struct DeliveryRow: Sendable {
    let id: AlertDeliveryID
    let number: Int64
    let receiver: String
    let group: String
    let reason: AlertDelivery.Reason
    let state: AlertDelivery.State
    let message: String
    let alertIDs: [AlertID]
    let alertCount: Int
    let attempts: Int
    let createdAt: Timestamp
    let dueAt: Timestamp
    let endedAt: Timestamp?
    let lastError: String?

    init(_ delivery: AlertDelivery) {
        id = delivery.id
        number = delivery.number
        receiver = delivery.receiver
        group = delivery.group
        reason = delivery.reason
        state = delivery.state
        message = delivery.alerts.first?.message ?? ""
        alertIDs = delivery.alerts.map(\.id)
        alertCount = delivery.alertCount
        attempts = delivery.attempts
        createdAt = delivery.createdAt
        dueAt = delivery.dueAt
        endedAt = delivery.endedAt
        lastError = delivery.lastError
    }

    /// The table of deliveries; the latest first where a query does not say.
    static let schema = ListSchema<DeliveryRow>(
        "alert_deliveries", columns: what + course, defaultSort: [SortTerm("number", descending: true)],
        id: { RowID($0.id) })

    private static let what: [Column<DeliveryRow>] = [
        Column("id", .identifier, "Identity; the receiver sees it with each attempt.") { Cell($0.id) },
        Column("number", .integer, "Its place among all deliveries.") { .integer($0.number) },
        Column("receiver", .text, "Name of the receiver.", uses: .all) { .text($0.receiver) },
        Column("group", .text, "What its alerts have in common.", uses: .all) { .text($0.group) },
        Column("reason", .text, "Why it is sent.", values: AlertDelivery.Reason.allCases.map(\.rawValue)) {
            .text($0.reason.rawValue)
        },
        Column(
            "state", .text, "waiting: it is to be made; failed: it was given up.",
            values: AlertDelivery.State.allCases.map(\.rawValue)
        ) { .text($0.state.rawValue) },
        Column("message", .text, "The line of its first alert.", uses: .all) { .text($0.message) },
        Column("alert_ids", .list, "The alerts it spells out.", uses: [.filter]) {
            .list($0.alertIDs.map(\.description))
        },
        Column("alert_count", .integer, "How many alerts it tells of.") { Cell($0.alertCount) },
    ]

    private static let course: [Column<DeliveryRow>] = [
        Column("attempts", .integer, "Attempts so far.") { Cell($0.attempts) },
        Column("created_at", .time, "When it was written.") { .time($0.createdAt) },
        Column("due_at", .time, "When it may be tried next, while it waits.") { .time($0.dueAt) },
        Column("ended_at", .time, "When it was delivered, or given up; null: it waits.", nullable: true) {
            Cell($0.endedAt)
        },
        Column("last_error", .text, "Why the last attempt failed.", nullable: true, uses: .all) { Cell($0.lastError) },
    ]
}
