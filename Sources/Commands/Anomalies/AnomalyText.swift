/// Anomalies and incidents in words.
enum AnomalyText {
    /// What happened, why it is told, and its figures.
    static func story(_ anomaly: JSONValue) -> String {
        let explanation = anomaly["explanation"] ?? .null
        var lines = [TextWidth.safe(anomaly["message"]?.plainText ?? "")]
        lines += place(anomaly)
        for sentence in explanation["sentences"]?.items ?? [] { lines.append(TextWidth.safe(sentence.plainText)) }
        let figures = (anomaly.members ?? []).filter { member in
            member.name != "message" && member.name != "explanation"
        }
        return lines.filter { !$0.isEmpty }.joined(separator: "\n") + "\n\n" + ObjectSheet.render(.object(figures))
    }

    /// What happened, what else was seen, and the members.
    static func incident(_ incident: JSONValue) -> String {
        var lines = [TextWidth.safe(incident["title"]?.plainText ?? "")]
        for sentence in incident["evidence"]?.items ?? [] { lines.append(TextWidth.safe(sentence.plainText)) }
        let left = ["title", "evidence", "members"]
        let figures = (incident.members ?? []).filter { !left.contains($0.name) }
        lines.append("")
        lines.append(ObjectSheet.render(.object(figures)))
        let members = incident["members"]?.items ?? []
        if !members.isEmpty {
            lines.append("")
            lines.append(Table(columns: Columns.anomalies, rows: members).render(width: Console.current.outputWidth))
        }
        return lines.joined(separator: "\n")
    }

    /// Figures, and below them the budgets where there are some.
    static func statistics(_ counts: JSONValue) -> String {
        let figures = (counts.members ?? []).filter { $0.name != "budgets" }
        let sheet = ObjectSheet.render(.object(figures))
        let budgets = counts["budgets"]?.items ?? []
        guard !budgets.isEmpty else { return sheet }
        return sheet + "\n\n"
            + Table(columns: Columns.alarmBudgets, rows: budgets).render(width: Console.current.outputWidth)
    }

    /// Says on standard error how many of a list are not shown.
    static func tellRest(_ listed: Listed, _ answer: AnswerOptions) {
        guard answer.form == .table, Int64(listed.items.count) < listed.total else { return }
        Console.current.errorLine("\(listed.items.count) of \(Units.count(listed.total)) shown; --limit shows more")
    }

    private static func place(_ anomaly: JSONValue) -> [String] {
        let names = [anomaly["device_name"], anomaly["if_name"]].compactMap { $0?.string }
        return names.isEmpty ? [] : [TextWidth.safe(names.joined(separator: " "))]
    }
}
