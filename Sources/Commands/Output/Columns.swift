/// The columns of each table for people; the members are those of the API.
enum Columns {
    static let devices = [
        TableColumn("NAME", "name", minimumWidth: 12),
        TableColumn(
            "ADDRESS",
            row: { row in
                let port = row["port"]?.plainText ?? "161"
                return (row["ip"]?.plainText ?? "") + (port == "161" ? "" : ":\(port)")
            }),
        TableColumn("TYPE", "device_type"),
        TableColumn("STATUS", "status", colour: { statusColour($0["status"]?.string) }),
        TableColumn("VENDOR", "vendor", minimumWidth: 8),
        TableColumn("MODEL", "model", minimumWidth: 8),
        TableColumn("LOCATION", "location", minimumWidth: 8),
        TableColumn("LAST SEEN", "last_seen_at", format: { Units.time($0.plainText) }),
    ]

    static let interfaces = [
        TableColumn("DEVICE", "device_name", minimumWidth: 12),
        TableColumn("INTERFACE", row: { $0["if_name"]?.string ?? $0["if_descr"]?.string ?? "" }),
        TableColumn("ALIAS", "if_alias", minimumWidth: 10),
        TableColumn("TYPE", "interface_type"),
        TableColumn("PROVIDER", "isp_provider"),
        TableColumn("SPEED", "if_speed", .right, format: { $0.integer.map(Units.speed) ?? $0.plainText }),
        TableColumn("STATUS", "if_oper_status_name", colour: { statusColour($0["if_oper_status_name"]?.string) }),
        TableColumn("CRITICAL", "is_critical", format: yes),
        TableColumn("MONITORED", "monitoring_enabled", format: yes),
        TableColumn("CONF", "classification_confidence", .right, format: confidence),
    ]

    static let probedInterfaces = [
        TableColumn("IFINDEX", "if_index", .right),
        TableColumn("NAME", "if_name"),
        TableColumn("DESCRIPTION", "if_descr", minimumWidth: 10),
        TableColumn("ALIAS", "if_alias", minimumWidth: 10),
        TableColumn("SPEED", "if_speed", .right, format: { $0.integer.map(Units.speed) ?? $0.plainText }),
        TableColumn("ADMIN", "if_admin_status_name"),
        TableColumn("OPER", "if_oper_status_name", colour: { statusColour($0["if_oper_status_name"]?.string) }),
        TableColumn("TYPE", "interface_type"),
        TableColumn("PROVIDER", "isp_provider"),
        TableColumn("CONF", "classification_confidence", .right, format: confidence),
        TableColumn("RULE", "classification_rule", minimumWidth: 8),
    ]

    static let jobRuns = [
        TableColumn("ID", "id"),
        TableColumn("JOB", "job", minimumWidth: 12),
        TableColumn("SUBJECT", "subject", minimumWidth: 8).with(maximumWidth: 40, leftOut: 2),
        TableColumn("STATE", "state", colour: { stateColour($0["state"]?.string) }),
        TableColumn("STARTED", "started_at", format: { Units.time($0.plainText) }).with(leftOut: 3),
        TableColumn(
            "DONE", .right,
            row: { row in
                guard let total = row["total"]?.integer, total > 0 else { return "" }
                return "\(row["done"]?.plainText ?? "0")/\(total)"
            }
        ).with(leftOut: 1),
        TableColumn("MESSAGE", "message", minimumWidth: 12, format: { CommandWords.withoutCode($0.plainText) })
            .with(maximumWidth: 80),
    ]

    static let sweepFindings = [
        TableColumn("ADDRESS", "address"),
        TableColumn("NAME", "name", minimumWidth: 12),
        TableColumn("PROFILE", "profile"),
        TableColumn("STANDING", "standing", colour: { $0["standing"]?.string == "new" ? .green : nil }),
    ]

    static let schedules = [
        TableColumn("JOB", "job"),
        TableColumn("SCHEDULE", "schedule"),
        TableColumn("ENABLED", "enabled", format: yes),
        TableColumn("NEXT RUN", "next_run_at", format: { Units.time($0.plainText) }),
    ]

    static let profiles = [
        TableColumn("NAME", "name"),
        TableColumn("VERSION", "version"),
        TableColumn("LEVEL", "level"),
        TableColumn("USER", "user", minimumWidth: 8),
        TableColumn("AUTH", "auth_protocol"),
        TableColumn("PRIV", "priv_protocol"),
        TableColumn("CONTEXT", "context_name").with(leftOut: 2),
        TableColumn("FAULT", "fault", minimumWidth: 12, format: { CommandWords.withoutCode($0.plainText) })
            .with(maximumWidth: 60, leftOut: 3),
        TableColumn("CREATED", "created_at", format: { Units.time($0.plainText) }),
        TableColumn("UPDATED", "updated_at", format: { Units.time($0.plainText) }),
    ]

    static let tokens = [
        TableColumn("ID", "id"),
        TableColumn("NAME", "name"),
        TableColumn("CREATED", "created_at", format: { Units.time($0.plainText) }),
        TableColumn("REVOKED", "revoked_at", format: { Units.time($0.plainText) }),
    ]

    static let rules = [
        TableColumn("RULE", "id"),
        TableColumn("TYPE", "type"),
        TableColumn("PROVIDER", "provider"),
        TableColumn("CONF", "confidence", .right, format: confidence),
        TableColumn("FILE", row: { "\($0["file"]?.plainText ?? ""):\($0["line"]?.plainText ?? "")" }),
        TableColumn("COMMENT", "comment", minimumWidth: 12),
    ]

    static let reclassifications = [
        TableColumn("DEVICE", "device_name", minimumWidth: 12),
        TableColumn("INTERFACE", "if_name"),
        TableColumn("ALIAS", "if_alias", minimumWidth: 10),
        TableColumn("NOW", row: { classification($0["old"]) }),
        TableColumn("WOULD BE", row: { classification($0["new"]) }),
    ]

    static let explanations = [
        TableColumn("ID", "id"),
        TableColumn("TYPE", "type"),
        TableColumn("PROVIDER", "provider"),
        TableColumn("CONF", "confidence", .right, format: confidence),
        TableColumn("RULE", "rule"),
        TableColumn(
            "EVIDENCE", minimumWidth: 12,
            row: { row in
                (row["evidence"]?.items ?? []).map(\.plainText).joined(separator: "; ")
            }),
    ]

    /// `isp magti (isp-alias)`.
    private static func classification(_ value: JSONValue?) -> String {
        let type = value?["type"]?.string ?? ""
        let provider = value?["provider"]?.string.map { " \($0)" } ?? ""
        let rule = value?["rule"]?.string.map { " (\($0))" } ?? ""
        return type + provider + rule
    }

    /// `yes` for true, nothing for false, so that what is rare stands out.
    private static let yes: @Sendable (JSONValue) -> String = { $0.bool == true ? "yes" : "" }

    /// `0.95`.
    static let confidence: @Sendable (JSONValue) -> String = { value in
        value.double.map(Units.share) ?? value.plainText
    }

    private static func statusColour(_ status: String?) -> Colour? {
        switch status {
        case "up": .green
        case "down", "lowerLayerDown": .red
        case "unknown", "testing", "dormant", "notPresent": .yellow
        default: nil
        }
    }

    private static func stateColour(_ state: String?) -> Colour? {
        switch state {
        case "succeeded": .green
        case "failed", "abandoned": .red
        case "partial", "cancelled": .yellow
        default: nil
        }
    }
}
