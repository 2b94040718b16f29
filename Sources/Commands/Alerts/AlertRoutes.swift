import API

/// Paths of the API about alerts.
extension Routes {
    static let alerts = "/alerts"
    static let alertHistory = "/alerts/history"
    static let alertStatistics = "/alerts/statistics"
    static let alertRules = "/alerts/rules"
    static let alertRulesCheck = "/alerts/rules/check"
    static let alertReplay = "/alerts/replay"
    static let silences = "/silences"
    static let maintenanceWindows = "/maintenance-windows"
    static let receivers = "/receivers"
    static let deliveries = "/deliveries"

    static func alert(_ id: String) -> String { "\(alerts)/\(PercentEncoding.encode(id))" }
    static func acknowledge(_ id: String) -> String { "\(alert(id))/acknowledge" }
    static func unacknowledge(_ id: String) -> String { "\(alert(id))/unacknowledge" }
    static func silence(alert id: String) -> String { "\(alert(id))/silence" }
    static func expire(silence id: String) -> String { "\(silences)/\(PercentEncoding.encode(id))/expire" }
    static func maintenanceWindow(_ id: String) -> String { "\(maintenanceWindows)/\(PercentEncoding.encode(id))" }
    static func trial(receiver name: String) -> String { "\(receivers)/\(PercentEncoding.encode(name))/trial" }
}
