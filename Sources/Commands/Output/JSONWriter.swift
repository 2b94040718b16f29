/// Writes JSON text (RFC 8259), members in the order they have.
enum JSONWriter {
    /// One line, without spaces.
    static func compact(_ value: JSONValue) -> String {
        var text = ""
        write(value, indent: nil, into: &text)
        return text
    }

    /// Two spaces for each level, no line break at the end.
    static func pretty(_ value: JSONValue) -> String {
        var text = ""
        write(value, indent: 0, into: &text)
        return text
    }

    private static func write(_ value: JSONValue, indent: Int?, into text: inout String) {
        switch value {
        case .null, .bool, .number: text += value == .null ? "null" : value.plainText
        case .string(let string): quote(string, into: &text)
        case .array(let items):
            writeList(items, brackets: ("[", "]"), indent: indent, into: &text) { item, indent, text in
                write(item, indent: indent, into: &text)
            }
        case .object(let members):
            writeList(members, brackets: ("{", "}"), indent: indent, into: &text) { member, indent, text in
                quote(member.name, into: &text)
                text += indent == nil ? ":" : ": "
                write(member.value, indent: indent, into: &text)
            }
        }
    }

    private static func writeList<Element>(
        _ elements: [Element], brackets: (String, String), indent: Int?, into text: inout String,
        element write: (Element, Int?, inout String) -> Void
    ) {
        text += brackets.0
        let inner = indent.map { $0 + 2 }
        for (position, element) in elements.enumerated() {
            if position > 0 { text += "," }
            if let inner { text += "\n" + String(repeating: " ", count: inner) }
            write(element, inner, &text)
        }
        if let indent, !elements.isEmpty { text += "\n" + String(repeating: " ", count: indent) }
        text += brackets.1
    }

    private static func quote(_ string: String, into text: inout String) {
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            default:
                if scalar.value < 0x20 || scalar.value == 0x7F {
                    let digits = String(scalar.value, radix: 16)
                    text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                } else {
                    text.unicodeScalars.append(scalar)
                }
            }
        }
        text += "\""
    }
}
