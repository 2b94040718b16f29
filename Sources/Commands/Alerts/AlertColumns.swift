/// The columns of tables about alerts.
extension Columns {
    static let alerts = [
        TableColumn("START", "started_at", format: { Units.time($0.plainText) }),
        TableColumn("SEVERITY", "severity", colour: { alertColour($0) }),
        TableColumn("STATE", "state", colour: { $0["state"]?.string == "firing" ? nil : .dim }),
        TableColumn("WHAT", "message", minimumWidth: 20),
        TableColumn("TOLD", minimumWidth: 8, row: told).with(maximumWidth: 40, leftOut: 3),
        TableColumn("SEEN TO BY", minimumWidth: 8, row: { seenToBy($0) }).with(maximumWidth: 30, leftOut: 2),
        TableColumn("EXPLAINS", "explains", .right, format: { $0.integer == 0 ? "" : $0.plainText }).with(leftOut: 1),
        TableColumn("ID", "id"),
    ]

    static let pastAlerts = [
        TableColumn("START", "started_at", format: { Units.time($0.plainText) }),
        TableColumn("END", row: end),
        TableColumn("SEVERITY", "severity", colour: { alertColour($0) }),
        TableColumn("WHAT", "message", minimumWidth: 20),
        TableColumn("TOLD", minimumWidth: 8, row: told).with(maximumWidth: 40, leftOut: 2),
        TableColumn("RULE", "rule", minimumWidth: 8).with(maximumWidth: 30, leftOut: 1),
        TableColumn("ID", "id"),
    ]

    static let replayedAlerts = [
        TableColumn("START", "started_at", format: { Units.time($0.plainText) }),
        TableColumn("END", row: end),
        TableColumn("SEVERITY", "severity", colour: { alertColour($0) }),
        TableColumn("WHAT", "message", minimumWidth: 20),
        TableColumn("TOLD", minimumWidth: 8, row: replayedTold).with(maximumWidth: 40, leftOut: 2),
        TableColumn("RULE", "rule", minimumWidth: 8).with(maximumWidth: 30, leftOut: 1),
    ]

    static let changedAlerts = [
        TableColumn("START", row: { $0["after"]?["started_at"]?.string.map(Units.time) ?? "" }),
        TableColumn("CHANGED", minimumWidth: 20, row: { $0["after"]?["message"]?.plainText ?? "" }),
        TableColumn("HOW", minimumWidth: 20) { row in
            (row["differences"]?.items ?? []).map(\.plainText).joined(separator: ", ")
        },
    ]

    static let replayedDeliveries = [
        TableColumn("RECEIVER", "receiver"),
        TableColumn("MESSAGES", "deliveries", .right),
        TableColumn("ESCALATIONS", "escalations", .right),
        TableColumn("REMINDERS", "reminders", .right),
        TableColumn("ALERTS", "alerts", .right),
    ]

    static let alertActions = [
        TableColumn("ALERT", "alert_id"),
        TableColumn("KIND", "kind"),
        TableColumn("UNTIL", row: { $0["until"]?.string.map(Units.time) ?? "it is over" }),
        TableColumn("NOTE", "note", minimumWidth: 12).with(maximumWidth: 80),
    ]

    static let alertChanges = [
        TableColumn("TIME", "at", format: { Units.time($0.plainText) }),
        TableColumn("STEP", "kind"),
        TableColumn("BY", "author", minimumWidth: 8).with(maximumWidth: 30, leftOut: 1),
        TableColumn("WHAT", "text", minimumWidth: 20),
    ]

    static let alertFacts = [
        TableColumn("KNOWN", "name", minimumWidth: 8),
        TableColumn("AS", "text", minimumWidth: 20),
        TableColumn("AT", "at", format: { Units.time($0.plainText) }).with(leftOut: 1),
    ]

    static let alertEvents = [
        TableColumn("BEFORE", "at", format: { Units.time($0.plainText) }),
        TableColumn("WHAT", "text", minimumWidth: 20),
    ]

    static let alertRules = [
        TableColumn("RULE", "id", minimumWidth: 8),
        TableColumn("FROM", "origin").with(leftOut: 1),
        TableColumn("CONDITION", "condition"),
        TableColumn("SEVERITY", row: ruleSeverity),
        TableColumn("LIMIT", .right, row: ruleLimit),
        TableColumn("FOR", "for_seconds", .right, format: { seconds($0) }),
        TableColumn("OVER AFTER", "clear_seconds", .right, format: { seconds($0) }).with(leftOut: 2),
        TableColumn("TOLD", "is_sent", format: { $0.bool == true ? "yes" : "no" }),
        TableColumn("FITS", minimumWidth: 12, row: ruleScopes).with(maximumWidth: 80),
    ]

    static let silences = [
        TableColumn("STATE", "state", colour: { $0["state"]?.string == "active" ? .yellow : .dim }),
        TableColumn("FROM", "starts_at", format: { Units.time($0.plainText) }),
        TableColumn("UNTIL", "ends_at", format: { Units.time($0.plainText) }),
        TableColumn("ALERTS", minimumWidth: 16, row: matchers).with(maximumWidth: 80),
        TableColumn("BY", "author", minimumWidth: 8).with(maximumWidth: 30, leftOut: 1),
        TableColumn("COMMENT", "comment", minimumWidth: 12).with(maximumWidth: 80),
        TableColumn("ID", "id"),
    ]

    static let maintenanceWindows = [
        TableColumn("NAME", "name", minimumWidth: 8).with(maximumWidth: 40),
        TableColumn("NOW", row: { $0["open_until"]?.string.map { "until \(Units.time($0))" } ?? "" }),
        TableColumn("NEXT", "next_start_at", format: { Units.time($0.plainText) }),
        TableColumn("SCHEDULE", row: windowSchedule),
        TableColumn("LENGTH", "duration_seconds", .right, format: { seconds($0) }),
        TableColumn("ALERTS", minimumWidth: 16, row: matchers).with(maximumWidth: 80),
        TableColumn("COMMENT", "comment", minimumWidth: 12).with(maximumWidth: 60, leftOut: 1),
        TableColumn("ID", "id"),
    ]

    static let receivers = [
        TableColumn("NAME", "name", minimumWidth: 8),
        TableColumn("KIND", row: { $0["kind"]?.string ?? "gone" }),
        TableColumn("ROUTED", "is_used", format: { $0.bool == true ? "yes" : "no" }),
        TableColumn("WAITING", "waiting", .right),
        TableColumn("SINCE", "oldest_waiting_at", format: { Units.time($0.plainText) }).with(leftOut: 1),
        TableColumn("DELIVERED", "delivered", .right),
        TableColumn("FAILED", "failed", .right, colour: { ($0["failed"]?.integer ?? 0) > 0 ? .red : nil }),
        TableColumn("LAST ERROR", "last_error", minimumWidth: 12).with(maximumWidth: 80),
    ]

    static let deliveries = [
        TableColumn("WRITTEN", "created_at", format: { Units.time($0.plainText) }),
        TableColumn("RECEIVER", "receiver", minimumWidth: 8).with(maximumWidth: 30),
        TableColumn("STATE", "state", colour: { deliveryColour($0) }),
        TableColumn("WHY", "reason").with(leftOut: 1),
        TableColumn("ALERTS", "alert_count", .right),
        TableColumn("FIRST", "message", minimumWidth: 16).with(maximumWidth: 80),
        TableColumn("TRIES", "attempts", .right),
        TableColumn("NEXT TRY", row: nextTry).with(leftOut: 2),
        TableColumn("ERROR", "last_error", minimumWidth: 12).with(maximumWidth: 80),
    ]

    static let noisyEntities = [
        TableColumn("NOISIEST", minimumWidth: 12, row: { entity($0) }),
        TableColumn("ALERTS", "fired", .right),
        TableColumn("CAME BACK", "relapses", .right),
    ]

    static let alertDays = [
        TableColumn("DAY", "date"),
        TableColumn("FIRED", "fired", .right),
        TableColumn("OVER", "resolved", .right),
    ]

    static let toldReceivers = [
        TableColumn("RECEIVER", "receiver"),
        TableColumn("WAITING", "waiting", .right),
        TableColumn("DELIVERED", "delivered", .right),
        TableColumn("FAILED", "failed", .right),
    ]
}

/// Cells of these tables.
extension Columns {
    private static func end(_ row: JSONValue) -> String { row["resolved_at"]?.string.map(Units.time) ?? "goes on" }

    /// `explained`, `silenced`; when somebody was told; nothing where neither is so.
    private static func told(_ row: JSONValue) -> String {
        if let hold = row["hold"]?.string {
            let cause = row["cause"]?["name"]?.string.map { " by \($0)" } ?? ""
            return holdWords(hold) + (hold == "explained" ? cause : "")
        }
        return row["notified_at"]?.string.map(Units.time) ?? ""
    }

    /// Who would have been told, else why nobody: `noc, boss`, `explained by CORE-SW-01`.
    private static func replayedTold(_ row: JSONValue) -> String {
        let names = (row["receivers"]?.items ?? []).map(\.plainText)
        if !names.isEmpty { return names.joined(separator: ", ") }
        let standing = row["standing"]?.string ?? ""
        let cause = row["cause"]?.string.map { " by \($0)" } ?? ""
        return holdWords(standing) + (standing == "explained" ? cause : "")
    }

    static func holdWords(_ hold: String) -> String { hold.replacing("_", with: " ") }

    private static func seenToBy(_ row: JSONValue) -> String {
        guard row["acknowledged_at"]?.string != nil else { return "" }
        return row["acknowledged_by"]?.string ?? "somebody"
    }

    private static func ruleSeverity(_ row: JSONValue) -> String {
        let severity = row["severity"]?.plainText ?? ""
        return row["follows_severity"]?.bool == true ? "\(severity) or more" : severity
    }

    /// `80 %`, `6 in 10 min`.
    private static func ruleLimit(_ row: JSONValue) -> String {
        if let changes = row["changes"]?.integer, let within = row["within_seconds"] {
            return "\(changes) in \(seconds(within))"
        }
        return row["threshold"]?.double.map(Units.percent) ?? ""
    }

    /// `types isp, trunk; critical | devices BR-*`; `everything`.
    private static func ruleScopes(_ row: JSONValue) -> String {
        let scopes = (row["where"]?.items ?? []).map(scope).filter { !$0.isEmpty }
        return scopes.isEmpty ? "everything" : scopes.joined(separator: " | ")
    }

    private static func scope(_ scope: JSONValue) -> String {
        (scope.members ?? []).compactMap { member -> String? in
            if let flag = member.value.bool { return flag ? member.name : "not \(member.name)" }
            guard let texts = member.value.items, !texts.isEmpty else { return nil }
            return "\(member.name) \(texts.map(\.plainText).joined(separator: ", "))"
        }.joined(separator: "; ")
    }

    private static func matchers(_ row: JSONValue) -> String {
        let texts = (row["matchers"]?.items ?? []).map(\.plainText)
        return texts.isEmpty ? "all" : texts.joined(separator: ", ")
    }

    private static func windowSchedule(_ row: JSONValue) -> String {
        guard let schedule = row["schedule"]?.string else { return "once" }
        return row["zone"]?.string.map { "\(schedule) \($0)" } ?? schedule
    }

    private static func nextTry(_ row: JSONValue) -> String {
        row["state"]?.string == "waiting" ? row["due_at"]?.string.map(Units.time) ?? "" : ""
    }

    private static func entity(_ row: JSONValue) -> String {
        let names = [row["device_name"]?.string, row["if_name"]?.string].compactMap(\.self)
        return names.isEmpty ? row["entity"]?.plainText ?? "" : names.joined(separator: " ")
    }

    /// `5 min`, `1 h 30 min`; nothing for none.
    static func seconds(_ value: JSONValue) -> String {
        guard let seconds = value.double, seconds > 0, seconds < 1e12 else { return "" }
        let whole = Int64(seconds.rounded())
        let parts: [(count: Int64, unit: String)] = [
            (whole / 86_400, "d"), (whole % 86_400 / 3_600, "h"), (whole % 3_600 / 60, "min"), (whole % 60, "s"),
        ]
        return parts.filter { $0.count > 0 }.prefix(2).map { "\($0.count) \($0.unit)" }.joined(separator: " ")
    }

    private static func alertColour(_ row: JSONValue) -> Colour? {
        switch row["severity"]?.string {
        case "critical", "high": .red
        case "medium": .yellow
        default: nil
        }
    }

    private static func deliveryColour(_ row: JSONValue) -> Colour? {
        switch row["state"]?.string {
        case "failed": .red
        case "waiting": .yellow
        default: nil
        }
    }
}
