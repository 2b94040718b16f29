/// Text of devices in files of other programs: untrusted, so that nothing of it can be markup.
enum ExportText {
    /// Longer texts are cut, with an ellipsis.
    static let longest = 400

    /// Escaped for XML 1.0, within an element as within a quoted attribute.
    ///
    /// Characters that XML 1.0 forbids (section 2.2) become U+FFFD; line ends and tabs become spaces.
    static func xml(_ text: String) -> String {
        var escaped = ""
        for scalar in shortened(text) {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.unicodeScalars.append(plain(scalar))
            }
        }
        return escaped
    }

    /// As `xml`, and without characters that turn the direction of what follows, for text that is shown.
    static func shown(_ text: String) -> String {
        var kept = String.UnicodeScalarView()
        for scalar in shortened(text) {
            switch scalar.value {
            case 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: kept.append("\u{FFFD}")
            default: kept.append(scalar)
            }
        }
        return xml(String(kept))
    }

    /// A quoted string of the DOT language, its quotes included.
    ///
    /// Graphviz reads escapes (`\N`) and character entities (`&lt;`) in labels: neither is left in.
    static func dot(_ text: String) -> String {
        var quoted = "\""
        let scalars = shortened(text)
        for (place, scalar) in scalars.enumerated() {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "&" where beginsEntity(scalars[place...]): quoted += "&amp;"
            default: quoted.unicodeScalars.append(plain(scalar))
            }
        }
        return quoted + "\""
    }

    /// A number in few digits, never in exponents.
    static func number(_ value: Double) -> String {
        guard value.isFinite, abs(value) < 1e12 else { return "0" }
        let hundredths = Int64((abs(value) * 100).rounded())
        let (whole, part) = (hundredths / 100, hundredths % 100)
        let digits = part == 0 ? "" : part % 10 == 0 ? ".\(part / 10)" : part < 10 ? ".0\(part)" : ".\(part)"
        return (value < 0 && hundredths != 0 ? "-" : "") + "\(whole)\(digits)"
    }

    private static func shortened(_ text: String) -> [Unicode.Scalar] {
        let scalars = text.unicodeScalars.prefix(longest + 1)
        return scalars.count > longest ? Array(scalars.prefix(longest - 1)) + ["…"] : Array(scalars)
    }

    private static func plain(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D, 0x85, 0x2028, 0x2029: " "
        case 0x00...0x1F, 0x7F...0x9F, 0xFFFE, 0xFFFF: "\u{FFFD}"
        default: scalar.value & 0xFFFE == 0xFFFE ? "\u{FFFD}" : scalar
        }
    }

    private static func beginsEntity(_ scalars: ArraySlice<Unicode.Scalar>) -> Bool {
        let name = scalars.dropFirst().prefix(32).prefix { $0.properties.isAlphabetic || $0.isASCIIDigit || $0 == "#" }
        return !name.isEmpty && name.endIndex < scalars.endIndex && scalars[name.endIndex] == ";"
    }
}

extension Unicode.Scalar {
    fileprivate var isASCIIDigit: Bool { value >= 48 && value <= 57 }
}
