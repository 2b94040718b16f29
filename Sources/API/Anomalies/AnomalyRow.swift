import Inventory
import Listing

/// An anomaly as the API shows it: with what is known of its interface.
struct AnomalyRow: Sendable {
    let anomaly: Anomaly
    /// Its interface; nil where it is not there any more.
    let place: InterfaceRow?

    var interface: Interface? { place?.interface }

    /// The z-score of the classic method at the worst moment, whichever method raised the anomaly.
    var zScore: Double? {
        if anomaly.mode == .classic { return anomaly.score }
        let other = anomaly.explanation.other
        return other?.mode == .classic ? other?.score : nil
    }

    /// The table of anomalies; the latest start first where a query does not say.
    static let schema = ListSchema<AnomalyRow>(
        "anomalies", columns: what + whose + course + figures,
        defaultSort: [SortTerm("started_at", descending: true)], id: { RowID($0.anomaly.id) })

    private static let what: [Column<AnomalyRow>] = [
        Column("id", .identifier, "Identity.") { Cell($0.anomaly.id) },
        Column("message", .text, "What there is to say, in a line.", uses: .all) { .text($0.anomaly.message) },
        choice("kind", "What it is.", AnomalyKind.self) { $0.anomaly.kind },
        choice("pattern", "What it looks like, finer than its kind.", AnomalyPattern.self) { $0.anomaly.pattern },
        choice("severity", "Its worst.", AnomalySeverity.self) { $0.anomaly.severity },
        choice(
            "state",
            "raised: it is told; held_back: it would be but for the budget; muted, expected: an operator "
                + "said so.", AnomalyState.self
        ) { $0.anomaly.state },
        choice("mode", "The method that raised it.", DetectionMode.self) { $0.anomaly.mode },
        choice("direction", "Which way, as seen from the interface.", TrafficDirection.self) {
            $0.anomaly.side.direction
        },
        choice("measure", "traffic in bit/s, packets in unicast packets a second.", TrafficMeasure.self) {
            $0.anomaly.side.measure
        },
    ]

    private static let whose: [Column<AnomalyRow>] = [
        Column("interface_id", .identifier, "The interface.") { Cell($0.anomaly.interfaceID) },
        Column("device_id", .identifier, "Its device.", nullable: true) { Cell($0.interface?.deviceID) },
        Column("device_name", .text, "Name of its device.", nullable: true, uses: .all) { Cell($0.place?.deviceName) },
        Column("if_name", .text, "ifName, else ifDescr, else its ifIndex.", nullable: true, uses: .all) {
            Cell($0.interface?.displayName)
        },
        Column("if_alias", .text, "ifAlias: the operator's text on the device.", nullable: true, uses: .all) {
            Cell($0.interface?.facts.ifAlias)
        },
        Column(
            "interface_type", .text, "What the interface is for.", nullable: true,
            values: InterfaceType.allCases.map(\.rawValue)
        ) { Cell($0.interface?.interfaceType.rawValue) },
        Column("isp_provider", .text, "Provider at the far end.", nullable: true, uses: .all) {
            Cell($0.interface?.ispProvider)
        },
        Column("is_critical", .boolean, "Whether the interface is watched most closely.", nullable: true) {
            $0.interface.map { .boolean($0.isCritical) } ?? .null
        },
    ]

    private static let course: [Column<AnomalyRow>] = [
        Column("started_at", .time, "Its first sample.") { .time($0.anomaly.startedAt) },
        Column("last_at", .time, "Its last sample so far.") { .time($0.anomaly.lastAt) },
        Column("ended_at", .time, "When it was over; null: it is not.", nullable: true) { Cell($0.anomaly.endedAt) },
        Column("is_over", .boolean, "Whether it is over.") { .boolean($0.anomaly.isOver) },
        Column("peak_at", .time, "Its worst moment; the figures are those of it.") { .time($0.anomaly.peakAt) },
        Column("time_context", .text, "Day and hour of its worst moment in the configured zone: Monday 14:00.") {
            .text($0.anomaly.explanation.timeContext)
        },
        Column("incident_id", .identifier, "The incident it belongs to.", nullable: true) {
            Cell($0.anomaly.incidentID)
        },
    ]

    private static let figures: [Column<AnomalyRow>] = [
        Column("score", .real, "z-score, or score of the adaptive method; below 0 for too little.") {
            .real($0.anomaly.score)
        },
        Column("z_score", .real, "What the classic method says of the same moment.", nullable: true) { row in
            row.zScore.map(Cell.real) ?? .null
        },
        Column("actual", .real, "The rate: bit/s, or packets a second.") { .real($0.anomaly.actual) },
        Column("expected", .real, "What was expected.") { .real($0.anomaly.expected) },
        Column("low", .real, "Lower end of the ordinary.") { .real($0.anomaly.low) },
        Column("high", .real, "Upper end of the ordinary.") { .real($0.anomaly.high) },
        Column("confidence", .real, "How far the verdict can be trusted, 0 to 1.") { .real($0.anomaly.confidence) },
        Column("confidence_word", .text, "The same in a word.") { .text($0.anomaly.explanation.confidenceWord) },
    ]

    private static func choice<Value: RawRepresentable & CaseIterable & SendableMetatype>(
        _ name: String, _ doc: String, _: Value.Type, _ value: @escaping @Sendable (AnomalyRow) -> Value
    ) -> Column<AnomalyRow> where Value.RawValue == String {
        Column(name, .text, doc, values: Value.allCases.map(\.rawValue)) { .text(value($0).rawValue) }
    }
}

extension AnomalyRow {
    /// Appends it as a JSON object: its columns and its explanation.
    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        Self.schema.writeMembers(self, to: &writer)
        writer.key("explanation")
        Self.write(anomaly.explanation, to: &writer)
        writer.endObject()
    }

    private static func write(_ explanation: AnomalyExplanation, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("sentences", explanation.sentences)
        writer.member("duration", explanation.duration?.rawValue)
        writer.key("same_hour_last_weeks")
        writer.beginArray()
        for rate in explanation.sameHourLastWeeks { writer.real(rate ?? .nan) }
        writer.endArray()
        writer.member("visits", Int64(explanation.visits))
        writer.member("offset_factor", explanation.offsetFactor)
        writer.key("other")
        write(explanation.other, to: &writer)
        writer.member("peer_actual", explanation.peerActual)
        writer.member("peer_expected", explanation.peerExpected)
        writer.member("oper_status", explanation.operStatus.map(Int64.init))
        writer.member("error_percent", explanation.errorPercent)
        writer.member("discard_percent", explanation.discardPercent)
        writer.member("line_speed_bps", explanation.lineSpeed)
        writer.endObject()
    }

    private static func write(_ other: OtherVerdict?, to writer: inout JSONWriter) {
        guard let other else { return writer.null() }
        writer.beginObject()
        writer.member("mode", other.mode.rawValue)
        writer.member("score", other.score)
        writer.member("is_anomaly", other.isAnomaly)
        writer.endObject()
    }
}

extension JSONWriter {
    /// Appends which interface an answer is about, and its names.
    mutating func names(of row: InterfaceRow) {
        member("interface_id", row.interface.id)
        member("device_name", row.deviceName)
        member("if_name", row.interface.displayName)
    }
}

extension Schema {
    /// The members that say which interface an answer is about.
    static let namesOfInterface: [(name: String, schema: JSONValue)] = [
        ("interface_id", Schema.identifier), ("device_name", Schema.string()), ("if_name", Schema.string()),
    ]
}

extension ListSchema {
    /// Appends the columns of a row as members of an object that the caller begins and ends.
    func writeMembers(_ record: Record, to writer: inout JSONWriter) {
        for column in columns {
            writer.key(column.name)
            writer.cell(column.value(record))
        }
    }
}
