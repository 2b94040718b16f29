import Inventory
import Listing

/// An incident as the API shows it: with the name of its device.
struct IncidentRow: Sendable {
    let incident: Incident
    /// Name of its device; nil where its members are of several.
    let deviceName: String?

    /// The table of incidents; the latest start first where a query does not say.
    static let schema = ListSchema<IncidentRow>(
        "incidents", columns: what + course, defaultSort: [SortTerm("started_at", descending: true)],
        id: { RowID($0.incident.id) })

    private static let what: [Column<IncidentRow>] = [
        Column("id", .identifier, "Identity.") { Cell($0.incident.id) },
        Column("title", .text, "What it is, in a line.", uses: .all) { .text($0.incident.title) },
        Column(
            "scope", .text, "What holds its members together: the narrowest that fits.",
            values: IncidentScope.allCases.map(\.rawValue)
        ) { .text($0.incident.scope.rawValue) },
        Column(
            "severity", .text, "The worst of its members'.", values: AnomalySeverity.allCases.map(\.rawValue)
        ) { .text($0.incident.severity.rawValue) },
        Column(
            "state", .text, "raised where any member is told; else as its members are.",
            values: AnomalyState.allCases.map(\.rawValue)
        ) { .text($0.incident.state.rawValue) },
        Column("device_id", .identifier, "The device, where all members are of one.", nullable: true) {
            Cell($0.incident.deviceID)
        },
        Column("device_name", .text, "Name of the device.", nullable: true, uses: .all) { Cell($0.deviceName) },
        Column("site", .text, "The site, where all members are of one.", nullable: true, uses: .all) {
            Cell($0.incident.site)
        },
    ]

    private static let course: [Column<IncidentRow>] = [
        Column("started_at", .time, "When its first member began.") { .time($0.incident.startedAt) },
        Column("last_started_at", .time, "When its latest member began.") { .time($0.incident.lastStartedAt) },
        Column("ended_at", .time, "When its last member was over; null: one is not.", nullable: true) {
            Cell($0.incident.endedAt)
        },
        Column("is_over", .boolean, "Whether it is over.") { .boolean($0.incident.endedAt != nil) },
        Column("anomaly_count", .integer, "How many anomalies it has.") { Cell($0.incident.anomalyIDs.count) },
        Column("anomaly_ids", .list, "Its anomalies, in the order in which they began.", uses: [.filter]) {
            .list($0.incident.anomalyIDs.map(\.description))
        },
        Column("evidence", .list, "What else was seen then, a sentence each.", uses: [.filter, .search]) {
            .list($0.incident.evidence)
        },
    ]
}
