#if PostgreSQL
    /// Devices, their interfaces and their credentials, live, retired and removed.
    enum InventoryTables {
        static let statements =
            [credentials, devices, interfaces, retired, removedDevices, removedInterfaces] + indexes

        private static let credentials = """
            CREATE TABLE snmp_credentials (
              \(ColumnText.name("snmp_credentials", "name")) PRIMARY KEY,
              \(ColumnText.word("snmp_credentials", "version", of: ["1", "2c", "3"])),
              sealed BYTEA NOT NULL,
              \(ColumnText.time("snmp_credentials", "created_at")),
              \(ColumnText.time("snmp_credentials", "updated_at"))
            )
            """

        private static let deviceTypes = [
            "switch", "router", "firewall", "access_point", "server", "phone", "camera", "other",
        ]

        /// Names and addresses are looked at when a statement is over, so that one may swap them.
        private static let devices = """
            CREATE TABLE standalone_devices (
              id UUID PRIMARY KEY,
              \(ColumnText.name("standalone_devices", "name")) UNIQUE DEFERRABLE,
              \(ColumnText.name("standalone_devices", "ip")),
              \(ColumnText.count("standalone_devices", "port", from: 1, to: 65535)),
              \(ColumnText.word("standalone_devices", "device_type", of: deviceTypes)),
              \(ColumnText.texts("vendor", "model", "os_version", "location", "sys_name", "sys_descr", "sys_object_id")),
              credential_profile \(ColumnText.text)
                REFERENCES snmp_credentials (name) ON DELETE RESTRICT ON UPDATE CASCADE,
              enabled BOOLEAN NOT NULL,
              \(ColumnText.word("standalone_devices", "status", of: ["up", "down", "unknown"])),
              \(ColumnText.time("standalone_devices", "last_seen_at", required: false)),
              \(ColumnText.count("standalone_devices", "uptime_seconds", required: false)),
              \(ColumnText.json("standalone_devices", "tags")),
              \(ColumnText.texts("last_error")),
              \(ColumnText.time("standalone_devices", "last_complete_discovery_at", required: false)),
              \(ColumnText.time("standalone_devices", "created_at")),
              \(ColumnText.time("standalone_devices", "updated_at")),
              UNIQUE (ip, port) DEFERRABLE
            ) WITH (fillfactor = 80)
            """

        private static let interfaceTypes = [
            "isp", "trunk", "access", "server_link", "branch_link", "management", "loopback", "voice", "camera",
        ]

        /// What live, retired and removed interfaces share.
        ///
        /// What a device says (if_type to if_counter_discontinuity_time) is kept as it says it, unchecked.
        private static func columns(_ table: String, of devices: String = "standalone_devices") -> String {
            """
              id UUID PRIMARY KEY,
              \(ColumnText.reference("device_id", to: devices)),
              \(ColumnText.count(table, "if_index", to: 2_147_483_647)),
              \(ColumnText.texts("if_name", "if_descr", "if_alias")),
              if_type BIGINT,
              if_mtu BIGINT,
              if_speed BIGINT,
              \(ColumnText.texts("if_phys_address")),
              if_admin_status BIGINT,
              if_oper_status BIGINT,
              if_last_change BIGINT,
              if_connector_present BOOLEAN,
              if_counter_discontinuity_time BIGINT,
              \(ColumnText.word(table, "duplex", of: ["half", "full"], required: false)),
              \(ColumnText.word(table, "interface_type", of: interfaceTypes)),
              \(ColumnText.texts("isp_provider")),
              is_critical BOOLEAN NOT NULL,
              \(ColumnText.real(table, "classification_confidence", to: "1")),
              classification_rule \(ColumnText.text) NOT NULL,
              classification_overridden BOOLEAN NOT NULL,
              operator_overrides \(ColumnText.text) NOT NULL,
              \(ColumnText.texts("lldp_neighbor_name", "lldp_neighbor_port", "neighbor_protocol")),
              monitoring_enabled BOOLEAN NOT NULL,
              enabled BOOLEAN NOT NULL,
              was_up BOOLEAN NOT NULL,
              \(ColumnText.texts("notes")),
              \(ColumnText.time(table, "created_at")),
              \(ColumnText.time(table, "updated_at")),
              \(ColumnText.time(table, "last_discovered_at")),
              \(ColumnText.time(table, "last_seen_at")),
              \(ColumnText.time(table, "missing_since", required: false)),
              \(ColumnText.count(table, "missing_uncounted_seconds"))
            """
        }

        /// Rows are written at every discovery: room in each page keeps the new ones beside the old, and the indexes as
        /// they are.
        ///
        /// The far end may be looked at last, as it may come later in what is copied from another store.
        private static let interfaces = """
            CREATE TABLE device_interfaces (
            \(columns("device_interfaces")),
              \(ColumnText.reference("connected_to_device_id", to: "standalone_devices", required: false, onDelete: "SET NULL")),
              \(ColumnText.reference("connected_to_interface_id", to: "device_interfaces", required: false, onDelete: "SET NULL"))
                DEFERRABLE
            ) WITH (fillfactor = 60)
            """

        private static let retired = """
            CREATE TABLE retired_interfaces (
            \(columns("retired_interfaces")),
              \(ColumnText.time("retired_interfaces", "removed_at"))
            )
            """

        private static let removedDevices = """
            CREATE TABLE removed_devices (
              id UUID PRIMARY KEY,
              name \(ColumnText.text) NOT NULL,
              ip \(ColumnText.text) NOT NULL,
              port BIGINT NOT NULL,
              \(ColumnText.texts("sys_name")),
              \(ColumnText.time("removed_devices", "removed_at"))
            )
            """

        private static let removedInterfaces = """
            CREATE TABLE removed_interfaces (
            \(columns("removed_interfaces", of: "removed_devices")),
              \(ColumnText.time("removed_interfaces", "removed_at"))
            )
            """

        private static let indexes = [
            "CREATE INDEX device_interfaces_device ON device_interfaces (device_id, if_index)",
            "CREATE INDEX device_interfaces_type ON device_interfaces (interface_type)",
            "CREATE INDEX device_interfaces_critical ON device_interfaces (device_id) WHERE is_critical",
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
            "CREATE INDEX removed_interfaces_device ON removed_interfaces (device_id)",
            "CREATE INDEX removed_devices_removed ON removed_devices (removed_at)",
        ]
    }
#endif
