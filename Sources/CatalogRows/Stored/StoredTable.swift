/// The kinds of values that columns hold.
package enum ValueKind: Sendable, Hashable {
    case text, integer, real, flag, bytes, time, id
}

/// A table with all of its columns, whatever store it is in: for what moves whole tables.
package struct StoredTable: Sendable {
    /// A column.
    package struct Column: Sendable, Hashable {
        /// Its name.
        package var name: String
        /// What it holds.
        package var kind: ValueKind
    }

    /// Its name.
    package let name: String
    /// All columns, in an order of our own.
    package let columns: [Column]
    /// The columns that tell rows apart, and in whose order they are read.
    package let key: [String]
    /// Whether rows get the next number of the table by themselves.
    package let isNumbered: Bool

    init(
        _ name: String, key: [String] = ["id"], isNumbered: Bool = false, _ columns: KeyValuePairs<ValueKind, [String]>
    ) {
        self.name = name
        self.key = key
        self.isNumbered = isNumbered
        self.columns = columns.flatMap { kind, names in names.map { Column(name: $0, kind: kind) } }
    }

    /// The names of all columns with commas.
    package var columnList: String {
        columns.map(\.name).joined(separator: ", ")
    }

    /// The places of the key's columns.
    package var keyPlaces: [Int] {
        key.compactMap { name in columns.firstIndex { $0.name == name } }
    }

    /// Tables that a store keeps for itself: its schema, what it counts, what a cluster shares; they are not moved.
    package static let ownTables = [
        "wardflux_schema", "catalog_revision", "topology_edition", "catalog_changes", "cluster_nodes",
        "cluster_leases", "cluster_work", "cluster_messages",
    ]

    /// All tables, those that others refer to first.
    package static let all: [StoredTable] =
        [
            StoredTable(
                "snmp_credentials", key: ["name"],
                [.text: ["name", "version"], .bytes: ["sealed"], .time: ["created_at", "updated_at"]]),
            StoredTable(
                "standalone_devices",
                [
                    .id: ["id"], .flag: ["enabled"], .integer: ["port", "uptime_seconds"],
                    .text: [
                        "name", "ip", "device_type", "vendor", "model", "os_version", "location", "sys_name",
                        "sys_descr", "sys_object_id", "credential_profile", "status", "tags", "last_error",
                    ], .time: ["last_seen_at", "last_complete_discovery_at", "created_at", "updated_at"],
                ]),
            interfaces("device_interfaces", [.id: ["connected_to_device_id", "connected_to_interface_id"]]),
            interfaces("retired_interfaces", [.time: ["removed_at"]]),
            StoredTable(
                "removed_devices",
                [.id: ["id"], .text: ["name", "ip", "sys_name"], .integer: ["port"], .time: ["removed_at"]]),
            interfaces("removed_interfaces", [.time: ["removed_at"]]),
        ] + operations + traffic + topology + alerts

    /// Live, retired and removed interfaces, and what each has besides.
    private static func interfaces(_ name: String, _ more: KeyValuePairs<ValueKind, [String]>) -> StoredTable {
        let shared: KeyValuePairs<ValueKind, [String]> = [
            .id: ["id", "device_id"],
            .integer: [
                "if_index", "if_type", "if_mtu", "if_speed", "if_admin_status", "if_oper_status", "if_last_change",
                "if_counter_discontinuity_time", "missing_uncounted_seconds",
            ],
            .flag: [
                "if_connector_present", "is_critical", "classification_overridden", "monitoring_enabled", "enabled",
                "was_up",
            ],
            .text: [
                "if_name", "if_descr", "if_alias", "if_phys_address", "duplex", "interface_type", "isp_provider",
                "classification_rule", "operator_overrides", "lldp_neighbor_name", "lldp_neighbor_port",
                "neighbor_protocol", "notes",
            ], .real: ["classification_confidence"],
            .time: ["created_at", "updated_at", "last_discovered_at", "last_seen_at", "missing_since"],
        ]
        let first = StoredTable(name, shared)
        return StoredTable(name: name, columns: first.columns + StoredTable(name, more).columns)
    }

    private init(name: String, columns: [Column]) {
        (self.name, self.columns, key, isNumbered) = (name, columns, ["id"], false)
    }
}
