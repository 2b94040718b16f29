package import Inventory

extension Device: TableRow {
    package static let table = "standalone_devices"
    package static let columns = [
        "id", "name", "ip", "port", "device_type", "vendor", "model", "os_version", "location", "sys_name",
        "sys_descr", "sys_object_id", "credential_profile", "enabled", "status", "last_seen_at", "uptime_seconds",
        "tags", "last_error", "last_complete_discovery_at", "created_at", "updated_at",
    ]

    package func write(to sink: inout some ColumnSink) {
        sink.id(id)
        sink.text(name)
        sink.text(address)
        sink.integer(Int64(port))
        sink.text(deviceType.rawValue)
        for text in [vendor, model, osVersion, location, sysName, sysDescr, sysObjectID, credentialProfile] {
            sink.text(text)
        }
        sink.flag(enabled)
        sink.text(status.rawValue)
        sink.time(lastSeenAt)
        sink.integer(uptimeSeconds)
        sink.text(JSONText.list(tags))
        sink.text(lastError)
        sink.time(lastCompleteDiscoveryAt)
        sink.time(createdAt)
        sink.time(updatedAt)
    }

    package init(reading row: inout some ColumnReading) throws {
        let id = try row.requiredID(Device.self)
        let (name, address) = (row.requiredText(), row.requiredText())
        self.init(id: id, name: name, address: address, port: Int(row.requiredInteger()), at: Timestamp(seconds: 0))
        deviceType = try row.word()
        vendor = row.text()
        model = row.text()
        osVersion = row.text()
        location = row.text()
        sysName = row.text()
        sysDescr = row.text()
        sysObjectID = row.text()
        credentialProfile = row.text()
        enabled = row.flag()
        status = try row.word()
        lastSeenAt = try row.time()
        uptimeSeconds = row.integer()
        tags = try row.textList()
        lastError = row.text()
        lastCompleteDiscoveryAt = try row.time()
        createdAt = try row.requiredTime()
        updatedAt = try row.requiredTime()
    }
}
