import Inventory

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
struct CompiledConditions: Sendable {
    var texts: [CompiledText] = []
    var ifTypes: [Int] = []
    var speed: ClosedRange<Int64>?
    var neighbour: Bool?
    var capabilities: Set<NeighbourCapability> = []
    var provider: ProviderCondition?
    var noText: Bool?
    var always = false

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
    let yieldsTo: Set<InterfaceType>
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
        yieldsTo = Set(entry.yieldsTo ?? [])
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

/// Which rules a found pattern calls for, so that only those are tried.
struct RuleIndex: Sendable {
    /// Rules that ask for no text: always tried.
    private(set) var always = PatternHits(count: 0)
    /// Rules whose first text condition a pattern of the interface's own texts may fulfil.
    private(set) var own: [[Int]] = []
    /// The same for the neighbour's texts.
    private(set) var neighbour: [[Int]] = []
    /// Patterns that name a provider, in the interface's own texts and in the neighbour's.
    private(set) var providerWords = PatternHits(count: 0)
    private(set) var providerHosts = PatternHits(count: 0)
    /// Patterns of turns of phrase.
    private(set) var readings = PatternHits(count: 0)

    /// An empty index, of no rules.
    init() {}

    /// Indexes compiled rules.
    init(_ compiled: CompiledRules) {
        always = PatternHits(count: compiled.rules.count)
        own = [[Int]](repeating: [], count: compiled.own.patterns.count)
        neighbour = [[Int]](repeating: [], count: compiled.neighbour.patterns.count)
        for (place, rule) in compiled.rules.enumerated() {
            guard let first = rule.match.texts.first else {
                always.insert(place)
                continue
            }
            let isNeighbour = first.fields.contains(where: \.isNeighbour)
            for pattern in first.patterns {
                if isNeighbour { neighbour[pattern].append(place) } else { own[pattern].append(place) }
            }
        }
        providerWords = PatternHits(count: own.count)
        providerHosts = PatternHits(count: neighbour.count)
        readings = PatternHits(count: own.count)
        for provider in compiled.providers {
            provider.words.forEach { providerWords.insert($0) }
            provider.hosts.forEach { providerHosts.insert($0) }
        }
        compiled.readings.forEach { readings.insert($0.pattern) }
    }

    /// The rules worth trying on an interface.
    func candidates(for seen: Observation) -> PatternHits {
        var candidates = always
        for hits in [seen.alias.hits, seen.name.hits, seen.descr.hits] {
            hits.forEach { pattern in for rule in own[pattern] { candidates.insert(rule) } }
        }
        guard seen.input.neighbour != nil else { return candidates }
        for hits in [seen.neighbourName.hits, seen.platform.hits] {
            hits.forEach { pattern in for rule in neighbour[pattern] { candidates.insert(rule) } }
        }
        return candidates
    }
}
