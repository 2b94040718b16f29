import RuleText

/// Writes a pattern of the rule language as a pattern of RE2.
///
/// `@{name}` stands for any word of a vocabulary, `@[a b]` for whole words of vocabularies a and b one after the other,
/// `@<` and `@>` for the start and end of a word, `@-` for separators or nothing, `@@` for the sign itself.
struct PatternExpansion: Sendable {
    /// The words of one vocabulary as patterns.
    private struct Words {
        var startingWithLetter: [String] = []
        var startingWithDigit: [String] = []

        /// Any of the words, without edges.
        var bare: String { "(?:" + (startingWithLetter + startingWithDigit).joined(separator: "|") + ")" }

        /// Any of the words where a word may start: a digit may stand before letters but not before a digit.
        var started: String {
            guard !startingWithDigit.isEmpty else { return WordPattern.start + bare }
            let digits = WordPattern.startBeforeDigit + "(?:" + startingWithDigit.joined(separator: "|") + ")"
            guard !startingWithLetter.isEmpty else { return digits }
            let letters = WordPattern.start + "(?:" + startingWithLetter.joined(separator: "|") + ")"
            return "(?:" + letters + "|" + digits + ")"
        }
    }

    private var alternations: [String: Words] = [:]

    /// Resolves the vocabulary; entries starting with `@` include another name's words.
    init(_ entries: [VocabularyEntry], problems: inout ProblemList) {
        var words: [String: [Located<String>]] = [:]
        for entry in entries { words[entry.name.value, default: []] += entry.words }
        for name in words.keys.sorted() {
            var known: Set<String> = []
            for word in Self.resolve(name, in: words, depth: 0, problems: &problems) {
                let pattern = WordPattern.pattern(of: word)
                guard known.insert(pattern).inserted else { continue }
                let startsWithDigit = pattern.first?.isNumber ?? false
                if startsWithDigit {
                    alternations[name, default: Words()].startingWithDigit.append(pattern)
                } else {
                    alternations[name, default: Words()].startingWithLetter.append(pattern)
                }
            }
        }
    }

    private static func resolve(
        _ name: String, in words: [String: [Located<String>]], depth: Int, problems: inout ProblemList
    ) -> [String] {
        var resolved: [String] = []
        for word in words[name] ?? [] {
            guard word.value.hasPrefix("@") else {
                resolved.append(word.value)
                continue
            }
            let other = String(word.value.dropFirst())
            if words[other] == nil || depth >= 8 {
                problems.error(
                    "unknown-vocabulary", at: word.position, "vocabulary `\(name)` includes `\(word.value)`",
                    remedy: words[other] == nil ? "define \(other) first" : "remove the circle of inclusions")
                continue
            }
            resolved += resolve(other, in: words, depth: depth + 1, problems: &problems)
        }
        return resolved
    }

    /// A pattern as RE2 takes it, or what is wrong with it.
    func expand(_ raw: String) -> Result<String, PatternRefused> {
        var out = ""
        var rest = Substring(raw)
        while let sign = rest.firstIndex(of: "@") {
            out += rest[..<sign]
            rest = rest[rest.index(after: sign)...]
            guard let next = rest.first else {
                out += "@"
                break
            }
            switch next {
            case "<", ">", "-", "@":
                out += Self.signs[next] ?? ""
                rest = rest.dropFirst()
            case "{", "[":
                guard let close = rest.firstIndex(of: next == "{" ? "}" : "]") else {
                    return .failure(PatternRefused(reason: "`@\(next)` is not closed"))
                }
                let names = rest[rest.index(after: rest.startIndex)..<close].split(separator: " ").map(String.init)
                switch words(names) {
                case .failure(let refused): return .failure(refused)
                case .success(let parts):
                    let first = next == "{" ? parts[0].bare : parts[0].started
                    out += ([first] + parts.dropFirst().map(\.bare)).joined(separator: WordPattern.wide)
                    if next == "[" { out += WordPattern.end }
                }
                rest = rest[rest.index(after: close)...]
            default: out += "@"
            }
        }
        return .success(out + rest)
    }

    private static let signs: [Character: String] = [
        "<": WordPattern.start, ">": WordPattern.end, "-": WordPattern.gap, "@": "@",
    ]

    private func words(_ names: [String]) -> Result<[Words], PatternRefused> {
        var parts: [Words] = []
        for name in names {
            guard let part = alternations[name] else {
                return .failure(PatternRefused(reason: "no vocabulary is named `\(name)`"))
            }
            parts.append(part)
        }
        return names.isEmpty ? .failure(PatternRefused(reason: "no vocabulary is named")) : .success(parts)
    }
}
