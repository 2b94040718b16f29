import Alerting
import Inventory

/// Messages of RFC 5424, one an alert: what people read, and the labels as structured data.
struct SyslogMessage: Sendable {
    /// A server over UDP must take 480 octets and should take 2,048 (RFC 5424 6.1).
    static let datagramOctetsMax = 2048
    static let streamOctetsMax = 8192

    let facility: Int
    let appName: String
    let structuredDataID: String
    let hostName: String

    /// Checks the parts that the configuration gives.
    init(_ settings: SyslogSettings, hostName: String) throws(NotifierError) {
        guard (0...23).contains(settings.facility) else {
            throw NotifierError("facility: \(settings.facility) does not exist; use 0 to 23", isLasting: true)
        }
        guard Self.isPrintable(settings.appName, max: 48) else {
            throw NotifierError("app_name: use 1 to 48 printable ASCII characters without spaces", isLasting: true)
        }
        let id = settings.structuredDataID
        guard Self.isPrintable(id, max: 32), Self.paramName(id) == id else {
            throw NotifierError(
                "structured_data_id: use up to 32 characters like alert@32473 (RFC 5424 7.2.2)", isLasting: true)
        }
        facility = settings.facility
        appName = settings.appName
        structuredDataID = id
        self.hostName = Self.isPrintable(hostName, max: 255) ? hostName : "-"
    }

    /// One message for each alert of a notice.
    func octets(_ notice: AlertNotice, octetsMax: Int) -> [[UInt8]] {
        notice.alerts.map { message(notice, $0, octetsMax: octetsMax) }
    }

    private func message(
        _ notice: AlertNotice, _ item: AlertNotice.Item, octetsMax: Int
    ) -> [UInt8] {
        let alert = item.alert
        let priority = facility * 8 + Self.severity(alert)
        let head = "<\(priority)>1 \(notice.at) \(hostName) \(appName) - \(alert.condition.rawValue.prefix(32)) "
        // Octets that stay for what people read.
        let text = Self.text(NoticeWords.headline(item), octetsMax: 400)
        let room = octetsMax - head.utf8.count - text.count - 1
        return Array((head + structuredData(notice, item, octetsMax: room) + " ").utf8) + text
    }

    /// What identifies the alert and the repetition first, then labels in order, as many as there is room for.
    private func structuredData(_ notice: AlertNotice, _ item: AlertNotice.Item, octetsMax: Int) -> String {
        let alert = item.alert
        let first = [
            ("delivery_id", notice.id.description), ("alert_id", alert.id.description),
            ("status", alert.isOpen ? "firing" : "resolved"), ("started_at", alert.startedAt.description),
            ("severity", alert.severity.rawValue),
        ]
        var result = "[\(structuredDataID)"
        var names: Set<String> = []
        for (name, value) in first + item.labels.sorted(by: { $0.key < $1.key }).map({ ($0.key, $0.value) }) {
            let safe = Self.paramName(name)
            let pair = " \(safe)=\"\(Self.paramValue(value))\""
            guard result.utf8.count + pair.utf8.count < octetsMax, names.insert(safe).inserted else { continue }
            result += pair
        }
        return result + "]"
    }

    /// The severity of RFC 5424 6.2.1: critical 2, high 3 (error), medium 4 (warning), low 5 (notice), over 6 (info).
    static func severity(_ alert: Alert) -> Int {
        guard alert.isOpen else { return 6 }
        return switch alert.severity {
        case .critical: 2
        case .high: 3
        case .medium: 4
        case .low: 5
        }
    }

    /// With the mark that RFC 5424 6.4 asks for where it is more than ASCII.
    private static func text(_ text: String, octetsMax: Int) -> [UInt8] {
        let line = Array(PlainText.line(text, octetsMax: octetsMax).utf8)
        return line.allSatisfy { $0 < 0x80 } ? line : [0xEF, 0xBB, 0xBF] + line
    }

    /// Printable ASCII without `=`, space, `]` and `"`, at most 32 characters (SD-NAME).
    private static func paramName(_ name: String) -> String {
        var result = ""
        for scalar in name.unicodeScalars.prefix(32) {
            let isSafe = scalar.value > 0x20 && scalar.value < 0x7F && !"=]\"".unicodeScalars.contains(scalar)
            result.unicodeScalars.append(isSafe ? scalar : "_")
        }
        return result.isEmpty ? "_" : result
    }

    /// Without control characters, and with `"`, `\` and `]` escaped (RFC 5424 6.3.3).
    static func paramValue(_ value: String) -> String {
        var result = String.UnicodeScalarView()
        // Scalar by scalar: to a comparison of characters a quote with an accent is not a quote.
        for scalar in PlainText.line(value, octetsMax: 255).unicodeScalars {
            if scalar == "\"" || scalar == "\\" || scalar == "]" { result.append("\\") }
            result.append(scalar)
        }
        return String(result)
    }

    private static func isPrintable(_ text: String, max: Int) -> Bool {
        (1...max).contains(text.utf8.count) && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }
}
