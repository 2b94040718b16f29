#if PostgreSQL
    /// Traffic summaries, baselines, and what is out of the usual.
    ///
    /// Numbers that are not finite are refused everywhere, so that no answer holds one.
    enum TrafficTables {
        static let statements = [summary, baselines, incidents, anomalies, actions, exclusions] + indexes

        private static let rates = ["avg_in_mbps", "avg_out_mbps", "max_in_mbps", "max_out_mbps"]
        private static let totals = ["total_in_gb", "total_out_gb"]
        private static let summaryTable = "interface_metrics_summary"
        private static let summary = """
            CREATE TABLE interface_metrics_summary (
              \(ColumnText.reference("interface_id", to: "device_interfaces")) PRIMARY KEY,
              \((rates + totals).map { ColumnText.real(summaryTable, $0) }.joined(separator: ",\n  ")),
              \(ColumnText.real(summaryTable, "avg_error_rate", to: "100")),
              \(ColumnText.real(summaryTable, "max_error_rate", to: "100")),
              \(ColumnText.real(summaryTable, "utilization_percent", required: false)),
              \(ColumnText.count(summaryTable, "sample_count")),
              \(ColumnText.time(summaryTable, "window_start")),
              \(ColumnText.time(summaryTable, "window_end")),
              \(ColumnText.time(summaryTable, "updated_at")),
              CONSTRAINT "interface_metrics_summary.window_end/whole" CHECK (window_start <= window_end)
            ) WITH (fillfactor = 50)
            """

        private static let table = "interface_baselines"
        private static let figures = ["in", "out"].flatMap { way in
            ["avg", "std_dev", "min", "max"].map { "\($0)_\(way)_mbps" }
        }
        private static let baselines = """
            CREATE TABLE interface_baselines (
              id UUID PRIMARY KEY,
              \(ColumnText.reference("interface_id", to: "device_interfaces")),
              \(ColumnText.count(table, "hour_of_day", to: 23)),
              \(ColumnText.count(table, "day_of_week", to: 6)),
              \(figures.map { ColumnText.real(table, $0) }.joined(separator: ",\n  ")),
              \(ColumnText.count(table, "sample_count")),
              \(ColumnText.count(table, "sample_count_in", required: false)),
              \(ColumnText.count(table, "sample_count_out", required: false)),
              \(ColumnText.real(table, "confidence", to: "1")),
              \(ColumnText.time(table, "last_updated")),
              UNIQUE (interface_id, hour_of_day, day_of_week),
              CONSTRAINT "interface_baselines.max_in_mbps/whole" CHECK (min_in_mbps <= max_in_mbps),
              CONSTRAINT "interface_baselines.max_out_mbps/whole" CHECK (min_out_mbps <= max_out_mbps)
            ) WITH (fillfactor = 60)
            """

        private static let severities = ["low", "medium", "high", "critical"]
        private static let states = ["raised", "held_back", "muted", "expected"]
        private static let patterns = [
            "spike", "drop", "outage", "flapping", "saturation", "level_shift", "drift", "unusual",
        ]

        /// Which anomalies an incident holds is told by `anomalies.incident_id` alone.
        ///
        /// No foreign key to its device: it goes with its last member, and those go with the device.
        private static let incidents = """
            CREATE TABLE incidents (
              id UUID PRIMARY KEY,
              \(ColumnText.word("incidents", "scope", of: ["interface", "link", "device", "site", "common"])),
              device_id UUID,
              \(ColumnText.texts("site")),
              title \(ColumnText.text) NOT NULL,
              \(ColumnText.word("incidents", "severity", of: severities)),
              \(ColumnText.word("incidents", "state", of: states)),
              \(ColumnText.time("incidents", "started_at")),
              \(ColumnText.time("incidents", "last_started_at")),
              \(ColumnText.time("incidents", "ended_at", required: false)),
              \(ColumnText.json("incidents", "evidence"))
            )
            """

        private static func figure(_ column: String) -> String {
            ColumnText.real("anomalies", column, from: "-\(ColumnText.most)")
        }

        private static let anomalies = """
            CREATE TABLE anomalies (
              id UUID PRIMARY KEY,
              \(ColumnText.reference("interface_id", to: "device_interfaces")),
              \(ColumnText.reference("incident_id", to: "incidents", required: false, onDelete: "SET NULL")),
              \(ColumnText.word("anomalies", "direction", of: ["in", "out"])),
              \(ColumnText.word("anomalies", "measure", of: ["traffic", "packets"])),
              \(ColumnText.word("anomalies", "mode", of: ["classic", "adaptive"])),
              \(ColumnText.word("anomalies", "kind", of: ["traffic_spike", "traffic_drop", "unusual_pattern"])),
              \(ColumnText.word("anomalies", "pattern", of: patterns)),
              \(ColumnText.word("anomalies", "severity", of: severities)),
              \(ColumnText.word("anomalies", "state", of: states)),
              \(ColumnText.time("anomalies", "started_at")),
              \(ColumnText.time("anomalies", "last_at")),
              \(ColumnText.time("anomalies", "ended_at", required: false)),
              \(ColumnText.time("anomalies", "peak_at")),
              \(["score", "actual", "expected", "low", "high"].map(figure).joined(separator: ",\n  ")),
              \(ColumnText.real("anomalies", "confidence", to: "1")),
              message \(ColumnText.text) NOT NULL,
              \(ColumnText.json("anomalies", "explanation", "object"))
            )
            """

        /// An action outlives its anomaly, as levels follow from it: no foreign key to that.
        private static let actions = """
            CREATE TABLE anomaly_actions (
              id UUID PRIMARY KEY,
              \(ColumnText.word("anomaly_actions", "kind", of: ["expected", "new_normal", "mute"])),
              anomaly_id UUID,
              \(ColumnText.reference("interface_id", to: "device_interfaces")),
              \(ColumnText.word("anomaly_actions", "direction", of: ["in", "out"], required: false)),
              \(ColumnText.word("anomaly_actions", "measure", of: ["traffic", "packets"], required: false)),
              \(ColumnText.time("anomaly_actions", "holds_until", required: false)),
              \(ColumnText.texts("note", "author")),
              \(ColumnText.time("anomaly_actions", "created_at")),
              CONSTRAINT "anomaly_actions.measure/whole" CHECK ((direction IS NULL) = (measure IS NULL))
            )
            """

        /// Exactly the column that the scope names is filled.
        private static let exclusions = """
            CREATE TABLE baseline_exclusions (
              id UUID PRIMARY KEY,
              \(ColumnText.word("baseline_exclusions", "scope", of: ["all", "device", "interface", "tag"])),
              \(ColumnText.reference("device_id", to: "standalone_devices", required: false)),
              \(ColumnText.reference("interface_id", to: "device_interfaces", required: false)),
              \(ColumnText.texts("tag")),
              \(ColumnText.time("baseline_exclusions", "starts_at")),
              \(ColumnText.time("baseline_exclusions", "ends_at")),
              \(ColumnText.texts("reason")),
              \(ColumnText.time("baseline_exclusions", "created_at")),
              CONSTRAINT "baseline_exclusions.scope/whole" CHECK (
                (scope = 'device') = (device_id IS NOT NULL) AND (scope = 'interface') = (interface_id IS NOT NULL)
                AND (scope = 'tag') = (tag IS NOT NULL)),
              CONSTRAINT "baseline_exclusions.ends_at/whole" CHECK (starts_at <= ends_at)
            )
            """

        /// The latest first, open ones, those of an interface, those that were over before a time.
        private static let indexes = [
            "CREATE INDEX anomalies_started ON anomalies (started_at DESC, id)",
            "CREATE INDEX anomalies_open ON anomalies (started_at DESC, id) WHERE ended_at IS NULL",
            "CREATE INDEX anomalies_interface ON anomalies (interface_id, started_at DESC, id)",
            "CREATE INDEX anomalies_ended ON anomalies (ended_at) WHERE ended_at IS NOT NULL",
            "CREATE INDEX anomalies_incident ON anomalies (incident_id, started_at, id) WHERE incident_id IS NOT NULL",
            "CREATE INDEX incidents_started ON incidents (started_at DESC, id)",
            "CREATE INDEX incidents_open ON incidents (started_at DESC, id) WHERE ended_at IS NULL",
            "CREATE INDEX anomaly_actions_created ON anomaly_actions (created_at, id)",
            "CREATE INDEX anomaly_actions_interface ON anomaly_actions (interface_id)",
            "CREATE INDEX baseline_exclusions_device ON baseline_exclusions (device_id) WHERE device_id IS NOT NULL",
            """
            CREATE INDEX baseline_exclusions_interface ON baseline_exclusions (interface_id)
              WHERE interface_id IS NOT NULL
            """,
        ]
    }
#endif
