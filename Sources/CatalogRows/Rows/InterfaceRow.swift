package import Inventory

extension Interface: TableRow {
    package static let table = "device_interfaces"
    package static let columns = [
        "id", "device_id", "if_index", "if_name", "if_descr", "if_alias", "if_type", "if_mtu", "if_speed",
        "if_phys_address", "if_admin_status", "if_oper_status", "if_last_change", "if_connector_present",
        "if_counter_discontinuity_time", "duplex", "interface_type", "isp_provider", "is_critical",
        "classification_confidence", "classification_rule", "classification_overridden", "operator_overrides",
        "lldp_neighbor_name", "lldp_neighbor_port", "neighbor_protocol", "monitoring_enabled", "enabled", "was_up",
        "notes", "created_at", "updated_at", "last_discovered_at", "last_seen_at", "missing_since",
        "missing_uncounted_seconds", "connected_to_device_id", "connected_to_interface_id",
    ]

    /// The columns that `retired_interfaces` has too: all but the far end's, which may be gone when it returns.
    package static let retiredColumns = columns.dropLast(2)

    package func write(to sink: inout some ColumnSink) {
        sink.id(id)
        sink.id(deviceID)
        writeFacts(to: &sink)
        sink.text(interfaceType.rawValue)
        sink.text(ispProvider)
        sink.flag(isCritical)
        sink.real(classificationConfidence)
        sink.text(classificationRule)
        sink.flag(classificationOverridden)
        sink.text(overrides.isEmpty ? "" : overrides.sorted().map(\.rawValue).joined(separator: ","))
        sink.text(lldpNeighborName)
        sink.text(lldpNeighborPort)
        sink.text(neighborProtocol)
        sink.flag(monitoringEnabled)
        sink.flag(enabled)
        sink.flag(wasUp)
        sink.text(notes)
        sink.time(createdAt)
        sink.time(updatedAt)
        sink.time(lastDiscoveredAt)
        sink.time(lastSeenAt)
        sink.time(missingSince)
        sink.integer(missingUncountedSeconds)
        sink.id(connectedToDeviceID)
        sink.id(connectedToInterfaceID)
    }

    package init(reading row: inout some ColumnReading) throws {
        let (id, device) = (try row.requiredID(Interface.self), try row.requiredID(Device.self))
        self.init(id: id, deviceID: device, facts: try Self.readFacts(&row), at: Timestamp(seconds: 0))
        interfaceType = try row.word()
        ispProvider = row.text()
        isCritical = row.flag()
        classificationConfidence = row.real()
        classificationRule = row.requiredText()
        _ = row.flag()  // classification_overridden follows from operator_overrides
        overrides = Self.readOverrides(row.requiredText())
        lldpNeighborName = row.text()
        lldpNeighborPort = row.text()
        neighborProtocol = row.text()
        monitoringEnabled = row.flag()
        enabled = row.flag()
        wasUp = row.flag()
        notes = row.text()
        createdAt = try row.requiredTime()
        updatedAt = try row.requiredTime()
        lastDiscoveredAt = try row.requiredTime()
        lastSeenAt = try row.requiredTime()
        missingSince = try row.time()
        missingUncountedSeconds = row.requiredInteger()
        connectedToDeviceID = try row.id()
        connectedToInterfaceID = try row.id()
    }

    private func writeFacts(to sink: inout some ColumnSink) {
        sink.integer(facts.ifIndex)
        sink.text(facts.ifName)
        sink.text(facts.ifDescr)
        sink.text(facts.ifAlias)
        sink.integer(facts.ifType.map(Int64.init))
        sink.integer(facts.ifMtu)
        sink.integer(facts.ifSpeed)
        sink.text(facts.ifPhysAddress)
        sink.integer(facts.adminStatus.map(Int64.init))
        sink.integer(facts.operStatus.map(Int64.init))
        sink.integer(facts.ifLastChange)
        sink.flag(facts.connectorPresent)
        sink.integer(facts.counterDiscontinuityTime)
        sink.text(facts.duplex?.rawValue)
    }

    /// Reads the columns from `if_index` to `duplex`.
    package static func readFacts(_ row: inout some ColumnReading) throws -> InterfaceFacts {
        var facts = InterfaceFacts(ifIndex: row.requiredInteger())
        facts.ifName = row.text()
        facts.ifDescr = row.text()
        facts.ifAlias = row.text()
        facts.ifType = row.integer().map { Int($0) }
        facts.ifMtu = row.integer()
        facts.ifSpeed = row.integer()
        facts.ifPhysAddress = row.text()
        facts.adminStatus = row.integer().map { Int($0) }
        facts.operStatus = row.integer().map { Int($0) }
        facts.ifLastChange = row.integer()
        facts.connectorPresent = row.optionalFlag()
        facts.counterDiscontinuityTime = row.integer()
        facts.duplex = try row.optionalWord()
        return facts
    }

    /// Reads `interface_type,is_critical`; names a newer program may have written are left out.
    private static func readOverrides(_ text: String) -> Set<OverridableField> {
        if text.isEmpty { return [] }
        return Set(text.split(separator: ",").compactMap { OverridableField(rawValue: String($0)) })
    }
}
