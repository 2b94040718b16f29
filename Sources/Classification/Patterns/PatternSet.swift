import CRE2

/// Bounds of what RE2 may use: a user's pattern can be slow to write but never slow to run.
enum PatternLimits {
    /// Memory of one pattern's program and automaton in bytes.
    static let patternMemory: Int64 = 8 << 20
    /// Memory of a whole set in bytes.
    static let setMemory: Int64 = 256 << 20
    /// Largest program of one pattern in instructions.
    static let programSize: Int32 = 20_000
    /// Longest pattern as written, in bytes.
    static let patternBytes = 2_000
    /// Longest text that is matched, in bytes; what stands beyond it is not read.
    static let textBytes = 1_024
}

/// A pattern RE2 refused, with its words.
struct PatternRefused: Error {
    let reason: String
}

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

/// One pattern, located in a text.
final class Pattern: @unchecked Sendable {
    // Proof for `@unchecked Sendable`: as `PatternSet`; `RE2::Match` const is thread-safe.
    private let pattern: OpaquePointer

    /// Compiles one pattern, or says why not.
    init(_ source: String) throws(PatternRefused) {
        var made: OpaquePointer?
        let refusal = withErrorBuffer { buffer, size in
            made = cre2_pattern_new(source, source.utf8.count, PatternLimits.patternMemory, buffer, size)
            return made != nil
        }
        guard let made else { throw PatternRefused(reason: refusal ?? "out of memory") }
        pattern = made
    }

    deinit { cre2_pattern_free(pattern) }

    /// Size of the compiled program in instructions.
    var programSize: Int32 { cre2_pattern_program_size(pattern) }

    /// The leftmost match at or after `from`, as a half-open range of bytes.
    func find(in text: String, from: Int = 0) -> Range<Int>? {
        var text = text
        return text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { chars in
                var start = 0
                var end = 0
                let length = min(chars.count, PatternLimits.textBytes)
                guard cre2_pattern_find(pattern, chars.baseAddress, length, from, &start, &end) == 1 else { return nil }
                return start..<end
            }
        }
    }

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

/// Runs a C call that may write a message; answers the message where the call says it failed.
private func withErrorBuffer(_ call: (UnsafeMutablePointer<CChar>?, Int) -> Bool) -> String? {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
        buffer.initialize(repeating: 0)
        guard !call(buffer.baseAddress, buffer.count) else { return nil }
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
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
