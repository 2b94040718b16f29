import CRE2
import RuleText

/// Many patterns found in one pass over a text (RE2::Set).
final class PatternSet: @unchecked Sendable {
    // Proof for `@unchecked Sendable`: the pointer is set once in `init` and freed in `deinit`; between them only
    // `RE2::Set::Match` const is called, which RE2 documents as safe from several threads at once.
    private let set: OpaquePointer
    /// How many patterns the set holds.
    let count: Int

    /// Compiles patterns that each compiled alone.
    init(_ patterns: [String]) throws(PatternRefused) {
        guard let set = cre2_set_new(PatternLimits.setMemory) else {
            throw PatternRefused(reason: "out of memory")
        }
        var refusal: String?
        for pattern in patterns where refusal == nil {
            refusal = withErrorBuffer { buffer, size in
                cre2_set_add(set, pattern, pattern.utf8.count, buffer, size) >= 0
            }
        }
        if refusal == nil, cre2_set_compile(set) == 0 {
            refusal = "the patterns together need more than \(PatternLimits.setMemory >> 20) MiB"
        }
        if let refusal {
            cre2_set_free(set)
            throw PatternRefused(reason: refusal)
        }
        self.set = set
        count = patterns.count
    }

    deinit { cre2_set_free(set) }

    /// Marks the indexes of all patterns found in `text`; false where the automaton ran out of memory.
    func match(_ text: String, into hits: inout PatternHits) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            withUnsafeTemporaryAllocation(of: Int32.self, capacity: count) { found in
                guard let out = found.baseAddress else { return true }
                return bytes.withMemoryRebound(to: CChar.self) { chars in
                    let length = min(chars.count, PatternLimits.textBytes)
                    let number = cre2_set_match(set, chars.baseAddress, length, out, count)
                    guard number >= 0 else { return false }
                    for index in 0..<Int(number) { hits.insert(Int(out[index])) }
                    return true
                }
            }
        }
    }
}

extension Pattern {
    /// The text of the leftmost match, trimmed of the separators that a word's edge takes in.
    func matchedText(in text: String) -> String? {
        guard let range = find(in: text) else { return nil }
        var bytes = Array(text.utf8)[range]
        while let first = bytes.first, bytes.count > 1, Self.isSeparator(first) { bytes.removeFirst() }
        while let last = bytes.last, bytes.count > 1, Self.isSeparator(last) { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Whether a byte is neither letter nor digit, of any script, nor a bracket or number sign.
    private static func isSeparator(_ byte: UInt8) -> Bool {
        let isWord = InterfaceText.isLetter(byte) || (0x30...0x39).contains(byte) || byte >= 0x80
        return !isWord && !"#[]()".utf8.contains(byte)
    }
}

/// Which patterns of a set were found: one bit each.
struct PatternHits: Sendable, Hashable {
    private var words: [UInt64]

    /// Room for `count` patterns, none found.
    init(count: Int) {
        words = [UInt64](repeating: 0, count: (count + 63) / 64)
    }

    /// Marks a pattern as found.
    mutating func insert(_ index: Int) { words[index >> 6] |= 1 << UInt64(index & 63) }

    /// Whether a pattern was found.
    func contains(_ index: Int) -> Bool { words[index >> 6] & (1 << UInt64(index & 63)) != 0 }

    /// Whether any of the patterns was found.
    func containsAny(of indexes: [Int]) -> Bool {
        for index in indexes where contains(index) { return true }
        return false
    }

    /// Whether any pattern of a mask was found.
    func intersects(_ mask: PatternHits) -> Bool {
        for index in words.indices where words[index] & mask.words[index] != 0 { return true }
        return false
    }

    /// Adds what was found elsewhere by the same patterns.
    mutating func formUnion(_ other: PatternHits) {
        for index in words.indices { words[index] |= other.words[index] }
    }

    /// Hands over what was found in rising order.
    func forEach(_ body: (Int) -> Void) {
        for index in words.indices {
            var rest = words[index]
            while rest != 0 {
                body(index << 6 | rest.trailingZeroBitCount)
                rest &= rest - 1
            }
        }
    }

    /// Forgets everything found.
    mutating func removeAll() {
        for index in words.indices { words[index] = 0 }
    }
}
