import Inventory
import Listing
import Traffic

/// The answer of `/interfaces/{id}/expected`.
struct BandAnswer: Sendable {
    let row: InterfaceRow
    let range: TimeRange
    let mode: DetectionMode
    let band: ExpectedBand

    var json: [UInt8] {
        var writer = JSONWriter(reserving: 200 * (band.grid.count + 2))
        writer.beginObject()
        writer.names(of: row)
        writer.member("from", range.from)
        writer.member("to", range.to)
        writer.member("step_seconds", Int64(band.grid.stepSeconds))
        writer.member("mode", mode.rawValue)
        writer.member("measure", band.measure.rawValue)
        writer.array("points", Array(0..<band.grid.count)) { writer, place in
            writer.beginObject()
            writer.member("at", band.grid.start(place))
            Self.write("in", band.inbound[place], to: &writer)
            Self.write("out", band.outbound[place], to: &writer)
            writer.endObject()
        }
        writer.endObject()
        return writer.bytes
    }

    private static func write(_ name: String, _ point: BandPoint, to writer: inout JSONWriter) {
        writer.key(name)
        guard point.count > 0 else { return writer.null() }
        writer.beginObject()
        writer.member("expected", point.expected)
        writer.member("low", point.low)
        writer.member("high", point.high)
        writer.endObject()
    }

    static let schema: JSONValue = {
        let point = Schema.documented(
            Schema.nullable(
                Schema.object([
                    ("expected", Schema.number("What is expected: bit/s, or packets a second.")),
                    ("low", Schema.number("Lower end of the ordinary.")),
                    ("high", Schema.number("Upper end of the ordinary.")),
                ])), "Null where nothing is known of that time.")
        return Schema.object(
            Schema.namesOfInterface + [
                ("from", Schema.time), ("to", Schema.time), ("step_seconds", Schema.count("Width of a point.")),
                ("mode", Schema.choice(DetectionMode.allCases.map(\.rawValue))),
                ("measure", Schema.choice(TrafficMeasure.allCases.map(\.rawValue))),
                ("points", Schema.array(Schema.object([("at", Schema.time), ("in", point), ("out", point)]))),
            ])
    }()
}
