/// Texts of devices made harmless for any receiver: no control characters, no changes of direction, bounded.
enum PlainText {
    /// One line: control characters and line breaks become spaces, and what is beyond the octets is cut off with `…`.
    static func line(_ text: String, octetsMax: Int = 1024) -> String {
        clean(text, octetsMax, keeps: { _ in false })
    }

    /// Lines: line breaks (as LF) and tabs stay.
    static func lines(_ text: String, octetsMax: Int = 4096) -> String {
        let unified = text.utf8.contains(0x0D) ? text.replacing("\r\n", with: "\n") : text
        return clean(unified, octetsMax, keeps: { $0 == "\n" || $0 == "\t" })
    }

    /// Cut to so many octets of UTF-8, with `…` where something is missing; never within a character of Unicode.
    static func clipped(_ text: String, octetsMax: Int) -> String {
        guard text.utf8.count > octetsMax else { return text }
        var result = String.UnicodeScalarView()
        var octets = 0
        for scalar in text.unicodeScalars {
            octets += UTF8.width(scalar)
            guard octets <= octetsMax - 3 else { break }
            result.append(scalar)
        }
        return String(result) + "…"
    }

    private static func clean(_ text: String, _ octetsMax: Int, keeps: (Unicode.Scalar) -> Bool) -> String {
        // As nearly all texts are: short, of printable ASCII.
        guard text.utf8.count > octetsMax || text.utf8.contains(where: { $0 < 0x20 || $0 >= 0x7F }) else { return text }
        var result = String.UnicodeScalarView()
        var octets = 0
        for scalar in text.unicodeScalars {
            let kept = isHarmful(scalar) && !keeps(scalar) ? " " : scalar
            octets += UTF8.width(kept)
            result.append(kept)
            // A little more than asked for, so that the cut below sees that something is missing.
            if octets > octetsMax { break }
        }
        return clipped(String(result), octetsMax: octetsMax)
    }

    /// Controls (C0, DEL, C1), separators of lines, and marks that turn the direction of what follows (UAX 9).
    private static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF, 0xFFFE, 0xFFFF: true
        default: false
        }
    }
}
