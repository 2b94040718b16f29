import Catalog
import Classification
import Inventory
import Listing

/// A row of a list that has an order of its own, such as that of a file.
struct PlacedRow<Value: Sendable>: Sendable {
    /// Its place in that order.
    let place: Int
    /// What it shows.
    let value: Value

    /// All values of a list as rows.
    static func all(_ values: [Value]) -> [PlacedRow] {
        values.enumerated().map { PlacedRow(place: $0, value: $1) }
    }

    var id: RowID { RowID(high: 0, low: UInt64(place)) }
}

/// The columns of lists that are short: rules, profiles, schedules.
enum ShortLists {
    /// Rows of a page where a query does not say: short lists come whole.
    static let limitDefault = ListQuery.limitMax

    /// The rules in force, in the order of their files where a query does not say.
    static let rules = ListSchema<PlacedRow<RuleSummary>>(
        "rules",
        columns: [
            Column("id", .text, "Id of the rule.", uses: .all) { .text($0.value.id) },
            Column(
                "type", .text, "The type it speaks for; null where it only sets attributes.", nullable: true,
                values: InterfaceType.allCases.map(\.rawValue)
            ) { Cell($0.value.type?.rawValue) },
            Column("confidence", .real, "0 to 1; 0 for a rule without a type.") { .real($0.value.confidence) },
            Column("critical", .boolean, "Whether it marks interfaces critical; null: it does not say.", nullable: true)
            {
                $0.value.critical.map(Cell.boolean) ?? .null
            },
            Column("monitoring", .boolean, "Whether it switches monitoring; null: it does not say.", nullable: true) {
                $0.value.monitoring.map(Cell.boolean) ?? .null
            },
            Column("provider", .text, "Id of the provider it names.", nullable: true, uses: .all) {
                Cell($0.value.provider)
            },
            Column("comment", .text, "What its author says of it.", nullable: true, uses: .all) {
                Cell($0.value.comment)
            },
            Column("file", .text, "shipped, or rules for the operator's file.") { .text($0.value.file) },
            Column("line", .integer, "Line of the file, from 1.") { Cell($0.value.line) },
        ], id: \.id)

    /// Credential profiles without their secrets, by name.
    static let profiles = ListSchema<PlacedRow<ProfileView>>(
        "profiles",
        columns: [
            Column("name", .text, "Name of the profile.", uses: .all) { .text($0.value.name) },
            Column("version", .text, "Version of SNMP.", values: SNMPVersionName.allCases.map(\.rawValue)) {
                .text($0.value.version.rawValue)
            },
            Column(
                "level", .text, "Security level of version 3; null for the others.", nullable: true,
                values: SNMPSecurityLevelName.allCases.map(\.rawValue)
            ) { Cell($0.value.level?.rawValue) },
            Column("user", .text, "User of version 3.", nullable: true, uses: .all) { Cell($0.value.user) },
            Column(
                "auth_protocol", .text, "How version 3 authenticates; null: it does not.", nullable: true,
                values: SNMPAuthenticationName.allCases.map(\.rawValue)
            ) { Cell($0.value.authProtocol?.rawValue) },
            Column(
                "priv_protocol", .text, "How version 3 encrypts; null: it does not.", nullable: true,
                values: SNMPPrivacyName.allCases.map(\.rawValue)
            ) { Cell($0.value.privProtocol?.rawValue) },
            Column(
                "context_name", .text, "Context of version 3; empty for the default one.", nullable: true, uses: .all
            ) { Cell($0.value.contextName) },
            Column("fault", .text, "Why it cannot be used, and what to do; null: it can.", nullable: true) {
                Cell($0.value.fault)
            },
            Column("created_at", .time, "When it was made.") { .time($0.value.createdAt) },
            Column("updated_at", .time, "When it was last replaced.") { .time($0.value.updatedAt) },
        ], id: \.id)

    /// Jobs with their schedules, in a fixed order.
    static let schedules = ListSchema<PlacedRow<JobScheduleView>>(
        "schedules",
        columns: [
            Column("job", .text, "Name of the job.", uses: .all) { .text($0.value.job) },
            Column("schedule", .text, "When it is due; null: only when asked.", nullable: true, uses: .all) {
                Cell($0.value.schedule)
            },
            Column("enabled", .boolean, "Whether its schedule is switched on.") { .boolean($0.value.enabled) },
            Column("next_run_at", .time, "When it runs next.", nullable: true) { Cell($0.value.nextRunAt) },
        ], id: \.id)
}
