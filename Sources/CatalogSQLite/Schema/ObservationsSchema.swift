/// Neighbours, traffic summaries, baselines and alerts: version 3 of the schema.
enum ObservationsSchema {
    static let statements = [neighbours, summary, baselines, alerts] + indexes

    private static let neighbours = """
        CREATE TABLE interface_neighbours (
          \(SQLText.id("interface_neighbours", "id", "PRIMARY KEY NOT NULL")),
          device_id TEXT NOT NULL REFERENCES standalone_devices (id) ON DELETE CASCADE,
          interface_id TEXT REFERENCES device_interfaces (id) ON DELETE CASCADE,
          local_port TEXT NOT NULL,
          \(SQLText.name("interface_neighbours", "protocol")),
          chassis_id_subtype INTEGER,
          chassis_id TEXT,
          port_id_subtype INTEGER,
          port_id TEXT,
          port_description TEXT,
          neighbor_name TEXT,
          platform TEXT,
          capabilities TEXT NOT NULL,
          management_address TEXT,
          connected_to_device_id TEXT REFERENCES standalone_devices (id) ON DELETE SET NULL,
          connected_to_interface_id TEXT REFERENCES device_interfaces (id) ON DELETE SET NULL,
          \(SQLText.time("interface_neighbours", "first_seen_at")),
          \(SQLText.time("interface_neighbours", "last_seen_at"))
        ) STRICT
        """

    private static func rate(_ table: String, _ column: String) -> String {
        SQLText.number(table, column, "REAL")
    }

    private static let summaryTable = "interface_metrics_summary"
    private static let summary = """
        CREATE TABLE interface_metrics_summary (
          interface_id TEXT PRIMARY KEY NOT NULL REFERENCES device_interfaces (id) ON DELETE CASCADE,
          \(rate(summaryTable, "avg_in_mbps")),
          \(rate(summaryTable, "avg_out_mbps")),
          \(rate(summaryTable, "max_in_mbps")),
          \(rate(summaryTable, "max_out_mbps")),
          \(rate(summaryTable, "total_in_gb")),
          \(rate(summaryTable, "total_out_gb")),
          \(SQLText.number(summaryTable, "avg_error_rate", "REAL", to: "100")),
          \(SQLText.number(summaryTable, "max_error_rate", "REAL", to: "100")),
          \(SQLText.number(summaryTable, "utilization_percent", "REAL", required: false)),
          \(SQLText.number(summaryTable, "sample_count")),
          \(SQLText.time(summaryTable, "window_start")),
          \(SQLText.time(summaryTable, "window_end")),
          \(SQLText.time(summaryTable, "updated_at")),
          CONSTRAINT "interface_metrics_summary.window_end" CHECK (window_start <= window_end)
        ) STRICT
        """

    private static let baselinesTable = "interface_baselines"
    private static let baselines = """
        CREATE TABLE interface_baselines (
          \(SQLText.id(baselinesTable, "id", "PRIMARY KEY NOT NULL")),
          interface_id TEXT NOT NULL REFERENCES device_interfaces (id) ON DELETE CASCADE,
          \(SQLText.number(baselinesTable, "hour_of_day", to: "23")),
          \(SQLText.number(baselinesTable, "day_of_week", to: "6")),
          \(rate(baselinesTable, "avg_in_mbps")),
          \(rate(baselinesTable, "std_dev_in_mbps")),
          \(rate(baselinesTable, "min_in_mbps")),
          \(rate(baselinesTable, "max_in_mbps")),
          \(rate(baselinesTable, "avg_out_mbps")),
          \(rate(baselinesTable, "std_dev_out_mbps")),
          \(rate(baselinesTable, "min_out_mbps")),
          \(rate(baselinesTable, "max_out_mbps")),
          \(SQLText.number(baselinesTable, "sample_count")),
          \(SQLText.number(baselinesTable, "confidence", "REAL", to: "1")),
          \(SQLText.time(baselinesTable, "last_updated")),
          UNIQUE (interface_id, hour_of_day, day_of_week),
          CONSTRAINT "interface_baselines.max_in_mbps" CHECK (min_in_mbps <= max_in_mbps),
          CONSTRAINT "interface_baselines.max_out_mbps" CHECK (min_out_mbps <= max_out_mbps)
        ) STRICT
        """

    /// Alerts outlive the devices and interfaces they are about: no foreign keys.
    private static let alerts = """
        CREATE TABLE alert_history (
          \(SQLText.id("alert_history", "id", "PRIMARY KEY NOT NULL")),
          device_id TEXT,
          interface_id TEXT,
          \(SQLText.name("alert_history", "condition")),
          \(SQLText.word("alert_history", "severity", of: ["low", "medium", "high", "critical"])),
          message TEXT NOT NULL,
          value REAL,
          threshold REAL,
          \(SQLText.name("alert_history", "state")),
          \(SQLText.time("alert_history", "started_at")),
          \(SQLText.time("alert_history", "last_seen_at")),
          \(SQLText.time("alert_history", "resolved_at", required: false)),
          \(SQLText.time("alert_history", "acknowledged_at", required: false)),
          acknowledged_by TEXT,
          context TEXT CONSTRAINT "alert_history.context" CHECK (context IS NULL OR json_valid(context))
        ) STRICT
        """

    private static let indexes = [
        "CREATE INDEX interface_neighbours_device ON interface_neighbours (device_id)",
        "CREATE INDEX interface_neighbours_interface ON interface_neighbours (interface_id)",
        """
        CREATE INDEX interface_neighbours_connected_device ON interface_neighbours (connected_to_device_id)
          WHERE connected_to_device_id IS NOT NULL
        """,
        """
        CREATE INDEX interface_neighbours_connected_interface ON interface_neighbours (connected_to_interface_id)
          WHERE connected_to_interface_id IS NOT NULL
        """,
        // One open alert per entity and condition.
        """
        CREATE UNIQUE INDEX alert_history_open
          ON alert_history (ifnull(device_id, ''), ifnull(interface_id, ''), condition) WHERE resolved_at IS NULL
        """,
        "CREATE INDEX alert_history_started ON alert_history (started_at, id)",
        "CREATE INDEX alert_history_device ON alert_history (device_id, started_at)",
        "CREATE INDEX alert_history_interface ON alert_history (interface_id, started_at)",
    ]
}
