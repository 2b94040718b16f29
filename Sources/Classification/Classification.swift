public import Inventory

/// One sign that took part in a decision.
public struct Evidence: Sendable, Hashable, Codable {
    /// Where the sign stands: `alias`, `descr`, `name`, `neighbour_name`, `platform`, `if_type`, `speed`,
    /// `neighbour`, `capabilities`, `provider`, `no_text` or `default`.
    public var field: String
    /// The matched text, or the condition that held.
    public var matched: String
    /// Id of the rule that used it.
    public var rule: String

    /// A sign, where it stands, and the rule that used it.
    public init(field: String, matched: String, rule: String) {
        self.field = field
        self.matched = matched
        self.rule = rule
    }
}

/// A type that was considered and lost.
public struct RunnerUp: Sendable, Hashable, Codable {
    /// The type that lost.
    public var type: InterfaceType
    /// The strongest rule that spoke for it.
    public var rule: String
    /// That rule's confidence, 0 to 1.
    public var confidence: Double

    /// A type that lost, with its strongest rule.
    public init(type: InterfaceType, rule: String, confidence: Double) {
        self.type = type
        self.rule = rule
        self.confidence = confidence
    }
}

/// What an interface is for, and why we think so.
public struct Classification: Sendable, Hashable, Codable {
    /// The type decided on.
    public var type: InterfaceType
    /// Id of the provider at the far end; `nil` where none is known.
    public var provider: String?
    /// Whether losing this interface is an emergency: every `isp`, and what a rule marks.
    public var isCritical: Bool
    /// Whether a rule switches monitoring on or off; `nil` where no rule says.
    public var monitoring: Bool?
    /// How likely the type is right, 0 to 1: calibrated, so that 0.8 is right eight times in ten.
    public var confidence: Double
    /// Id of the rule that decided; `default` rules are named `default-...`.
    public var rule: String
    /// The signs that spoke for the decision, the deciding rule's first.
    public var evidence: [Evidence]
    /// Other types considered, the strongest first.
    public var runnersUp: [RunnerUp]
}
