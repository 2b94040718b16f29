public import Inventory
public import Logging
public import Pipelines
public import SNMP

/// How a server, or a program that works on its data directory, is set up.
public struct ServerConfiguration: Sendable {
    /// Where everything is kept.
    public var dataDirectory: String
    /// Where the API listens.
    public var host = "127.0.0.1"
    /// Its port; 0 takes any free one.
    public var port = 5001
    /// The folder that the dashboard's pages are read from, again for each; nil for those in the program.
    public var webFolder: String?
    /// Whether requests need an access token even on loopback.
    public var requiresToken = false
    /// Time zone of schedules and log.
    public var zone = ZoneRules.utc
    /// How the log is written.
    public var logFormat = LogFormat.text
    /// The least important lines that are written.
    public var logLevel = Logger.Level.info
    /// Classification rules on top of the shipped ones.
    public var rulesFile: String?
    /// Whether a changed rule file is applied to known interfaces at once.
    public var reclassifiesOnChange = true
    /// The SNMP engine.
    public var engine = EngineConfiguration()
    /// The jobs of discovery.
    public var pipelines = PipelineSettings()
    /// The polls of counters and status.
    public var collection = CollectionSettings()
    /// Where readings are kept.
    public var series = SeriesSettings()
    /// Traps and informs.
    public var traps = TrapSettings()
    /// What is out of the usual.
    public var anomalies = AnomalySettings()
    /// Days that are judged like Sundays.
    public var holidays = HolidaySettings()
    /// How alerts are found and told.
    public var alerts = AlertSettings()
    /// Rules, routes and receivers of alerts; nil for `alerts.yaml` in the data directory, where there is one.
    public var alertFile: String?
    /// What links in messages begin with, without a slash at the end; nil for messages without links.
    public var externalURL: String?
    /// Where the catalog is.
    public var catalog = CatalogSettings()
    /// How this process is part of a cluster.
    public var cluster = ClusterSettings()
    /// Days for which ended runs of jobs are kept.
    public var jobRunsKeptDays = 30

    /// The defaults, on a data directory.
    public init(dataDirectory: String) {
        self.dataDirectory = dataDirectory
    }

    /// Whether the API listens on loopback alone.
    public var isLoopback: Bool {
        let name = host.lowercased()
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        let isIPv4 = parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
        return isIPv4 || name == "::1" || name == "[::1]" || name == "localhost"
    }
}

/// How a log is written.
public enum LogFormat: String, Sendable, Hashable, CaseIterable {
    /// Lines for people: `[YYYY-MM-DD HH:MM:SS] message`.
    case text
    /// A JSON object a line.
    case json
}
