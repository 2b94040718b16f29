import Inventory

/// Why something is an anomaly, a sentence each, the most telling first.
struct AnomalySentences {
    /// The anomaly with its figures.
    let anomaly: Anomaly
    /// The zone whose clocks the reader looks at.
    let zone: ZoneRules
    /// Seconds between samples.
    let intervalSeconds: Int
    /// Whether it ended as its level became the usual one, by lasting or by an operator's word.
    var becameNormal = false

    /// All there is to say.
    var all: [String] {
        let sentences: [String?] = [
            size, time, normal, ordinary, lastWeeks, offset, peer, operStatus, errors, discards, utilisation, other,
            confidence,
        ]
        return sentences.compactMap { $0 }
    }

    private var measure: TrafficMeasure { anomaly.side.measure }
    private var isFall: Bool { anomaly.score < 0 }
    private var explanation: AnomalyExplanation { anomaly.explanation }

    /// `Received traffic: 55 % of usual, too low in every measurement of 30 minutes`.
    private var size: String {
        let subject = anomaly.side.direction == .inbound ? "Received" : "Sent"
        let what = measure == .traffic ? "traffic" : "packets"
        return "\(subject) \(what): \(shape)\(judgement)"
    }

    private var shape: String {
        let ratio = Self.comparison(anomaly.actual, with: anomaly.expected, measure)
        switch anomaly.pattern {
        case .outage: return "next to nothing is left, \(ratio)"
        case .flapping: return "to and fro between nothing and the usual, \(ratio) at its worst"
        case .saturation: return "the line is all but full, \(ratio)"
        case .levelShift: return "another level, \(ratio)"
        case .drift: return "slowly away from the usual, \(ratio)"
        case .unusual: return "a pattern that is not usual at this hour, \(ratio)"
        case .spike, .drop: return ratio
        }
    }

    /// Over which time it was judged.
    private var judgement: String {
        let wrong = isFall ? "too low" : "too high"
        switch explanation.duration {
        case nil: return ""
        case .now: return ", seen in one measurement"
        case .threeSamples: return ", \(wrong) in most measurements of \(duration(3))"
        case .sixSamples: return ", \(wrong) in every measurement of \(duration(6))"
        case .twentyFourSamples: return ", \(wrong) in every measurement of \(duration(24))"
        case .halfDay: return ", \(wrong) on average over half a day"
        }
    }

    private func duration(_ samples: Int) -> String {
        MomentText.duration(seconds: Double(samples * intervalSeconds))
    }

    /// `55 % of usual`, `20 % above usual`, `2.7 times the usual`.
    private static func comparison(_ actual: Double, with expected: Double, _ measure: TrafficMeasure) -> String {
        let ratio = actual / expected
        guard expected > 0, ratio.isFinite, ratio < 1000 else {
            return "\(RateText.text(actual, measure)) where next to nothing is usual"
        }
        if ratio < 0.995 { return "\(NumberText.percent(ratio)) of usual" }
        return ratio < 1.005 ? "as usual" : above(ratio)
    }

    private static func above(_ ratio: Double) -> String {
        ratio < 2 ? "\(NumberText.percent(ratio - 1)) above usual" : "\(NumberText.decimals(ratio, 1)) times the usual"
    }

    /// `Out of the usual since Monday 14:05, at its worst at 14:30`.
    private var time: String {
        let start = anomaly.startedAt
        let last = anomaly.endedAt ?? anomaly.lastAt
        let begin = MomentText.moment(start, seenFrom: last, zone)
        let isOne = anomaly.peakAt <= start
        let worst = isOne ? "" : ", at its worst at \(MomentText.end(anomaly.peakAt, after: start, zone))"
        guard anomaly.isOver else { return "Out of the usual since \(begin)\(worst)" }
        let seconds = anomaly.lastAt.secondsSince(start)
        guard seconds > 0 else { return "Out of the usual at \(begin), in that one measurement" }
        let end = MomentText.end(anomaly.lastAt, after: start, zone)
        return "Out of the usual from \(begin) to \(end), \(MomentText.duration(seconds: seconds))\(worst)"
    }

    private var normal: String? {
        becameNormal ? "This level is taken as the new normal" : nil
    }

    /// `Ordinary at that moment would have been 240 Mbps to 400 Mbps`.
    private var ordinary: String? {
        guard anomaly.high > anomaly.low else { return nil }
        let low = RateText.text(anomaly.low, measure)
        return "Ordinary at that moment would have been \(low) to \(RateText.text(anomaly.high, measure))"
    }

    /// `At this hour of the last four Mondays: 310, 325, 298, 333 Mbps`.
    private var lastWeeks: String? {
        let rates = explanation.sameHourLastWeeks
        guard rates.contains(where: { $0 != nil }) else { return nil }
        let day = MomentText.day(anomaly.peakAt, zone)
        let count = ["", "one", "two", "three", "four"][min(4, rates.count)]
        let days = rates.count == 1 ? "At this hour of the last \(day)" : "At this hour of the last \(count) \(day)s"
        return "\(days): \(RateText.list(rates, measure))"
    }

    /// `Traffic was already 20 % above usual today`.
    private var offset: String? {
        let factor = explanation.offsetFactor
        guard explanation.duration != .halfDay, abs(factor - 1) >= 0.05 else { return nil }
        let text = factor < 1 ? "\(NumberText.percent(1 - factor)) below usual" : Self.above(factor)
        return "Traffic was already \(text) today, which is allowed for"
    }

    /// `The other direction fell too: 12 Mbps, expected 300 Mbps`.
    private var peer: String? {
        guard let actual = explanation.peerActual, let expected = explanation.peerExpected else { return nil }
        let figures = "\(RateText.text(actual, measure)), expected \(RateText.text(expected, measure))"
        let what =
            switch Movement(from: expected, to: actual) {
            case .fell: isFall ? "fell too" : "fell"
            case .rose: isFall ? "rose" : "rose too"
            case .stayed: "was as usual"
            }
        return "The other direction \(what): \(figures)"
    }

    private var operStatus: String? {
        guard let status = explanation.operStatus else { return nil }
        guard let word = OperStatusText.word(status) else { return nil }
        return "The device reported the interface \(word)"
    }

    private var errors: String? {
        guard let percent = explanation.errorPercent, percent > IncidentEvidence.notableErrorPercent else { return nil }
        return "Errors: \(NumberText.percent(percent / 100)) of packets"
    }

    private var discards: String? {
        guard let percent = explanation.discardPercent, percent > IncidentEvidence.notableErrorPercent else {
            return nil
        }
        return "Discards: \(NumberText.percent(percent / 100)) of packets"
    }

    private var utilisation: String? {
        guard measure == .traffic, let speed = explanation.lineSpeed, speed > 0 else { return nil }
        let share = anomaly.actual / speed
        guard share.isFinite, !isFall else { return nil }
        return "That is \(NumberText.percent(share)) of its line speed, \(RateText.text(speed, .traffic))"
    }

    /// `The classic method would have raised it too (z = -4.2)`.
    private var other: String? {
        guard let other = explanation.other else {
            guard anomaly.mode == .adaptive else { return nil }
            return measure == .packets
                ? "The classic method does not judge packets"
                : "The classic method keeps no samples of this interface (anomalies.classic_for)"
        }
        let (name, sign) = other.mode == .classic ? ("classic", "z") : ("adaptive", "score")
        guard let score = other.score else { return "The \(name) method had no opinion yet" }
        let verb = other.isAnomaly ? "would have raised it too" : "would not have raised it"
        return "The \(name) method \(verb) (\(sign) = \(NumberText.score(score)))"
    }

    /// `Confidence: fair, this hour was seen on 5 Mondays`.
    private var confidence: String {
        let day = MomentText.day(anomaly.peakAt, zone)
        let seen =
            switch explanation.visits {
            case 0: "this hour was not yet seen on a \(day)"
            case 1: "this hour was seen on one \(day)"
            default: "this hour was seen on \(min(explanation.visits, 9999)) \(day)s"
            }
        return "Confidence: \(explanation.confidenceWord), \(seen)"
    }
}

/// Where a rate went from what was expected of it.
enum Movement {
    case fell
    case rose
    case stayed

    /// By a fifth or more, or not.
    init(from expected: Double, to actual: Double) {
        self = actual < 0.8 * expected ? .fell : actual > 1.25 * expected ? .rose : .stayed
    }
}

/// ifOperStatus (IF-MIB) in words.
enum OperStatusText {
    /// The word for a value; nil for those that say nothing.
    static func word(_ status: Int) -> String? {
        switch status {
        case 1: "up"
        case 2: "down"
        case 3: "in test"
        case 5: "dormant"
        case 6: "not present"
        case 7: "down because of a lower layer"
        default: nil
        }
    }

    /// Whether nothing can pass.
    static func isDown(_ status: Int) -> Bool { [2, 6, 7].contains(status) }
}
