import RuleText

/// A text of an interface as the rules read it.
///
/// `forms[0]` is always plain ASCII: Georgian, Cyrillic and accented letters are written in Latin, so that word edges
/// mean the same in every script (RE2's `\b` and `\w` know ASCII only). Further forms are the text as it stands, where
/// that differs, and variants that join spaced letters (`S I L K N E T`) or part joined words (`MagtiUplink`).
struct InterfaceText: Sendable, Hashable {
    /// The text with control characters and surrounding white space removed.
    let shown: String
    /// What is matched.
    var forms: [String]

    /// Reads a text.
    ///
    /// `partsWords` looks for joined words too: right for an alias, wrong for `GigabitEthernet0/1`.
    init(_ raw: String, partsWords: Bool) {
        shown = Self.cleaned(raw)
        guard !shown.isEmpty else {
            forms = []
            return
        }
        let plain = Self.transliterated(shown)
        forms = plain == shown ? [shown] : [plain, shown]
        if let joined = Self.joiningSpacedLetters(plain) { forms.append(joined) }
        if partsWords, let parted = Self.partingJoinedWords(plain) { forms.append(parted) }
    }

    /// Whether nothing is written.
    var isEmpty: Bool { shown.isEmpty }

    static func cleaned(_ raw: String) -> String {
        let bytes = raw.utf8
        guard let first = bytes.first, let last = bytes.last else { return "" }
        let isPlain = first > 0x20 && last > 0x20 && bytes.count <= PatternLimits.textBytes
        if isPlain, raw.hasOnlyBytes(in: 0x20...0x7e) { return raw }
        var text = ""
        for scalar in raw.unicodeScalars {
            if text.utf8.count >= PatternLimits.textBytes - 4 { break }
            let isControl = scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value) || scalar.value == 0xfffd
            text.unicodeScalars.append(isControl ? " " : scalar)
        }
        return trimmed(text)
    }

    static func trimmed(_ text: String) -> String {
        guard let start = text.firstIndex(where: { $0 != " " }) else { return "" }
        let end = text.lastIndex { $0 != " " } ?? start
        return String(text[start...end])
    }

    /// The text in Latin letters; letters we do not know stay and count as separators.
    static func transliterated(_ text: String) -> String {
        if text.hasOnlyBytes(in: 0...0x7f) { return text }
        var plain = ""
        for scalar in text.unicodeScalars {
            if let reading = Transliteration.reading(of: scalar) {
                plain += reading
            } else {
                plain.unicodeScalars.append(scalar)
            }
        }
        return plain
    }

    /// `S I L K N E T fiber` as `SILKNET fiber`; `nil` where no four letters stand apart.
    static func joiningSpacedLetters(_ text: String) -> String? {
        var text = text
        return text.withUTF8 { bytes in
            guard bytes.count >= 7 else { return nil }
            var out: [UInt8] = []
            var copied = 0
            var index = 0
            while index < bytes.count {
                let run = spacedRun(bytes, from: index)
                guard run >= 4 else {
                    index += 1
                    continue
                }
                out += bytes[copied..<index]
                for step in 0..<run { out.append(bytes[index + 2 * step]) }
                index += 2 * run - 1
                copied = index
            }
            guard copied > 0 else { return nil }
            return String(decoding: out + bytes[copied...], as: UTF8.self)
        }
    }

    /// How many single letters with one separator between each stand from `from` on.
    private static func spacedRun(_ bytes: UnsafeBufferPointer<UInt8>, from: Int) -> Int {
        guard isLetter(bytes[from]), from == 0 || !isLetter(bytes[from - 1]) else { return 0 }
        var run = 0
        var index = from
        while index < bytes.count, isLetter(bytes[index]) {
            let endsHere = index + 1 == bytes.count
            guard endsHere || !isLetter(bytes[index + 1]) else { return run }
            run += 1
            if endsHere || !(bytes[index + 1] == 0x20 || bytes[index + 1] == 0x2e) { return run }
            index += 2
        }
        return run
    }

    /// `MagtiUplink` as `Magti Uplink`; `nil` where no word of three small letters meets a capital.
    static func partingJoinedWords(_ text: String) -> String? {
        var text = text
        return text.withUTF8 { bytes in
            var out: [UInt8] = []
            var copied = 0
            var smallLetters = 0
            for index in bytes.indices {
                let byte = bytes[index]
                if (0x41...0x5a).contains(byte), smallLetters >= 2 {
                    out += bytes[copied..<index]
                    out.append(0x20)
                    copied = index
                }
                smallLetters = (0x61...0x7a).contains(byte) ? smallLetters + 1 : 0
            }
            guard copied > 0 else { return nil }
            return String(decoding: out + bytes[copied...], as: UTF8.self)
        }
    }

    static func isLetter(_ byte: UInt8) -> Bool {
        (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
    }
}

extension String {
    /// Whether every byte of the text is in a range.
    func hasOnlyBytes(in range: ClosedRange<UInt8>) -> Bool {
        let known = utf8.withContiguousStorageIfAvailable { bytes in
            var isIn = true
            for byte in bytes { isIn = isIn && byte >= range.lowerBound && byte <= range.upperBound }
            return isIn
        }
        return known ?? utf8.allSatisfy(range.contains)
    }
}
