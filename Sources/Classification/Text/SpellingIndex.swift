/// Which of the 26 letters a word has.
struct LetterSet: Sendable {
    private let bits: UInt32

    /// The letters of a word in small ASCII letters.
    init(_ word: ArraySlice<UInt8>) {
        bits = word.reduce(0) { $0 | 1 << UInt32($1 & 31) }
    }

    /// Whether two words can be `limit` keys apart: one key adds at most one letter to each side's own.
    func mayBeWithin(_ limit: Int, of other: LetterSet) -> Bool {
        (bits ^ other.bits).nonzeroBitCount <= 2 * limit
    }
}

/// Finds the word that was meant by a misspelled one.
///
/// Only words of five letters or more are corrected, the first letter must be right (or swapped with the second),
/// one wrong key is forgiven, two in words of nine letters or more. A token is compared with the words of its length
/// and first letters only, so the cost for each token is bounded by the vocabulary.
struct SpellingIndex: Sendable {
    private struct Entry: Sendable {
        let word: [UInt8]
        let meaning: Int
        /// Whether any ending may follow.
        let isStem: Bool
        /// Which letters it has.
        let letters: LetterSet
    }

    /// Words by first letter and length: 26 letters by `longest + 1` lengths.
    private var buckets = [[Entry]](repeating: [], count: 26 * (SpellingIndex.longest + 1))
    private var known: Set<[UInt8]> = []

    static let shortest = 5
    static let longest = 24
    /// Longest ending that may follow a stem.
    static let endingMax = 3

    /// Adds a word in small Latin letters, with what it stands for.
    mutating func add(_ word: String, meaning: Int, isStem: Bool) {
        let letters = Array(word.utf8)
        guard known.insert(letters).inserted, letters.count >= Self.shortest else { return }
        guard letters.count <= Self.longest else { return }
        let entry = Entry(word: letters, meaning: meaning, isStem: isStem, letters: LetterSet(letters[...]))
        buckets[Self.key(letters[0], letters.count)].append(entry)
    }

    /// What a misspelled token of small letters stands for; `nil` where it is spelled right or like nothing known.
    func meaning(of token: ArraySlice<UInt8>) -> (word: String, meaning: Int)? {
        guard (Self.shortest - 1...Self.longest).contains(token.count) else { return nil }
        var found = nearest(to: token, stemsOnly: false)
        for ending in 1...Self.endingMax where found == nil && token.count - ending >= Self.shortest {
            found = nearest(to: token.dropLast(ending), stemsOnly: true)
        }
        guard let found, !known.contains(Array(token)) else { return nil }
        return (String(decoding: found.word, as: UTF8.self), found.meaning)
    }

    private func nearest(to token: ArraySlice<UInt8>, stemsOnly: Bool) -> Entry? {
        let letters = LetterSet(token)
        let (first, second) = (token[token.startIndex], token[token.startIndex + 1])
        if let entry = nearest(to: token, letters, first: first, stemsOnly: stemsOnly) { return entry }
        return first == second ? nil : nearest(to: token, letters, first: second, stemsOnly: stemsOnly)
    }

    private func nearest(
        to token: ArraySlice<UInt8>, _ letters: LetterSet, first: UInt8, stemsOnly: Bool
    ) -> Entry? {
        let limit = token.count >= 9 ? 2 : 1
        let longest = min(Self.longest, token.count + limit)
        let isSwapped = first != token[token.startIndex]
        for length in max(Self.shortest, token.count - limit)...longest {
            for entry in buckets[Self.key(first, length)] where entry.isStem || !stemsOnly {
                guard letters.mayBeWithin(limit, of: entry.letters) else { continue }
                if isSwapped, entry.word[1] != token[token.startIndex] { continue }
                if EditDistance.isWithin(limit, token, entry.word) { return entry }
            }
        }
        return nil
    }

    private static func key(_ first: UInt8, _ length: Int) -> Int { Int(first - 0x61) * (longest + 1) + length }
}
