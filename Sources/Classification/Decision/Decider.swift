import Inventory

/// What became of a rule that matched.
enum RuleOutcome: Sendable, Hashable {
    case won
    case supported
    case lost
    case yielded(InterfaceType)
    case attributesOnly
}

/// A rule that matched, and what became of it.
struct MatchedRule: Sendable {
    let rule: CompiledRule
    var outcome: RuleOutcome
}

/// Tries the rules on one interface and weighs those that match.
///
/// The most confident rule decides; equal confidence is decided by the order of the file. A rule steps back where
/// it yields to a type that a text or a name speaks for: both are true, and what a link is for comes before how it
/// is built.
/// Confidence then rises with a second, independent kind of sign for the same type and falls with a close rival.
struct Decider: Sendable {
    let rules: CompiledRules

    /// How much of the remaining doubt an independent sign for the same type removes.
    static let supportWeight = 0.35
    /// Rivals further behind than this do not matter.
    static let rivalMargin = 0.35
    /// Loss of confidence for each step a rival comes nearer than the margin.
    static let rivalWeight = 0.7
    /// From which confidence on a rule leaves no need to look for misspelled words.
    static let clearFrom = 0.88
    /// How confident a rule on a text or a name must be for another to step back.
    static let yieldingFrom = 0.85
    /// What is left of confidence where a word had to be respelled.
    static let respellingFactor = 0.92

    /// The decision and all that led to it.
    struct Verdict: Sendable {
        var seen: Observation
        var matched: [MatchedRule]
        var winner: Int?
        var confidence: Double
    }

    /// Decides what an interface is for.
    func decide(_ input: ClassificationInput) -> Verdict {
        let seen = Observation(input, rules: rules)
        let verdict = decide(seen)
        guard !seen.alias.text.isEmpty, !isUnderstood(verdict), let again = seen.respelled(rules) else {
            return verdict
        }
        var second = decide(again)
        second.confidence *= Self.respellingFactor
        let isClearer = winningConfidence(second) * Self.respellingFactor > winningConfidence(verdict)
        return isClearer && isUnderstood(second) ? second : verdict
    }

    private func winningConfidence(_ verdict: Verdict) -> Double {
        verdict.winner.map { verdict.matched[$0].rule.confidence } ?? 0
    }

    /// Whether what is written, or the far end, spoke clearly.
    private func isUnderstood(_ verdict: Verdict) -> Bool {
        guard let winner = verdict.winner else { return false }
        let rule = verdict.matched[winner].rule
        return rule.basis >= .text && rule.confidence >= Self.clearFrom
    }

    private func decide(_ seen: Observation) -> Verdict {
        var matched: [MatchedRule] = []
        rules.index.candidates(for: seen).forEach { index in
            let rule = rules.rules[index]
            guard rule.match.allHold(for: seen), !(rule.unless?.anyHolds(for: seen) ?? false) else { return }
            matched.append(MatchedRule(rule: rule, outcome: rule.type == nil ? .attributesOnly : .lost))
        }
        stepBack(&matched)
        let winner = strongest(matched)
        if let winner {
            for index in matched.indices where matched[index].outcome == .lost {
                if matched[index].rule.type == matched[winner].rule.type { matched[index].outcome = .supported }
            }
            matched[winner].outcome = .won
        }
        return Verdict(
            seen: seen, matched: matched, winner: winner, confidence: confidence(matched, winner: winner))
    }

    private func stepBack(_ matched: inout [MatchedRule]) {
        var spoken: TypeSet = []
        for match in matched where match.rule.confidence >= Self.yieldingFrom {
            if match.rule.basis == .text || match.rule.basis == .name { spoken.formUnion(match.rule.typeAlone) }
        }
        guard !spoken.isEmpty else { return }
        for index in matched.indices where matched[index].outcome == .lost {
            let rule = matched[index].rule
            let before = rule.yieldsTo.intersection(spoken).subtracting(rule.typeAlone)
            if let first = before.first { matched[index].outcome = .yielded(first) }
        }
    }

    private func strongest(_ matched: [MatchedRule]) -> Int? {
        var best: Int?
        for index in matched.indices where matched[index].outcome == .lost {
            if let known = best, matched[known].rule.confidence >= matched[index].rule.confidence { continue }
            best = index
        }
        return best
    }

    private func confidence(_ matched: [MatchedRule], winner: Int?) -> Double {
        guard let winner else { return 0.3 }
        let rule = matched[winner].rule
        var confidence = rule.confidence
        let support = matched.filter {
            $0.outcome == .supported && $0.rule.basis != rule.basis && !$0.rule.match.always
        }
        if let best = support.map(\.rule.confidence).max() {
            confidence += (1 - confidence) * Self.supportWeight * best
        }
        let rivals = matched.filter { $0.outcome == .lost && !$0.rule.match.always }
        var loss = 0.0
        for rival in rivals {
            let weight = Self.weight(of: rival.rule.basis, against: rule.basis)
            let nearness = max(0, Self.rivalMargin - (rule.confidence - rival.rule.confidence))
            loss = max(loss, weight * Self.rivalWeight * nearness)
        }
        return Self.calibrated(min(0.99, max(0.05, confidence - loss)))
    }

    /// The weighed signs as a probability, by straight lines between the points of `calibration`.
    static func calibrated(_ weighed: Double) -> Double {
        guard var lower = calibration.first, weighed > lower.weighed else { return weighed }
        for upper in calibration.dropFirst() {
            if weighed <= upper.weighed {
                let share = (weighed - lower.weighed) / (upper.weighed - lower.weighed)
                return lower.right + share * (upper.right - lower.right)
            }
            lower = upper
        }
        return lower.right
    }

    /// How often decisions of a weight were right on hand-labelled rows that the rules had not seen: weighing is too
    /// modest where signs are clear and too bold where none is.
    private static let calibration: [(weighed: Double, right: Double)] = [
        (0.45, 0.45), (0.55, 0.48), (0.65, 0.6), (0.7, 0.72), (0.786, 0.92), (0.857, 0.955), (0.94, 0.985), (1, 0.995),
    ]

    /// How much a rival on one kind of sign shakes a decision on another.
    private static func weight(of rival: Basis, against winner: Basis) -> Double {
        if rival >= .text || rival >= winner { return 1 }
        return rival == .name ? 0.4 : 0
    }
}
