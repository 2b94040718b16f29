import Catalog
import Inventory

/// The columns of `device_interfaces` that topology reads and writes.
extension PortRecord {
    /// Reads all ports; an ORDER BY follows.
    static let selectSQL = """
        SELECT id, device_id, if_index, if_name, if_descr, if_alias, if_type, if_mtu, if_speed, if_phys_address,
          if_admin_status, if_oper_status, if_last_change, if_connector_present, if_counter_discontinuity_time,
          duplex, interface_type, missing_since IS NOT NULL, connected_to_device_id, connected_to_interface_id,
          lldp_neighbor_name, lldp_neighbor_port, neighbor_protocol
        FROM device_interfaces
        """

    /// Writes a connection and the time it changed.
    static let connectSQL = """
        UPDATE device_interfaces SET connected_to_device_id = ?1, connected_to_interface_id = ?2,
          lldp_neighbor_name = ?3, lldp_neighbor_port = ?4, neighbor_protocol = ?5, updated_at = ?6
        WHERE id = ?7
        """

    init(reading row: inout ColumnReader) throws {
        let (id, device): (InterfaceID, DeviceID) = (try row.requiredID(), try row.requiredID())
        self.init(
            id: id, deviceID: device, facts: try Interface.readFacts(&row), interfaceType: try row.word(),
            isMissing: row.flag(), connection: try InterfaceConnection(reading: &row))
    }
}

extension InterfaceConnection {
    fileprivate init(reading row: inout ColumnReader) throws {
        self.init()
        deviceID = try row.id()
        interfaceID = try row.id()
        neighbourName = row.text()
        neighbourPort = row.text()
        neighbourProtocol = row.text()
    }

    func write(to sink: inout some ColumnSink) {
        sink.id(deviceID)
        sink.id(interfaceID)
        sink.text(neighbourName)
        sink.text(neighbourPort)
        sink.text(neighbourProtocol)
    }
}
