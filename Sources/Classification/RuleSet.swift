import CRuleFile
import Inventory
public import RuleText

/// A checked, compiled set of classification rules: the shipped ones, with a user's file on top.
///
/// Immutable and safe to use from many threads at once. Deciding on one interface takes some microseconds, whatever
/// the patterns: matching is linear in the length of the texts, of which at most 1,024 bytes each are read.
public struct RuleSet: Sendable {
    let compiled: CompiledRules
    /// What is doubtful though usable: warnings only.
    public let warnings: [RuleFileProblem]

    private static let shippedRules = Result { () throws(RuleFileError) -> RuleSet in try compile(user: nil) }

    /// The shipped rule file, in the language users write.
    public static var shippedText: String {
        let bytes = UnsafeBufferPointer(start: crulefile_bytes(), count: crulefile_length())
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The shipped rules with a user's file on top; `nil` or empty text gives the shipped rules alone.
    ///
    /// Throws all errors of the file at once, each with line, column and remedy.
    public static func load(user: String?) throws(RuleFileError) -> RuleSet {
        guard let user, !user.isEmpty else { return try shippedRules.get() }
        return try compile(user: user)
    }

    /// Everything wrong or doubtful in a user's file on top of the shipped rules; empty where all is well.
    public static func check(user: String?) -> [RuleFileProblem] {
        do {
            return try load(user: user).warnings
        } catch {
            return error.problems
        }
    }

    private static func compile(user: String?) throws(RuleFileError) -> RuleSet {
        var texts = [(text: shippedText, file: "shipped")]
        if let user { texts.append((user, "rules")) }
        return try compile(texts)
    }

    /// Compiles named files in order, later ones on top.
    static func compile(_ texts: [(text: String, file: String)]) throws(RuleFileError) -> RuleSet {
        var problems = ProblemList()
        let files = texts.map { RuleFileParser.parse($0.text, file: $0.file, problems: &problems) }
        let compiled = RuleCompiler.compile(files, problems: &problems)
        RuleReview.review(compiled, problems: &problems)
        guard problems.errors.isEmpty else {
            throw RuleFileError(problems: problems.sorted)
        }
        return RuleSet(compiled: compiled, warnings: problems.sorted)
    }

    /// Decides what an interface is for.
    public func classify(_ input: ClassificationInput) -> Classification {
        classification(of: Decider(rules: compiled).decide(input))
    }

    func classification(of verdict: Decider.Verdict) -> Classification {
        guard let winner = verdict.winner else { return undecided(verdict) }
        let rule = verdict.matched[winner].rule
        let type = rule.type ?? .access
        let provider = ProviderChoice(rules: compiled).provider(for: type, rule: rule, verdict: verdict)
        return Classification(
            type: type, provider: provider, isCritical: critical(type, verdict.matched),
            monitoring: verdict.matched.last { $0.rule.monitoring != nil }?.rule.monitoring,
            confidence: (verdict.confidence * 1000).rounded() / 1000, rule: rule.id, evidence: evidence(verdict),
            runnersUp: runnersUp(verdict.matched))
    }

    private func undecided(_ verdict: Decider.Verdict) -> Classification {
        let evidence = Evidence(field: "default", matched: "no rule matches", rule: "default")
        return Classification(
            type: .access, provider: nil, isCritical: critical(.access, verdict.matched),
            monitoring: verdict.matched.last { $0.rule.monitoring != nil }?.rule.monitoring,
            confidence: verdict.confidence, rule: "default", evidence: [evidence], runnersUp: [])
    }

    /// A rule without a type that says so counts before the type; the last of them wins.
    private func critical(_ type: InterfaceType, _ matched: [MatchedRule]) -> Bool {
        let said = matched.last {
            $0.rule.critical != nil && ($0.outcome == .attributesOnly || $0.outcome == .won)
        }
        return said?.rule.critical ?? (type == .isp)
    }

    private func evidence(_ verdict: Decider.Verdict) -> [Evidence] {
        let won = verdict.matched.filter { $0.outcome == .won }
        let rest = verdict.matched.filter { $0.outcome == .supported && !$0.rule.match.always }
            .sorted { $0.rule.confidence > $1.rule.confidence }.prefix(2)
        let attributes = verdict.matched.filter { $0.outcome == .attributesOnly }
        return (won + rest + attributes).flatMap {
            $0.rule.match.evidence(for: verdict.seen, rules: compiled, rule: $0.rule.id)
        }
    }

    private func runnersUp(_ matched: [MatchedRule]) -> [RunnerUp] {
        var best: [RunnerUp] = []
        for match in matched where match.outcome == .lost {
            guard let type = match.rule.type else { continue }
            let runner = RunnerUp(type: type, rule: match.rule.id, confidence: match.rule.confidence)
            guard let place = best.firstIndex(where: { $0.type == type }) else {
                best.append(runner)
                continue
            }
            if best[place].confidence < runner.confidence { best[place] = runner }
        }
        guard best.count > 1 else { return best }
        return best.sorted { ($1.confidence, $0.type.rawValue) < ($0.confidence, $1.type.rawValue) }
    }
}
