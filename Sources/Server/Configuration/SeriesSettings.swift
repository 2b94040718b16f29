import Pipelines
public import SeriesEmbedded
public import SeriesVictoria

/// Which time-series store keeps what polls read, and how.
public struct SeriesSettings: Sendable, Hashable {
    /// The stores there are.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Files in the data directory.
        case embedded
        /// A VictoriaMetrics server.
        case victoria
    }

    /// Which store it is.
    public var kind = Kind.embedded
    /// The embedded store; its folder follows from the data directory.
    public var embedded = EmbeddedSeriesConfiguration(directory: "")
    /// VictoriaMetrics; the folder of the outbox follows from the data directory.
    public var victoria = VictoriaConfiguration(directory: "")

    /// The embedded store with its defaults.
    public init() {}
}

extension ServerConfiguration {
    /// Reads the settings of collection and of the time-series store.
    mutating func readSeries(_ fields: inout SettingReader) {
        fields.integer("collection.interval_seconds", 10...3600) { collection.intervalSeconds = $0 }
        fields.integer("collection.status_seconds", 10...3600) { collection.statusIntervalSeconds = $0 }
        fields.value("series.store", SeriesSettings.Kind.allCases.map(\.rawValue).joined(separator: " or ")) {
            SeriesSettings.Kind(rawValue: $0)
        } set: {
            series.kind = $0
        }
        fields.integer("series.reading_days", 1...3650) { series.embedded.readingDays = $0 }
        fields.integer("series.rollup_days", 1...36_500) { series.embedded.rollupDays = $0 }
        fields.integer("series.reserve_mb", 1...1_000_000) { series.embedded.reserveOctets = Int64($0) << 20 }
        readVictoria(&fields)
    }

    private mutating func readVictoria(_ fields: inout SettingReader) {
        fields.value("victoria.url", "an address such as http://localhost:8428", isSecret: true) {
            $0.hasPrefix("http://") || $0.hasPrefix("https://") ? $0 : nil
        } set: {
            series.victoria.url = $0
        }
        let routes = VictoriaConfiguration.Route.allCases.map(\.rawValue).joined(separator: " or ")
        fields.value("victoria.route", routes) {
            VictoriaConfiguration.Route(rawValue: $0)
        } set: {
            series.victoria.route = $0
        }
        fields.integer("victoria.outbox_mb", 1...1_000_000) { series.victoria.outboxOctetsMax = Int64($0) << 20 }
        fields.integer("victoria.settle_seconds", 0...3600) { series.victoria.settleSeconds = $0 }
        fields.boolean("victoria.context_metrics") { series.victoria.sendsContext = $0 }
    }
}

extension ConfigurationKey {
    /// The settings of collection and of the time-series store.
    static let series = [
        ConfigurationKey(
            "collection.interval_seconds", "10 to 3600", "`300`", "Seconds between two polls of a device's counters."),
        ConfigurationKey(
            "collection.status_seconds", "10 to 3600", "`60`",
            "Seconds between two looks at the status of devices with critical or trunk interfaces."),
        ConfigurationKey(
            "series.store", "embedded, victoria", "`embedded`",
            "Where readings are kept: in the data directory, or in a VictoriaMetrics server."),
        ConfigurationKey("series.reading_days", "1 to 3650", "`35`", "Days for which every reading is kept."),
        ConfigurationKey("series.rollup_days", "1 to 36500", "`400`", "Days for which hourly roll-ups are kept."),
        ConfigurationKey(
            "series.reserve_mb", "1 to 1000000", "`64`",
            "Megabytes of the disk that are left free: with less, nothing more is kept."),
        ConfigurationKey(
            "victoria.url", "http:// or https:// address", "`http://localhost:8428`", "The VictoriaMetrics server."),
        ConfigurationKey(
            "victoria.route", "prometheus, csv", "`prometheus`",
            "How readings are imported there; csv is the same with less work for both sides."),
        ConfigurationKey(
            "victoria.outbox_mb", "1 to 1000000", "`1024`",
            "Megabytes of readings kept on disk while the server is away; then the oldest are dropped, and counted."),
        ConfigurationKey(
            "victoria.settle_seconds", "0 to 3600", "`60`",
            "Seconds readings are kept after the server took them: it forgets the last ones when it is killed."),
        ConfigurationKey(
            "victoria.context_metrics", "true, false", "`true`",
            "Whether uptime, speed and status are sent along, so that resets can be told from what is read back."),
    ]
}
