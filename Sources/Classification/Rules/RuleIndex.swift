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

    /// Nothing found, of the interface's own patterns and of the neighbour's.
    private(set) var noneOwn = PatternHits(count: 0)
    private(set) var noneOfNeighbour = PatternHits(count: 0)

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
        noneOwn = PatternHits(count: own.count)
        noneOfNeighbour = PatternHits(count: neighbour.count)
        for provider in compiled.providers {
            provider.words.forEach { providerWords.insert($0) }
            provider.hosts.forEach { providerHosts.insert($0) }
        }
        compiled.readings.forEach { readings.insert($0.pattern) }
    }

    /// The rules worth trying on an interface.
    func candidates(for seen: Observation) -> PatternHits {
        var candidates = always
        var found = seen.alias.hits
        found.formUnion(seen.name.hits)
        found.formUnion(seen.descr.hits)
        found.forEach { pattern in for rule in own[pattern] { candidates.insert(rule) } }
        guard seen.input.neighbour != nil else { return candidates }
        found = seen.neighbourName.hits
        found.formUnion(seen.platform.hits)
        found.forEach { pattern in for rule in neighbour[pattern] { candidates.insert(rule) } }
        return candidates
    }
}
