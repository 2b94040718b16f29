import Inventory
import Listing
import Traffic

/// The answer of `/interfaces/{id}/metrics`.
struct MetricsAnswer: Sendable {
    let row: InterfaceRow
    let question: MetricsQuestion
    let ifSpeed: Int64?
    let points: [MetricsPoint]
    let damagedBlocks: Int

    var json: [UInt8] {
        var writer = JSONWriter(reserving: 480 * (points.count + 2))
        writer.beginObject()
        writer.member("interface_id", "\(row.interface.id)")
        writer.member("device_id", "\(row.interface.deviceID)")
        writer.member("device_name", row.deviceName)
        writer.member("if_name", row.interface.displayName)
        writer.member("from", question.range.from)
        writer.member("to", question.range.to)
        writer.member("step_seconds", Int64(question.grid.stepSeconds))
        writer.member("source", question.source.rawValue)
        writer.member("if_speed", ifSpeed)
        writer.member("damaged_blocks", Int64(damagedBlocks))
        writer.key("origins")
        writer.value(origins)
        writer.key("points")
        writer.beginArray()
        for point in points { point.write(to: &writer) }
        writer.endArray()
        writer.endObject()
        return writer.bytes
    }

    /// In how many points each origin occurs.
    private var origins: JSONValue {
        .object(
            RateOrigin.names.map { origin, name in
                JSONMember(name, .integer(Int64(points.count { $0.bucket.origin.contains(origin) })))
            })
    }

    var csv: [UInt8] {
        var writer = CSVWriter(reserving: 200 * (points.count + 1))
        writer.line(MetricsPoint.columns)
        for point in points { writer.line(point.cells) }
        return writer.bytes
    }

    static let schema: JSONValue = {
        let counts = RateOrigin.names.map { (name: $0.name, schema: Schema.count()) }
        let object = Schema.object([
            ("interface_id", Schema.identifier), ("device_id", Schema.identifier), ("device_name", Schema.string()),
            ("if_name", Schema.string("ifName, else ifDescr, else its ifIndex.")), ("from", Schema.time),
            ("to", Schema.time), ("step_seconds", Schema.count("Width of a point.")),
            ("source", Schema.choice(MetricsQuestion.Source.allCases.map(\.rawValue))),
            ("if_speed", Schema.documented(Schema.nullable(Schema.integer(0...Int.max)), "Speed now, bit/s.")),
            ("damaged_blocks", Schema.count("Stored blocks that could not be read; their time has no points.")),
            ("origins", Schema.documented(Schema.object(counts), "In how many points each origin occurs.")),
            ("points", Schema.array(Schema.reference("MetricsPoint"))),
        ])
        guard case .object(let members) = object else { return object }
        return .object(members + [JSONMember("examples", [example])])
    }()

    private static let example: JSONValue = {
        let rate: JSONValue = ["min": .real(93_200_000), "avg": .real(94_500_000), "max": .real(96_100_000)]
        let point: JSONValue = [
            "at": "2026-03-01T04:00:00.000Z", "in_bps": rate, "out_bps": .null, "in_octets": 3_543_750_000,
            "out_octets": .null, "in_packets": 2_400_100, "out_packets": .null, "in_errors": 0, "out_errors": .null,
            "in_discards": 0, "out_discards": .null, "error_percent": 0, "utilization_percent": .real(9.45),
            "oper_status": 1, "readings": 1, "origin": ["64", "not_answered"],
        ]
        let origins = RateOrigin.names.map { origin, name in
            JSONMember(name, [.wide, .notAnswered].contains(origin) ? 1 : 0)
        }
        return [
            "interface_id": "6fa459ea-ee8a-4ca4-894e-db77e160355e",
            "device_id": "0b0e7c66-7a3e-4a44-9a5b-0b6c1c7a0001", "device_name": "CORE-SW-03", "if_name": "Gi0/0/1",
            "from": "2026-03-01T04:00:00.000Z", "to": "2026-03-01T04:05:00.000Z", "step_seconds": 300,
            "source": "readings", "if_speed": 1_000_000_000, "damaged_blocks": 0, "origins": .object(origins),
            "points": [point],
        ]
    }()
}
