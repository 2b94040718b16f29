/// Texts escaped for what is to hold them.
enum MarkupText {
    /// For HTML and XML, in elements and in quoted attributes.
    static func html(_ text: String) -> String {
        replacing(text, keeping: .max) { scalar in
            switch scalar {
            case "&": "&amp;"
            case "<": "&lt;"
            case ">": "&gt;"
            case "\"": "&quot;"
            case "'": "&#39;"
            default: nil
            }
        }
    }

    /// For Slack's mrkdwn: no mention, link or date comes of it; at most so many UTF-16 units, never half an entity.
    static func slack(_ text: String, unitsMax: Int = .max) -> String {
        replacing(text, keeping: unitsMax) { scalar in
            switch scalar {
            case "&": "&amp;"
            case "<": "&lt;"
            case ">": "&gt;"
            default: nil
            }
        }
    }

    /// For a value of a form or a query: everything but unreserved characters (RFC 3986 2.3) percent-encoded.
    static func form(_ text: String) -> String {
        var result = ""
        for octet in text.utf8 {
            switch octet {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E:
                result.unicodeScalars.append(Unicode.Scalar(octet))
            default:
                let digits = String(octet, radix: 16, uppercase: true)
                result += digits.count == 1 ? "%0" + digits : "%" + digits
            }
        }
        return result
    }

    private static func replacing(
        _ text: String, keeping unitsMax: Int, _ entity: (Unicode.Scalar) -> String?
    ) -> String {
        var result = ""
        var units = 0
        for scalar in text.unicodeScalars {
            let piece = entity(scalar) ?? String(scalar)
            units += piece.utf16.count
            // Room is kept for the mark that something is missing.
            if unitsMax != .max, units > unitsMax - 1 { return result + "…" }
            result += piece
        }
        return result
    }
}
