import Inventory
import RuleText

/// One text, what it is read as, and what was found in it.
struct ReadText: Sendable {
    var text: InterfaceText
    var hits: PatternHits
    /// Ids of the turns of phrase that were replaced.
    var replaced: [String] = []
}

/// Everything the rules may ask of one interface, looked up once.
struct Observation: Sendable {
    let input: ClassificationInput
    var alias: ReadText
    var descr: ReadText
    var name: ReadText
    var neighbourName: ReadText
    var platform: ReadText
    /// Providers named in the interface's own texts, the first named first.
    var textProviders: [Int] = []
    /// Providers the neighbour belongs to.
    var neighbourProviders: [Int] = []
    /// How a misspelled provider was read: `sliknet = silknet`.
    var providerSpelling: String?
    /// Whether the alias says nothing that name and descr do not.
    let noText: Bool

    /// Reads all texts of an interface.
    init(_ input: ClassificationInput, rules: CompiledRules) {
        self.input = input
        alias = Self.readOwn(input.alias, rules: rules, partsWords: true)
        name = Self.readOwn(input.name, rules: rules, partsWords: false)
        descr = input.descr == input.name ? name : Self.readOwn(input.descr, rules: rules, partsWords: false)
        let none = rules.index.noneOfNeighbour
        neighbourName = Self.read(input.neighbour?.name ?? "", in: rules.neighbour, partsWords: false, none: none)
        platform = Self.read(input.neighbour?.platform ?? "", in: rules.neighbour, partsWords: false, none: none)
        let shown = alias.text.shown
        noText = shown.isEmpty || shown == name.text.shown || shown == descr.text.shown
        findProviders(rules)
    }

    /// What was found in a field.
    func text(_ field: TextField) -> ReadText {
        switch field {
        case .alias: alias
        case .descr: descr
        case .name: name
        case .neighbourName: neighbourName
        case .platform: platform
        }
    }

    /// Which patterns were found in a field.
    func hits(_ field: TextField) -> PatternHits {
        switch field {
        case .alias: alias.hits
        case .descr: descr.hits
        case .name: name.hits
        case .neighbourName: neighbourName.hits
        case .platform: platform.hits
        }
    }

    private static func read(
        _ raw: String, in table: PatternTable, partsWords: Bool, none: PatternHits
    ) -> ReadText {
        var read = ReadText(text: InterfaceText(raw, partsWords: partsWords), hits: none)
        for form in read.text.forms { table.scan(form, into: &read.hits) }
        return read
    }

    private static func readOwn(_ raw: String, rules: CompiledRules, partsWords: Bool) -> ReadText {
        var read = read(raw, in: rules.own, partsWords: partsWords, none: rules.index.noneOwn)
        if read.hits.intersects(rules.index.readings) {
            replacePhrases(&read, in: rules.own, readings: rules.readings)
        }
        return read
    }

    /// Replaces turns of phrase, in the order of the file, and looks again at what is then written.
    private static func replacePhrases(_ read: inout ReadText, in table: PatternTable, readings: [CompiledReading]) {
        for reading in readings where read.hits.contains(reading.pattern) {
            let pattern = table.patterns[reading.pattern].pattern
            read.text.forms = read.text.forms.map { Replacement.apply(pattern, to: $0, with: reading.replacement) }
            read.replaced.append(reading.id)
            read.hits.removeAll()
            for form in read.text.forms { table.scan(form, into: &read.hits) }
        }
    }

    // MARK: Providers

    private mutating func findProviders(_ rules: CompiledRules) {
        let words = rules.index.providerWords
        if alias.hits.intersects(words) || name.hits.intersects(words) || descr.hits.intersects(words) {
            textProviders = rules.providers.indices.filter { index in
                let words = rules.providers[index].words
                return alias.hits.containsAny(of: words) || name.hits.containsAny(of: words)
                    || descr.hits.containsAny(of: words)
            }
        }
        let hosts = rules.index.providerHosts
        if neighbourName.hits.intersects(hosts) || platform.hits.intersects(hosts) {
            neighbourProviders = rules.providers.indices.filter { index in
                let hosts = rules.providers[index].hosts
                return neighbourName.hits.containsAny(of: hosts) || platform.hits.containsAny(of: hosts)
            }
        }
        if textProviders.isEmpty { findMisspelledProvider(rules) }
        if textProviders.count > 1 { textProviders = ordered(textProviders, rules) }
    }

    /// The first named first; one that stands over another before it.
    private func ordered(_ found: [Int], _ rules: CompiledRules) -> [Int] {
        func place(_ provider: Int) -> Int {
            for (rank, read) in [alias, name, descr].enumerated() {
                guard let form = read.text.forms.first else { continue }
                let places = rules.providers[provider].words.filter { read.hits.contains($0) }.compactMap {
                    rules.own.patterns[$0].pattern.find(in: form)?.lowerBound
                }
                if let first = places.min() { return rank * PatternLimits.textBytes + first }
            }
            return .max
        }
        let inOrder = found.map { (place($0), $0) }.sorted { $0 < $1 }.map(\.1)
        let leading = inOrder.filter { one in inOrder.contains { rules.providers[one].over.contains($0) } }
        return leading + inOrder.filter { !leading.contains($0) }
    }

    private mutating func findMisspelledProvider(_ rules: CompiledRules) {
        guard let form = alias.text.forms.first else { return }
        let tokens = Tokens(form)
        for index in tokens.words.indices {
            // A name may be written apart, so a word is also tried together with the next.
            for end in index..<min(index + 2, tokens.words.count) {
                let attempt = tokens.letters[tokens.words[index].lowerBound..<tokens.words[end].upperBound]
                guard let found = rules.providerSpelling.meaning(of: attempt) else { continue }
                textProviders = [found.meaning]
                providerSpelling = String(decoding: attempt, as: UTF8.self) + " = " + found.word
                return
            }
        }
    }

    /// The alias with misspelled words of the vocabulary put right; `nil` where none is misspelled.
    func respelled(_ rules: CompiledRules) -> Observation? {
        guard let form = alias.text.forms.first else { return nil }
        var corrected = form.lowercased()
        var changed = false
        let tokens = Tokens(form)
        for word in tokens.words {
            let token = tokens.letters[word]
            guard let found = rules.wordSpelling.meaning(of: token) else { continue }
            corrected = Replacement.word(String(decoding: token, as: UTF8.self), in: corrected, with: found.word)
            changed = true
        }
        guard changed else { return nil }
        var again = self
        again.alias = Self.readOwn(corrected, rules: rules, partsWords: false)
        again.alias.replaced.append("spelling")
        return again
    }
}
