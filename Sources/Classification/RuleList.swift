public import Inventory
import RuleText

/// A rule in force, as a list of rules shows it.
public struct RuleSummary: Sendable, Hashable, Codable {
    /// Id of the rule.
    public var id: String
    /// The type it speaks for; `nil` for a rule that only sets attributes.
    public var type: InterfaceType?
    /// Its confidence, 0 to 1; 0 for a rule without a type.
    public var confidence: Double
    /// Whether it marks interfaces critical; `nil` where it does not say.
    public var critical: Bool?
    /// Whether it switches monitoring on or off; `nil` where it does not say.
    public var monitoring: Bool?
    /// Id of the provider it names.
    public var provider: String?
    /// What its author says of it.
    public var comment: String?
    /// `shipped`, or `rules` for the user's file.
    public var file: String
    /// Line of the file where it stands, from 1.
    public var line: Int
}

/// A provider in force, as a list of providers shows it.
public struct ProviderSummary: Sendable, Hashable, Codable {
    /// Id of the provider, as stored.
    public var id: String
    /// Its name for people.
    public var name: String
    /// The words that name it.
    public var words: [String]
}

extension RuleSet {
    /// All rules in force, in the order of the files.
    public var rules: [RuleSummary] {
        compiled.rules.map { rule in
            RuleSummary(
                id: rule.id, type: rule.type, confidence: rule.confidence, critical: rule.critical,
                monitoring: rule.monitoring, provider: rule.provider.map { compiled.providers[$0].id },
                comment: rule.comment, file: rule.position.file, line: rule.position.line)
        }
    }

    /// All providers in force, in the order of the files.
    public var providers: [ProviderSummary] {
        compiled.providers.map { provider in
            ProviderSummary(id: provider.id, name: provider.name, words: provider.literals.map(\.value))
        }
    }
}
