/// Devices, their interfaces and their credentials: version 1 of the schema.
///
/// Released steps are never edited: the words listed in checks are those of that version, not of the enumerations.
enum InventorySchema {
    static let statements =
        [credentials, devices, interfaces, retired] + indexes + revision
        + revisionTriggers(of: "standalone_devices") + revisionTriggers(of: "device_interfaces")

    private static let credentials = """
        CREATE TABLE snmp_credentials (
          name TEXT PRIMARY KEY NOT NULL CONSTRAINT "snmp_credentials.name" CHECK (name <> ''),
          \(SQLText.word("snmp_credentials", "version", of: ["1", "2c", "3"])),
          sealed BLOB NOT NULL,
          \(SQLText.time("snmp_credentials", "created_at")),
          \(SQLText.time("snmp_credentials", "updated_at"))
        ) STRICT
        """

    private static let deviceTypes = [
        "switch", "router", "firewall", "access_point", "server", "phone", "camera", "other",
    ]

    private static let devices = """
        CREATE TABLE standalone_devices (
          \(SQLText.id("standalone_devices", "id", "PRIMARY KEY NOT NULL")),
          \(SQLText.name("standalone_devices", "name")) UNIQUE,
          \(SQLText.name("standalone_devices", "ip")),
          \(SQLText.number("standalone_devices", "port", from: "1", to: "65535")),
          \(SQLText.word("standalone_devices", "device_type", of: deviceTypes)),
          vendor TEXT,
          model TEXT,
          os_version TEXT,
          location TEXT,
          sys_name TEXT,
          sys_descr TEXT,
          sys_object_id TEXT,
          credential_profile TEXT REFERENCES snmp_credentials (name) ON DELETE RESTRICT ON UPDATE CASCADE,
          \(SQLText.flag("standalone_devices", "enabled")),
          \(SQLText.word("standalone_devices", "status", of: ["up", "down", "unknown"])),
          \(SQLText.time("standalone_devices", "last_seen_at", required: false)),
          \(SQLText.number("standalone_devices", "uptime_seconds", required: false)),
          tags TEXT NOT NULL CONSTRAINT "standalone_devices.tags"
            CHECK (json_valid(tags) AND json_type(tags) = 'array'),
          last_error TEXT,
          \(SQLText.time("standalone_devices", "last_complete_discovery_at", required: false)),
          \(SQLText.time("standalone_devices", "created_at")),
          \(SQLText.time("standalone_devices", "updated_at")),
          UNIQUE (ip, port)
        ) STRICT
        """

    private static let interfaceTypes = [
        "isp", "trunk", "access", "server_link", "branch_link", "management", "loopback", "voice", "camera",
    ]

    /// Columns that live and retired interfaces share, before and after those of the far end.
    ///
    /// What a device says (if_type to if_counter_discontinuity_time) is kept as it says it, unchecked.
    private static func facts(_ table: String, of devices: String = "standalone_devices") -> String {
        """
          \(SQLText.id(table, "id", "PRIMARY KEY NOT NULL")),
          device_id TEXT NOT NULL REFERENCES \(devices) (id) ON DELETE CASCADE,
          \(SQLText.number(table, "if_index", to: "2147483647")),
          if_name TEXT,
          if_descr TEXT,
          if_alias TEXT,
          if_type INTEGER,
          if_mtu INTEGER,
          if_speed INTEGER,
          if_phys_address TEXT,
          if_admin_status INTEGER,
          if_oper_status INTEGER,
          if_last_change INTEGER,
          \(SQLText.flag(table, "if_connector_present", required: false)),
          if_counter_discontinuity_time INTEGER,
          \(SQLText.word(table, "interface_type", of: interfaceTypes)),
          isp_provider TEXT,
          \(SQLText.flag(table, "is_critical")),
          \(SQLText.number(table, "classification_confidence", "REAL", to: "1")),
          classification_rule TEXT NOT NULL,
          \(SQLText.flag(table, "classification_overridden")),
          operator_overrides TEXT NOT NULL
        """
    }

    private static func settings(_ table: String) -> String {
        """
          lldp_neighbor_name TEXT,
          lldp_neighbor_port TEXT,
          neighbor_protocol TEXT,
          \(SQLText.flag(table, "monitoring_enabled")),
          \(SQLText.flag(table, "enabled")),
          \(SQLText.flag(table, "was_up")),
          notes TEXT,
          \(SQLText.time(table, "created_at")),
          \(SQLText.time(table, "updated_at")),
          \(SQLText.time(table, "last_discovered_at")),
          \(SQLText.time(table, "last_seen_at")),
          \(SQLText.time(table, "missing_since", required: false)),
          \(SQLText.number(table, "missing_uncounted_seconds"))
        """
    }

    private static let interfaces = """
        CREATE TABLE device_interfaces (
        \(facts("device_interfaces")),
          connected_to_device_id TEXT REFERENCES standalone_devices (id) ON DELETE SET NULL,
          connected_to_interface_id TEXT REFERENCES device_interfaces (id) ON DELETE SET NULL,
        \(settings("device_interfaces"))
        ) STRICT
        """

    private static let retired = """
        CREATE TABLE retired_interfaces (
        \(facts("retired_interfaces")),
        \(settings("retired_interfaces")),
          \(SQLText.time("retired_interfaces", "removed_at"))
        ) STRICT
        """

    /// The same for interfaces of removed devices, made by version 5.
    static let removedInterfaces = """
        CREATE TABLE removed_interfaces (
        \(facts("removed_interfaces", of: "removed_devices")),
        \(settings("removed_interfaces")),
          \(SQLText.time("removed_interfaces", "removed_at"))
        ) STRICT
        """

    private static let indexes = [
        "CREATE INDEX device_interfaces_device ON device_interfaces (device_id, if_index)",
        "CREATE INDEX device_interfaces_type ON device_interfaces (interface_type)",
        "CREATE INDEX device_interfaces_critical ON device_interfaces (device_id) WHERE is_critical = 1",
        "CREATE INDEX device_interfaces_missing ON device_interfaces (missing_since) WHERE missing_since IS NOT NULL",
        """
        CREATE INDEX device_interfaces_connected_device ON device_interfaces (connected_to_device_id)
          WHERE connected_to_device_id IS NOT NULL
        """,
        """
        CREATE INDEX device_interfaces_connected_interface ON device_interfaces (connected_to_interface_id)
          WHERE connected_to_interface_id IS NOT NULL
        """,
        "CREATE INDEX retired_interfaces_device ON retired_interfaces (device_id, if_index)",
        """
        CREATE INDEX standalone_devices_credential ON standalone_devices (credential_profile)
          WHERE credential_profile IS NOT NULL
        """,
    ]

    private static let revision = [
        """
        CREATE TABLE catalog_revision (
          one INTEGER PRIMARY KEY NOT NULL CONSTRAINT "catalog_revision.one" CHECK (one = 1),
          number INTEGER NOT NULL
        ) STRICT
        """,
        "INSERT INTO catalog_revision (one, number) VALUES (1, 1)",
    ]

    /// Whoever changes a row, by this program or by SQL, moves the revision that lists are cached under.
    private static func revisionTriggers(of table: String) -> [String] {
        ["INSERT", "UPDATE", "DELETE"].map { event in
            """
            CREATE TRIGGER \(table)_revision_\(event.lowercased()) AFTER \(event) ON \(table) BEGIN
              UPDATE catalog_revision SET number = number + 1;
            END
            """
        }
    }
}
