package import Catalog
import Inventory

/// The columns of `device_interfaces` that topology reads and writes.
extension PortRecord {
    /// Reads all ports; an ORDER BY follows.
    package static let selectSQL = """
        SELECT id, device_id, if_index, if_name, if_descr, if_alias, if_type, if_mtu, if_speed, if_phys_address,
          if_admin_status, if_oper_status, if_last_change, if_connector_present, if_counter_discontinuity_time,
          duplex, interface_type, missing_since IS NOT NULL, connected_to_device_id, connected_to_interface_id,
          lldp_neighbor_name, lldp_neighbor_port, neighbor_protocol
        FROM device_interfaces
        """

    package init(reading row: inout some ColumnReading) throws {
        let (id, device): (InterfaceID, DeviceID) = (try row.requiredID(), try row.requiredID())
        self.init(
            id: id, deviceID: device, facts: try Interface.readFacts(&row), interfaceType: try row.word(),
            isMissing: row.flag(), connection: try InterfaceConnection(reading: &row))
    }
}

extension InterfaceConnection {
    fileprivate init(reading row: inout some ColumnReading) throws {
        self.init()
        deviceID = try row.id()
        interfaceID = try row.id()
        neighbourName = row.text()
        neighbourPort = row.text()
        neighbourProtocol = row.text()
    }

    package func write(to sink: inout some ColumnSink) {
        sink.id(deviceID)
        sink.id(interfaceID)
        sink.text(neighbourName)
        sink.text(neighbourPort)
        sink.text(neighbourProtocol)
    }
}
