import RuleText

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
