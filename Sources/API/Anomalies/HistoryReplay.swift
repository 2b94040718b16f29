import Baselines
import Inventory
import Listing
import Traffic

/// What `/interfaces/{id}/replay` is asked.
struct ReplayQuestion: Sendable {
    let range: TimeRange
    /// The method that raises; nil for the one that does on the interface.
    let mode: DetectionMode?
    let measure: TrafficMeasure?
    let everySample: Bool
    let limit: Int
    let isLines: Bool

    private static let limitMax = 50_000
    private static let limitStandard = 10_000

    static let parameters =
        TimeRange.parameters + [
            QueryParameter(
                name: "mode", doc: "The method that raises anomalies; the one of the interface where not given.",
                schema: Schema.choice(DetectionMode.allCases.map(\.rawValue))),
            QueryParameter(
                name: "measure", doc: "Only traffic, or only packets.",
                schema: Schema.choice(TrafficMeasure.allCases.map(\.rawValue))),
            QueryParameter(
                name: "all", doc: "A line for every sample, not only for those of anomalies.",
                schema: Schema.boolean()),
            QueryParameter(
                name: "limit", doc: "Most lines of an answer.",
                schema: [
                    "type": "integer", "minimum": 1, "maximum": .integer(Int64(limitMax)),
                    "default": .integer(Int64(limitStandard)),
                ]),
            QueryParameter(
                name: "format", doc: "The form of the answer; by default as Accept asks, else JSON.",
                schema: Schema.choice(["json", "ndjson"])),
        ]

    /// Reads the question of a call.
    init(_ call: Call, now: Timestamp) throws(Problem) {
        range = try TimeRange.read(call, now: now)
        mode = try call.word("mode", DetectionMode.self)
        measure = try call.word("measure", TrafficMeasure.self)
        everySample = try call.flag("all", default: false)
        limit = try call.number("limit", in: 1...Self.limitMax, default: Self.limitStandard)
        let accept = (call.request.header("Accept") ?? "").lowercased()
        let standard = accept.contains("application/x-ndjson") ? "ndjson" : "json"
        isLines = try call.choice("format", of: ["json", "ndjson"], default: standard) == "ndjson"
    }
}

extension Call {
    /// A parameter that is one of some words; nil where it is absent.
    func word<Word: RawRepresentable & CaseIterable>(_ name: String, _: Word.Type) throws(Problem) -> Word?
    where Word.RawValue == String {
        Word(rawValue: try choice(name, of: Word.allCases.map(\.rawValue), default: ""))
    }
}

/// Stored history, judged again by the very engine that judges live traffic.
///
/// It begins with the oldest reading that is kept, knowing nothing, so that what it says of a time rests on what was
/// learnt until then. What operators said is left out.
struct HistoryReplay: Sendable {
    let history: StoredHistory
    let question: ReplayQuestion

    /// The lines of the range, and whether these are all.
    func lines() async throws -> (lines: [ReplayLine], isComplete: Bool) {
        let (source, law) = (history.state.services.anomalies, history.state.services.metrics.law)
        var settings = ReplaySettings(zone: source.zone)
        settings.intervalSeconds = history.intervalSeconds
        settings.calendar = source.holidays()
        settings.detection = source.detection
        settings.mode = question.mode ?? source.raising(history.row.interface)
        settings.everySample = question.everySample
        settings.excluded = try await history.excluded()
        var run = ReplayRun(
            series: "\(history.row.deviceName) \(history.row.interface.displayName)", settings: settings)
        var lines: [ReplayLine] = []
        try await history.read(until: question.range.to) { readings in
            for reading in readings {
                lines += run.take(reading, law: law).filter(isWanted)
                if lines.count > question.limit { return false }
            }
            return true
        }
        return (Array(lines.prefix(question.limit)), lines.count <= question.limit)
    }

    private func isWanted(_ line: ReplayLine) -> Bool {
        line.at >= question.range.from && (question.measure == nil || line.side.measure == question.measure)
    }
}

/// The answer of `/interfaces/{id}/replay`.
struct ReplayAnswer: Sendable {
    let row: InterfaceRow
    let range: TimeRange
    let lines: [ReplayLine]
    let isComplete: Bool

    var json: [UInt8] {
        var writer = JSONWriter(reserving: 320 * (lines.count + 2))
        writer.beginObject()
        writer.names(of: row)
        writer.member("from", range.from)
        writer.member("to", range.to)
        writer.array("items", lines) { Self.write($1, to: &$0) }
        writer.member("total", Int64(lines.count))
        writer.member("is_complete", isComplete)
        writer.endObject()
        return writer.bytes
    }

    /// A line of JSON each.
    var text: [UInt8] {
        var bytes: [UInt8] = []
        for line in lines {
            var writer = JSONWriter(reserving: 320)
            Self.write(line, to: &writer)
            bytes += writer.bytes
            bytes.append(10)
        }
        return bytes
    }

    private static func write(_ line: ReplayLine, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("series", line.series)
        writer.member("timestamp", line.at)
        writer.member("direction", line.side.direction.rawValue)
        writer.member("measure", line.side.measure.rawValue)
        writer.member("value", line.value)
        writer.member("expected", line.verdict?.expected)
        writer.member("low", line.verdict?.low)
        writer.member("high", line.verdict?.high)
        writer.member("score", line.verdict?.score)
        writer.member("severity", line.severity?.rawValue)
        writer.member("kind", line.episode?.kind.rawValue)
        writer.member("pattern", line.episode?.pattern.rawValue)
        writer.member("mode", line.mode.rawValue)
        writer.member("event", line.event?.rawValue)
        writer.member("confidence", line.verdict?.confidence)
        writer.endObject()
    }

    static let schema = Schema.object(
        Schema.namesOfInterface + [
            ("from", Schema.time), ("to", Schema.time), ("items", Schema.array(Schema.reference("ReplayLine"))),
            ("total", Schema.count("How many lines there are here.")),
            ("is_complete", Schema.boolean("Whether these are all lines of the range.")),
        ])

    static let lineSchema: JSONValue = {
        func number(_ name: String, _ doc: String) -> (name: String, schema: JSONValue) {
            (name, Schema.documented(Schema.nullable(Schema.number()), doc))
        }
        func word(_ name: String, _ words: [String], _ doc: String) -> (name: String, schema: JSONValue) {
            (name, Schema.documented(Schema.nullable(Schema.choice(words)), doc))
        }
        return Schema.object([
            ("series", Schema.string("Names of device and interface.")), ("timestamp", Schema.time),
            ("direction", Schema.choice(TrafficDirection.allCases.map(\.rawValue))),
            ("measure", Schema.choice(TrafficMeasure.allCases.map(\.rawValue))),
            number("value", "The rate: bit/s, or packets a second."), number("expected", "What was expected."),
            number("low", "Lower end of the ordinary."), number("high", "Upper end of the ordinary."),
            number("score", "z-score, or score of the adaptive method."),
            word("severity", AnomalySeverity.allCases.map(\.rawValue), "Null outside of anomalies."),
            word("kind", AnomalyKind.allCases.map(\.rawValue), "What it is."),
            word("pattern", AnomalyPattern.allCases.map(\.rawValue), "What it looks like."),
            ("mode", Schema.choice(DetectionMode.allCases.map(\.rawValue))),
            word("event", ["start", "ongoing", "end"], "What the sample is to an anomaly; null: to none."),
            number("confidence", "How far the verdict can be trusted, 0 to 1."),
        ])
    }()
}
