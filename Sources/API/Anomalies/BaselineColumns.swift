import Baselines
import Inventory
import Listing

/// The columns of `interface_baselines`.
enum BaselineColumns {
    /// The table of baselines; by day, then hour where a query does not say.
    static let schema = ListSchema<Baseline>(
        "interface_baselines",
        columns: place + figures("in") { $0.inbound } + figures("out") { $0.outbound } + trust,
        defaultSort: [SortTerm("day_of_week"), SortTerm("hour_of_day")], id: { RowID($0.id) })

    private static let place: [Column<Baseline>] = [
        Column("id", .identifier, "Identity; stays from learning to learning.") { Cell($0.id) },
        Column("interface_id", .identifier, "The interface.", uses: []) { Cell($0.interfaceID) },
        Column("hour_of_day", .integer, "0 to 23, as clocks of the configured zone show it.") { Cell($0.hourOfDay) },
        Column("day_of_week", .integer, "0 = Sunday to 6 = Saturday.") { Cell($0.dayOfWeek) },
    ]

    private static let trust: [Column<Baseline>] = [
        Column("sample_count", .integer, "Samples behind it, of the direction that has fewer.") {
            Cell($0.sampleCount)
        },
        Column("confidence", .real, "How far it can be trusted, 0 to 1.") { .real($0.confidence) },
        Column(
            "confidence_word", .text, "The same in a word.", values: ["insufficient data", "building", "reliable"]
        ) { .text(Baseline.word(forConfidence: $0.confidence)) },
        Column("last_updated", .time, "When it was learnt.") { .time($0.lastUpdated) },
    ]

    private static func figures(
        _ way: String, _ figures: @escaping @Sendable (Baseline) -> BaselineFigures
    ) -> [Column<Baseline>] {
        let flow = way == "in" ? "comes in" : "goes out"
        return [
            Column("avg_\(way)_mbps", .real, "Mean of what \(flow), 10^6 bit/s.") { .real(figures($0).average) },
            Column("std_dev_\(way)_mbps", .real, "Its standard deviation, of the population.") {
                .real(figures($0).standardDeviation)
            },
            Column("min_\(way)_mbps", .real, "Its smallest sample.") { .real(figures($0).minimum) },
            Column("max_\(way)_mbps", .real, "Its largest sample.") { .real(figures($0).maximum) },
        ]
    }
}

/// The answer of `/interfaces/{id}/baselines`: a page of rows, and what they come to.
struct BaselineAnswer: Sendable {
    let row: InterfaceRow
    let baselines: [Baseline]
    let page: Page<Baseline>
    let source: AnomalySource

    var json: [UInt8] {
        var writer = JSONWriter(reserving: 500 * (page.items.count + 2))
        writer.beginObject()
        writer.names(of: row)
        writer.member("zone", source.zone.name)
        writer.member("look_back_days", Int64(source.detection.lookBackDays))
        writer.member("last_updated", baselines.map(\.lastUpdated).max())
        writer.member("average_confidence", averageConfidence)
        writer.member("confidence_word", Baseline.word(forConfidence: averageConfidence))
        writer.member("reliable", Int64(baselines.count { $0.confidence >= 0.8 }))
        writer.member("building", Int64(baselines.count { $0.confidence >= 0.3 && $0.confidence < 0.8 }))
        writer.member("insufficient", Int64(baselines.count { $0.confidence < 0.3 }))
        writer.member("note", note)
        writer.array("items", page.items) { BaselineColumns.schema.write($1, to: &$0) }
        writer.member("next_cursor", page.nextCursor)
        writer.member("total", Int64(page.total))
        writer.endObject()
        return writer.bytes
    }

    private var averageConfidence: Double {
        baselines.isEmpty ? 0 : baselines.map(\.confidence).reduce(0, +) / Double(baselines.count)
    }

    private var note: String? {
        guard baselines.isEmpty else { return nil }
        guard row.interface.monitoringEnabled else {
            return
                "monitoring is off for this interface: nothing is learnt of it; PATCH it with monitoring_enabled true"
        }
        guard row.interface.isCritical else {
            return "baselines are learnt for critical interfaces; POST /api/v1/baselines/learn with scope all learns "
                + "those of all"
        }
        return
            "nothing was learnt yet: baselines are learnt as soon as an hour of the week has 7 samples, then on Sundays"
    }

    static let schema: JSONValue = {
        let word = Schema.choice(["insufficient data", "building", "reliable"])
        return Schema.object(
            Schema.namesOfInterface + [
                ("zone", Schema.string("The zone whose clocks the hours follow.")),
                ("look_back_days", Schema.count("Days that are learnt from.")),
                (
                    "last_updated",
                    Schema.documented(Schema.nullable(Schema.time), "When the latest was learnt; null: none was.")
                ),
                ("average_confidence", Schema.number("0 to 1.")), ("confidence_word", word),
                ("reliable", Schema.count("Rows of a confidence of 0.8 and more.")),
                ("building", Schema.count("Rows of 0.3 to below 0.8.")),
                ("insufficient", Schema.count("Rows below 0.3, which raise nothing.")),
                ("note", Schema.documented(Schema.nullable(Schema.string()), "Why there are none, and what to do.")),
            ] + BaselineColumns.schema.pageProperties(of: "Baseline"))
    }()
}
