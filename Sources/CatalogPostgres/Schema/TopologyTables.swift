#if PostgreSQL
    /// How devices are wired.
    ///
    /// Texts that devices send are kept unchecked: a hostile neighbour must not be able to refuse a whole run.
    enum TopologyTables {
        static let statements = [neighbours, descriptions, links, revisions, positions, manualLinks] + indexes

        /// All of them, for the triggers that move the edition.
        static let tables = [
            "interface_neighbours", "device_descriptions", "topology_links", "topology_revisions",
            "topology_positions", "manual_links",
        ]

        private static let heard = "interface_neighbours"
        private static let neighbours = """
            CREATE TABLE interface_neighbours (
              id UUID PRIMARY KEY,
              \(ColumnText.reference("device_id", to: "standalone_devices")),
              \(ColumnText.reference("interface_id", to: "device_interfaces", required: false)),
              local_port \(ColumnText.text) NOT NULL,
              local_if_index BIGINT,
              \(ColumnText.texts("local_port_rule")),
              \(ColumnText.word(heard, "protocol", of: ["lldp", "cdp", "fdp", "mndp"])),
              chassis_id_subtype BIGINT,
              \(ColumnText.texts("chassis_id_kind", "chassis_id")),
              port_id_subtype BIGINT,
              \(ColumnText.texts("port_id_kind", "port_id", "port_description", "neighbor_name", "system_description")),
              \(ColumnText.texts("platform")),
              \(ColumnText.json(heard, "capabilities")),
              \(ColumnText.texts("management_address")),
              \(ColumnText.json(heard, "management_addresses")),
              \(ColumnText.reference("connected_to_device_id", to: "standalone_devices", required: false, onDelete: "SET NULL")),
              \(ColumnText.reference("connected_to_interface_id", to: "device_interfaces", required: false, onDelete: "SET NULL")),
              \(ColumnText.json(heard, "device_rules")),
              \(ColumnText.json(heard, "interface_rules")),
              \(ColumnText.json(heard, "candidates")),
              \(ColumnText.real(heard, "match_confidence", to: "1")),
              \(ColumnText.time(heard, "first_seen_at")),
              \(ColumnText.time(heard, "last_seen_at"))
            ) WITH (fillfactor = 70)
            """

        private static let descriptions = """
            CREATE TABLE device_descriptions (
              \(ColumnText.reference("device_id", to: "standalone_devices")) PRIMARY KEY,
              \(ColumnText.time("device_descriptions", "read_at")),
              \(ColumnText.json("device_descriptions", "content", "object"))
            )
            """

        /// History outlives the devices it is about: no foreign keys.
        private static let links = """
            CREATE TABLE topology_links (
              id UUID PRIMARY KEY,
              key \(ColumnText.text) NOT NULL,
              a_device_id UUID,
              a_interface_id UUID,
              a_device_name \(ColumnText.text) NOT NULL,
              \(ColumnText.texts("a_port")),
              b_device_id UUID,
              b_interface_id UUID,
              b_device_name \(ColumnText.text) NOT NULL,
              \(ColumnText.texts("b_port")),
              \(ColumnText.word("topology_links", "origin", of: ["heard", "manual", "inferred"])),
              \(ColumnText.real("topology_links", "confidence", to: "1")),
              \(ColumnText.texts("link_group")),
              \(ColumnText.json("topology_links", "witnesses")),
              \(ColumnText.count("topology_links", "appeared_revision")),
              \(ColumnText.time("topology_links", "appeared_at")),
              \(ColumnText.count("topology_links", "vanished_revision", required: false)),
              \(ColumnText.time("topology_links", "vanished_at", required: false)),
              CONSTRAINT "topology_links.vanished_at/whole" CHECK ((vanished_at IS NULL) = (vanished_revision IS NULL))
            )
            """

        private static let counted = ["devices_read", "connections", "mapped", "links", "appeared", "vanished"]
        private static let revisions = """
            CREATE TABLE topology_revisions (
              \(ColumnText.count("topology_revisions", "number", from: 1)) PRIMARY KEY,
              \(ColumnText.time("topology_revisions", "made_at")),
              \(counted.map { ColumnText.count("topology_revisions", $0) }.joined(separator: ",\n  "))
            )
            """

        private static let positions = """
            CREATE TABLE topology_positions (
              \(ColumnText.reference("device_id", to: "standalone_devices")) PRIMARY KEY,
              \(ColumnText.real("topology_positions", "x", from: "-\(ColumnText.most)")),
              \(ColumnText.real("topology_positions", "y", from: "-\(ColumnText.most)")),
              \(ColumnText.count("topology_positions", "tier", required: false))
            )
            """

        /// An interface that is removed leaves its link between the devices.
        private static let manualLinks = """
            CREATE TABLE manual_links (
              id UUID PRIMARY KEY,
              \(ColumnText.reference("a_device_id", to: "standalone_devices")),
              \(ColumnText.reference("a_interface_id", to: "device_interfaces", required: false, onDelete: "SET NULL")),
              \(ColumnText.reference("b_device_id", to: "standalone_devices")),
              \(ColumnText.reference("b_interface_id", to: "device_interfaces", required: false, onDelete: "SET NULL")),
              \(ColumnText.texts("note")),
              \(ColumnText.time("manual_links", "created_at")),
              CONSTRAINT "manual_links.b_device_id" CHECK (a_device_id <> b_device_id)
            )
            """

        private static func filled(_ table: String, _ column: String, _ name: String) -> String {
            "CREATE INDEX \(table)_\(name) ON \(table) (\(column)) WHERE \(column) IS NOT NULL"
        }

        private static let indexes = [
            "CREATE INDEX interface_neighbours_device ON interface_neighbours (device_id, id)",
            filled(heard, "interface_id", "interface"),
            filled(heard, "connected_to_device_id", "connected_device"),
            filled(heard, "connected_to_interface_id", "connected_interface"),
            // Not unique by key: two strangers on one port may call themselves alike, and both are there.
            "CREATE INDEX topology_links_present ON topology_links (id) WHERE vanished_at IS NULL",
            "CREATE INDEX topology_links_appeared ON topology_links (appeared_at)",
            filled("topology_links", "vanished_at", "vanished"),
            "CREATE INDEX topology_revisions_made ON topology_revisions (made_at)",
            "CREATE INDEX manual_links_a_device ON manual_links (a_device_id)",
            "CREATE INDEX manual_links_b_device ON manual_links (b_device_id)",
            filled("manual_links", "a_interface_id", "a_interface"),
            filled("manual_links", "b_interface_id", "b_interface"),
        ]
    }
#endif
