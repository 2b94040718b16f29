import FoundationEssentials
import Inventory

extension Device: TableRow {
    static let table = "standalone_devices"
    static let columns = [
        "id", "name", "ip", "port", "device_type", "vendor", "model", "os_version", "location", "sys_name",
        "sys_descr", "sys_object_id", "credential_profile", "enabled", "status", "last_seen_at", "uptime_seconds",
        "tags", "last_error", "last_complete_discovery_at", "created_at", "updated_at",
    ]

    func write(to sink: inout some ColumnSink) {
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

    init(reading row: inout ColumnReader) throws {
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
        tags = try JSONText.readList(row.requiredText(), column: "tags")
        lastError = row.text()
        lastCompleteDiscoveryAt = try row.time()
        createdAt = try row.requiredTime()
        updatedAt = try row.requiredTime()
    }
}

/// Lists and counts kept as JSON in one column.
enum JSONText {
    static func list(_ texts: [String]) -> String {
        texts.isEmpty ? "[]" : encoded(texts)
    }

    static func counts(_ counts: [String: Int64]) -> String {
        counts.isEmpty ? "{}" : encoded(counts)
    }

    static func readList(_ text: String, column: String) throws -> [String] {
        if text == "[]" { return [] }
        return try decoded(text, column: column, expected: "a JSON list of texts")
    }

    static func readCounts(_ text: String, column: String) throws -> [String: Int64] {
        if text == "{}" { return [:] }
        return try decoded(text, column: column, expected: "a JSON object of whole numbers")
    }

    private static func encoded(_ value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Texts and whole numbers always have a JSON form; an empty text would be refused by the schema's check.
        guard let data = try? encoder.encode(value) else { return "" }
        return String(decoding: data, as: UTF8.self)
    }

    private static func decoded<Value: Decodable>(_ text: String, column: String, expected: String) throws -> Value {
        guard let value = try? JSONDecoder().decode(Value.self, from: Data(text.utf8)) else {
            throw UnreadableValue(column: column, text: text, expected: expected)
        }
        return value
    }
}
