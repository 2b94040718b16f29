import Inventory
import Listing

/// The named schemas of the document.
enum ComponentSchemas {
    static var all: [JSONMember] {
        [
            JSONMember("Interface", InterfaceColumns.schema.rowSchema),
            JSONMember("InterfacePage", InterfaceColumns.schema.pageSchema(of: "Interface")),
            JSONMember("InterfaceSummary", summary),
            JSONMember("Device", DeviceColumns.schema.rowSchema),
            JSONMember("DevicePage", DeviceColumns.schema.pageSchema(of: "Device")),
            JSONMember("JobRun", JobRunColumns.schema.rowSchema),
            JSONMember("JobRunPage", JobRunColumns.schema.pageSchema(of: "JobRun")),
            JSONMember("JobSchedule", ShortLists.schedules.rowSchema),
            JSONMember("JobSchedulePage", ShortLists.schedules.pageSchema(of: "JobSchedule")),
            JSONMember("Profile", ShortLists.profiles.rowSchema),
            JSONMember("ProfilePage", ShortLists.profiles.pageSchema(of: "Profile")), JSONMember("Health", health),
            JSONMember("SNMPStatistics", SNMPRoutes.engineSchema), JSONMember("DeviceSNMP", SNMPRoutes.agentSchema),
            JSONMember("ImportReport", importReport), JSONMember("Rule", ShortLists.rules.rowSchema),
            JSONMember("RulePage", ShortLists.rules.pageSchema(of: "Rule")), JSONMember("RuleProblem", ruleProblem),
            JSONMember("Trap", NumberedTrap.schema.rowSchema),
            JSONMember("TrapPage", NumberedTrap.schema.pageSchema(of: "Trap")),
            JSONMember("Evidence", evidence), JSONMember("Explanation", explanation),
            JSONMember("Verdict", verdict), JSONMember("Problem", problem),
        ] + MetricsRoutes.schemas + TopRoutes.schemas + SeriesRoutes.schemas + TopologySchemas.all
            + AnomalySchemas.all + AlertSchemas.all + OverviewRoutes.schemas
    }

    private static let summary = Schema.object([
        ("total_interfaces", Schema.count()), ("isp_interfaces", Schema.count()),
        ("trunk_interfaces", Schema.count()), ("critical_interfaces", Schema.count()),
        ("monitoring_enabled", Schema.count("How many are monitored.")),
        ("last_discovery", Schema.nullable(Schema.time)),
        (
            "by_type",
            Schema.object(InterfaceType.allCases.map(\.rawValue).sorted().map { ($0, Schema.count()) })
        ),
        ("by_provider", Schema.counts), ("by_status", Schema.counts), ("by_admin_status", Schema.counts),
    ])

    private static let health: JSONValue = {
        let state = Schema.choice(HealthState.allCases.map(\.rawValue))
        let part = Schema.object([
            ("status", state), ("detail", Schema.nullable(Schema.string("How it stands, or what to do."))),
        ])
        return Schema.object([
            ("status", state), ("version", Schema.string()), ("time", Schema.time),
            ("components", ["type": "object", "additionalProperties": part]),
        ])
    }()

    private static let failure = Schema.object(
        [
            ("field", Schema.string("Field of the body, column of a file, or parameter of the query.")),
            ("value", Schema.documented(Schema.nullable(Schema.string()), "What was given; never a secret.")),
            ("detail", Schema.string("What is wrong, and what would be right.")),
            ("line", Schema.count("Line of the body, from 1.")),
            ("column", Schema.count("Column of the line, from 1.")),
        ], required: ["field", "value", "detail"])

    private static let importReport = Schema.object([
        ("added", Schema.count()), ("changed", Schema.count()), ("unchanged", Schema.count()),
        ("dry_run", Schema.boolean("Whether nothing was written.")),
        ("skipped", Schema.array(failure)),
        ("skipped_total", Schema.count("How many there are; the first 1,000 are listed.")),
        ("errors", Schema.array(failure)),
        ("errors_total", Schema.count("How many there are; the first 1,000 are listed.")),
    ])

    private static let type = Schema.choice(InterfaceType.allCases.map(\.rawValue))

    private static let ruleProblem = Schema.object([
        ("severity", Schema.choice(["error", "warning"])), ("code", Schema.string()), ("file", Schema.string()),
        ("line", Schema.count()), ("column", Schema.count()), ("message", Schema.string()),
        ("remedy", Schema.string()),
    ])

    private static let evidence = Schema.object([
        ("field", Schema.string()), ("matched", Schema.string()), ("rule", Schema.string()),
    ])

    private static let verdictMembers: [(name: String, schema: JSONValue)] = [
        ("type", type), ("provider", Schema.nullable(Schema.string())), ("is_critical", Schema.boolean()),
        ("confidence", Schema.number("0 to 1.")), ("rule", Schema.string("Id of the rule that decided.")),
        ("evidence", Schema.array(Schema.reference("Evidence"))),
    ]

    private static let verdict = Schema.object(verdictMembers)

    private static let explanation = Schema.object(
        verdictMembers + [
            (
                "runners_up",
                Schema.array(
                    Schema.object([
                        ("type", type), ("rule", Schema.string()), ("confidence", Schema.number()),
                    ]))
            ),
            (
                "readings",
                Schema.array(
                    Schema.object([
                        ("field", Schema.string()), ("written", Schema.string()),
                        ("read_as", Schema.array(Schema.string())), ("by", Schema.array(Schema.string())),
                    ]))
            ),
            (
                "matches",
                Schema.array(
                    Schema.object([
                        ("rule", Schema.string()), ("type", Schema.nullable(type)), ("confidence", Schema.number()),
                        ("outcome", Schema.string()), ("evidence", Schema.array(Schema.reference("Evidence"))),
                        ("comment", Schema.nullable(Schema.string())),
                    ]))
            ),
        ])

    private static let problem = Schema.object([
        ("type", Schema.string("A URN that names the kind.")), ("title", Schema.string()),
        ("status", Schema.integer(400...599)), ("detail", Schema.string()),
        ("remedy", Schema.string("What to do.")), ("errors", Schema.array(failure)),
        ("errors_total", Schema.count("How many there are; the first 1,000 are listed.")),
    ])
}
