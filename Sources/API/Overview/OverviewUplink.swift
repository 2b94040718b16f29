import Inventory
import Listing
import Traffic

/// An uplink to a provider, with what goes on there.
struct OverviewUplink: Sendable {
    var place: InterfaceRow
    /// Now; nil where it was not read of late.
    var rates: InterfaceRates?
    /// When it was read last; nil for never since the start.
    var lastReadAt: Timestamp?
    /// Its last 24 hours; nil until they were summed up.
    var summary: MetricsSummary?
    var trend: UplinkTrend
    /// What its line carries, bit/s; nil where it is not known.
    var capacity: Double?

    var id: RowID { RowID(place.interface.id) }
    /// Uplinks of unknown providers come last.
    var provider: String { place.interface.ispProvider ?? "\u{10FFFF}" }
    /// Both directions, bit/s.
    var traffic: Double { (rates?.inBitsPerSecond ?? 0) + (rates?.outBitsPerSecond ?? 0) }

    func write(to writer: inout JSONWriter) {
        let interface = place.interface
        writer.beginObject()
        writer.member("id", interface.id)
        writer.member("device_id", interface.deviceID)
        writer.member("device_name", place.deviceName)
        writer.member("if_name", interface.displayName)
        writer.member("if_alias", interface.facts.ifAlias)
        writer.member("provider", interface.ispProvider)
        writer.member("admin_status", interface.facts.adminStatus.map(InterfaceStatus.name))
        writer.member("status", operStatus.map(InterfaceStatus.name))
        writer.member("if_speed", capacity.map { Int64($0) })
        writeTraffic(to: &writer)
        writer.member("read_at", lastReadAt)
        writer.array("trend_in", trend.inbound) { $0.realOrNull($1) }
        writer.array("trend_out", trend.outbound) { $0.realOrNull($1) }
        writer.endObject()
    }

    private func writeTraffic(to writer: inout JSONWriter) {
        writer.member("in_bps", rates?.inBitsPerSecond)
        writer.member("out_bps", rates?.outBitsPerSecond)
        writer.member("avg_in_bps", summary.map { $0.avgInMbps * 1e6 })
        writer.member("avg_out_bps", summary.map { $0.avgOutMbps * 1e6 })
        writer.member("max_in_bps", summary.map { $0.maxInMbps * 1e6 })
        writer.member("max_out_bps", summary.map { $0.maxOutMbps * 1e6 })
        writer.member("in_percent", percent(rates?.inBitsPerSecond))
        writer.member("out_percent", percent(rates?.outBitsPerSecond))
        writer.member("error_percent", rates?.errorPercent)
    }

    /// As read by the last poll, else as discovery found it.
    private var operStatus: Int? {
        guard let read = rates?.reading.operStatus, read != 0 else { return place.interface.facts.operStatus }
        return Int(read)
    }

    private func percent(_ bits: Double?) -> Double? {
        guard let bits, let capacity, capacity > 0 else { return nil }
        return bits / capacity * 100
    }
}

/// The schema of `/overview`.
enum OverviewSchema {
    private static let number = Schema.nullable(Schema.number())

    static let document = Schema.object([
        ("at", Schema.time), ("interfaces", counts), ("devices", counts), ("topology", topology),
        (
            "last_discovery",
            Schema.documented(Schema.nullable(Schema.reference("JobRun")), "The last one of all devices.")
        ),
        ("polling", polling), ("alerts", counts), ("anomalies", counts), ("uplinks", Schema.array(uplink)),
        ("top", Schema.array(Schema.reference("TopInterface"))),
        ("critical_alerts", Schema.array(Schema.reference("Alert"))),
        ("recent_anomalies", Schema.array(Schema.reference("Anomaly"))),
    ])

    private static let counts = Schema.counts

    private static let topology = Schema.object([
        ("devices", Schema.count()), ("connected", Schema.count()), ("connected_percent", Schema.number()),
        ("orphans", Schema.count()), ("connections", Schema.count()), ("recorded_at", Schema.nullable(Schema.time)),
    ])

    private static let polling = Schema.object(
        [
            ("interfaces", Schema.count("Interfaces that were read since the start.")),
            ("late", Schema.count("Those of them not read for more than two intervals.")),
            ("last_at", Schema.nullable(Schema.time)), ("interval_seconds", Schema.count()),
        ], isOpen: true)

    private static let uplink: JSONValue = {
        let trend = Schema.array(number, count: UplinkTrend.hours...UplinkTrend.hours)
        return Schema.object(
            [
                ("id", Schema.identifier), ("device_id", Schema.identifier), ("device_name", Schema.string()),
                ("if_name", Schema.string()), ("if_alias", Schema.nullable(Schema.string())),
                ("provider", Schema.nullable(Schema.string())), ("admin_status", Schema.nullable(Schema.string())),
                ("status", Schema.nullable(Schema.string())), ("if_speed", Schema.nullable(Schema.count())),
            ] + rates + [
                ("read_at", Schema.nullable(Schema.time)),
                ("trend_in", Schema.documented(trend, "Means of full hours, bit/s, the oldest first.")),
                ("trend_out", trend),
            ])
    }()

    private static let rates: [(name: String, schema: JSONValue)] = [
        ("in_bps", Schema.documented(number, "Now, bit/s.")), ("out_bps", number),
        ("avg_in_bps", Schema.documented(number, "Mean of the last 24 hours, bit/s.")), ("avg_out_bps", number),
        ("max_in_bps", number), ("max_out_bps", number),
        ("in_percent", Schema.documented(number, "Of the line speed, now.")), ("out_percent", number),
        ("error_percent", number),
    ]
}

extension JSONWriter {
    /// A number, or `null`.
    mutating func realOrNull(_ value: Double?) {
        if let value { real(value) } else { null() }
    }
}
