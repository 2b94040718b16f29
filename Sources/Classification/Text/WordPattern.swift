/// A word of the vocabulary as a pattern over Latin letters.
///
/// The word language: letters of any script stand for themselves and every habit of writing them in Latin; a space or a
/// hyphen for any run of separators, or none; `*` for any ending; `#` for a number. Case never counts.
enum WordPattern {
    /// Where a word begins.
    static let start = "(?:^|[^a-z])"
    /// Where a word that begins with a digit begins: `4G` is not found in `24G`.
    static let startBeforeDigit = "(?:^|[^a-z0-9])"
    /// Where a word ends.
    static let end = "(?:$|[^a-z])"
    /// Between the parts of one name: separators or nothing.
    static let gap = "[^a-z0-9]*"
    /// Between two words: separators and numbers or nothing.
    static let wide = "[^a-z]*"

    /// The pattern of one word, without its edges.
    static func pattern(of word: String) -> String {
        var out = ""
        for scalar in word.lowercased().unicodeScalars {
            switch scalar {
            case " ", "-", "_": out += gap
            case "*": out += "[a-z]*"
            case "#": out += gap + "[0-9]+"
            case "a"..."z", "0"..."9": out.unicodeScalars.append(scalar)
            default: out += fragment(for: scalar)
            }
        }
        return out
    }

    private static func fragment(for scalar: Unicode.Scalar) -> String {
        if let spellings = Transliteration.spellings(of: scalar) {
            if spellings == [""] { return "[^a-z0-9 ]?" }
            return spellings.count == 1 ? spellings[0] : "(?:" + spellings.joined(separator: "|") + ")"
        }
        return scalar.isASCII ? "\\" + String(scalar) : String(scalar)
    }

    /// The plain Latin reading of a word made of letters only; `nil` for phrases and words with wildcards or digits.
    static func plainReading(of word: String) -> String? {
        let stem = word.hasSuffix("*") ? String(word.dropLast()) : word
        let reading = InterfaceText.transliterated(stem.lowercased())
        guard !reading.isEmpty, reading.utf8.allSatisfy({ (0x61...0x7a).contains($0) }) else { return nil }
        return reading
    }
}
