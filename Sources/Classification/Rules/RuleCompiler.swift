import RuleText

/// Merges rule files and compiles what they say.
struct RuleCompiler {
    private var problems: ProblemList
    private var compiled = CompiledRules()
    private let expansion: PatternExpansion

    /// Compiles files in order, later ones adding to and overriding earlier ones.
    static func compile(_ files: [RuleFile], problems: inout ProblemList) -> CompiledRules {
        let vocabulary = files.flatMap(\.vocabulary) + [providerWords(files)]
        let expansion = PatternExpansion(vocabulary, problems: &problems)
        var compiler = RuleCompiler(problems: problems, expansion: expansion)
        let providers = Self.merged(files.map(\.providers), id: \.id.value) { $0.extended(by: $1) }
        compiler.compileProviders(providers.filter { $0.enabled != false })
        let readings = Self.merged(files.map(\.readings), id: \.id.value) { older, newer in
            var merged = older
            merged.enabled = newer.enabled ?? older.enabled
            merged.pattern = newer.pattern ?? older.pattern
            merged.replacement = newer.replacement ?? older.replacement
            return merged
        }
        for reading in readings where reading.enabled != false { compiler.compileReading(reading) }
        compiler.warnOfUnknownTargets(files)
        let rules = Self.merged(files.map(\.rules), id: \.id.value) { $0.replaced(by: $1) }
        for rule in rules where rule.enabled != false { compiler.compileRule(rule) }
        compiler.learnSpelling(files)
        compiler.seal()
        problems = compiler.problems
        return compiler.compiled
    }

    /// The vocabulary `provider`: every provider's words.
    private static func providerWords(_ files: [RuleFile]) -> VocabularyEntry {
        let position = SourcePosition(file: "shipped", line: 1, column: 1)
        let words = files.flatMap(\.providers).filter { $0.enabled != false }.flatMap(\.words)
        return VocabularyEntry(name: Located(value: "provider", position: position), words: words)
    }

    private init(problems: ProblemList, expansion: PatternExpansion) {
        self.problems = problems
        self.expansion = expansion
    }

    private static func merged<Entry>(
        _ lists: [[Entry]], id: (Entry) -> String, _ merge: (Entry, Entry) -> Entry
    ) -> [Entry] {
        var result: [Entry] = []
        var places: [String: Int] = [:]
        for entry in lists.joined() {
            if let place = places[id(entry)] {
                result[place] = merge(result[place], entry)
            } else {
                places[id(entry)] = result.count
                result.append(entry)
            }
        }
        return result
    }

    private mutating func warnOfUnknownTargets(_ files: [RuleFile]) {
        guard files.count > 1, let user = files.last else { return }
        let shipped = Set(files.dropLast().flatMap(\.rules).map(\.id.value))
        for rule in user.rules where rule.match == nil && !shipped.contains(rule.id.value) && rule.enabled == false {
            problems.warning(
                "no-such-rule", at: rule.id.position, "rule `\(rule.id.value)` is switched off but does not exist",
                remedy: "correct the id; `rules list` shows all")
        }
    }

    // MARK: Providers and readings

    private mutating func compileProviders(_ entries: [ProviderEntry]) {
        for entry in entries {
            var provider = CompiledProvider(
                id: entry.id.value, name: entry.name ?? entry.id.value, position: entry.id.position)
            for word in entry.words {
                let pattern = Self.wholeWord(word.value)
                provider.words += own(word.value, pattern, at: word.position)
                provider.hosts += neighbour(word.value, pattern, at: word.position)
                provider.literals.append(word)
            }
            for word in entry.abbreviations {
                provider.abbreviations += own(word.value, Self.wholeWord(word.value), at: word.position)
            }
            for host in entry.hosts {
                if case .success(let text) = expanded(host) {
                    provider.hosts += neighbour(host.value, text, at: host.position)
                }
            }
            compiled.providers.append(provider)
        }
        for (index, entry) in entries.enumerated() {
            for other in entry.over {
                if let place = compiled.providers.firstIndex(where: { $0.id == other.value }) {
                    compiled.providers[index].over.append(place)
                } else {
                    reportUnknownProvider(other)
                }
            }
        }
    }

    private static func wholeWord(_ word: String) -> String {
        WordPattern.start + WordPattern.pattern(of: word) + WordPattern.end
    }

    private mutating func reportUnknownProvider(_ id: Located<String>) {
        let known = compiled.providers.map(\.id).joined(separator: ", ")
        problems.error(
            "unknown-provider", at: id.position, "no provider has the id `\(id.value)`",
            remedy: "define it under providers or use one of \(known)")
    }

    private mutating func compileReading(_ entry: ReadingEntry) {
        guard let raw = entry.pattern else {
            problems.error(
                "missing", at: entry.id.position, "read_as entry `\(entry.id.value)` has no pattern",
                remedy: "add `pattern:`")
            return
        }
        guard case .success(let text) = expanded(raw) else { return }
        for index in own(raw.value, text, at: raw.position) {
            compiled.readings.append(
                CompiledReading(id: entry.id.value, pattern: index, replacement: entry.replacement ?? " "))
        }
    }

    // MARK: Rules

    private mutating func compileRule(_ entry: RuleEntry) {
        guard let match = entry.match else {
            if entry.isBroken { return }
            problems.error(
                "missing", at: entry.id.position, "rule `\(entry.id.value)` has no match",
                remedy: "add `match:` with a condition, or correct the id to override a shipped rule")
            return
        }
        let decides = entry.type != nil || entry.critical != nil || entry.monitoring != nil || entry.provider != nil
        if !decides, !entry.isBroken {
            problems.error(
                "missing", at: entry.id.position, "rule `\(entry.id.value)` decides nothing",
                remedy: "add type, critical, monitoring or provider")
        }
        if entry.type != nil, entry.confidence == nil, !entry.isBroken {
            problems.error(
                "missing", at: entry.id.position, "rule `\(entry.id.value)` has a type but no confidence",
                remedy: "add `confidence:` from 0.0 to 1.0")
        }
        var provider: Int?
        if let named = entry.provider {
            provider = compiled.providers.firstIndex { $0.id == named.value }
            if provider == nil { reportUnknownProvider(named) }
        }
        compiled.rules.append(
            CompiledRule(entry, provider: provider, match: compile(match), unless: entry.unless.map { compile($0) }))
    }

    private mutating func compile(_ entry: ConditionEntry) -> CompiledConditions {
        let texts = entry.texts.map { text in
            let isNeighbour = text.fields.contains(where: \.isNeighbour)
            var indexes: [Int] = []
            for raw in text.patterns {
                guard case .success(let pattern) = expanded(raw) else { continue }
                indexes +=
                    isNeighbour
                    ? neighbour(raw.value, pattern, at: raw.position) : own(raw.value, pattern, at: raw.position)
            }
            return CompiledText(key: text.key, fields: text.fields, patterns: indexes)
        }
        return CompiledConditions(entry, texts: texts)
    }

    // MARK: Patterns

    private mutating func expanded(_ raw: Located<String>) -> Result<String, PatternRefused> {
        let result = expansion.expand(raw.value)
        if case .failure(let refused) = result {
            problems.error(
                "unknown-vocabulary", at: raw.position, "pattern `\(raw.value)`: \(refused.reason)",
                remedy: "define the words under vocabulary, or write @@ for the sign itself")
        }
        return result
    }

    private mutating func own(_ source: String, _ text: String, at position: SourcePosition) -> [Int] {
        guard isAcceptable(source, at: position) else { return [] }
        do throws(PatternRefused) {
            return [try compiled.own.add(source, expandedAs: text)]
        } catch {
            reportRefusal(source, error, at: position)
            return []
        }
    }

    private mutating func neighbour(_ source: String, _ text: String, at position: SourcePosition) -> [Int] {
        guard isAcceptable(source, at: position) else { return [] }
        do throws(PatternRefused) {
            return [try compiled.neighbour.add(source, expandedAs: text)]
        } catch {
            reportRefusal(source, error, at: position)
            return []
        }
    }

    /// What can be judged from the pattern as written.
    private mutating func isAcceptable(_ source: String, at position: SourcePosition) -> Bool {
        if source.utf8.count > PatternLimits.patternBytes {
            problems.error(
                "too-costly", at: position,
                "a pattern has \(source.utf8.count) bytes, more than \(PatternLimits.patternBytes)",
                remedy: "split it into several patterns of a list")
            return false
        }
        if let sign = PatternRemedies.lookAround(in: source) {
            problems.error(
                "look-around", at: position, "pattern `\(source)` uses `\(sign)`, which linear-time matching has not",
                remedy: "write what must not be there under `unless`, and words with @< and @>")
            return false
        }
        if !source.utf8.allSatisfy({ $0 < 0x80 }), source.contains("\\b") || source.contains("\\w") {
            problems.warning(
                "ascii-edge", at: position, "pattern `\(source)`: \\b and \\w know only ASCII letters",
                remedy: "write (?:^|[^\\pL\\pN]) for the edge, or a vocabulary word")
        }
        return true
    }

    private mutating func reportRefusal(_ source: String, _ refused: PatternRefused, at position: SourcePosition) {
        let isLarge = refused.reason.contains("too large") || refused.reason.contains("repetition size")
        problems.error(
            isLarge ? "too-costly" : "pattern", at: position, "pattern `\(source)`: \(refused.reason)",
            remedy: isLarge
                ? "use smaller repetition counts or fewer alternatives" : "correct the pattern (RE2 syntax)")
    }

    // MARK: The rest

    /// Words that may be misspelled: providers first, then the vocabulary.
    private mutating func learnSpelling(_ files: [RuleFile]) {
        for (index, provider) in compiled.providers.enumerated() {
            for literal in provider.literals {
                let joined = literal.value.filter { $0 != " " && $0 != "-" }
                if let word = WordPattern.plainReading(of: joined) {
                    compiled.providerSpelling.add(word, meaning: index, isStem: joined.hasSuffix("*"))
                }
            }
        }
        for word in files.flatMap(\.vocabulary).flatMap(\.words) where !word.value.hasPrefix("@") {
            if let plain = WordPattern.plainReading(of: word.value) {
                compiled.wordSpelling.add(plain, meaning: 0, isStem: word.value.hasSuffix("*"))
            }
        }
    }

    private mutating func seal() {
        guard problems.errors.isEmpty else { return }
        do throws(PatternRefused) {
            try compiled.own.seal()
            try compiled.neighbour.seal()
            compiled.index = RuleIndex(compiled)
        } catch {
            problems.error(
                "too-costly", at: SourcePosition(file: "rules", line: 1, column: 1), error.reason,
                remedy: "use fewer or smaller patterns")
        }
    }
}

/// Constructs of other regex dialects that RE2 does without.
enum PatternRemedies {
    private static let signs = ["(?=", "(?!", "(?<=", "(?<!", "(?>", "\\1", "\\2", "\\k<", "*+", "++", "?+"]

    /// The first construct in a pattern that RE2 has not.
    static func lookAround(in source: String) -> String? {
        signs.first { source.contains($0) && !source.contains("\\" + $0) }
    }
}
