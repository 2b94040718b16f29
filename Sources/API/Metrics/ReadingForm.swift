import Inventory
import Listing
import Series

/// A reading as text: a JSON object, or a line of CSV, that gives the very same reading when it is read again.
///
/// JSON numbers above 9,223,372,036,854,775,807 are written as texts; both are read.
enum ReadingForm {
    /// The columns that say whose a reading is.
    static let labelColumns = [
        "device_id", "device_name", "interface_id", "if_index", "if_name", "interface_type", "isp_provider",
        "is_critical",
    ]
    /// The columns of what was read.
    static let columns =
        [
            "at", "interval_seconds", "if_speed", "sys_uptime", "discontinuity_time", "if_admin_status",
            "if_oper_status", "clock_was_set", "counters_32bit",
        ] + CounterKind.allCases.map(\.metricName)

    /// Writes a reading as an object, with the labels of its interface before it where they are given.
    static func write(_ reading: CounterReading, labels: SeriesLabels?, to writer: inout JSONWriter) {
        writer.beginObject()
        for (name, value) in labels?.pairs ?? [] { writer.member(name, value) }
        writer.member("at", reading.at)
        writer.member("interval_seconds", Int64(reading.intervalSeconds))
        writer.member("if_speed", reading.ifSpeed)
        writer.member("sys_uptime", reading.sysUpTime.map(Int64.init))
        writer.member("discontinuity_time", reading.discontinuityTime.map(Int64.init))
        writer.member("if_admin_status", status(reading.adminStatus))
        writer.member("if_oper_status", status(reading.operStatus))
        writer.key("clock_was_set")
        writer.boolean(reading.clockWasSet)
        writer.member("counters_32bit", names(reading.narrow))
        for kind in CounterKind.allCases {
            guard let value = reading[kind], value > UInt64(Int64.max) else {
                writer.member(kind.metricName, reading[kind].map(Int64.init(clamping:)))
                continue
            }
            writer.member(kind.metricName, String(value))
        }
        writer.endObject()
    }

    /// Writes a reading as a line of CSV.
    static func write(_ reading: CounterReading, labels: SeriesLabels, to writer: inout CSVWriter) {
        let counters = CounterKind.allCases.map { kind in Cell(reading[kind].map { String($0) }) }
        writer.line(
            labels.pairs.map { .text($0.value) } + [
                .time(reading.at), .integer(Int64(reading.intervalSeconds)), Cell(reading.ifSpeed),
                Cell(reading.sysUpTime.map(Int64.init)), Cell(reading.discontinuityTime.map(Int64.init)),
                Cell(status(reading.adminStatus)), Cell(status(reading.operStatus)), .boolean(reading.clockWasSet),
                reading.narrow.isEmpty ? .null : .list(names(reading.narrow)),
            ] + counters)
    }

    private static func status(_ number: UInt8) -> Int64? { number == 0 ? nil : Int64(number) }

    private static func names(_ counters: CounterSet) -> [String] {
        CounterKind.allCases.filter { counters.contains($0) }.map(\.metricName)
    }

    /// The schema of a reading without labels.
    static let schema: JSONValue = {
        func number(_ range: ClosedRange<Int>, _ doc: String) -> JSONValue {
            Schema.documented(Schema.nullable(Schema.integer(range)), doc)
        }
        let counter: JSONValue = [
            "description": "The counter as the device counts it; a text above 2^63 - 1; null: not answered.",
            "type": ["integer", "string", "null"], "minimum": 0, "pattern": "^[0-9]{1,20}$",
        ]
        return Schema.object(
            [
                ("at", Schema.documented(Schema.time, "When the answer arrived.")),
                ("interval_seconds", Schema.integer(1...65_535, doc: "Seconds between two polls as they were set.")),
                ("if_speed", number(0...Int.max, "Speed then, bit/s.")),
                ("sys_uptime", number(0...4_294_967_295, "sysUpTime, hundredths of a second.")),
                ("discontinuity_time", number(0...4_294_967_295, "ifCounterDiscontinuityTime, the same unit.")),
                ("if_admin_status", number(1...255, "ifAdminStatus.")),
                ("if_oper_status", number(1...255, "ifOperStatus.")),
                ("clock_was_set", Schema.boolean("Whether the wall clock was set since the reading before.")),
                (
                    "counters_32bit",
                    Schema.documented(
                        Schema.array(Schema.choice(CounterKind.allCases.map(\.metricName))),
                        "Those that are 32 bits wide.")
                ),
            ] + CounterKind.allCases.map { ($0.metricName, counter) })
    }()
}
