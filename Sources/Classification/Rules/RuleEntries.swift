import Inventory
import RuleText

/// Texts a pattern may be matched in.
enum TextField: String, CaseIterable, Sendable, Hashable {
    case alias
    case descr
    case name
    case neighbourName = "neighbour_name"
    case platform

    /// Whether the text comes from the neighbour.
    var isNeighbour: Bool { self == .neighbourName || self == .platform }
}

/// Where a provider's name must stand for a rule to match.
enum ProviderCondition: String, CaseIterable, Sendable, Hashable {
    /// In one of the interface's own texts.
    case text
    /// In the neighbour's name or platform.
    case neighbour
}

/// Patterns any of which must be found in any of the fields.
struct TextEntry: Sendable {
    var key: String
    var fields: [TextField]
    var patterns: [Located<String>]
}

/// The conditions under `match` or `unless`, as written.
struct ConditionEntry: Sendable {
    var texts: [TextEntry] = []
    var ifTypes: [Int] = []
    var speed: ClosedRange<Int64>?
    var neighbour: Bool?
    var capabilities: Set<NeighbourCapability> = []
    var provider: ProviderCondition?
    var noText: Bool?
    var always = false

    /// Whether nothing is asked for.
    var isEmpty: Bool {
        texts.isEmpty && ifTypes.isEmpty && speed == nil && neighbour == nil && capabilities.isEmpty
            && provider == nil && noText == nil && !always
    }
}

/// A rule as written; absent fields are `nil` so that a user's entry replaces only what it names.
struct RuleEntry: Sendable {
    var id: Located<String>
    var enabled: Bool?
    var type: InterfaceType?
    var confidence: Double?
    var critical: Bool?
    var monitoring: Bool?
    var provider: Located<String>?
    var yieldsTo: [InterfaceType]?
    var match: ConditionEntry?
    var unless: ConditionEntry?
    var comment: String?
    /// Whether a field was refused, so that its absence needs no second complaint.
    var isBroken = false

    /// The entry with everything the newer one names replaced.
    func replaced(by newer: RuleEntry) -> RuleEntry {
        var merged = self
        merged.id = newer.id
        merged.enabled = newer.enabled ?? enabled
        merged.type = newer.type ?? type
        merged.confidence = newer.confidence ?? confidence
        merged.critical = newer.critical ?? critical
        merged.monitoring = newer.monitoring ?? monitoring
        merged.provider = newer.provider ?? provider
        merged.yieldsTo = newer.yieldsTo ?? yieldsTo
        merged.match = newer.match ?? match
        merged.unless = newer.unless ?? unless
        merged.comment = newer.comment ?? comment
        merged.isBroken = isBroken || newer.isBroken
        return merged
    }
}

/// A provider as written.
struct ProviderEntry: Sendable {
    var id: Located<String>
    var enabled: Bool?
    var name: String?
    var words: [Located<String>] = []
    var abbreviations: [Located<String>] = []
    var hosts: [Located<String>] = []
    var over: [Located<String>] = []

    /// The entry with the newer one's words added.
    func extended(by newer: ProviderEntry) -> ProviderEntry {
        var merged = self
        merged.id = newer.id
        merged.enabled = newer.enabled ?? enabled
        merged.name = newer.name ?? name
        merged.words += newer.words
        merged.abbreviations += newer.abbreviations
        merged.hosts += newer.hosts
        merged.over += newer.over
        return merged
    }
}

/// A turn of phrase that is read as something else before the rules look.
struct ReadingEntry: Sendable {
    var id: Located<String>
    var enabled: Bool?
    var pattern: Located<String>?
    var replacement: String?
}

/// Words of one concept.
struct VocabularyEntry: Sendable {
    var name: Located<String>
    var words: [Located<String>]
}

/// A rule file as written.
struct RuleFile: Sendable {
    var vocabulary: [VocabularyEntry] = []
    var providers: [ProviderEntry] = []
    var readings: [ReadingEntry] = []
    var rules: [RuleEntry] = []
}
