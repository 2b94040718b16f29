import Alerting
import Inventory
import Listing

/// An alert rule as the API shows it: with where it comes from.
struct AlertRuleRow: Sendable {
    /// Its place in the order in which rules are asked.
    let place: Int
    let rule: AlertRule
    let origin: Origin

    /// Where a rule comes from.
    enum Origin: String, Sendable, Hashable, CaseIterable {
        /// The operator's file.
        case file
        /// WARD FLUX brings it.
        case shipped
    }

    /// The rules in force, in the order in which they are asked.
    static func all(_ file: AlertFile) -> [AlertRuleRow] {
        file.effectiveRules.enumerated().map { place, rule in
            AlertRuleRow(place: place, rule: rule, origin: place < file.rules.count ? .file : .shipped)
        }
    }

    /// The table of rules; in their order where a query does not say.
    static let schema = ListSchema<AlertRuleRow>(
        "alert_rules", columns: what + numbers, id: { RowID(high: 0, low: UInt64($0.place)) })

    private static let what: [Column<AlertRuleRow>] = [
        Column("id", .text, "Name of the rule.", uses: .all) { .text($0.rule.id) },
        Column("origin", .text, "file: the operator's; shipped.", values: Origin.allCases.map(\.rawValue)) {
            .text($0.origin.rawValue)
        },
        Column("condition", .text, "What it is about.", values: AlertCondition.allCases.map(\.rawValue)) {
            .text($0.rule.condition.rawValue)
        },
        Column(
            "severity", .text, "How much it matters; the least where what is found says.",
            values: AlertSeverity.allCases.map(\.rawValue)
        ) { .text($0.rule.severity.rawValue) },
        Column("follows_severity", .boolean, "Whether what is found says how much it matters.") {
            .boolean($0.rule.followsSeverity)
        },
        Column("is_sent", .boolean, "Whether it is told, or only recorded.") { .boolean($0.rule.isSent) },
        Column("remedy", .text, "What to do about it, in its author's words.", nullable: true, uses: .all) {
            Cell($0.rule.remedy)
        },
    ]

    private static let numbers: [Column<AlertRuleRow>] = [
        Column("threshold", .real, "Percent above which it holds; below which for disk_space.", nullable: true) {
            $0.rule.threshold.map(Cell.real) ?? .null
        },
        Column("clear", .real, "Percent at which it is over.", nullable: true) {
            $0.rule.clear.map(Cell.real) ?? .null
        },
        Column("minimum_count", .integer, "Errors or discards below which a rate is not believed.", nullable: true) {
            Cell($0.rule.minimumCount)
        },
        Column("for_seconds", .integer, "How long it must hold before it fires.") { Cell($0.rule.forSeconds) },
        Column("clear_seconds", .integer, "How long it must be gone; for events, after which they are over.") {
            Cell($0.rule.clearSeconds)
        },
        Column("changes", .integer, "Changes of status from which an interface flaps.", nullable: true) {
            Cell($0.rule.changes)
        },
        Column("within_seconds", .integer, "The time in which these are counted.", nullable: true) {
            Cell($0.rule.withinSeconds)
        },
    ]
}

extension AlertRuleRow {
    /// Appends it as a JSON object: its columns, what it fits, and its labels.
    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        Self.schema.writeMembers(self, to: &writer)
        writer.array("where", rule.scopes, Self.write)
        writer.member("labels", texts: rule.labels)
        writer.endObject()
    }

    private static func write(_ writer: inout JSONWriter, _ scope: AlertScope) {
        writer.beginObject()
        for (name, texts) in lists(of: scope) { writer.member(name, texts) }
        writer.member("critical", scope.isCritical)
        writer.endObject()
    }

    private static func lists(of scope: AlertScope) -> [(name: String, texts: [String])] {
        [
            ("types", scope.types.map(\.rawValue).sorted()), ("providers", scope.providers),
            ("interfaces", scope.interfaces), ("aliases", scope.aliases), ("devices", scope.devices),
            ("device_types", scope.deviceTypes.map(\.rawValue).sorted()), ("tags", scope.tags),
            ("locations", scope.locations), ("systems", scope.systems),
        ]
    }

    /// What `write` appends, in the document.
    static let documentSchema: JSONValue = {
        let parts: [(name: String, schema: JSONValue)] = lists(of: AlertScope()).map {
            ($0.name, Schema.array(Schema.string()))
        }
        let scope = Schema.object(parts + [("critical", Schema.nullable(Schema.boolean()))])
        return Schema.object(
            schema.properties + [
                (
                    "where",
                    Schema.documented(
                        Schema.array(scope),
                        "What it fits: any of these; of each all that is said, of each list any entry; none fits "
                            + "everything.")
                ),
                ("labels", Schema.documented(Schema.texts, "Further labels of its alerts.")),
            ])
    }()
}
