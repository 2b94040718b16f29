/// Text from devices and operators as it may stand in a sentence.
///
/// One line, without invisible characters, of bounded length.
enum LabelText {
    /// The most Unicode scalars of a label that are shown.
    static let limit = 64

    /// A label as it may be shown; `unnamed` where nothing visible is left.
    ///
    /// Markup is left as it is: to escape it is up to whoever writes markup.
    static func shown(_ text: String, limit: Int = limit) -> String {
        var kept = String.UnicodeScalarView()
        var count = 0
        var owesSpace = false
        for scalar in text.unicodeScalars.prefix(16 * limit) {
            guard isVisible(scalar) else {
                owesSpace = count > 0
                continue
            }
            if count + (owesSpace ? 2 : 1) > limit {
                kept.append("…")
                break
            }
            if owesSpace { kept.append(" ") }
            kept.append(scalar)
            count += owesSpace ? 2 : 1
            owesSpace = false
        }
        return kept.isEmpty ? "unnamed" : String(kept)
    }

    private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .surrogate, .privateUse,
            .unassigned:
            false
        default: true
        }
    }
}
