public import Inventory

/// Why an interface is classified as it is: every rule that matched and what became of it.
public struct Explanation: Sendable, Hashable, Codable {
    /// One rule that matched.
    public struct Match: Sendable, Hashable, Codable {
        /// Id of the rule.
        public var rule: String
        /// The type it speaks for; `nil` for a rule that only sets attributes.
        public var type: InterfaceType?
        /// Its confidence, 0 to 1.
        public var confidence: Double
        /// `won`, `supported`, `lost`, `attributes`, or `yielded to TYPE`.
        public var outcome: String
        /// The signs that made it match.
        public var evidence: [Evidence]
        /// What the rule's author says of it.
        public var comment: String?
    }

    /// What was read in a field, where that is not what is written.
    public struct Reading: Sendable, Hashable, Codable {
        /// Field as in `Evidence`.
        public var field: String
        /// What is written.
        public var written: String
        /// The forms that were matched.
        public var readAs: [String]
        /// Ids of the `read_as` entries that changed it; `spelling` for corrected words.
        public var by: [String]
    }

    /// The decision.
    public var result: Classification
    /// Fields that were read as something else than is written.
    public var readings: [Reading]
    /// All rules that matched: the winner first, then by confidence.
    public var matches: [Match]

    /// The explanation as lines for people.
    public var text: String {
        var lines = ["type:       \(result.type.rawValue)"]
        lines.append("provider:   \(result.provider ?? "none")")
        lines.append("critical:   \(result.isCritical ? "yes" : "no")")
        lines.append("confidence: \(result.confidence)")
        lines.append("rule:       \(result.rule)")
        for reading in readings {
            let by = reading.by.isEmpty ? "" : " (\(reading.by.joined(separator: ", ")))"
            let forms = reading.readAs.map { "`\($0)`" }.joined(separator: ", ")
            lines.append("read:       \(reading.field) `\(reading.written)` as \(forms)\(by)")
        }
        lines.append("rules that matched:")
        for match in matches {
            let type = match.type?.rawValue ?? "attributes"
            lines.append("  \(match.rule) -> \(type) at \(match.confidence): \(match.outcome)")
            for sign in match.evidence { lines.append("    \(sign.field): \(sign.matched)") }
            if let comment = match.comment { lines.append("    because: \(comment)") }
        }
        return lines.joined(separator: "\n")
    }
}

extension RuleSet {
    /// Decides as `classify` does and tells everything that led to it.
    public func explain(_ input: ClassificationInput) -> Explanation {
        let verdict = Decider(rules: compiled).decide(input)
        let ordered = verdict.matched.enumerated().sorted { left, right in
            let isFirst = left.element.outcome == .won
            if isFirst != (right.element.outcome == .won) { return isFirst }
            if left.element.rule.confidence != right.element.rule.confidence {
                return left.element.rule.confidence > right.element.rule.confidence
            }
            return left.offset < right.offset
        }
        return Explanation(
            result: classification(of: verdict), readings: readings(verdict.seen),
            matches: ordered.map { match($0.element, verdict.seen) })
    }

    private func match(_ match: MatchedRule, _ seen: Observation) -> Explanation.Match {
        let outcome =
            switch match.outcome {
            case .won: "won"
            case .supported: "supported"
            case .lost: "lost"
            case .attributesOnly: "attributes"
            case .yielded(let type): "yielded to \(type.rawValue)"
            }
        return Explanation.Match(
            rule: match.rule.id, type: match.rule.type, confidence: match.rule.confidence, outcome: outcome,
            evidence: match.rule.match.evidence(for: seen, rules: compiled, rule: match.rule.id),
            comment: match.rule.comment)
    }

    private func readings(_ seen: Observation) -> [Explanation.Reading] {
        TextField.allCases.compactMap { field in
            let read = seen.text(field)
            guard !read.text.isEmpty, read.text.forms != [read.text.shown] || !read.replaced.isEmpty else { return nil }
            return Explanation.Reading(
                field: field.rawValue, written: read.text.shown, readAs: read.text.forms, by: read.replaced)
        }
    }
}
