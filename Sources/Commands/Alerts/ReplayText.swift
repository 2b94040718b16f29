/// Replays of alert rules in words.
enum ReplayText {
    /// What rules would have done; next to those in force only what is other, where both were run.
    static func text(_ found: JSONValue) -> String {
        var parts = [String]()
        if let comparison = found["comparison"], comparison.members != nil {
            parts += differences(comparison)
        } else {
            parts.append(AlertText.table(found["items"], Columns.replayedAlerts))
        }
        parts.append(AlertText.table(found["deliveries"], Columns.replayedDeliveries))
        parts.append(summary(found))
        return parts.filter { !$0.isEmpty }.joined(separator: "\n\n")
    }

    /// What is to be known of what the answer rests on, a line each.
    static func notes(_ found: JSONValue) -> [String] {
        var notes = (found["pauses"]?.items ?? []).map { pause in
            let times = [pause["from"], pause["to"]].map { Units.time($0?.plainText ?? "") }
            return "nothing at all was read from \(times[0]) to \(times[1]); nothing follows from that time"
        }
        if let blocks = found["damaged_blocks"]?.integer, blocks > 0 {
            notes.append("\(Units.count(blocks, "block")) of readings are damaged and were left out")
        }
        if found["readings"]?.integer == 0 { notes.append("no readings of that time are stored") }
        if found["is_complete"]?.bool == false || found["comparison"]?["is_complete"]?.bool == false {
            notes.append("not all alerts are shown or compared; give --limit, a shorter time, or a device")
        }
        return notes
    }

    private static func differences(_ comparison: JSONValue) -> [String] {
        [
            section("Only by the rules that are tried:", comparison["new"], Columns.replayedAlerts),
            section("Only by the rules in force:", comparison["gone"], Columns.replayedAlerts),
            section("By both, but not alike:", comparison["changed"], Columns.changedAlerts),
            balance(comparison),
        ]
    }

    private static func section(_ title: String, _ rows: JSONValue?, _ columns: [TableColumn]) -> String {
        let table = AlertText.table(rows, columns)
        return table.isEmpty ? "" : "\(title)\n\(table)"
    }

    /// How many alerts are other, in a line.
    ///
    /// `Next to the rules in force: 3 new, 1 gone, 2 changed, 40 the same.`
    private static func balance(_ comparison: JSONValue) -> String {
        let counts = ["new", "gone", "changed"].map { name in
            "\(Units.count(comparison["\(name)_total"]?.integer ?? 0)) \(name)"
        }
        let same = Units.count(comparison["same"]?.integer ?? 0)
        return "Next to the rules in force: \(counts.joined(separator: ", ")), \(same) the same."
    }

    /// How many alerts there would have been, what became of them, and what that rests on.
    ///
    /// `1,234 alerts from … to …: 30 told, 1,204 record only. Judged from 6,048,000 readings.`
    private static func summary(_ found: JSONValue) -> String {
        let total = Units.count(found["total"]?.integer ?? 0, "alert")
        let times = [found["from"], found["to"]].map { Units.time($0?.plainText ?? "") }
        let standings = (found["standings"]?.members ?? []).compactMap { member -> String? in
            guard let count = member.value.integer, count > 0 else { return nil }
            return "\(Units.count(count)) \(Columns.holdWords(member.name))"
        }
        let what = standings.isEmpty ? "" : ": \(standings.joined(separator: ", "))"
        let readings = Units.count(found["readings"]?.integer ?? 0, "reading")
        return "\(total) from \(times[0]) to \(times[1])\(what). Judged from \(readings)."
    }
}
