import Inventory

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
        neighbourName = Self.read(input.neighbour?.name ?? "", in: rules.neighbour, partsWords: false)
        platform = Self.read(input.neighbour?.platform ?? "", in: rules.neighbour, partsWords: false)
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

    private static func read(_ raw: String, in table: PatternTable, partsWords: Bool) -> ReadText {
        var read = ReadText(
            text: InterfaceText(raw, partsWords: partsWords), hits: PatternHits(count: table.patterns.count))
        for form in read.text.forms { table.scan(form, into: &read.hits) }
        return read
    }

    private static func readOwn(_ raw: String, rules: CompiledRules, partsWords: Bool) -> ReadText {
        var read = read(raw, in: rules.own, partsWords: partsWords)
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
        let tokens = Tokens.letters(of: form)
        for (index, token) in tokens.enumerated() {
            var tries = [token]
            if index + 1 < tokens.count, token.count + tokens[index + 1].count <= SpellingIndex.longest {
                tries.append(token + tokens[index + 1])
            }
            for attempt in tries {
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
        for token in Tokens.letters(of: form) {
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

/// Parts of a text made of letters.
enum Tokens {
    /// Runs of ASCII letters in small letters; at most 16, which no alias needs.
    static func letters(of text: String) -> [[UInt8]] {
        var tokens: [[UInt8]] = []
        var current: [UInt8] = []
        for byte in text.utf8 {
            if InterfaceText.isLetter(byte) {
                current.append(byte | 0x20)
            } else if !current.isEmpty {
                tokens.append(current)
                current = []
            }
            if tokens.count == 16 { return tokens }
        }
        if !current.isEmpty { tokens.append(current) }
        return tokens
    }
}

/// Writes one thing for another.
enum Replacement {
    /// Every match of a pattern replaced; an empty match replaces nothing.
    static func apply(_ pattern: Pattern, to text: String, with replacement: String) -> String {
        var out: [UInt8] = []
        let bytes = Array(text.utf8)
        var from = 0
        while from < bytes.count, let range = pattern.find(in: text, from: from), !range.isEmpty {
            out += bytes[from..<range.lowerBound]
            out += replacement.utf8
            from = range.upperBound
        }
        out += bytes[from...]
        return String(decoding: out, as: UTF8.self)
    }

    /// Every occurrence of a word replaced.
    static func word(_ word: String, in text: String, with replacement: String) -> String {
        var out: [UInt8] = []
        let bytes = Array(text.utf8)
        let needle = Array(word.utf8)
        var index = 0
        while index < bytes.count {
            let end = index + needle.count
            let startsWord = index == 0 || !InterfaceText.isLetter(bytes[index - 1])
            let isWord = startsWord && end <= bytes.count && Array(bytes[index..<end]) == needle
            if isWord, end == bytes.count || !InterfaceText.isLetter(bytes[end]) {
                out += replacement.utf8
                index = end
            } else {
                out.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}
