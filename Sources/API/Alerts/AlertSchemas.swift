import Inventory
import Listing

/// What the answers about alerts look like in the document.
enum AlertSchemas {
    private typealias Property = (name: String, schema: JSONValue)

    static var all: [JSONMember] {
        [
            JSONMember("Alert", Schema.object(AlertRow.properties)),
            JSONMember("AlertPage", AlertRow.schema.pageSchema(of: "Alert")), JSONMember("AlertStory", story),
            JSONMember("AlertContext", context), JSONMember("AlertStatistics", AlertCounts.schema),
            JSONMember("AlertAction", AlertActionColumns.schema.rowSchema),
            JSONMember("AlertRule", AlertRuleRow.documentSchema), JSONMember("AlertRulePage", rulePage),
            JSONMember("AlertReplay", AlertReplayDocument.schema),
            JSONMember("ReplayedAlert", AlertReplayDocument.alertSchema),
            JSONMember("Silence", SilenceRow.schema.rowSchema),
            JSONMember("SilencePage", SilenceRow.schema.pageSchema(of: "Silence")),
            JSONMember("MaintenanceWindow", WindowRow.schema.rowSchema),
            JSONMember("MaintenanceWindowPage", WindowRow.schema.pageSchema(of: "MaintenanceWindow")),
            JSONMember("Receiver", ReceiverRow.schema.rowSchema),
            JSONMember("ReceiverPage", ReceiverRow.schema.pageSchema(of: "Receiver")),
            JSONMember("ReceiverTrial", AlertReceiverRoutes.trialSchema),
            JSONMember("Delivery", DeliveryRow.schema.rowSchema),
            JSONMember("DeliveryPage", DeliveryRow.schema.pageSchema(of: "Delivery")),
        ]
    }

    private static let rulePage = Schema.object(
        AlertRuleRow.schema.pageProperties(of: "AlertRule") + [
            (
                "problems",
                Schema.documented(
                    Schema.array(Schema.reference("RuleProblem")), "What is wrong or doubtful in the alert file.")
            ),
            (
                "is_watched",
                Schema.documented(
                    Schema.nullable(Schema.boolean()),
                    "Whether the interface and device asked for are looked at; false where one is switched off, gone "
                        + "or not monitored, so that nothing of it is an alert. null where none is asked for.")
            ),
        ])

    private static let story = Schema.object(
        AlertRow.properties + [
            text("description", "What there is to say of it, in sentences."),
            ("tellings", Schema.documented(Schema.array(telling), "Who was told of it last, and when.")),
            ("context", Schema.reference("AlertContext")),
            ("changes", Schema.documented(Schema.array(change), "What happened to it, the first first.")),
            (
                "explained",
                Schema.documented(Schema.array(Schema.reference("Alert")), "The alerts it explains, or the latest.")
            ),
            (
                "deliveries",
                Schema.documented(Schema.array(Schema.reference("Delivery")), "What was sent of it, the latest first.")
            ),
        ])

    private static let telling = Schema.object([
        ("receiver", Schema.string()), ("at", Schema.time),
        ("severity", Schema.choice(AlertSeverity.allCases.map(\.rawValue), doc: "How much it mattered then.")),
        ("is_over", Schema.boolean("Whether they were told that it is over.")),
    ])

    private static let change = Schema.object([
        ("at", Schema.time), ("kind", Schema.choice(AlertChange.Kind.allCases.map(\.rawValue))),
        text("author", "Who did it, where a person did."), ("text", Schema.string("What happened.")),
    ])

    private static let context = Schema.object([
        ("device", Schema.documented(Schema.nullable(device), "The device, as it was when it began.")),
        ("interface", Schema.documented(Schema.nullable(interface), "The interface, as it was when it began.")),
        ("facts", Schema.documented(Schema.array(fact), "What was measured or read, the weightiest first.")),
        ("before", Schema.documented(Schema.array(event), "What changed in the 30 minutes before, the latest first.")),
        text("remedy", "What to do about it, from its rule."),
        (
            "clear_since",
            Schema.documented(Schema.nullable(Schema.time), "Since when it does not hold, while it is not over yet.")
        ),
        ("penalty", Schema.number("How restless it is: 1,000 for each time it began, halved every 15 minutes.")),
    ])

    private static let device = Schema.object([
        ("name", Schema.string()), ("ip", Schema.string()),
        ("device_type", Schema.choice(DeviceType.allCases.map(\.rawValue))), text("location"),
        ("tags", Schema.array(Schema.string())),
    ])

    private static let interface = Schema.object([
        ("if_name", Schema.string()), text("if_alias"),
        ("interface_type", Schema.choice(InterfaceType.allCases.map(\.rawValue))), text("isp_provider"),
        ("is_critical", Schema.boolean()),
        ("if_speed", Schema.documented(Schema.nullable(Schema.of(.integer)), "Bit/s.")), text("lldp_neighbor_name"),
        text("lldp_neighbor_port"),
    ])

    private static let fact = Schema.object([
        ("name", Schema.string()), ("text", Schema.string("With its unit.")), ("at", Schema.nullable(Schema.time)),
    ])

    private static let event = Schema.object([
        ("at", Schema.time), ("device_id", Schema.nullable(Schema.identifier)),
        ("interface_id", Schema.nullable(Schema.identifier)), ("text", Schema.string()),
    ])

    private static func text(_ name: String, _ doc: String? = nil) -> Property {
        (name, Schema.documented(Schema.nullable(Schema.string()), doc))
    }
}
