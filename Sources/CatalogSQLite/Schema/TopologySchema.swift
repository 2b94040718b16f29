/// How devices are wired: version 6 of the schema.
///
/// Neighbours get the columns that matching needs; links, revisions, positions and manual links are new. Texts that
/// devices send are kept unchecked: a hostile neighbour must not be able to refuse a whole run.
enum TopologySchema {
    static let statements =
        neighbourSteps + [descriptions, links, revisions, positions, manualLinks] + indexes + edition
        + tables.flatMap { editionTriggers(of: $0) }

    private static let tables = [
        "interface_neighbours", "device_descriptions", "topology_links", "topology_revisions", "topology_positions",
        "manual_links",
    ]

    /// A column of a JSON list or object.
    private static func json(_ table: String, _ column: String, _ type: String = "array") -> String {
        "\(column) TEXT NOT NULL CONSTRAINT \"\(table).\(column)\""
            + " CHECK (json_valid(\(column)) AND json_type(\(column)) = '\(type)')"
    }

    // MARK: interface_neighbours

    private static let protocols = ["lldp", "cdp", "fdp", "mndp"]
    private static let heard = "interface_neighbours"

    /// Made anew, so that its checks hold for all columns; rows of protocols that are none are left behind.
    private static let neighbourSteps = [
        "ALTER TABLE interface_neighbours RENAME TO interface_neighbours_5", neighbours, takeOver,
        "DROP TABLE interface_neighbours_5",
    ]

    private static let neighbours = """
        CREATE TABLE interface_neighbours (
          \(SQLText.id(heard, "id", "PRIMARY KEY NOT NULL")),
          device_id TEXT NOT NULL REFERENCES standalone_devices (id) ON DELETE CASCADE,
          interface_id TEXT REFERENCES device_interfaces (id) ON DELETE CASCADE,
          local_port TEXT NOT NULL,
          local_if_index INTEGER,
          local_port_rule TEXT,
          \(SQLText.word(heard, "protocol", of: protocols)),
          chassis_id_subtype INTEGER,
          chassis_id_kind TEXT,
          chassis_id TEXT,
          port_id_subtype INTEGER,
          port_id_kind TEXT,
          port_id TEXT,
          port_description TEXT,
          neighbor_name TEXT,
          system_description TEXT,
          platform TEXT,
          \(json(heard, "capabilities")),
          management_address TEXT,
          \(json(heard, "management_addresses")),
          connected_to_device_id TEXT REFERENCES standalone_devices (id) ON DELETE SET NULL,
          connected_to_interface_id TEXT REFERENCES device_interfaces (id) ON DELETE SET NULL,
          \(json(heard, "device_rules")),
          \(json(heard, "interface_rules")),
          \(json(heard, "candidates")),
          \(SQLText.number(heard, "match_confidence", "REAL", to: "1")),
          \(SQLText.time(heard, "first_seen_at")),
          \(SQLText.time(heard, "last_seen_at"))
        ) STRICT
        """

    private static let takeOver = """
        INSERT INTO interface_neighbours (
          id, device_id, interface_id, local_port, protocol, chassis_id_subtype, chassis_id_kind, chassis_id,
          port_id_subtype, port_id_kind, port_id, port_description, neighbor_name, platform, capabilities,
          management_address, management_addresses, connected_to_device_id, connected_to_interface_id, device_rules,
          interface_rules, candidates, match_confidence, first_seen_at, last_seen_at)
        SELECT
          id, device_id, interface_id, local_port, protocol, chassis_id_subtype, iif(chassis_id IS NULL, NULL, 'text'),
          chassis_id, port_id_subtype, iif(port_id IS NULL, NULL, 'text'), port_id, port_description, neighbor_name,
          platform, '[]', management_address,
          iif(management_address IS NULL, '[]', json_array(management_address)), connected_to_device_id,
          connected_to_interface_id, '[]', '[]', '[]', 0, first_seen_at, last_seen_at
        FROM interface_neighbours_5 WHERE protocol IN ('lldp', 'cdp', 'fdp', 'mndp')
        """

    // MARK: new tables

    private static let descriptions = """
        CREATE TABLE device_descriptions (
          device_id TEXT PRIMARY KEY NOT NULL REFERENCES standalone_devices (id) ON DELETE CASCADE,
          \(SQLText.time("device_descriptions", "read_at")),
          \(json("device_descriptions", "content", "object"))
        ) STRICT
        """

    /// History outlives the devices it is about: no foreign keys.
    private static let links = """
        CREATE TABLE topology_links (
          \(SQLText.id("topology_links", "id", "PRIMARY KEY NOT NULL")),
          key TEXT NOT NULL,
          a_device_id TEXT,
          a_interface_id TEXT,
          a_device_name TEXT NOT NULL,
          a_port TEXT,
          b_device_id TEXT,
          b_interface_id TEXT,
          b_device_name TEXT NOT NULL,
          b_port TEXT,
          \(SQLText.word("topology_links", "origin", of: ["heard", "manual", "inferred"])),
          \(SQLText.number("topology_links", "confidence", "REAL", to: "1")),
          link_group TEXT,
          \(json("topology_links", "witnesses")),
          \(SQLText.number("topology_links", "appeared_revision")),
          \(SQLText.time("topology_links", "appeared_at")),
          \(SQLText.number("topology_links", "vanished_revision", required: false)),
          \(SQLText.time("topology_links", "vanished_at", required: false)),
          CONSTRAINT "topology_links.vanished_at" CHECK ((vanished_at IS NULL) = (vanished_revision IS NULL))
        ) STRICT
        """

    private static let counted = ["devices_read", "connections", "mapped", "links", "appeared", "vanished"]
    private static let revisions = """
        CREATE TABLE topology_revisions (
          number INTEGER PRIMARY KEY NOT NULL CONSTRAINT "topology_revisions.number" CHECK (number >= 1),
          \(SQLText.time("topology_revisions", "made_at")),
          \(counted.map { SQLText.number("topology_revisions", $0) }.joined(separator: ",\n  "))
        ) STRICT
        """

    private static let positions = """
        CREATE TABLE topology_positions (
          device_id TEXT PRIMARY KEY NOT NULL REFERENCES standalone_devices (id) ON DELETE CASCADE,
          x REAL NOT NULL,
          y REAL NOT NULL,
          \(SQLText.number("topology_positions", "tier", required: false))
        ) STRICT
        """

    /// An interface that is removed leaves its link between the devices.
    private static let manualLinks = """
        CREATE TABLE manual_links (
          \(SQLText.id("manual_links", "id", "PRIMARY KEY NOT NULL")),
          a_device_id TEXT NOT NULL REFERENCES standalone_devices (id) ON DELETE CASCADE,
          a_interface_id TEXT REFERENCES device_interfaces (id) ON DELETE SET NULL,
          b_device_id TEXT NOT NULL REFERENCES standalone_devices (id) ON DELETE CASCADE,
          b_interface_id TEXT REFERENCES device_interfaces (id) ON DELETE SET NULL,
          note TEXT,
          \(SQLText.time("manual_links", "created_at")),
          CONSTRAINT "manual_links.b_device_id" CHECK (a_device_id <> b_device_id)
        ) STRICT
        """

    private static let indexes = [
        "CREATE INDEX interface_neighbours_device ON interface_neighbours (device_id, id)",
        """
        CREATE INDEX interface_neighbours_interface ON interface_neighbours (interface_id)
          WHERE interface_id IS NOT NULL
        """,
        """
        CREATE INDEX interface_neighbours_connected_device ON interface_neighbours (connected_to_device_id)
          WHERE connected_to_device_id IS NOT NULL
        """,
        """
        CREATE INDEX interface_neighbours_connected_interface ON interface_neighbours (connected_to_interface_id)
          WHERE connected_to_interface_id IS NOT NULL
        """,
        // Not unique by key: two strangers on one port may call themselves alike, and both are there.
        "CREATE INDEX topology_links_present ON topology_links (id) WHERE vanished_at IS NULL",
        "CREATE INDEX topology_links_appeared ON topology_links (appeared_at)",
        "CREATE INDEX topology_links_vanished ON topology_links (vanished_at) WHERE vanished_at IS NOT NULL",
        "CREATE INDEX topology_revisions_made ON topology_revisions (made_at)",
        "CREATE INDEX manual_links_a_device ON manual_links (a_device_id)",
        "CREATE INDEX manual_links_b_device ON manual_links (b_device_id)",
        "CREATE INDEX manual_links_a_interface ON manual_links (a_interface_id) WHERE a_interface_id IS NOT NULL",
        "CREATE INDEX manual_links_b_interface ON manual_links (b_interface_id) WHERE b_interface_id IS NOT NULL",
    ]

    // MARK: edition

    private static let edition = [
        """
        CREATE TABLE topology_edition (
          one INTEGER PRIMARY KEY NOT NULL CONSTRAINT "topology_edition.one" CHECK (one = 1),
          number INTEGER NOT NULL
        ) STRICT
        """,
        "INSERT INTO topology_edition (one, number) VALUES (1, 1)",
    ]

    /// Whoever changes a row, by this program or by SQL, moves the edition that graphs are cached under.
    private static func editionTriggers(of table: String) -> [String] {
        ["INSERT", "UPDATE", "DELETE"].map { event in
            """
            CREATE TRIGGER \(table)_edition_\(event.lowercased()) AFTER \(event) ON \(table) BEGIN
              UPDATE topology_edition SET number = number + 1;
            END
            """
        }
    }
}
