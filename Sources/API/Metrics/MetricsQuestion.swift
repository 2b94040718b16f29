import Inventory
import Listing
import Traffic

/// What `/interfaces/{id}/metrics` is asked: which time, how fine, from what.
struct MetricsQuestion: Sendable, Hashable {
    /// Where points are made from.
    enum Source: String, Sendable, Hashable, CaseIterable {
        case readings
        case rollups
    }

    var range: TimeRange
    var grid: RateGrid
    var source: Source

    /// Points of an answer where the query does not say.
    private static let pointsStandard = 1_000

    /// The parameters of a grid of points: a range, and how fine.
    static let gridParameters =
        TimeRange.parameters + [
            QueryParameter(
                name: "step",
                doc: "Width of a point in seconds, or with a unit such as 5m or 1h; auto: the finest that fits points.",
                schema: ["type": "string", "pattern": "^(auto|[0-9]{1,9}[smhdw]?)$", "default": "auto"]),
            QueryParameter(
                name: "points", doc: "Most points of an answer where step is auto.",
                schema: [
                    "type": "integer", "minimum": 2, "maximum": .integer(Int64(RateGrid.bucketsMax)),
                    "default": .integer(Int64(pointsStandard)),
                ]),
        ]

    static let parameters =
        gridParameters + [
            QueryParameter(
                name: "source",
                doc: "Points from readings, or from hourly roll-ups; by default readings as long as they are kept.",
                schema: Schema.choice(["auto"] + Source.allCases.map(\.rawValue))),
            QueryParameter(
                name: "format", doc: "The form of the answer; by default as Accept asks, else JSON.",
                schema: Schema.choice(["json", "csv"])),
        ]

    /// Reads the question of a call.
    init(_ call: Call, _ metrics: MetricsSource, now: Timestamp) throws(Problem) {
        range = try TimeRange.read(call, now: now)
        let kept = now.advanced(bySeconds: -Double(metrics.retentionSeconds))
        let named = try call.choice("source", of: ["auto"] + Source.allCases.map(\.rawValue), default: "auto")
        source = Source(rawValue: named) ?? (range.from < kept ? .rollups : .readings)
        let finest = source == .rollups ? 3_600 : max(1, metrics.intervalSeconds)
        guard let text = call.value("step"), text != "auto" else {
            let points = try call.number("points", in: 2...RateGrid.bucketsMax, default: Self.pointsStandard)
            grid = RateGrid.fitting(from: range.from, to: range.to, points: points, finestSeconds: finest)
            return
        }
        grid = try Self.grid(text, range, source)
    }

    /// The grid of a width that was asked for, its points at multiples of the width.
    private static func grid(_ text: String, _ range: TimeRange, _ source: Source) throws(Problem) -> RateGrid {
        func refusal(_ detail: String) -> Problem {
            .impossible([ProblemError(field: "step", value: text, detail: detail)])
        }
        let hint = "give a number of seconds from 1, with a unit such as 5m or 1h, or auto"
        guard let step = MomentText.seconds(text) else {
            throw .badQuery([ProblemError(field: "step", value: text, detail: hint)])
        }
        guard step > 0 else { throw refusal(hint) }
        guard source == .readings || step % 3_600 == 0 else {
            throw refusal("roll-ups are hourly; give a multiple of 1h, or auto")
        }
        let width = Int64(step) * 1_000
        let first = range.from.milliseconds / width * width
        let last = (range.to.milliseconds + width - 1) / width * width
        guard (last - first) / width <= Int64(RateGrid.bucketsMax) else {
            let least = (range.to.milliseconds - range.from.milliseconds) / 1_000 / Int64(RateGrid.bucketsMax - 1) + 1
            throw refusal(
                "that makes \((last - first) / width) points, and an answer has at most \(RateGrid.bucketsMax); "
                    + "give \(least) or more, or auto")
        }
        return RateGrid(
            from: Timestamp(milliseconds: first), to: Timestamp(milliseconds: last), stepSeconds: step)
    }
}

extension Call {
    /// A parameter that is a whole number in a range.
    func number(_ name: String, in range: ClosedRange<Int>, default standard: Int) throws(Problem) -> Int {
        guard let text = value(name) else { return standard }
        guard let number = Int(text), range.contains(number) else {
            let detail = "give a whole number from \(range.lowerBound) to \(range.upperBound)"
            throw .badQuery([ProblemError(field: name, value: text, detail: detail)])
        }
        return number
    }
}
