import Baselines
import Inventory
import Listing

/// The forecast of one uplink as the API shows it.
struct ForecastRow: Sendable {
    let place: InterfaceRow
    let outlook: UplinkOutlook

    /// The direction that is there first.
    private var leading: DirectionForecast { outlook.forecast.leadingForecast }

    private static func real(_ value: Double?) -> Cell { value.map(Cell.real) ?? .null }

    /// The table of forecasts; what is to be done first comes first where a query does not say.
    static let schema = ListSchema<ForecastRow>(
        "forecasts", columns: whose + ahead + month, defaultSort: [SortTerm("urgency"), SortTerm("date")],
        id: { RowID($0.place.interface.id) })

    private static let whose: [Column<ForecastRow>] = [
        Column("interface_id", .identifier, "The interface.") { Cell($0.place.interface.id) },
        Column("device_id", .identifier, "Its device.") { Cell($0.place.interface.deviceID) },
        Column("device_name", .text, "Name of its device.", uses: .all) { .text($0.place.deviceName) },
        Column("if_name", .text, "ifName, else ifDescr, else its ifIndex.", uses: .all) {
            .text($0.place.interface.displayName)
        },
        Column("if_alias", .text, "ifAlias: the operator's text on the device.", nullable: true, uses: .all) {
            Cell($0.place.interface.facts.ifAlias)
        },
        Column("isp_provider", .text, "Provider at the far end.", nullable: true, uses: .all) {
            Cell($0.place.interface.ispProvider)
        },
        Column("capacity_bps", .real, "What the line carries, bit/s.", nullable: true) { real($0.leading.capacity) },
    ]

    private static let ahead: [Column<ForecastRow>] = [
        Column("message", .text, "What it says, in a sentence.", uses: .all) { .text($0.leading.description) },
        Column(
            "outcome", .text, "What it says, in a word.", values: ForecastOutcome.allCases.map(\.rawValue)
        ) { .text($0.leading.outcome.rawValue) },
        Column("urgency", .integer, "0: full already; 1: there is a date; up to 5: nothing can be said.") {
            Cell($0.leading.urgency.rank)
        },
        Column(
            "direction", .text, "The direction that is full first, of which this is.",
            values: TrafficDirection.allCases.map(\.rawValue)
        ) { .text($0.outlook.forecast.leading.rawValue) },
        Column("date", .text, "The day on which the busy hour reaches the capacity.", nullable: true) {
            Cell($0.leading.date)
        },
        Column("earliest", .text, "The first day of the interval that holds it 9 times of 10.", nullable: true) {
            Cell($0.leading.earliest)
        },
        Column("latest", .text, "The last day of it; null: beyond five years.", nullable: true) {
            Cell($0.leading.latest)
        },
        Column("level_bps", .real, "The level of the busy hour now, bit/s.", nullable: true) { real($0.leading.level) },
        Column("growth_bps_per_day", .real, "What it grows by a day, bit/s.", nullable: true) {
            real($0.leading.growthPerDay)
        },
        Column("days", .integer, "Days that it rests on.") { Cell($0.leading.days) },
    ]

    private static let month: [Column<ForecastRow>] = [
        Column("p95_bps", .real, "95th percentile of this month so far, the greater direction, bit/s.", nullable: true)
        { real($0.outlook.month.billed) },
        Column("p95_in_bps", .real, "Of what came in.", nullable: true) { real($0.outlook.month.inbound) },
        Column("p95_out_bps", .real, "Of what went out.", nullable: true) { real($0.outlook.month.outbound) },
        Column("p95_samples", .integer, "Samples of five minutes behind it.") { Cell($0.outlook.month.samples) },
        Column("computed_at", .time, "When it was computed.") { .time($0.outlook.computedAt) },
    ]
}

extension ForecastRow {
    /// The document of one forecast: the row, both directions, this month and the one before.
    var json: [UInt8] {
        var writer = JSONWriter(reserving: 2_048)
        writer.beginObject()
        Self.schema.writeMembers(self, to: &writer)
        Self.write("in", outlook.forecast.inbound, to: &writer)
        Self.write("out", outlook.forecast.outbound, to: &writer)
        writer.array("months", [outlook.month, outlook.monthBefore]) { Self.write($1, to: &$0) }
        writer.endObject()
        return writer.bytes
    }

    private static func write(_ name: String, _ forecast: DirectionForecast, to writer: inout JSONWriter) {
        writer.key(name)
        writer.beginObject()
        writer.member("message", forecast.description)
        writer.member("outcome", forecast.outcome.rawValue)
        writer.member("date", forecast.date)
        writer.member("earliest", forecast.earliest)
        writer.member("latest", forecast.latest)
        writer.member("days", Int64(forecast.days))
        writer.member("level_bps", forecast.level)
        writer.member("growth_bps_per_day", forecast.growthPerDay)
        writer.member("growth_low_bps_per_day", forecast.growthLow)
        writer.member("growth_high_bps_per_day", forecast.growthHigh)
        writer.endObject()
    }

    private static func write(_ month: MonthFigures, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("from", month.from)
        writer.member("to", month.to)
        writer.member("p95_bps", month.billed)
        writer.member("p95_in_bps", month.inbound)
        writer.member("p95_out_bps", month.outbound)
        writer.member("samples", Int64(month.samples))
        writer.member("spans", Int64(month.spans))
        writer.endObject()
    }

    /// The schema of the document.
    static let documentSchema: JSONValue = {
        let number = Schema.nullable(Schema.number())
        let day = Schema.nullable(Schema.string())
        let direction = Schema.object([
            ("message", Schema.string()), ("outcome", Schema.choice(ForecastOutcome.allCases.map(\.rawValue))),
            ("date", day), ("earliest", day), ("latest", day), ("days", Schema.count("Days that it rests on.")),
            ("level_bps", number), ("growth_bps_per_day", number),
            ("growth_low_bps_per_day", Schema.documented(number, "Lower end of the growth's interval.")),
            ("growth_high_bps_per_day", Schema.documented(number, "Upper end of it.")),
        ])
        let month = Schema.object([
            ("from", Schema.time), ("to", Schema.time),
            ("p95_bps", Schema.documented(number, "The greater direction: what is billed.")),
            ("p95_in_bps", number), ("p95_out_bps", number),
            ("samples", Schema.count("Samples of five minutes behind it.")),
            ("spans", Schema.count("Spans of five minutes in the whole month.")),
        ])
        return Schema.object(
            schema.properties + [
                ("in", direction), ("out", direction),
                ("months", Schema.documented(Schema.array(month), "This month so far, and the one before.")),
            ])
    }()
}
