/// Removed devices and their interfaces, kept for when they return: version 5 of the schema.
///
/// Triggers keep and give back, so that a device an operator removes or adds by SQL loses nothing either.
enum RemovalsSchema {
    static let statements = [
        devices, InventorySchema.removedInterfaces, interfacesIndex, removedIndex, removal(keeping: columns),
        returning(columns),
    ]

    private static let devices = """
        CREATE TABLE removed_devices (
          \(SQLText.id("removed_devices", "id", "PRIMARY KEY NOT NULL")),
          name TEXT NOT NULL,
          ip TEXT NOT NULL,
          port INTEGER NOT NULL,
          sys_name TEXT,
          \(SQLText.time("removed_devices", "removed_at"))
        ) STRICT
        """

    private static let interfacesIndex = "CREATE INDEX removed_interfaces_device ON removed_interfaces (device_id)"
    private static let removedIndex = "CREATE INDEX removed_devices_removed ON removed_devices (removed_at)"

    /// The columns of `retired_interfaces` in this version but removed_at.
    static let columns = """
        id, device_id, if_index, if_name, if_descr, if_alias, if_type, if_mtu, if_speed, if_phys_address,
        if_admin_status, if_oper_status, if_last_change, if_connector_present, if_counter_discontinuity_time,
        interface_type, isp_provider, is_critical, classification_confidence, classification_rule,
        classification_overridden, operator_overrides, lldp_neighbor_name, lldp_neighbor_port, neighbor_protocol,
        monitoring_enabled, enabled, was_up, notes, created_at, updated_at, last_discovered_at, last_seen_at,
        missing_since, missing_uncounted_seconds
        """

    /// Before, as afterwards the interfaces are gone.
    static func removal(keeping columns: String) -> String {
        """
        CREATE TRIGGER standalone_devices_removal BEFORE DELETE ON standalone_devices BEGIN
          INSERT OR REPLACE INTO removed_devices (id, name, ip, port, sys_name, removed_at)
            VALUES (OLD.id, OLD.name, OLD.ip, OLD.port, OLD.sys_name, \(SQLText.now));
          INSERT OR REPLACE INTO removed_interfaces (\(columns), removed_at)
            SELECT \(columns), removed_at FROM retired_interfaces WHERE device_id = OLD.id;
          INSERT OR REPLACE INTO removed_interfaces (\(columns), removed_at)
            SELECT \(columns), \(SQLText.now) FROM device_interfaces WHERE device_id = OLD.id;
        END
        """
    }

    static func returning(_ columns: String) -> String {
        """
        CREATE TRIGGER standalone_devices_return AFTER INSERT ON standalone_devices BEGIN
          INSERT OR REPLACE INTO retired_interfaces (\(columns), removed_at)
            SELECT \(columns), removed_at FROM removed_interfaces WHERE device_id = NEW.id;
          DELETE FROM removed_interfaces WHERE device_id = NEW.id;
          DELETE FROM removed_devices WHERE id = NEW.id;
        END
        """
    }
}
