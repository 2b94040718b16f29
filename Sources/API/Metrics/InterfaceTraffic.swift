import Inventory
import Listing
import Traffic

/// The answer of `/interfaces/{id}/summary`: the last 24 hours, and now.
struct InterfaceTraffic: Sendable {
    let row: InterfaceRow
    let summary: MetricsSummary?
    let rates: InterfaceRates?
    let now: Timestamp

    var json: JSONValue {
        let speed = rates?.reading.ifSpeed ?? row.interface.facts.ifSpeed
        return .object(
            [
                JSONMember("interface_id", .string("\(row.interface.id)")),
                JSONMember("device_name", .string(row.deviceName)),
                JSONMember("if_name", .string(row.interface.displayName)),
                JSONMember("if_speed", speed.map(JSONValue.integer) ?? .null),
            ] + figures + [
                JSONMember("utilization_note", utilizationNote(speed)), JSONMember("note", note),
                JSONMember("current", current),
            ])
    }

    private var figures: [JSONMember] {
        func real(_ name: String, _ value: Double?) -> JSONMember {
            JSONMember(name, value.map { $0.isFinite ? .real($0) : .null } ?? .null)
        }
        func time(_ name: String, _ value: Timestamp?) -> JSONMember {
            JSONMember(name, value.map { .string($0.description) } ?? .null)
        }
        return [
            real("avg_in_mbps", summary?.avgInMbps), real("avg_out_mbps", summary?.avgOutMbps),
            real("max_in_mbps", summary?.maxInMbps), real("max_out_mbps", summary?.maxOutMbps),
            real("total_in_gb", summary?.totalInGB), real("total_out_gb", summary?.totalOutGB),
            real("avg_error_rate", summary?.avgErrorRate), real("max_error_rate", summary?.maxErrorRate),
            real("utilization_percent", summary?.utilizationPercent),
            JSONMember("sample_count", summary.map { .integer(Int64($0.sampleCount)) } ?? .null),
            time("window_start", summary?.windowStart), time("window_end", summary?.windowEnd),
            time("updated_at", summary?.updatedAt),
        ]
    }

    private func utilizationNote(_ speed: Int64?) -> JSONValue {
        guard speed ?? 0 <= 0 else { return .null }
        return "the device tells no speed of this interface, so that its utilization is not known"
    }

    private var note: JSONValue {
        guard summary == nil else { return .null }
        guard row.interface.monitoringEnabled else {
            return
                "monitoring is off for this interface: nothing is recorded of it; PATCH it with monitoring_enabled true"
        }
        return
            "there is no summary yet: update-interface-summaries makes it every 15 minutes, from the second reading on"
    }

    private var current: JSONValue {
        guard let rates else { return .null }
        let reading = rates.reading
        let isStale = MetricsSource.isStale(reading, at: now)
        func real(_ value: Double?) -> JSONValue { isStale ? .null : value.map(JSONValue.real) ?? .null }
        func status(_ number: UInt8) -> JSONValue {
            number == 0 ? .null : .string(InterfaceStatus.name(of: Int(number)))
        }
        return [
            "at": .string(reading.at.description),
            "since": rates.step.map { .string($0.from.description) } ?? .null, "stale": .boolean(isStale),
            "in_bps": real(rates.inBitsPerSecond), "out_bps": real(rates.outBitsPerSecond),
            "utilization_percent": real(rates.utilizationPercent), "error_percent": real(rates.errorPercent),
            "origin": .array((rates.step?.origin.names ?? []).map(JSONValue.string)),
            "if_oper_status_name": status(reading.operStatus), "if_admin_status_name": status(reading.adminStatus),
        ]
    }

    static let schema: JSONValue = {
        func figure(_ name: String, _ doc: String) -> (name: String, schema: JSONValue) {
            (name, Schema.documented(Schema.nullable(Schema.number()), doc))
        }
        func text(_ name: String, _ doc: String) -> (name: String, schema: JSONValue) {
            (name, Schema.documented(Schema.nullable(Schema.string()), doc))
        }
        return Schema.object([
            ("interface_id", Schema.identifier), ("device_name", Schema.string()), ("if_name", Schema.string()),
            ("if_speed", Schema.documented(Schema.nullable(Schema.integer(0...Int.max)), "Speed, bit/s.")),
            figure("avg_in_mbps", "Mean of what came in, 10^6 bit/s."), figure("avg_out_mbps", "Of what went out."),
            figure("max_in_mbps", "The highest rate of one poll to the next."), figure("max_out_mbps", "Going out."),
            figure("total_in_gb", "All that came in, 10^9 octets."), figure("total_out_gb", "All that went out."),
            figure("avg_error_rate", "Errors / (errors + unicast packets), the worse direction, percent."),
            figure("max_error_rate", "The same of the worst interval."),
            figure("utilization_percent", "The busier direction's mean of if_speed."),
            ("sample_count", Schema.documented(Schema.nullable(Schema.count()), "Readings in the window.")),
            ("window_start", Schema.nullable(Schema.time)), ("window_end", Schema.nullable(Schema.time)),
            ("updated_at", Schema.nullable(Schema.time)),
            text("utilization_note", "Why there is no utilization; null where there is one, or will be."),
            text("note", "Why there is no summary, and when there will be; null where there is one."),
            ("current", Schema.nullable(currentSchema)),
        ])
    }()

    private static let currentSchema: JSONValue = {
        let number = Schema.nullable(Schema.number())
        return Schema.object([
            ("at", Schema.documented(Schema.time, "When it was last read.")),
            ("since", Schema.documented(Schema.nullable(Schema.time), "When it was read before.")),
            ("stale", Schema.boolean("Whether nothing was read for more than two intervals; then there are no rates.")),
            ("in_bps", number), ("out_bps", number), ("utilization_percent", number), ("error_percent", number),
            ("origin", Schema.array(Schema.choice(RateOrigin.names.map(\.name)))),
            ("if_oper_status_name", Schema.nullable(Schema.string())),
            ("if_admin_status_name", Schema.nullable(Schema.string())),
        ])
    }()
}
