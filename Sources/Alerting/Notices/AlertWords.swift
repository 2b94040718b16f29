public import Inventory

/// What people are told of an alert: plain sentences, and what there is to know by name.
public enum AlertWords {
    /// A delivery made ready to be sent.
    ///
    /// - Parameter externalURL: base of links, without a slash at the end; nil where none is configured.
    public static func notice(_ delivery: AlertDelivery, externalURL: String? = nil) -> AlertNotice {
        AlertNotice(
            id: delivery.id, attempt: max(1, delivery.attempts), receiver: delivery.receiver, reason: delivery.reason,
            groupLabels: groupLabels(delivery.group),
            alerts: delivery.alerts.map { item($0, externalURL: externalURL) },
            alertCount: delivery.alertCount, externalURL: externalURL, at: delivery.createdAt)
    }

    /// An alert with its labels, its words and a link.
    public static func item(_ alert: Alert, externalURL: String? = nil) -> AlertNotice.Item {
        AlertNotice.Item(
            alert, labels: AlertLabels.labels(of: alert), annotations: annotations(of: alert),
            link: externalURL.map { "\($0)/alerts/\(alert.id)" })
    }

    /// What there is to say of an alert, by name; what is not known is left out.
    ///
    /// `summary`, `description`, `value`, `threshold`, `path`, `cause`, `remedy`, `since`, `alert_id`, `device_id` and
    /// `interface_id`.
    public static func annotations(of alert: Alert) -> [String: String] {
        var found: [String: String?] = [
            "summary": alert.message.isEmpty ? alert.condition.words : alert.message,
            "description": description(of: alert), "remedy": alert.context.remedy, "since": "\(alert.startedAt)",
            "alert_id": "\(alert.id)", "device_id": alert.entity.deviceID.map { "\($0)" },
            "interface_id": alert.entity.interfaceID.map { "\($0)" }, "cause": alert.context.cause?.name,
        ]
        found["value"] = alert.value.map { number($0, of: alert.condition) }
        found["threshold"] = alert.threshold.map { number($0, of: alert.condition) }
        if let path = alert.context.cause?.path, !path.isEmpty { found["path"] = path.joined(separator: " - ") }
        return found.compactMapValues { $0.flatMap { $0.isEmpty ? nil : $0 } }
    }

    /// The labels in a group's name: `device="CORE-SW-03",severity="high"`.
    static func groupLabels(_ group: String) -> [String: String] {
        var (labels, part, isQuoted, isEscaped) = ([String: String](), "", false, false)
        for character in group + "," {
            if character == ",", !isQuoted {
                if let matcher = try? AlertMatcher(parsing: part) { labels[matcher.label] = matcher.value }
                part = ""
                continue
            }
            if character == "\"", !isEscaped { isQuoted.toggle() }
            isEscaped = character == "\\" && !isEscaped
            part.append(character)
        }
        return labels.filter { !$0.value.isEmpty }
    }

    /// A number with its unit; changes and packets without one.
    private static func number(_ value: Double, of condition: AlertCondition) -> String {
        guard condition.isShare else { return value.isFinite ? "\(Int(value.rounded()))" : "unknown" }
        return AlertMessage.percent(value, of: condition)
    }
}

extension AlertCondition {
    /// Whether its number is percent.
    var isShare: Bool {
        switch self {
        case .highUtilization, .highErrorRate, .highDiscardRate, .diskSpace: true
        case .interfaceDown, .interfaceFlapping, .speedChanged, .duplexChanged, .neighborChanged, .neighborLost,
            .anomaly, .deviceUnreachable, .deviceRestarted, .networkUnreachable, .storeTrouble, .jobTrouble:
            false
        }
    }
}
