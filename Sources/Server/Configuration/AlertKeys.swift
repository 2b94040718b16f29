import Pipelines

extension ServerConfiguration {
    /// Reads the settings of alerts; rules, routes and receivers stand in a file of their own.
    mutating func readAlerts(_ fields: inout SettingReader) {
        fields.text("alerts.file") { alertFile = $0 }
        fields.value("alerts.external_url", "an address such as https://wardflux.example.org, without user or query") {
            Self.linkBase(of: $0)
        } set: {
            externalURL = $0
        }
        fields.integer("retention.alerts_days", 1...3650) { alerts.keptDays = $0 }
        fields.integer("retention.deliveries_days", 1...365) { alerts.deliveriesKeptDays = $0 }
        fields.schedule(.thresholds, &alerts.checkSchedule)
    }

    /// Reads what links begin with: http or https, a host, perhaps a path, without slashes at the end; nil for anything
    /// that could not stand in a message.
    static func linkBase(of text: String) -> String? {
        var base = Substring(text)
        while base.hasSuffix("/") { base.removeLast() }
        guard base.utf8.count <= 1024, let scheme = ["https://", "http://"].first(where: { base.hasPrefix($0) }) else {
            return nil
        }
        let rest = base.dropFirst(scheme.count)
        let isClean = rest.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !#""'<>\^`{|}?#@"#.utf8.contains($0) }
        guard isClean, let first = rest.first, first != "/", first != ":" else { return nil }
        return String(base)
    }
}

extension ConfigurationKey {
    /// The settings of alerts.
    static let alerts = [
        ConfigurationKey(
            "alerts.file", "path", "`alerts.yaml` in the data directory, where there is one",
            "Rules, routes and receivers of alerts; watched for changes."),
        ConfigurationKey(
            "alerts.external_url", "http:// or https:// address", "none",
            "What links in messages begin with: the address under which people reach this installation."),
        ConfigurationKey(
            "retention.alerts_days", "1 to 3650", "`365`", "Days for which alerts that are over are kept."),
        ConfigurationKey(
            "retention.deliveries_days", "1 to 365", "`30`",
            "Days for which it is kept who was told what, and how that went."),
    ]
}
