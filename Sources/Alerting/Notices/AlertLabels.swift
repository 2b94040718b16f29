public import Inventory

/// The labels of an alert, by which it is matched, routed and grouped: the same for as long as it is open, but for
/// `severity`, which may rise.
///
/// `alertname`, `condition`, `severity`, `rule` (by which it began); `device`, `device_type`, `location`, `address`;
/// `interface`, `if_index` (where its name is another's too), `type`, `provider`, `critical`; `system`; `tag_<key>` for tags `key:value` of the device, `tag_<tag>` =
/// `true` for others; then those of the rule that are none of these. A label without a value is left out.
public enum AlertLabels {
    /// Most characters of a value.
    public static let lengthMax = 256

    /// The labels that come from WARD FLUX itself, apart from those for tags.
    static let names = [
        "alertname", "condition", "severity", "rule", "device", "device_type", "location", "address", "interface",
        "if_index", "type", "provider", "critical", "system",
    ]

    /// Whether a label comes from WARD FLUX itself, so that a rule cannot set it.
    static func isBuiltIn(_ label: String) -> Bool { label.hasPrefix("tag_") || names.contains(label) }

    /// The labels of an alert.
    public static func labels(of alert: Alert) -> [String: String] {
        var labels = alert.context.labels.filter { !$0.value.isEmpty }
        if let device = alert.context.device { add(device, &labels) }
        if let interface = alert.context.interface { add(interface, &labels) }
        if case .system(let name) = alert.entity { labels["system"] = name }
        labels["alertname"] = name(of: alert.condition)
        labels["condition"] = alert.condition.rawValue
        labels["severity"] = alert.severity.rawValue
        labels["rule"] = alert.context.labels["rule"] ?? alert.rule
        for (label, value) in labels where value.utf8.count > lengthMax {
            labels[label] = String(value.prefix(lengthMax))
        }
        return labels
    }

    private static func add(_ device: AlertContext.Device, _ labels: inout [String: String]) {
        for tag in device.tags {
            let parts = tag.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            let key = "tag_" + part(String(parts[0]))
            labels[key] = parts.count == 2 && !parts[1].isEmpty ? String(parts[1]) : "true"
        }
        labels["device"] = device.name
        labels["device_type"] = device.type.rawValue
        labels["address"] = device.address
        if let location = device.location, !location.isEmpty { labels["location"] = location }
    }

    private static func add(_ interface: AlertContext.Interface, _ labels: inout [String: String]) {
        labels["interface"] = interface.name
        if let index = interface.index { labels["if_index"] = "\(index)" }
        labels["type"] = interface.type.rawValue
        labels["critical"] = interface.isCritical ? "true" : "false"
        if let provider = interface.provider, !provider.isEmpty { labels["provider"] = provider }
    }

    /// `InterfaceDown` for `interface_down`.
    public static func name(of condition: AlertCondition) -> String { alertNames[condition] ?? condition.rawValue }

    private static let alertNames = Dictionary(
        uniqueKeysWithValues: AlertCondition.allCases.map { condition in
            let words = condition.rawValue.split(separator: "_")
            return (condition, words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined())
        })

    /// What a label's name may be made of: letters and digits of ASCII and `_`, as in Prometheus.
    private static func part(_ text: String) -> String {
        String(
            text.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" }.prefix(64))
    }
}
