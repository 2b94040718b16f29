/// What is wrong, what was said of it and who is to be told: version 8 of the schema.
///
/// Nothing here refers to devices or interfaces by a foreign key, as alerts outlive both. Numbers that are not finite are
/// refused everywhere.
enum AlertsSchema {
    static let statements =
        [rename, alerts, key, takeOver, "DROP TABLE \(older)", changes, actions, silences, windows, deliveries]
        + [deliveryAlerts, progress, "INSERT INTO alert_progress (one, applied_action) VALUES (1, 0)"] + indexes

    private static let table = "alert_history"
    private static let older = "alert_history_7"
    private static let severities = ["low", "medium", "high", "critical"]
    private static let states = ["pending", "firing", "acknowledged", "resolved"]
    private static let holds = ["record_only", "explained", "maintenance", "silenced", "verifying"]

    /// A JSON list or object, which is told by its bracket: reading it once more for `json_type` would cost as much.
    private static func json(_ table: String, _ column: String, _ bracket: String) -> String {
        "\(column) TEXT NOT NULL CONSTRAINT \"\(table).\(column)\""
            + " CHECK (json_valid(\(column)) AND substr(\(column), 1, 1) = '\(bracket)')"
    }

    /// A column that holds one of some words; said with OR, as SQLite builds a table for each IN and each row.
    private static func word(
        _ table: String, _ column: String, of words: [String], required: Bool = true
    ) -> String {
        let any = words.map { "\(column) = '\($0)'" }.joined(separator: " OR ")
        return "\(column) TEXT\(required ? " NOT NULL" : "") CONSTRAINT \"\(table).\(column)\" CHECK (\(any))"
    }

    private static func real(_ column: String) -> String {
        SQLText.number(table, column, "REAL", from: "-1e300", to: "1e300", required: false)
    }

    // MARK: alert_history

    private static let rename = "ALTER TABLE \(table) RENAME TO \(older)"

    /// Made anew, as it gets columns that must be filled.
    ///
    /// Conditions have no closed list: there will be more of them.
    private static let alerts = """
        CREATE TABLE alert_history (
          \(SQLText.id(table, "id", "PRIMARY KEY NOT NULL")),
          device_id TEXT,
          interface_id TEXT,
          \(SQLText.name(table, "condition")),
          \(word(table, "severity", of: severities)),
          message TEXT NOT NULL,
          \(real("value")),
          \(real("threshold")),
          \(word(table, "state", of: states)),
          \(SQLText.time(table, "started_at")),
          \(SQLText.time(table, "last_seen_at")),
          \(SQLText.time(table, "resolved_at", required: false)),
          \(SQLText.time(table, "acknowledged_at", required: false)),
          acknowledged_by TEXT,
          acknowledged_note TEXT,
          \(SQLText.time(table, "acknowledged_until", required: false)),
          \(SQLText.name(table, "entity")),
          \(word(table, "subject", of: ["interface", "device", "system"])),
          rule TEXT NOT NULL,
          \(SQLText.time(table, "fired_at", required: false)),
          \(word(table, "hold", of: holds, required: false)),
          cause_id TEXT,
          \(SQLText.time(table, "notified_at", required: false)),
          \(SQLText.flag(table, "owes_recovery")),
          \(json(table, "tellings", "[")),
          \(json(table, "context", "{")),
          CONSTRAINT "alert_history.resolved_at" CHECK ((state = 'resolved') = (resolved_at IS NOT NULL)),
          CONSTRAINT "alert_history.subject" CHECK (
            (subject = 'interface') = (interface_id IS NOT NULL) AND (subject = 'system') = (device_id IS NULL))
        ) STRICT
        """

    /// No two open alerts of one entity and condition.
    private static let key = """
        CREATE UNIQUE INDEX alert_history_key ON alert_history (entity, condition) WHERE state <> 'resolved'
        """

    private static let knownConditions = """
        'interface_down', 'high_utilization', 'high_error_rate', 'high_discard_rate', 'interface_flapping',
        'speed_changed', 'duplex_changed', 'neighbor_changed', 'neighbor_lost', 'anomaly', 'device_unreachable',
        'device_restarted', 'network_unreachable', 'disk_space', 'store_trouble', 'job_trouble'
        """

    /// No earlier program wrote alerts; of what operators wrote, rows that fit come along.
    private static let takeOver = """
        INSERT OR IGNORE INTO alert_history (
          id, device_id, interface_id, condition, severity, message, value, threshold, state, started_at, last_seen_at,
          resolved_at, acknowledged_at, acknowledged_by, entity, subject, rule, fired_at, owes_recovery, tellings,
          context)
        SELECT id, device_id, interface_id, condition, severity, message, value, threshold,
          CASE WHEN resolved_at IS NOT NULL THEN 'resolved' WHEN acknowledged_at IS NOT NULL THEN 'acknowledged'
            ELSE 'firing' END,
          started_at, last_seen_at, resolved_at, acknowledged_at, acknowledged_by,
          CASE WHEN interface_id IS NOT NULL THEN 'interface:' || interface_id
            WHEN device_id IS NOT NULL THEN 'device:' || device_id ELSE 'system:' || condition END,
          CASE WHEN interface_id IS NOT NULL THEN 'interface' WHEN device_id IS NOT NULL THEN 'device'
            ELSE 'system' END,
          '', started_at, 0, '[]', '{}'
        FROM \(older) WHERE condition IN (\(knownConditions)) ORDER BY started_at, id
        """

    // MARK: What was done and said

    private static let kinds = [
        "began", "fired", "worsened", "held", "released", "acknowledged", "unacknowledged", "notified", "escalated",
        "relapsed", "resolved",
    ]

    private static let changes = """
        CREATE TABLE alert_changes (
          number INTEGER PRIMARY KEY NOT NULL,
          alert_id TEXT NOT NULL REFERENCES alert_history (id) ON DELETE CASCADE,
          \(SQLText.time("alert_changes", "changed_at")),
          \(word("alert_changes", "kind", of: kinds)),
          author TEXT,
          text TEXT NOT NULL
        ) STRICT
        """

    /// Numbers rise for ever: one that was given is not given again when its row is gone.
    private static let actions = """
        CREATE TABLE alert_actions (
          number INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
          \(SQLText.id("alert_actions", "id", "NOT NULL UNIQUE")),
          alert_id TEXT NOT NULL REFERENCES alert_history (id) ON DELETE CASCADE,
          \(word("alert_actions", "kind", of: ["acknowledge", "unacknowledge"])),
          \(SQLText.time("alert_actions", "holds_until", required: false)),
          note TEXT,
          author TEXT,
          \(SQLText.time("alert_actions", "created_at"))
        ) STRICT
        """

    private static let silences = """
        CREATE TABLE alert_silences (
          \(SQLText.id("alert_silences", "id", "PRIMARY KEY NOT NULL")),
          \(json("alert_silences", "matchers", "[")),
          \(SQLText.time("alert_silences", "starts_at")),
          \(SQLText.time("alert_silences", "ends_at")),
          comment TEXT NOT NULL,
          author TEXT,
          \(SQLText.time("alert_silences", "created_at")),
          CONSTRAINT "alert_silences.ends_at" CHECK (starts_at <= ends_at)
        ) STRICT
        """

    /// Either once, at `begins_at`, or each time `schedule` is due.
    private static let windows = """
        CREATE TABLE maintenance_windows (
          \(SQLText.id("maintenance_windows", "id", "PRIMARY KEY NOT NULL")),
          name TEXT NOT NULL,
          \(json("maintenance_windows", "matchers", "[")),
          \(SQLText.time("maintenance_windows", "begins_at", required: false)),
          schedule TEXT,
          \(SQLText.number("maintenance_windows", "duration_seconds", from: "60", to: "2678400")),
          zone TEXT NOT NULL,
          \(SQLText.time("maintenance_windows", "ends_at", required: false)),
          comment TEXT,
          author TEXT,
          \(SQLText.time("maintenance_windows", "created_at")),
          CONSTRAINT "maintenance_windows.schedule" CHECK ((begins_at IS NULL) = (schedule IS NOT NULL))
        ) STRICT
        """

    // MARK: What is to be told

    private static let deliveries = """
        CREATE TABLE alert_deliveries (
          number INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
          \(SQLText.id("alert_deliveries", "id", "NOT NULL UNIQUE")),
          \(SQLText.name("alert_deliveries", "receiver")),
          group_key TEXT NOT NULL,
          \(word("alert_deliveries", "reason", of: ["change", "escalation", "reminder", "trial"])),
          \(SQLText.number("alert_deliveries", "alert_count")),
          \(word("alert_deliveries", "state", of: ["waiting", "delivered", "failed"])),
          \(SQLText.number("alert_deliveries", "attempts")),
          \(SQLText.time("alert_deliveries", "due_at")),
          \(SQLText.time("alert_deliveries", "created_at")),
          \(SQLText.time("alert_deliveries", "ended_at", required: false)),
          last_error TEXT,
          CONSTRAINT "alert_deliveries.ended_at" CHECK ((state = 'waiting') = (ended_at IS NULL))
        ) STRICT
        """

    /// What a delivery says of each alert, as it was then.
    ///
    /// Apart from the delivery, as that changes with each attempt.
    private static let deliveryAlerts = """
        CREATE TABLE alert_delivery_alerts (
          delivery INTEGER NOT NULL REFERENCES alert_deliveries (number) ON DELETE CASCADE,
          place INTEGER NOT NULL,
          alert_id TEXT NOT NULL,
          \(json("alert_delivery_alerts", "alert", "{"))
        ) STRICT
        """

    private static let progress = """
        CREATE TABLE alert_progress (
          one INTEGER PRIMARY KEY NOT NULL CONSTRAINT "alert_progress.one" CHECK (one = 1),
          \(SQLText.number("alert_progress", "applied_action"))
        ) STRICT
        """

    /// The latest first: all, open ones, of a device, of an interface; those an alert explains, those that owe a
    /// recovery, those that were over before a time; what goes with an alert; what waits, and what ended since a time.
    private static let indexes = [
        "CREATE INDEX alert_history_started ON alert_history (started_at DESC, id)",
        "CREATE INDEX alert_history_open ON alert_history (started_at DESC, id) WHERE state <> 'resolved'",
        """
        CREATE INDEX alert_history_device ON alert_history (device_id, started_at DESC, id)
          WHERE device_id IS NOT NULL
        """,
        """
        CREATE INDEX alert_history_interface ON alert_history (interface_id, started_at DESC, id)
          WHERE interface_id IS NOT NULL
        """,
        "CREATE INDEX alert_history_cause ON alert_history (cause_id) WHERE cause_id IS NOT NULL",
        "CREATE INDEX alert_history_owing ON alert_history (started_at DESC, id) WHERE owes_recovery = 1",
        "CREATE INDEX alert_history_resolved ON alert_history (resolved_at) WHERE resolved_at IS NOT NULL",
        "CREATE INDEX alert_changes_alert ON alert_changes (alert_id)",
        "CREATE INDEX alert_actions_alert ON alert_actions (alert_id)",
        """
        CREATE INDEX alert_deliveries_waiting ON alert_deliveries (receiver, group_key, number, due_at, state)
          WHERE state = 'waiting'
        """,
        "CREATE INDEX alert_deliveries_ended ON alert_deliveries (ended_at) WHERE ended_at IS NOT NULL",
        "CREATE INDEX alert_delivery_alerts_delivery ON alert_delivery_alerts (delivery, place)",
        "CREATE INDEX alert_delivery_alerts_alert ON alert_delivery_alerts (alert_id)",
    ]
}
