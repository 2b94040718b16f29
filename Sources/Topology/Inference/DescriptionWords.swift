/// The words of a name or of an interface's description, in lower case.
///
/// Letters, digits and `-`, `_`, `.` within them make a word: `sw-1` is not a word of `sw-1-old`, nor of `to-sw-1`.
struct DescriptionWords {
    /// One word.
    struct Word {
        /// It, in lower case, without marks at its ends.
        var text: String
        /// Whether only spaces stand between it and the word before.
        var continues: Bool
    }

    /// The words in their order; of a text longer than can be a description only the first.
    private(set) var all: [Word] = []
    /// Whether nothing but spaces stands between the words.
    private(set) var isOnePhrase = true

    private static let longest = 1024

    /// Takes a text apart.
    init(_ text: String) {
        var text = text
        let isASCII = text.withUTF8 { octets in readASCII(octets.prefix(Self.longest)) }
        if !isASCII { readAny(text) }
        // The last word of what was cut may be the beginning of a longer one.
        if text.utf8.count > Self.longest, !all.isEmpty { all.removeLast() }
    }

    /// Reads ASCII alone, as nearly all descriptions are; false where other characters are met.
    private mutating func readASCII(_ octets: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        guard octets.allSatisfy({ $0 < 0x80 }) else { return false }
        var continues = true
        var position = octets.startIndex
        while position < octets.endIndex {
            let start = position
            while position < octets.endIndex, Self.isPart(octets[position]) { position += 1 }
            if let word = Self.word(octets[start..<position]) {
                all.append(Word(text: word, continues: continues))
                if !continues { isOnePhrase = false }
                continues = true
            }
            guard position < octets.endIndex else { break }
            if octets[position] != 32, octets[position] < 9 || octets[position] > 13 { continues = false }
            position += 1
        }
        if !continues { isOnePhrase = false }
        return true
    }

    /// A word in lower case without marks at its ends; nil where nothing else is in it.
    private static func word(_ octets: Slice<UnsafeBufferPointer<UInt8>>) -> String? {
        func isMark(_ octet: UInt8) -> Bool { octet == 45 || octet == 46 || octet == 95 }
        guard let first = octets.firstIndex(where: { !isMark($0) }), let last = octets.lastIndex(where: { !isMark($0) })
        else { return nil }
        return String(unsafeUninitializedCapacity: last - first + 1) { buffer in
            for (place, octet) in octets[first...last].enumerated() {
                buffer[place] = octet >= 65 && octet <= 90 ? octet | 0x20 : octet
            }
            return last - first + 1
        }
    }

    private static func isPart(_ octet: UInt8) -> Bool {
        switch octet {
        case 48...57, 65...90, 97...122, 45, 46, 95: true
        default: false
        }
    }

    private mutating func readAny(_ text: String) {
        var word = String.UnicodeScalarView()
        var continues = true
        for scalar in text.unicodeScalars.prefix(Self.longest) {
            for lower in scalar.properties.lowercaseMapping.unicodeScalars {
                if Self.isPart(lower) {
                    word.append(lower)
                } else {
                    end(&word, &continues)
                    if !lower.properties.isWhitespace { continues = false }
                }
            }
        }
        end(&word, &continues)
        isOnePhrase = continues ? all.allSatisfy(\.continues) : false
    }

    /// Several words with one space between each two.
    func phrase(_ range: Range<Int>) -> String {
        range.count == 1 ? all[range.lowerBound].text : all[range].map(\.text).joined(separator: " ")
    }

    private mutating func end(_ word: inout String.UnicodeScalarView, _ continues: inout Bool) {
        guard !word.isEmpty else { return }
        let trimmed = word.drop(while: Self.isMark)
        let kept = String(String.UnicodeScalarView(trimmed.reversed().drop(while: Self.isMark).reversed()))
        if !kept.isEmpty {
            all.append(Word(text: kept, continues: continues))
            continues = true
        }
        word.removeAll(keepingCapacity: true)
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "-" || scalar == "_" || scalar == "."
    }

    private static func isPart(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII {
            switch scalar {
            case "a"..."z", "0"..."9", "-", "_", ".": return true
            default: return false
            }
        }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: return true
        default: return scalar.properties.isAlphabetic || scalar.properties.numericType != nil
        }
    }
}
