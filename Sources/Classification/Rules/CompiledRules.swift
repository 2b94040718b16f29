import Inventory
import RuleText

/// A pattern with the words it was written in.
struct CompiledPattern: Sendable {
    /// As written in the file.
    let source: String
    /// Compiled alone, to locate what the set found.
    let pattern: Pattern
}

/// Patterns of one kind of text: all found in one pass.
struct PatternTable: Sendable {
    private(set) var patterns: [CompiledPattern] = []
    private var expanded: [String] = []
    private var indexes: [String: Int] = [:]
    private(set) var set: PatternSet?

    /// The index of a pattern, compiled if it is new.
    mutating func add(_ source: String, expandedAs text: String) throws(PatternRefused) -> Int {
        if let index = indexes[text] { return index }
        let pattern = try Pattern(text)
        guard pattern.programSize <= PatternLimits.programSize else {
            throw PatternRefused(
                reason: "pattern too large: \(pattern.programSize) instructions of \(PatternLimits.programSize)")
        }
        patterns.append(CompiledPattern(source: source, pattern: pattern))
        expanded.append(text)
        indexes[text] = patterns.count - 1
        return patterns.count - 1
    }

    /// Compiles the set once all patterns are added.
    mutating func seal() throws(PatternRefused) {
        set = try PatternSet(expanded)
    }

    /// Marks what is found in a text; one pattern at a time where the set cannot.
    func scan(_ text: String, into hits: inout PatternHits) {
        if let set, set.match(text, into: &hits) { return }
        for (index, compiled) in patterns.enumerated() where compiled.pattern.find(in: text) != nil {
            hits.insert(index)
        }
    }
}

/// A text condition with its patterns by index.
struct CompiledText: Sendable, Hashable {
    let key: String
    let fields: [TextField]
    let patterns: [Int]
}

/// Conditions ready to be tried.
///
/// A class, so that trying them copies nothing.
final class CompiledConditions: Sendable {
    let texts: [CompiledText]
    let ifTypes: [Int]
    let speed: ClosedRange<Int64>?
    let neighbour: Bool?
    let capabilities: Set<NeighbourCapability>
    let provider: ProviderCondition?
    let noText: Bool?
    let always: Bool

    /// The conditions of an entry, with its texts compiled.
    init(_ entry: ConditionEntry, texts: [CompiledText]) {
        self.texts = texts
        ifTypes = entry.ifTypes
        speed = entry.speed
        neighbour = entry.neighbour
        capabilities = entry.capabilities
        provider = entry.provider
        noText = entry.noText
        always = entry.always
    }

    /// On what kind of sign the conditions rest.
    var basis: Basis {
        let asksNeighbour = !capabilities.isEmpty || provider == .neighbour || neighbour == true
        if asksNeighbour || texts.contains(where: { $0.fields.contains(where: \.isNeighbour) }) { return .neighbour }
        if provider == .text || texts.contains(where: { $0.fields.contains(.alias) }) { return .text }
        return texts.isEmpty ? .structure : .name
    }
}

/// Kinds of sign, the weakest first.
enum Basis: Int, Sendable, Comparable, CaseIterable {
    /// ifType, speed, absence of text.
    case structure
    /// The name the vendor or system gave.
    case name
    /// What an engineer wrote.
    case text
    /// What the far end says of itself.
    case neighbour

    static func < (left: Basis, right: Basis) -> Bool { left.rawValue < right.rawValue }
}

/// Some of the types, one bit each in the order of their declaration.
struct TypeSet: Sendable, OptionSet {
    let rawValue: UInt16

    init(rawValue: UInt16) { self.rawValue = rawValue }

    init(_ types: [InterfaceType]) {
        var bits: UInt16 = 0
        for (place, type) in InterfaceType.allCases.enumerated() where types.contains(type) { bits |= 1 << place }
        rawValue = bits
    }

    /// The type declared first.
    var first: InterfaceType? {
        rawValue == 0 ? nil : InterfaceType.allCases[rawValue.trailingZeroBitCount]
    }
}

/// A rule ready to be tried.
///
/// A class, so that weighing hands on one reference.
final class CompiledRule: Sendable {
    let id: String
    let position: SourcePosition
    let type: InterfaceType?
    let confidence: Double
    let critical: Bool?
    let monitoring: Bool?
    let provider: Int?
    let yieldsTo: TypeSet
    /// The type alone, empty where the rule has none.
    let typeAlone: TypeSet
    let match: CompiledConditions
    let unless: CompiledConditions?
    let comment: String?
    let basis: Basis

    init(_ entry: RuleEntry, provider: Int?, match: CompiledConditions, unless: CompiledConditions?) {
        id = entry.id.value
        position = entry.id.position
        type = entry.type
        confidence = entry.confidence ?? 0
        critical = entry.critical
        monitoring = entry.monitoring
        self.provider = provider
        yieldsTo = TypeSet(entry.yieldsTo ?? [])
        typeAlone = TypeSet(entry.type.map { [$0] } ?? [])
        self.match = match
        self.unless = unless
        comment = entry.comment
        basis = match.basis
    }
}

/// A provider ready to be recognised.
struct CompiledProvider: Sendable {
    let id: String
    let name: String
    let position: SourcePosition
    var words: [Int] = []
    var abbreviations: [Int] = []
    var hosts: [Int] = []
    var over: [Int] = []
    var literals: [Located<String>] = []
}

/// A turn of phrase ready to be replaced.
struct CompiledReading: Sendable {
    let id: String
    let pattern: Int
    let replacement: String
}

/// Everything a rule file says, compiled.
struct CompiledRules: Sendable {
    var own = PatternTable()
    var neighbour = PatternTable()
    var rules: [CompiledRule] = []
    var providers: [CompiledProvider] = []
    var readings: [CompiledReading] = []
    var wordSpelling = SpellingIndex()
    var providerSpelling = SpellingIndex()
    var index = RuleIndex()
}
