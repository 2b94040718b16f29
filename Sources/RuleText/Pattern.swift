import CRE2

/// Bounds of what RE2 may use: a user's pattern can be slow to write but never slow to run.
package enum PatternLimits {
    /// Memory of one pattern's program and automaton in bytes.
    package static let patternMemory: Int64 = 8 << 20
    /// Memory of a whole set in bytes.
    package static let setMemory: Int64 = 256 << 20
    /// Largest program of one pattern in instructions.
    package static let programSize: Int32 = 20_000
    /// Longest pattern as written, in bytes.
    package static let patternBytes = 2_000
    /// Longest text that is matched, in bytes; what stands beyond it is not read.
    package static let textBytes = 1_024
}

/// A pattern RE2 refused, with its words.
package struct PatternRefused: Error {
    package let reason: String

    package init(reason: String) {
        self.reason = reason
    }
}

/// One pattern, located in a text.
package final class Pattern: @unchecked Sendable {
    // Proof for `@unchecked Sendable`: the pointer is set once in `init` and freed in `deinit`; between
    // them only `RE2::Match` const is called, which RE2 documents as safe from several threads at once.
    private let pattern: OpaquePointer

    /// Compiles one pattern, or says why not.
    package init(_ source: String) throws(PatternRefused) {
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
    package var programSize: Int32 { cre2_pattern_program_size(pattern) }

    /// The leftmost match at or after `from`, as a half-open range of bytes.
    package func find(in text: String, from: Int = 0) -> Range<Int>? {
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
}

/// Runs a C call that may write a message; answers the message where the call says it failed.
package func withErrorBuffer(_ call: (UnsafeMutablePointer<CChar>?, Int) -> Bool) -> String? {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
        buffer.initialize(repeating: 0)
        guard !call(buffer.baseAddress, buffer.count) else { return nil }
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
