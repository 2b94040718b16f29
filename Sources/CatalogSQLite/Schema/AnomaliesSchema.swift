/// What is out of the usual: version 7 of the schema.
///
/// Baselines get the samples of each direction; anomalies, incidents, what operators said and excluded times are new.
/// Numbers that are not finite are refused everywhere, so that no answer holds one.
enum AnomaliesSchema {
    static let statements = baselineColumns + [incidents, anomalies, actions, exclusions] + indexes + [emptyIncidents]

    /// Far above every rate; no number that is finite and means anything lies beyond.
    private static let most = "1e300"

    private static func real(_ table: String, _ column: String) -> String {
        SQLText.number(table, column, "REAL", from: "-\(most)", to: most)
    }

    private static func json(_ table: String, _ column: String, _ type: String) -> String {
        "\(column) TEXT NOT NULL CONSTRAINT \"\(table).\(column)\""
            + " CHECK (json_valid(\(column)) AND json_type(\(column)) = '\(type)')"
    }

    /// NULL where an operator wrote the row: then sample_count holds for both directions.
    private static let baselineColumns = ["sample_count_in", "sample_count_out"].map { column in
        "ALTER TABLE interface_baselines ADD COLUMN "
            + SQLText.number("interface_baselines", column, required: false)
    }

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
          \(SQLText.id("incidents", "id", "PRIMARY KEY NOT NULL")),
          \(SQLText.word("incidents", "scope", of: ["interface", "link", "device", "site", "common"])),
          device_id TEXT,
          site TEXT,
          title TEXT NOT NULL,
          \(SQLText.word("incidents", "severity", of: severities)),
          \(SQLText.word("incidents", "state", of: states)),
          \(SQLText.time("incidents", "started_at")),
          \(SQLText.time("incidents", "last_started_at")),
          \(SQLText.time("incidents", "ended_at", required: false)),
          \(json("incidents", "evidence", "array"))
        ) STRICT
        """

    private static let table = "anomalies"
    private static let anomalies = """
        CREATE TABLE anomalies (
          \(SQLText.id(table, "id", "PRIMARY KEY NOT NULL")),
          interface_id TEXT NOT NULL REFERENCES device_interfaces (id) ON DELETE CASCADE,
          incident_id TEXT REFERENCES incidents (id) ON DELETE SET NULL,
          \(SQLText.word(table, "direction", of: ["in", "out"])),
          \(SQLText.word(table, "measure", of: ["traffic", "packets"])),
          \(SQLText.word(table, "mode", of: ["classic", "adaptive"])),
          \(SQLText.word(table, "kind", of: ["traffic_spike", "traffic_drop", "unusual_pattern"])),
          \(SQLText.word(table, "pattern", of: patterns)),
          \(SQLText.word(table, "severity", of: severities)),
          \(SQLText.word(table, "state", of: states)),
          \(SQLText.time(table, "started_at")),
          \(SQLText.time(table, "last_at")),
          \(SQLText.time(table, "ended_at", required: false)),
          \(SQLText.time(table, "peak_at")),
          \(real(table, "score")),
          \(real(table, "actual")),
          \(real(table, "expected")),
          \(real(table, "low")),
          \(real(table, "high")),
          \(SQLText.number(table, "confidence", "REAL", to: "1")),
          message TEXT NOT NULL,
          \(json(table, "explanation", "object"))
        ) STRICT
        """

    /// An action outlives its anomaly, as levels follow from it: no foreign key to that.
    private static let actions = """
        CREATE TABLE anomaly_actions (
          \(SQLText.id("anomaly_actions", "id", "PRIMARY KEY NOT NULL")),
          \(SQLText.word("anomaly_actions", "kind", of: ["expected", "new_normal", "mute"])),
          anomaly_id TEXT,
          interface_id TEXT NOT NULL REFERENCES device_interfaces (id) ON DELETE CASCADE,
          \(SQLText.word("anomaly_actions", "direction", of: ["in", "out"], required: false)),
          \(SQLText.word("anomaly_actions", "measure", of: ["traffic", "packets"], required: false)),
          \(SQLText.time("anomaly_actions", "holds_until", required: false)),
          note TEXT,
          author TEXT,
          \(SQLText.time("anomaly_actions", "created_at")),
          CONSTRAINT "anomaly_actions.measure" CHECK ((direction IS NULL) = (measure IS NULL))
        ) STRICT
        """

    /// Exactly the column that the scope names is filled.
    private static let exclusions = """
        CREATE TABLE baseline_exclusions (
          \(SQLText.id("baseline_exclusions", "id", "PRIMARY KEY NOT NULL")),
          \(SQLText.word("baseline_exclusions", "scope", of: ["all", "device", "interface", "tag"])),
          device_id TEXT REFERENCES standalone_devices (id) ON DELETE CASCADE,
          interface_id TEXT REFERENCES device_interfaces (id) ON DELETE CASCADE,
          tag TEXT,
          \(SQLText.time("baseline_exclusions", "starts_at")),
          \(SQLText.time("baseline_exclusions", "ends_at")),
          reason TEXT,
          \(SQLText.time("baseline_exclusions", "created_at")),
          CONSTRAINT "baseline_exclusions.scope" CHECK (
            (scope = 'device') = (device_id IS NOT NULL) AND (scope = 'interface') = (interface_id IS NOT NULL)
            AND (scope = 'tag') = (tag IS NOT NULL)),
          CONSTRAINT "baseline_exclusions.ends_at" CHECK (starts_at <= ends_at)
        ) STRICT
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

    /// However an anomaly goes, with its interface or by SQL, an incident goes with its last member.
    private static let emptyIncidents = """
        CREATE TRIGGER anomalies_last_of_incident AFTER DELETE ON anomalies WHEN OLD.incident_id IS NOT NULL BEGIN
          DELETE FROM incidents
            WHERE id = OLD.incident_id AND NOT EXISTS (SELECT 1 FROM anomalies WHERE incident_id = OLD.incident_id);
        END
        """
}
