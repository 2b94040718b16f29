import Inventory
import Listing

/// What the answers about anomalies and baselines look like in the document.
enum AnomalySchemas {
    static var all: [JSONMember] {
        [
            JSONMember("Anomaly", anomaly), JSONMember("AnomalyExplanation", explanation),
            JSONMember("AnomalyPage", AnomalyRow.schema.pageSchema(of: "Anomaly")),
            JSONMember("AnomalyAction", AnomalyActionRow.schema.rowSchema),
            JSONMember("AnomalyActionPage", AnomalyActionRow.schema.pageSchema(of: "AnomalyAction")),
            JSONMember("AnomalyStatistics", AnomalyCounts.schema),
            JSONMember("Incident", IncidentRow.schema.rowSchema),
            JSONMember("IncidentPage", IncidentRow.schema.pageSchema(of: "Incident")),
            JSONMember("IncidentStory", story), JSONMember("Baseline", BaselineColumns.schema.rowSchema),
            JSONMember("InterfaceBaselines", BaselineAnswer.schema),
            JSONMember("BaselineStatistics", BaselineRoutes.statisticsSchema),
            JSONMember("BaselineExclusion", ExclusionRow.schema.rowSchema),
            JSONMember("BaselineExclusionPage", ExclusionRow.schema.pageSchema(of: "BaselineExclusion")),
            JSONMember("ExpectedBand", BandAnswer.schema), JSONMember("ReplayAnswer", ReplayAnswer.schema),
            JSONMember("ReplayLine", ReplayAnswer.lineSchema), JSONMember("Forecast", ForecastRow.documentSchema),
            JSONMember("ForecastItem", ForecastRow.schema.rowSchema),
            JSONMember("ForecastPage", ForecastRow.schema.pageSchema(of: "ForecastItem")),
        ]
    }

    private static let anomaly = Schema.object(
        AnomalyRow.schema.properties + [("explanation", Schema.reference("AnomalyExplanation"))])

    private static let story = Schema.object(
        IncidentRow.schema.properties + [("members", Schema.array(Schema.reference("Anomaly")))])

    private static let explanation = Schema.object([
        ("sentences", Schema.documented(Schema.array(Schema.string()), "Why, the most telling first.")),
        (
            "duration",
            Schema.documented(
                Schema.nullable(Schema.choice(AnomalyDuration.allCases.map(\.rawValue))),
                "Over which time it was judged; null for the classic method.")
        ),
        (
            "same_hour_last_weeks",
            Schema.documented(
                Schema.array(Schema.nullable(Schema.number())),
                "The rate of the same hour one week before, two, and so on; null where it is not known.")
        ),
        ("visits", Schema.count("Visits of this hour of the week that were learnt from.")),
        ("offset_factor", Schema.number("By which factor today was off the usual just before; 1 for not at all.")),
        (
            "other",
            Schema.documented(
                Schema.nullable(other),
                "What the method that did not raise said; null where it does not watch the rate.")
        ),
        ("peer_actual", number("The other direction's rate then.")),
        ("peer_expected", number("What was expected of it.")),
        (
            "oper_status",
            Schema.documented(Schema.nullable(Schema.integer(0...255)), "ifOperStatus then: 1 is up, 2 down.")
        ),
        ("error_percent", number("Errors then, of packets.")),
        ("discard_percent", number("Discards then, of packets.")),
        ("line_speed_bps", number("What the line carries, bit/s.")),
    ])

    private static func number(_ doc: String) -> JSONValue {
        Schema.documented(Schema.nullable(Schema.number()), doc)
    }

    private static let other = Schema.object([
        ("mode", Schema.choice(DetectionMode.allCases.map(\.rawValue), doc: "The method that did not raise.")),
        ("score", Schema.documented(Schema.nullable(Schema.number()), "Its score; null: it had no opinion.")),
        ("is_anomaly", Schema.boolean("Whether it would have raised.")),
    ])
}
