/// Several values in one parameter of a query, separated by commas.
public enum CommaList {
    /// The values; `\,` is a comma and `\\` a backslash inside a value.
    public static func split(_ value: String) -> [String] {
        var parts: [String] = []
        var part = ""
        var isEscaped = false
        for character in value.unicodeScalars {
            if isEscaped {
                if character != "," && character != "\\" { part.unicodeScalars.append("\\") }
                part.unicodeScalars.append(character)
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else if character == "," {
                parts.append(part)
                part = ""
            } else {
                part.unicodeScalars.append(character)
            }
        }
        return parts + [isEscaped ? part + "\\" : part]
    }
}
