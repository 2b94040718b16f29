/// The columns of tables about what is usual and what is not.
extension Columns {
    static let replayedAnomalies = [
        TableColumn("START", "start"),
        TableColumn("END", row: { $0["end"]?.string ?? "goes on" }),
        TableColumn("LENGTH", "seconds", .right, format: length),
        TableColumn("SERIES", "series", minimumWidth: 8).with(maximumWidth: 60),
        TableColumn("SEVERITY", "severity", colour: { severityColour($0) }),
        TableColumn("PATTERN", "pattern").with(leftOut: 1),
        TableColumn("WHAT", "headline", minimumWidth: 20),
    ]

    static let replayedLines = [
        TableColumn("TIME", "timestamp", format: { Units.time($0.plainText) }),
        TableColumn("SERIES", "series", minimumWidth: 8).with(maximumWidth: 60),
        TableColumn("SIDE", row: side),
        TableColumn("EVENT", "event"),
        TableColumn("VALUE", "value", .right, format: rate),
        TableColumn("EXPECTED", "expected", .right, format: rate),
        TableColumn("SCORE", "score", .right, format: score),
        TableColumn("SEVERITY", "severity", colour: { severityColour($0) }),
        TableColumn("KIND", "kind").with(leftOut: 1),
    ]

    static let anomalies = [
        TableColumn("START", "started_at", format: { Units.time($0.plainText) }),
        TableColumn("END", row: { $0["ended_at"]?.string.map(Units.time) ?? "goes on" }).with(leftOut: 3),
        TableColumn("DEVICE", "device_name", minimumWidth: 12).with(maximumWidth: 60),
        TableColumn("INTERFACE", "if_name", minimumWidth: 8).with(maximumWidth: 60),
        TableColumn("SIDE", row: side).with(leftOut: 2),
        TableColumn("SEVERITY", "severity", colour: { severityColour($0) }),
        TableColumn("STATE", "state", colour: { $0["state"]?.string == "raised" ? nil : .dim }).with(leftOut: 4),
        TableColumn("CONF", "confidence", .right, format: confidence).with(leftOut: 1),
        TableColumn("WHAT", "message", minimumWidth: 20),
        TableColumn("ID", "id"),
    ]

    static let incidents = [
        TableColumn("START", "started_at", format: { Units.time($0.plainText) }),
        TableColumn("END", row: { $0["ended_at"]?.string.map(Units.time) ?? "goes on" }).with(leftOut: 2),
        TableColumn("SCOPE", "scope").with(leftOut: 1),
        TableColumn("SEVERITY", "severity", colour: { severityColour($0) }),
        TableColumn("STATE", "state", colour: { $0["state"]?.string == "raised" ? nil : .dim }).with(leftOut: 3),
        TableColumn("ANOMALIES", "anomaly_count", .right),
        TableColumn("WHAT", "title", minimumWidth: 20),
        TableColumn("ID", "id"),
    ]

    static let anomalyActions = [
        TableColumn("SAID", "created_at", format: { Units.time($0.plainText) }),
        TableColumn("KIND", "kind"),
        TableColumn("DEVICE", "device_name", minimumWidth: 12).with(maximumWidth: 60),
        TableColumn("INTERFACE", "if_name", minimumWidth: 8).with(maximumWidth: 60),
        TableColumn("SCOPE", row: scope),
        TableColumn("UNTIL", "until", format: { Units.time($0.plainText) }),
        TableColumn("AUTHOR", "author", minimumWidth: 8).with(maximumWidth: 30, leftOut: 1),
        TableColumn("NOTE", "note", minimumWidth: 12).with(maximumWidth: 80),
        TableColumn("ID", "id"),
    ]

    static let alarmBudgets = [
        TableColumn("BUDGET OF", row: { $0["group"]?.string ?? "all" }),
        TableColumn("PER WEEK", "per_week", .right),
        TableColumn("TOLD", "told", .right),
        TableColumn("HELD BACK", "held_back", .right),
    ]

    static let baselines = [
        TableColumn("DAY", row: { weekday($0) }),
        TableColumn("HOUR", row: { hour($0) }),
        TableColumn("IN MBPS", .right, row: { figures($0, "in") }),
        TableColumn("IN MIN", "min_in_mbps", .right, format: megabits).with(leftOut: 2),
        TableColumn("IN MAX", "max_in_mbps", .right, format: megabits).with(leftOut: 4),
        TableColumn("OUT MBPS", .right, row: { figures($0, "out") }),
        TableColumn("OUT MIN", "min_out_mbps", .right, format: megabits).with(leftOut: 1),
        TableColumn("OUT MAX", "max_out_mbps", .right, format: megabits).with(leftOut: 3),
        TableColumn("SAMPLES", "sample_count", .right),
        TableColumn("CONF", "confidence", .right, format: confidence),
    ]

    static let forecasts = [
        TableColumn("DEVICE", "device_name", minimumWidth: 12).with(maximumWidth: 60),
        TableColumn("INTERFACE", "if_name", minimumWidth: 8).with(maximumWidth: 60),
        TableColumn("PROVIDER", "isp_provider").with(leftOut: 2),
        TableColumn("CAPACITY", "capacity_bps", .right, format: rate),
        TableColumn("BUSY HOUR", "level_bps", .right, format: rate),
        TableColumn("95TH", "p95_bps", .right, format: rate).with(leftOut: 1),
        TableColumn("FULL ON", "date"),
        TableColumn("BETWEEN", row: between),
        TableColumn("WHAT", "message", minimumWidth: 12).with(maximumWidth: 100),
    ]

    static let exclusions = [
        TableColumn("ID", "id"),
        TableColumn("FROM", "from", format: { Units.time($0.plainText) }),
        TableColumn("TO", "to", format: { Units.time($0.plainText) }),
        TableColumn("OF", minimumWidth: 8, row: whose).with(maximumWidth: 60),
        TableColumn("REASON", "reason", minimumWidth: 12).with(maximumWidth: 80),
    ]

    /// `all`, `CORE-SW-01`, `CORE-SW-01 Gi0/1`, `tag hq`.
    private static func whose(_ row: JSONValue) -> String {
        if let tag = row["tag"]?.string { return "tag \(tag)" }
        let names = [row["device_name"]?.string, row["if_name"]?.string].compactMap(\.self)
        return names.isEmpty ? row["scope"]?.plainText ?? "" : names.joined(separator: " ")
    }

    private static let days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]

    private static func weekday(_ row: JSONValue) -> String {
        guard let day = row["day_of_week"]?.integer, days.indices.contains(Int(day)) else { return "" }
        return days[Int(day)]
    }

    private static func hour(_ row: JSONValue) -> String {
        guard let hour = row["hour_of_day"]?.integer, (0..<24).contains(hour) else { return "" }
        return (hour < 10 ? "0" : "") + "\(hour):00"
    }

    /// `2027-01-05 – 2027-09-30`, the end open where it is too far ahead.
    private static func between(_ row: JSONValue) -> String {
        let ends = [row["earliest"]?.string, row["latest"]?.string]
        return ends.contains { $0 != nil } ? ends.map { $0 ?? "…" }.joined(separator: " – ") : ""
    }

    /// `320 ± 80`.
    private static func figures(_ row: JSONValue, _ direction: String) -> String {
        guard let average = row["avg_\(direction)_mbps"]?.double else { return "" }
        return megabits(average) + " ± " + megabits(row["std_dev_\(direction)_mbps"]?.double ?? 0)
    }

    private static func megabits(_ value: JSONValue) -> String { value.double.map(megabits) ?? "" }

    /// Three digits about: `320`, `4.5`, `0.12`.
    private static func megabits(_ value: Double) -> String {
        guard value.magnitude < 1e12 else { return "\(value)" }
        let digits = value.magnitude >= 100 ? 1.0 : value.magnitude >= 10 ? 10 : 100
        let rounded = (value * digits).rounded() / digits
        return rounded == rounded.rounded() ? String(Int64(rounded)) : "\(rounded)"
    }

    private static func score(_ value: JSONValue) -> String {
        value.double.map { "\(($0 * 10).rounded() / 10)" } ?? ""
    }

    private static func rate(_ value: JSONValue) -> String { value.double.map(Units.rate) ?? "" }

    /// Of what an operator spoke: `anomaly`, `in packets`, `interface`.
    private static func scope(_ row: JSONValue) -> String {
        if row["anomaly_id"]?.string != nil { return "anomaly" }
        return row["direction"]?.string == nil ? "interface" : side(row)
    }

    /// `in`, `out packets`.
    private static func side(_ row: JSONValue) -> String {
        let direction = row["direction"]?.string ?? ""
        return row["measure"]?.string == "packets" ? direction + " packets" : direction
    }

    /// `45 min`, `3 h 20 min`, `2 d 4 h`.
    private static func length(_ value: JSONValue) -> String {
        guard let seconds = value.integer else { return value.plainText }
        let (minutes, hours) = (seconds / 60, seconds / 3600)
        if minutes < 1 { return "\(seconds) s" }
        if hours < 1 { return "\(minutes) min" }
        if hours < 24 { return minutes % 60 == 0 ? "\(hours) h" : "\(hours) h \(minutes % 60) min" }
        return hours % 24 == 0 ? "\(hours / 24) d" : "\(hours / 24) d \(hours % 24) h"
    }

    private static func severityColour(_ row: JSONValue) -> Colour? {
        switch row["severity"]?.string {
        case "critical", "high": .red
        case "medium": .yellow
        default: nil
        }
    }
}
