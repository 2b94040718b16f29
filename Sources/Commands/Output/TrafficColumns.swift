/// The columns of tables about traffic.
extension Columns {
    static let topInterfaces = [
        TableColumn("DEVICE", "device_name", minimumWidth: 12),
        TableColumn("INTERFACE", "if_name"),
        TableColumn("ALIAS", "if_alias", minimumWidth: 10).with(leftOut: 1),
        TableColumn("TYPE", "interface_type").with(leftOut: 3),
        TableColumn("PROVIDER", "isp_provider").with(leftOut: 2),
        TableColumn("SPEED", "if_speed", .right, format: { $0.integer.map(Units.speed) ?? $0.plainText }),
        TableColumn("IN", "in_bps", .right, format: rate),
        TableColumn("OUT", "out_bps", .right, format: rate),
        TableColumn("UTIL", "utilization_percent", .right, colour: { busy($0) }, format: percent),
        TableColumn("ERRORS", "error_percent", .right, colour: { faulty($0) }, format: percent),
        TableColumn("DISCARDS/S", "discards_per_second", .right, format: { tenths($0) }).with(leftOut: 4),
    ]

    static let metrics = [
        TableColumn("TIME", "at", format: { Units.time($0.plainText) }),
        TableColumn("IN", .right, row: { rate($0, "in_bps", "avg") }),
        TableColumn("IN MAX", .right, row: { rate($0, "in_bps", "max") }),
        TableColumn("OUT", .right, row: { rate($0, "out_bps", "avg") }),
        TableColumn("OUT MAX", .right, row: { rate($0, "out_bps", "max") }),
        TableColumn("UTIL", "utilization_percent", .right, colour: { busy($0) }, format: percent),
        TableColumn("ERRORS", "error_percent", .right, colour: { faulty($0) }, format: percent),
        TableColumn("READINGS", "readings", .right).with(leftOut: 1),
        TableColumn("ORIGIN", "origin", minimumWidth: 8),
    ]

    private static func rate(_ value: JSONValue) -> String { value.double.map(Units.rate) ?? value.plainText }

    private static func percent(_ value: JSONValue) -> String { value.double.map(Units.percent) ?? value.plainText }

    private static func tenths(_ value: JSONValue) -> String {
        value.double.map { "\(($0 * 10).rounded() / 10)" } ?? value.plainText
    }

    private static func rate(_ row: JSONValue, _ direction: String, _ figure: String) -> String {
        row[direction]?[figure]?.double.map(Units.rate) ?? "-"
    }

    private static func busy(_ row: JSONValue) -> Colour? {
        guard let percent = row["utilization_percent"]?.double else { return nil }
        return percent > 80 ? .red : percent > 50 ? .yellow : nil
    }

    private static func faulty(_ row: JSONValue) -> Colour? {
        row["error_percent"]?.double.flatMap { $0 > 0.1 ? .yellow : nil }
    }
}
