import Alerting
import Inventory
import Listing

/// An alert as the API shows it: with the names of its device and interface as they were when it began.
struct AlertRow: Sendable {
    let alert: Alert
    /// How many alerts it explains.
    var explains = 0

    private var device: AlertContext.Device? { alert.context.device }
    private var interface: AlertContext.Interface? { alert.context.interface }

    /// The table of alerts; the latest start first where a query does not say.
    static let schema = ListSchema<AlertRow>(
        "alert_history", columns: what + whose + figures + course + acknowledgement + why,
        defaultSort: [SortTerm("started_at", descending: true)], id: { RowID($0.alert.id) })

    private static let what: [Column<AlertRow>] = [
        Column("id", .identifier, "Identity.") { Cell($0.alert.id) },
        Column("message", .text, "What there is to say, in a line.", uses: .all) { .text($0.alert.message) },
        choice("condition", "What is wrong.", AlertCondition.self) { $0.alert.condition },
        choice("severity", "How much it matters; it may rise while the alert is open.", AlertSeverity.self) {
            $0.alert.severity
        },
        choice(
            "state",
            "pending: it does not hold yet for as long as its rule asks; firing; acknowledged: somebody sees to it; "
                + "resolved: it is over.", AlertState.self
        ) { $0.alert.state },
        Column("is_over", .boolean, "Whether it is over.") { .boolean(!$0.alert.isOpen) },
        Column("is_held", .boolean, "Whether nobody is told of it.") { .boolean($0.alert.hold != nil) },
        Column(
            "hold", .text, "Why nobody is told of it.", nullable: true, values: AlertHold.allCases.map(\.rawValue)
        ) { Cell($0.alert.hold?.rawValue) },
    ]

    private static let whose: [Column<AlertRow>] = [
        Column("device_id", .identifier, "The device, or that of the interface.", nullable: true) {
            Cell($0.alert.entity.deviceID)
        },
        Column("interface_id", .identifier, "The interface, where it is of one.", nullable: true) {
            Cell($0.alert.entity.interfaceID)
        },
        Column(
            "system", .text, "The part of WARD FLUX, where it is of one: disk, catalog, job:discover-topology.",
            nullable: true, uses: .all
        ) { if case .system(let name) = $0.alert.entity { .text(name) } else { .null } },
        Column("device_name", .text, "Name of the device, as it was.", nullable: true, uses: .all) {
            Cell($0.device?.name)
        },
        Column("if_name", .text, "ifName, else ifDescr, else its number, as it was.", nullable: true, uses: .all) {
            Cell($0.interface?.name)
        },
        Column("if_alias", .text, "ifAlias, as it was.", nullable: true, uses: .all) { Cell($0.interface?.alias) },
        Column(
            "interface_type", .text, "What the interface is for, as it was.", nullable: true,
            values: InterfaceType.allCases.map(\.rawValue)
        ) { Cell($0.interface?.type.rawValue) },
        Column("isp_provider", .text, "Provider at the far end, as it was.", nullable: true, uses: .all) {
            Cell($0.interface?.provider)
        },
        Column("is_critical", .boolean, "Whether the interface was watched most closely.", nullable: true) {
            $0.interface.map { .boolean($0.isCritical) } ?? .null
        },
        Column("location", .text, "Where the device was.", nullable: true, uses: .all) { Cell($0.device?.location) },
    ]

    private static let figures: [Column<AlertRow>] = [
        number("value", "What was measured last, percent for rates.") { $0.alert.value },
        number("threshold", "What it is compared with.") { $0.alert.threshold },
        number("worst", "The worst value so far.") { $0.alert.context.worst },
    ]

    private static let course: [Column<AlertRow>] = [
        Column("started_at", .time, "When the condition began.") { .time($0.alert.startedAt) },
        Column("fired_at", .time, "When it had held for as long as its rule asks.", nullable: true) {
            Cell($0.alert.firedAt)
        },
        Column("last_seen_at", .time, "When the condition was last seen to hold.") { .time($0.alert.lastSeenAt) },
        Column("resolved_at", .time, "When it was over; null: it is not.", nullable: true) {
            Cell($0.alert.resolvedAt)
        },
        Column("notified_at", .time, "When somebody was first told; null: nobody was.", nullable: true) {
            Cell($0.alert.notifiedAt)
        },
        Column("relapses", .integer, "How often the condition came back since.") { Cell($0.alert.context.relapses) },
    ]

    private static let acknowledgement: [Column<AlertRow>] = [
        Column("acknowledged_at", .time, "When somebody said that they see to it.", nullable: true) {
            Cell($0.alert.acknowledgement?.at)
        },
        Column("acknowledged_by", .text, "Name of their access token; null where none is needed.", nullable: true) {
            Cell($0.alert.acknowledgement?.by)
        },
        Column("acknowledged_until", .time, "Until when; null: until it is over.", nullable: true) {
            Cell($0.alert.acknowledgement?.until)
        },
        Column("acknowledgement_note", .text, "In their words.", nullable: true, uses: .all) {
            Cell($0.alert.acknowledgement?.note)
        },
    ]

    private static let why: [Column<AlertRow>] = [
        Column("rule", .text, "Id of the rule that decides about it.", uses: .all) { .text($0.alert.rule) },
        Column("cause_id", .identifier, "The alert that explains it.", nullable: true) { Cell($0.alert.causeID) },
        Column("explains", .integer, "How many alerts it explains.") { Cell($0.explains) },
    ]

    private static func choice<Value: RawRepresentable & CaseIterable & SendableMetatype>(
        _ name: String, _ doc: String, _: Value.Type, _ value: @escaping @Sendable (AlertRow) -> Value
    ) -> Column<AlertRow> where Value.RawValue == String {
        Column(name, .text, doc, values: Value.allCases.map(\.rawValue)) { .text(value($0).rawValue) }
    }

    private static func number(
        _ name: String, _ doc: String, _ value: @escaping @Sendable (AlertRow) -> Double?
    ) -> Column<AlertRow> {
        Column(name, .real, doc, nullable: true) { value($0).map(Cell.real) ?? .null }
    }
}

extension AlertRow {
    /// Appends it as a JSON object: its columns, its labels, and what explains it.
    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writeMembers(to: &writer)
        writer.endObject()
    }

    /// Appends the members of that object.
    func writeMembers(to writer: inout JSONWriter) {
        Self.schema.writeMembers(self, to: &writer)
        writer.member("labels", texts: AlertLabels.labels(of: alert))
        writer.key("cause")
        guard let cause = alert.context.cause else { return writer.null() }
        writer.beginObject()
        writer.member("alert_id", cause.alertID)
        writer.member("name", cause.name)
        writer.member("path", cause.path)
        writer.member("reason", cause.reason)
        writer.endObject()
    }

    /// What `writeMembers` appends, in the document.
    static let properties: [(name: String, schema: JSONValue)] =
        schema.properties + [
            (
                "labels",
                Schema.documented(
                    Schema.texts, "By these it is matched, routed and grouped: alertname, severity, device, type, ...")
            ),
            (
                "cause",
                Schema.documented(
                    Schema.nullable(
                        Schema.object([
                            ("alert_id", Schema.identifier), ("name", Schema.string("What failed.")),
                            (
                                "path",
                                Schema.documented(
                                    Schema.array(Schema.string()),
                                    "Devices on the way from the poller's place to this one, both included.")
                            ),
                            ("reason", Schema.string("Why, in a sentence.")),
                        ])), "The failure that explains it, with its proof.")
            ),
        ]
}

extension JSONWriter {
    /// Appends a member that is an object of texts, by name.
    mutating func member(_ name: String, texts: [String: String]) {
        key(name)
        beginObject()
        for (label, text) in texts.sorted(by: { $0.key < $1.key }) { member(label, text) }
        endObject()
    }
}

extension Schema {
    /// An object of texts.
    static let texts: JSONValue = ["type": "object", "additionalProperties": ["type": "string"]]
}
