/// Alerts in words.
enum AlertText {
    /// Alerts an alert explains that are named.
    private static let explainedMax = 20

    /// What happened, why nobody is told, what is known, what it explains and who was told.
    static func story(_ alert: JSONValue) -> String {
        var lines = [safe(alert["message"]), safe(alert["description"])]
        lines += hold(alert)
        if let remedy = alert["context"]?["remedy"]?.string { lines.append("What to do: \(TextWidth.safe(remedy))") }
        var parts = [lines.filter { !$0.isEmpty }.joined(separator: "\n"), ObjectSheet.render(figures(alert))]
        parts.append(table(alert["context"]?["facts"], Columns.alertFacts))
        parts.append(table(alert["context"]?["before"], Columns.alertEvents))
        parts.append(table(alert["changes"], Columns.alertChanges))
        parts.append(explained(alert))
        parts.append(table(alert["deliveries"], Columns.deliveries))
        return parts.filter { !$0.isEmpty }.joined(separator: "\n\n")
    }

    /// Figures, and below them the days, who is noisy and who was told.
    static func statistics(_ counts: JSONValue) -> String {
        let lists = ["days", "noisiest", "receivers"]
        let figures = (counts.members ?? []).filter { !lists.contains($0.name) }
        let parts = [
            ObjectSheet.render(.object(figures)), table(counts["days"], Columns.alertDays),
            table(counts["noisiest"], Columns.noisyEntities), table(counts["receivers"], Columns.toldReceivers),
        ]
        return parts.filter { !$0.isEmpty }.joined(separator: "\n\n")
    }

    /// Says on standard error what is wrong with an alert file, a line each.
    static func tellProblems(_ answer: JSONValue, file: String) {
        for problem in answer["problems"]?.items ?? [] {
            let place = [problem["line"], problem["column"]].compactMap { $0?.plainText }.joined(separator: ":")
            let words = [problem["message"], problem["remedy"]].compactMap { $0?.string }.joined(separator: "; ")
            Console.current.errorLine(
                TextWidth.safe("\(file):\(place): \(problem["severity"]?.plainText ?? "error"): \(words)"))
        }
    }

    // MARK: - Parts

    private static func safe(_ value: JSONValue?) -> String { TextWidth.safe(value?.plainText ?? "") }

    /// A table of a list; nothing where it is empty.
    static func table(_ rows: JSONValue?, _ columns: [TableColumn]) -> String {
        let rows = rows?.items ?? []
        guard !rows.isEmpty else { return "" }
        let console = Console.current
        return Table(columns: columns, rows: rows).render(width: console.outputWidth, colours: console.colours)
    }

    private static func hold(_ alert: JSONValue) -> [String] {
        guard let hold = alert["hold"]?.string else { return [] }
        var lines = ["Nobody is told: \(Columns.holdWords(hold))."]
        guard let cause = alert["cause"], cause.members != nil else { return lines }
        let path = (cause["path"]?.items ?? []).map(\.plainText).joined(separator: " - ")
        lines.append("Explained by \(safe(cause["name"])): \(safe(cause["reason"]))")
        if !path.isEmpty { lines.append("On the way: \(TextWidth.safe(path))") }
        return lines
    }

    /// The members that are said nowhere else.
    private static func figures(_ alert: JSONValue) -> JSONValue {
        let said = [
            "message", "description", "context", "changes", "explained", "deliveries", "tellings", "cause", "labels",
        ]
        return .object((alert.members ?? []).filter { !said.contains($0.name) })
    }

    private static func explained(_ alert: JSONValue) -> String {
        let rows = alert["explained"]?.items ?? []
        guard !rows.isEmpty else { return "" }
        let total = max(alert["explains"]?.integer ?? 0, Int64(rows.count))
        var lines = ["It explains \(Units.count(total, "alert")):"]
        lines += rows.prefix(explainedMax).map { "  " + safe($0["message"]) }
        if total > Int64(min(rows.count, explainedMax)) {
            lines.append("  and \(Units.count(total - Int64(min(rows.count, explainedMax)))) more")
        }
        return lines.joined(separator: "\n")
    }
}
