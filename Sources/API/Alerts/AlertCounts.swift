import Catalog
import Inventory
import Jobs
import Listing
import Series

/// The answer of `/alerts/statistics`.
struct AlertCounts: Sendable {
    let state: APIState

    private static let daysRange = 1...90
    private static let daysStandard = 7
    /// Alerts that are read at a time.
    private static let pieceSize = 2_000
    private static let noisiestShown = 10

    static let daysParameter = QueryParameter(
        name: "days", doc: "Days, today included, that are counted.",
        schema: [
            "type": "integer", "minimum": .integer(Int64(daysRange.lowerBound)),
            "maximum": .integer(Int64(daysRange.upperBound)), "default": .integer(Int64(daysStandard)),
        ])

    /// Counts.
    func answer(_ call: Call) async throws -> APIResponse {
        let days = try call.number("days", in: Self.daysRange, default: Self.daysStandard)
        let zone = state.services.anomalies.zone
        let (dates, begin) = Self.dates(days, until: state.services.now(), zone)
        let present = try await openMembers()
        let (tally, isComplete) = try await tally(from: begin, zone)
        let deliveries = try await state.services.catalog.deliveryCounts(since: begin)
        let past = [
            JSONMember("days", .array(dates.map { Self.json($0, tally.days[$0]) })),
            JSONMember("median_seconds_to_acknowledge", Self.real(AlertTally.median(tally.secondsToAcknowledge))),
            JSONMember("median_seconds_to_resolve", Self.real(AlertTally.median(tally.secondsToResolve))),
            JSONMember("noisiest", .array(tally.noisiest(Self.noisiestShown).map(Self.json))),
            JSONMember("receivers", .array(deliveries.sorted { $0.key < $1.key }.map { Self.json($0.key, $0.value) })),
            JSONMember("is_complete", .boolean(isComplete)),
        ]
        return Answers.json(.object(present + past + Self.members(await state.services.alerts.statistics())))
    }

    private static func members(_ checks: AlertCheckStatistics) -> [JSONMember] {
        [
            JSONMember("checked_at", text(checks.checkedAt?.description)),
            JSONMember("check_milliseconds", real(checks.checkMilliseconds)),
            JSONMember("watched_interfaces", .integer(Int64(checks.interfaces))),
            JSONMember("store_fault", text(checks.storeFault)),
            JSONMember("checks", .object(checks.numbers.map { JSONMember($0.name, .integer($0.value)) })),
        ]
    }

    // MARK: - What is open

    private func openMembers() async throws -> [JSONMember] {
        let states = try await counts([AlertState.pending, .firing, .acknowledged]) { $0.states = [$1] }
        let severities = try await counts(AlertSeverity.allCases) { query, severity in
            query.states = Self.fired
            query.severities = [severity]
        }
        let conditions = try await counts(AlertCondition.allCases) { query, condition in
            query.states = Self.fired
            query.conditions = [condition]
        }
        let holds = try await counts(AlertHold.allCases) { query, hold in
            query.states = Self.fired
            query.holds = [hold]
        }
        return [
            JSONMember("open", states), JSONMember("open_by_severity", severities),
            JSONMember("open_by_condition", conditions), JSONMember("open_by_hold", holds),
        ]
    }

    private static let fired: Set<AlertState> = [.firing, .acknowledged]

    /// A count for each word.
    private func counts<Word: RawRepresentable>(
        _ words: [Word], _ narrow: (inout AlertQuery, Word) -> Void
    ) async throws -> JSONValue where Word.RawValue == String {
        var members: [JSONMember] = []
        for word in words {
            var query = AlertQuery(limit: 1)
            narrow(&query, word)
            let count = try await state.services.catalog.alertCount(query)
            members.append(JSONMember(word.rawValue, .integer(Int64(count))))
        }
        return .object(members)
    }

    // MARK: - What was

    /// Dates until now, the first first, and when that begins.
    private static func dates(
        _ count: Int, until now: Timestamp, _ zone: ZoneRules
    ) -> (names: [String], begin: Timestamp) {
        let local = now.seconds + Int64(zone.utcOffsetSeconds(now))
        let today = zone.civilTime(at: now)
        // In the zone's own clocks, whatever they do between then and now.
        let midnight = local - today.hour * 3_600 - today.minute * 60 - today.second
        let midnights = (0..<Int64(count)).reversed().map { midnight - 86_400 * $0 }
        let names = midnights.map { CivilTime(secondsSince1970: $0).isoDate }
        return (names, zone.firstMoment(showing: midnights.first ?? midnight))
    }

    /// What the alerts that lasted into a time come to, and whether these are all of them.
    private func tally(from: Timestamp, _ zone: ZoneRules) async throws -> (AlertTally, isComplete: Bool) {
        var tally = AlertTally(from: from, zone: zone)
        var query = AlertQuery(limit: Self.pieceSize)
        query.from = from
        var rest = state.settings.orderedRowsMax
        while rest > 0 {
            query.limit = min(Self.pieceSize, rest)
            let piece = try await state.services.catalog.alerts(query)
            for alert in piece { tally.take(alert) }
            guard piece.count == query.limit, let last = piece.last else { return (tally, true) }
            query.after = AlertPlace(startedAt: last.startedAt, id: last.id)
            rest -= piece.count
        }
        query.limit = 1
        return (tally, try await state.services.catalog.alerts(query).isEmpty)
    }

    // MARK: - Documents

    private static func real(_ number: Double?) -> JSONValue { number.map(JSONValue.real) ?? .null }

    private static func text(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }

    private static func json(_ date: String, _ day: AlertTally.Day?) -> JSONValue {
        [
            "date": .string(date), "fired": .integer(Int64(day?.fired ?? 0)),
            "resolved": .integer(Int64(day?.resolved ?? 0)),
        ]
    }

    private static func json(_ noise: AlertTally.Noise) -> JSONValue {
        let (entity, context) = (noise.alert.entity, noise.alert.context)
        return [
            "entity": .string(entity.key), "device_id": text(entity.deviceID?.description),
            "interface_id": text(entity.interfaceID?.description), "device_name": text(context.device?.name),
            "if_name": text(context.interface?.name), "fired": .integer(Int64(noise.fired)),
            "relapses": .integer(Int64(noise.relapses)),
        ]
    }

    private static func json(_ receiver: String, _ counts: AlertDeliveryCounts) -> JSONValue {
        [
            "receiver": .string(receiver), "waiting": .integer(Int64(counts.waiting)),
            "delivered": .integer(Int64(counts.delivered)), "failed": .integer(Int64(counts.failed)),
        ]
    }
}

extension AlertCounts {
    /// The answer in the document.
    static let schema: JSONValue = {
        func words<Word: RawRepresentable>(_ words: [Word], _ doc: String) -> JSONValue where Word.RawValue == String {
            Schema.documented(Schema.object(words.map { ($0.rawValue, Schema.count()) }), doc)
        }
        func seconds(_ doc: String) -> JSONValue { Schema.documented(Schema.nullable(Schema.number()), doc) }
        let day = Schema.object([
            ("date", Schema.string("Of the configured zone.")), ("fired", Schema.count("Alerts that fired.")),
            ("resolved", Schema.count("Alerts that were over.")),
        ])
        let noise = Schema.object([
            ("entity", Schema.string("device:ID, interface:ID or system:NAME.")),
            ("device_id", Schema.nullable(Schema.identifier)), ("interface_id", Schema.nullable(Schema.identifier)),
            ("device_name", Schema.nullable(Schema.string())), ("if_name", Schema.nullable(Schema.string())),
            ("fired", Schema.count("How often its alerts fired.")),
            ("relapses", Schema.count("How often they came back before they were over.")),
        ])
        let receiver = Schema.object([
            ("receiver", Schema.string()), ("waiting", Schema.count("Deliveries that are to be made.")),
            ("delivered", Schema.count("Deliveries that were made.")),
            ("failed", Schema.count("Deliveries that were given up.")),
        ])
        return Schema.object([
            ("open", words([AlertState.pending, .firing, .acknowledged], "Alerts that are not over, by state.")),
            ("open_by_severity", words(AlertSeverity.allCases, "Those of them that fired.")),
            ("open_by_condition", words(AlertCondition.allCases, "Those of them that fired.")),
            ("open_by_hold", words(AlertHold.allCases, "Those of them that fired and nobody is told of.")),
            ("days", Schema.documented(Schema.array(day), "Day by day, today last.")),
            (
                "median_seconds_to_acknowledge",
                seconds("From firing until somebody said that they see to it; of what was not taken back since.")
            ),
            ("median_seconds_to_resolve", seconds("From firing until it was over.")),
            ("noisiest", Schema.documented(Schema.array(noise), "Whose alerts fired and came back most often.")),
            ("receivers", Schema.documented(Schema.array(receiver), "How deliveries of these days went.")),
            (
                "is_complete",
                Schema.boolean("Whether all alerts of these days were counted; else the latest. All open ones are.")
            ),
            (
                "checked_at",
                Schema.documented(Schema.nullable(Schema.time), "When the last check began; null: none yet.")
            ),
            ("check_milliseconds", seconds("How long it took.")),
            ("watched_interfaces", Schema.count("Interfaces that are looked at.")),
            (
                "store_fault",
                Schema.documented(
                    Schema.nullable(Schema.string()), "Why the catalog did not take what was found; null: it did.")
            ),
            ("checks", Schema.documented(Schema.counts, "More numbers of the checks.")),
        ])
    }()
}
