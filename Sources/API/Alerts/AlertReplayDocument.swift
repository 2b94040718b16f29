import Alerting
import Inventory
import Listing

/// The answer of `/alerts/replay`.
struct AlertReplayDocument: Sendable {
    let answer: AlertReplayAnswer
    let choice: ReplayChoice

    /// The answer as JSON.
    var json: [UInt8] {
        let tried = answer.tried
        let chosen = choice.isWhole ? tried.alerts : tried.alerts.filter(choice.holds)
        let total = choice.isWhole ? tried.alerts.count + tried.leftOut : chosen.count
        var writer = JSONWriter(reserving: 800 * (min(choice.limit, chosen.count) + 2))
        writer.beginObject()
        writer.member("from", tried.from)
        writer.member("to", tried.to)
        writer.member("readings", Int64(answer.readings))
        writer.member("damaged_blocks", Int64(answer.damagedBlocks))
        writer.array("items", Array(chosen.prefix(choice.limit)), Self.write)
        writer.member("total", Int64(total))
        writer.member("is_complete", tried.isComplete && chosen.count <= choice.limit)
        writer.key("standings")
        write(standings(of: chosen), to: &writer)
        writer.array("deliveries", tried.totals.receivers.sorted { $0.key < $1.key }) {
            Self.write($1.key, $1.value, to: &$0)
        }
        writer.array("pauses", tried.pauses) { writer, pause in
            writer.beginObject()
            writer.member("from", pause.lowerBound)
            writer.member("to", pause.upperBound)
            writer.endObject()
        }
        writer.key("comparison")
        write(answer.comparison, to: &writer)
        writer.endObject()
        return writer.bytes
    }

    /// How many became what, those that are not told one by one included where no choice was made.
    private func standings(of chosen: [ReplayedAlert]) -> [ReplayedAlert.Standing: Int] {
        guard choice.isWhole else { return chosen.reduce(into: [:]) { $0[$1.standing, default: 0] += 1 } }
        var standings = answer.tried.totals.standings
        standings[.pending] = answer.tried.totals.pending
        return standings
    }

    private func write(_ standings: [ReplayedAlert.Standing: Int], to writer: inout JSONWriter) {
        writer.beginObject()
        for word in ReplayedAlert.Standing.allCases { writer.member(word.rawValue, Int64(standings[word] ?? 0)) }
        writer.endObject()
    }

    private func write(_ comparison: AlertReplayComparison?, to writer: inout JSONWriter) {
        guard let comparison else { return writer.null() }
        let (new, gone) = (comparison.new.filter(choice.holds), comparison.gone.filter(choice.holds))
        let changed = comparison.changed.filter { choice.holds($0.before) || choice.holds($0.after) }
        let isWhole = max(new.count, gone.count, changed.count) <= choice.limit
        writer.beginObject()
        writer.array("new", Array(new.prefix(choice.limit)), Self.write)
        writer.member("new_total", Int64(new.count))
        writer.array("gone", Array(gone.prefix(choice.limit)), Self.write)
        writer.member("gone_total", Int64(gone.count))
        writer.array("changed", Array(changed.prefix(choice.limit))) { writer, change in
            writer.beginObject()
            writer.key("before")
            Self.write(&writer, change.before)
            writer.key("after")
            Self.write(&writer, change.after)
            writer.member("differences", change.differences)
            writer.endObject()
        }
        writer.member("changed_total", Int64(changed.count))
        writer.member("same", Int64(comparison.same))
        writer.member("is_complete", comparison.isComplete && isWhole)
        writer.endObject()
    }

    private static func write(
        _ name: String, _ receiver: AlertReplayTotals.Receiver, to writer: inout JSONWriter
    ) {
        writer.beginObject()
        writer.member("receiver", name)
        writer.member("deliveries", Int64(receiver.deliveries))
        writer.member("escalations", Int64(receiver.escalations))
        writer.member("reminders", Int64(receiver.reminders))
        writer.member("alerts", Int64(receiver.alerts))
        writer.endObject()
    }

    private static func write(_ writer: inout JSONWriter, _ alert: ReplayedAlert) {
        writer.beginObject()
        writer.member("id", alert.id)
        writer.member("message", alert.message)
        writer.member("condition", alert.condition.rawValue)
        writer.member("severity", alert.severity.rawValue)
        writer.member("standing", alert.standing.rawValue)
        writer.member("rule", alert.rule)
        writer.member("device_id", alert.entity.deviceID)
        writer.member("interface_id", alert.entity.interfaceID)
        writer.member("device_name", alert.deviceName)
        writer.member("if_name", alert.interfaceName)
        writer.member("started_at", alert.startedAt)
        writer.member("fired_at", alert.firedAt)
        writer.member("resolved_at", alert.endedAt)
        writer.member("worst", alert.worst)
        writer.member("threshold", alert.threshold)
        writer.member("relapses", Int64(alert.relapses))
        writer.member("cause", alert.causeName)
        writer.member("receivers", alert.receivers)
        writer.member("told_at", alert.toldAt)
        writer.member("tellings", Int64(alert.tellings))
        writer.array("holds", alert.holds, write)
        writer.endObject()
    }

    private static func write(_ writer: inout JSONWriter, _ hold: ReplayedAlert.Hold) {
        writer.beginObject()
        writer.member("hold", hold.hold.rawValue)
        writer.member("reason", hold.reason)
        writer.member("from", hold.from)
        writer.member("to", hold.to)
        writer.endObject()
    }
}

extension AlertReplayDocument {
    private typealias Property = (name: String, schema: JSONValue)

    /// The answer in the document.
    static let schema = Schema.object([
        ("from", Schema.time), ("to", Schema.time), ("readings", Schema.count("Readings that were taken.")),
        ("damaged_blocks", Schema.count("Blocks of readings that are damaged and were left out.")),
        list("items", alert, "The alerts there would have been, the first first."),
        ("total", Schema.count("How many there are.")),
        ("is_complete", Schema.boolean("Whether all of them are here.")),
        (
            "standings",
            Schema.documented(
                Schema.object(ReplayedAlert.Standing.allCases.map { ($0.rawValue, Schema.count()) }),
                "How many of them became what.")
        ),
        list("deliveries", receiver, "What each receiver would have been sent, of all alerts."),
        list("pauses", pause, "Times in which nothing at all was read: nothing follows from them."),
        (
            "comparison",
            Schema.documented(Schema.nullable(comparison), "What is other by the rules in force, which are before.")
        ),
    ])

    /// An alert of the answer in the document.
    static let alertSchema = Schema.object([
        ("id", Schema.documented(Schema.identifier, "That of the live alert where it began at the same time.")),
        ("message", Schema.string("What there is to say, in a line.")), word("condition", AlertCondition.allCases),
        word("severity", AlertSeverity.allCases), word("standing", ReplayedAlert.Standing.allCases),
        ("rule", Schema.string("Id of the rule that decides.")), ("device_id", Schema.nullable(Schema.identifier)),
        ("interface_id", Schema.nullable(Schema.identifier)), ("device_name", Schema.nullable(Schema.string())),
        ("if_name", Schema.nullable(Schema.string())), ("started_at", Schema.time),
        time("fired_at", "Null: it never held for as long as its rule asks."),
        time("resolved_at", "Null: it goes on beyond the range."), ("worst", Schema.nullable(Schema.number())),
        ("threshold", Schema.nullable(Schema.number())), ("relapses", Schema.count()),
        ("cause", Schema.documented(Schema.nullable(Schema.string()), "Name of what explains it.")),
        ("receivers", Schema.array(Schema.string())), time("told_at", "Null: nobody would have been told."),
        ("tellings", Schema.count("How often somebody would have been told something of it.")),
        list("holds", hold, "Why and when it was held back, in order."),
    ])

    private static let alert = Schema.reference("ReplayedAlert")

    private static let hold = Schema.object([
        word("hold", AlertHold.allCases), ("reason", Schema.string()), ("from", Schema.time),
        time("to", "Null: until the end."),
    ])

    private static let receiver = Schema.object([
        ("receiver", Schema.string()), ("deliveries", Schema.count("Messages.")),
        ("escalations", Schema.count("Those because nobody acknowledged in time.")),
        ("reminders", Schema.count("Those that say that something still fires.")),
        ("alerts", Schema.count("Alerts in all messages.")),
    ])

    private static let pause = Schema.object([("from", Schema.time), ("to", Schema.time)])

    private static let comparison = Schema.object([
        list("new", alert, "Alerts that only the tried rules make, the first first."),
        ("new_total", Schema.count("How many these are.")),
        list("gone", alert, "Alerts that only the rules in force make, the first first."),
        ("gone_total", Schema.count("How many these are.")),
        list(
            "changed",
            Schema.object([("before", alert), ("after", alert), ("differences", Schema.array(Schema.string()))]),
            "Alerts that both make, but not alike."),
        ("changed_total", Schema.count("How many these are.")),
        ("same", Schema.count("How many both make alike, of all.")),
        ("is_complete", Schema.boolean("Whether all alerts of both were compared and are here.")),
    ])

    private static func list(_ name: String, _ items: JSONValue, _ doc: String) -> Property {
        (name, Schema.documented(Schema.array(items), doc))
    }

    private static func time(_ name: String, _ doc: String) -> Property {
        (name, Schema.documented(Schema.nullable(Schema.time), doc))
    }

    private static func word<Word: RawRepresentable>(_ name: String, _ words: [Word]) -> Property
    where Word.RawValue == String {
        (name, Schema.choice(words.map(\.rawValue)))
    }
}
