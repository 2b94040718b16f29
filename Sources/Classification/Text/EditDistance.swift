/// Misspellings: how many keys were struck wrong.
enum EditDistance {
    /// Whether two words are at most `limit` inserted, dropped, replaced or swapped letters apart.
    ///
    /// Optimal string alignment in a band of `2 * limit + 1`; words here are at most 24 letters, so time is bounded.
    static func isWithin(_ limit: Int, _ left: ArraySlice<UInt8>, _ right: [UInt8]) -> Bool {
        guard abs(left.count - right.count) <= limit else { return false }
        let width = right.count + 1
        var beforeLast = [Int](repeating: 0, count: width)
        var last = Array(0..<width)
        var current = [Int](repeating: 0, count: width)
        for row in 1..<(left.count + 1) {
            current[0] = row
            var best = row
            for column in 1..<width {
                let same = left[row - 1] == right[column - 1]
                var cost = min(last[column] + 1, current[column - 1] + 1, last[column - 1] + (same ? 0 : 1))
                if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
                    cost = min(cost, beforeLast[column - 2] + 1)
                }
                current[column] = cost
                best = min(best, cost)
            }
            if best > limit { return false }
            (beforeLast, last, current) = (last, current, beforeLast)
        }
        return last[width - 1] <= limit
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
        let entry = Entry(word: letters, meaning: meaning, isStem: isStem)
        buckets[Self.key(letters[0], letters.count)].append(entry)
    }

    /// What a misspelled token of small letters stands for; `nil` where it is spelled right or like nothing known.
    func meaning(of token: [UInt8]) -> (word: String, meaning: Int)? {
        guard (Self.shortest - 1...Self.longest).contains(token.count) else { return nil }
        var found = nearest(to: token[...], stemsOnly: false)
        for ending in 1...Self.endingMax where found == nil && token.count - ending >= Self.shortest {
            found = nearest(to: token.dropLast(ending), stemsOnly: true)
        }
        guard let found, !known.contains(token) else { return nil }
        return (String(decoding: found.word, as: UTF8.self), found.meaning)
    }

    private func nearest(to token: ArraySlice<UInt8>, stemsOnly: Bool) -> Entry? {
        if let entry = nearest(to: token, first: token[0], stemsOnly: stemsOnly) { return entry }
        return token[0] == token[1] ? nil : nearest(to: token, first: token[1], stemsOnly: stemsOnly)
    }

    private func nearest(to token: ArraySlice<UInt8>, first: UInt8, stemsOnly: Bool) -> Entry? {
        let limit = token.count >= 9 ? 2 : 1
        let longest = min(Self.longest, token.count + limit)
        for length in max(Self.shortest, token.count - limit)...longest {
            for entry in buckets[Self.key(first, length)] where entry.isStem || !stemsOnly {
                if first != token[0], entry.word[1] != token[0] { continue }
                if EditDistance.isWithin(limit, token, entry.word) { return entry }
            }
        }
        return nil
    }

    private static func key(_ first: UInt8, _ length: Int) -> Int { Int(first - 0x61) * (longest + 1) + length }
}
