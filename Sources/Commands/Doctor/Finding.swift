/// One thing the doctor looked at, and what it found.
struct Finding: Hashable, Sendable {
    /// How bad it is, the best first.
    enum Verdict: String, CaseIterable, Sendable, Comparable {
        /// As it should be.
        case good = "ok"
        /// Worth knowing; nothing is broken.
        case note
        /// It works, but not for long or not well.
        case warning
        /// It does not work.
        case failed

        static func < (left: Verdict, right: Verdict) -> Bool {
            allCases.firstIndex(of: left) ?? 0 < allCases.firstIndex(of: right) ?? 0
        }
    }

    /// How bad it is.
    var verdict: Verdict
    /// What was looked at: `clock`, `devices`.
    var check: String
    /// What was found, in a sentence without a full stop.
    var text: String
    /// What to do, a line each.
    var remedies: [String] = []

    static func good(_ check: String, _ text: String) -> Finding {
        Finding(verdict: .good, check: check, text: text)
    }

    static func note(_ check: String, _ text: String, _ remedies: String...) -> Finding {
        Finding(verdict: .note, check: check, text: text, remedies: remedies)
    }

    static func warning(_ check: String, _ text: String, _ remedies: String...) -> Finding {
        Finding(verdict: .warning, check: check, text: text, remedies: remedies)
    }

    static func failed(_ check: String, _ text: String, _ remedies: String...) -> Finding {
        Finding(verdict: .failed, check: check, text: text, remedies: remedies)
    }

    /// `failed   devices    2 of 876 do not answer`, and its remedies below.
    var lines: [String] {
        let head = Self.padded(verdict.rawValue, 9) + Self.padded(check, 12) + TextWidth.safe(text)
        return [head] + remedies.map { String(repeating: " ", count: 21) + TextWidth.safe($0) }
    }

    /// The same for programs.
    var json: JSONValue {
        [
            "verdict": .string(verdict.rawValue), "check": .string(check), "text": .string(text),
            "remedies": .array(remedies.map { .string($0) }),
        ]
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(1, width - text.count))
    }
}
