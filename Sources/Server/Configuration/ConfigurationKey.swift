/// One setting: its name, what it does, what it takes and what it is where nobody says.
///
/// The reader, the check for unknown keys and `docs/configuration.md` all read this list.
public struct ConfigurationKey: Sendable, Hashable {
    /// Its name in the file, such as `http.port`.
    public let name: String
    /// What it takes, for people.
    public let takes: String
    /// Its default, for people.
    public let standard: String
    /// What it does.
    public let doc: String

    init(_ name: String, _ takes: String, _ standard: String, _ doc: String) {
        self.name = name
        self.takes = takes
        self.standard = standard
        self.doc = doc
    }

    /// Its name among environment variables, such as `WARDFLUX_HTTP_PORT`.
    public var variable: String {
        "WARDFLUX_" + name.uppercased().map { $0.isLetter || $0.isNumber ? String($0) : "_" }.joined()
    }

    /// All settings, in the order of the documentation.
    public static let all: [ConfigurationKey] =
        [
            ConfigurationKey(
                "data_dir", "path", "`/var/lib/wardflux`", "Where everything is kept: catalog, key, lock.")
        ] + catalog + cluster + [
            ConfigurationKey(
                "http.host", "address or host name", "`127.0.0.1`",
                "Where the API listens. Another address than loopback needs an access token (`wardflux tokens create`)."
            ),
            ConfigurationKey("http.port", "0 to 65535", "`5001`", "Its port; 0 takes any free one."),
            ConfigurationKey(
                "http.require_token", "true, false", "`false` on loopback",
                "Whether requests need an access token; beyond loopback they always do."),
            ConfigurationKey(
                "http.web_folder", "path", "none",
                "A folder to read the dashboard's pages from, again for each page: for those who work on them."),
            ConfigurationKey(
                "zone", "IANA name", "the host's", "Time zone of schedules and log, such as `Asia/Tbilisi`."),
            ConfigurationKey("log.format", "text, json", "`text`", "Lines for people, or a JSON object a line."),
            ConfigurationKey(
                "log.level", "trace, debug, info, notice, warning, error, critical", "`info`",
                "The least important lines that are written."),
            ConfigurationKey(
                "rules.file", "path", "none", "Classification rules on top of the shipped ones; watched for changes."),
            ConfigurationKey(
                "rules.reclassify", "true, false", "`true`",
                "Whether a changed rule file is applied to known interfaces at once."),
            ConfigurationKey("snmp.threads", "1 to 16", "`1`", "I/O threads of the SNMP engine."),
            ConfigurationKey("snmp.window", "1 to 16384", "`4096`", "Requests under way at a time, a thread."),
            ConfigurationKey(
                "snmp.receive_buffer", "65536 to 1073741824", "`16777216`", "Octets of receive buffer, a socket."),
            ConfigurationKey(
                "snmp.timeout_ms", "50 to 60000", "`1500`", "Milliseconds the first attempt waits for an answer."),
            ConfigurationKey("snmp.retries", "0 to 16", "`2`", "Attempts after the first."),
            ConfigurationKey("snmp.max_repetitions", "1 to 1000", "`64`", "Rows a GETBULK asks for."),
            ConfigurationKey(
                "snmp.requests_per_device", "1 to 16", "`4`",
                "Requests under way to one device; weak agents drop bursts."
            ),
            ConfigurationKey(
                "snmp.device_seconds", "1 to 3600", "`120`",
                "Seconds a device may take before it counts as partly read."
            ),
            ConfigurationKey("discovery.devices_at_once", "1 to 4096", "`256`", "Devices read at the same time."),
            ConfigurationKey(
                "sweep.questions_per_second", "1 to 100000", "`100`", "Requests a second of an address sweep."),
        ] + series + topology + anomalies + alerts + traps + [
            ConfigurationKey(
                "retention.missing_days", "1 to 3650", "`7`", "Days after which an interface that is gone is removed."),
            ConfigurationKey(
                "retention.job_runs_days", "1 to 3650", "`30`", "Days for which ended runs of jobs are kept."),
        ] + JobSwitch.scheduled.flatMap(\.keys)
}

/// A job that has a schedule.
struct JobSwitch: Sendable {
    let name: String
    let standard: String

    static let discoverAll = JobSwitch(name: "discover-all-interfaces", standard: "hourly at :00")
    static let cleanUp = JobSwitch(name: "cleanup-old-interfaces", standard: "daily at 04:00")
    static let collect = JobSwitch(name: "collect-interface-metrics", standard: "every 300 s")
    static let summaries = JobSwitch(name: "update-interface-summaries", standard: "every 900 s")
    static let thresholds = JobSwitch(name: "check-interface-thresholds", standard: "every 60 s")
    static let topology = JobSwitch(name: "discover-topology", standard: "daily at 05:00")
    static let learn = JobSwitch(name: "learn-baselines", standard: "Sunday at 06:00")
    static let check = JobSwitch(name: "check-anomalies", standard: "every 300 s")
    /// In the order of the documentation.
    static let scheduled = [discoverAll, cleanUp, collect, summaries, thresholds, topology, learn, check]

    var enabledKey: String { "jobs.\(name).enabled" }
    var scheduleKey: String { "jobs.\(name).schedule" }

    var keys: [ConfigurationKey] {
        [
            ConfigurationKey(enabledKey, "true, false", "`true`", "Whether `\(name)` runs by itself."),
            ConfigurationKey(
                scheduleKey, "five cron fields, `every 300 s`, `hourly at :00`, `daily at 04:00`, `Sunday at 06:00`",
                "`\(standard)`", "When `\(name)` runs."),
        ]
    }
}
