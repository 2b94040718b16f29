import Inventory
import Listing
import Traffic

/// One point of an answer about the traffic of an interface.
struct MetricsPoint: Sendable, Hashable {
    let bucket: RateBucket
    /// Speed of the interface, bit/s.
    let ifSpeed: Int64?

    /// The worse direction's errors of its packets, percent; nil where neither is known.
    var errorPercent: Double? {
        [bucket.inbound, bucket.outbound].compactMap { ErrorShare.percent(errors: $0.errors, packets: $0.packets) }
            .max()
    }

    /// The busier direction's mean of the speed, percent; nil without a speed or a rate.
    var utilizationPercent: Double? {
        guard let ifSpeed, ifSpeed > 0 else { return nil }
        return [bucket.inbound, bucket.outbound].compactMap { $0.rate?.avg }.max().map { $0 / Double(ifSpeed) * 100 }
    }

    private var operStatus: Int64? { bucket.operStatus == 0 ? nil : Int64(bucket.operStatus) }

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("at", bucket.start)
        Self.write("in_bps", bucket.inbound.rate, to: &writer)
        Self.write("out_bps", bucket.outbound.rate, to: &writer)
        for (name, value) in counts { writer.member(name, value.map(Int64.init(clamping:))) }
        writer.member("error_percent", errorPercent)
        writer.member("utilization_percent", utilizationPercent)
        writer.member("oper_status", operStatus)
        writer.member("readings", Int64(bucket.readings))
        writer.member("origin", bucket.origin.names)
        writer.endObject()
    }

    private static func write(_ name: String, _ rate: RateRange?, to writer: inout JSONWriter) {
        writer.key(name)
        guard let rate else { return writer.null() }
        writer.beginObject()
        writer.member("min", rate.min)
        writer.member("avg", rate.avg)
        writer.member("max", rate.max)
        writer.endObject()
    }

    private var counts: [(name: String, value: UInt64?)] {
        [
            ("in_octets", bucket.inbound.octets), ("out_octets", bucket.outbound.octets),
            ("in_packets", bucket.inbound.packets), ("out_packets", bucket.outbound.packets),
            ("in_errors", bucket.inbound.errors), ("out_errors", bucket.outbound.errors),
            ("in_discards", bucket.inbound.discards), ("out_discards", bucket.outbound.discards),
        ]
    }

    /// The columns of the CSV form.
    static let columns: [Cell] = [
        "at", "in_bps_min", "in_bps_avg", "in_bps_max", "out_bps_min", "out_bps_avg", "out_bps_max", "in_octets",
        "out_octets", "in_packets", "out_packets", "in_errors", "out_errors", "in_discards", "out_discards",
        "error_percent", "utilization_percent", "oper_status", "readings", "origin",
    ].map(Cell.text)

    /// The cells of the CSV form.
    var cells: [Cell] {
        func real(_ value: Double?) -> Cell { value.map(Cell.real) ?? .null }
        let rates = [bucket.inbound.rate, bucket.outbound.rate].flatMap {
            [real($0?.min), real($0?.avg), real($0?.max)]
        }
        let numbers = counts.map { Cell($0.value.map(Int64.init(clamping:))) }
        return [.time(bucket.start)] + rates + numbers + [
            real(errorPercent), real(utilizationPercent), Cell(operStatus), .integer(Int64(bucket.readings)),
            .list(bucket.origin.names),
        ]
    }

    /// The schema of a point.
    static let schema: JSONValue = {
        let rate = Schema.nullable(
            Schema.object([("min", Schema.number()), ("avg", Schema.number()), ("max", Schema.number())]))
        func count(_ doc: String) -> JSONValue { Schema.documented(Schema.nullable(Schema.count()), doc) }
        let doc = "Lowest, mean and highest rate, bit/s; null: there is none, origin says why."
        return Schema.object([
            ("at", Schema.documented(Schema.time, "Begin of the point.")),
            ("in_bps", Schema.documented(rate, doc)), ("out_bps", Schema.documented(rate, doc)),
            ("in_octets", count("Octets that came in; gaps included where the counter went on across them.")),
            ("out_octets", count("Octets that went out.")), ("in_packets", count("Unicast packets that came in.")),
            ("out_packets", count("Unicast packets that went out.")), ("in_errors", count("Errors of what came in.")),
            ("out_errors", count("Errors of what went out.")), ("in_discards", count("Discards of what came in.")),
            ("out_discards", count("Discards of what went out.")),
            (
                "error_percent",
                Schema.documented(
                    Schema.nullable(Schema.number()), "Errors / (errors + unicast packets) of the worse direction.")
            ),
            (
                "utilization_percent",
                Schema.documented(
                    Schema.nullable(Schema.number()), "The busier direction's mean of if_speed; null without a speed.")
            ),
            ("oper_status", Schema.documented(Schema.nullable(Schema.integer(1...255)), "ifOperStatus at its end.")),
            ("readings", Schema.count("Readings taken in it.")),
            (
                "origin",
                Schema.documented(
                    Schema.array(Schema.choice(RateOrigin.names.map(\.name))),
                    "How the rates were obtained (64, 32, averaged, device_clock), and why others are missing.")
            ),
        ])
    }()
}

extension JSONWriter {
    mutating func member(_ name: String, _ value: Timestamp?) {
        key(name)
        if let value { time(value) } else { null() }
    }

    mutating func member(_ name: String, _ value: Double?) {
        key(name)
        if let value { real(value) } else { null() }
    }

    mutating func member(_ name: String, _ value: Int64?) {
        key(name)
        if let value { integer(value) } else { null() }
    }

    mutating func member(_ name: String, _ value: String?) {
        key(name)
        if let value { string(value) } else { null() }
    }

    mutating func member(_ name: String, _ value: [String]) {
        key(name)
        beginArray()
        for text in value { string(text) }
        endArray()
    }
}
