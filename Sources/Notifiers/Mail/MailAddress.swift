/// A mailbox: an address, and a name for people.
struct MailAddress: Sendable, Hashable {
    /// `user@example.org`.
    let address: String
    /// Empty where there is none.
    let name: String

    /// Reads `user@example.org` and `Name <user@example.org>`; errors name the field and the remedy.
    init(_ text: String, field: String) throws(NotifierError) {
        let parts = Self.parts(text)
        guard let parts, Self.isAddress(parts.address) else {
            throw NotifierError(
                "\(field): '\(PlainText.line(text, octetsMax: 120))' is not an address; "
                    + "write user@example.org or Name <user@example.org>", isLasting: true)
        }
        address = parts.address
        name = PlainText.line(parts.name, octetsMax: 200)
    }

    /// What follows the `@`.
    var domain: String { String(address.drop { $0 != "@" }.dropFirst()) }

    /// Whether a server must know SMTPUTF8 (RFC 6531) to take it.
    var needsUTF8: Bool { !address.utf8.allSatisfy { $0 < 0x80 } }

    private static func parts(_ text: String) -> (name: String, address: String)? {
        guard text.hasSuffix(">") else { return ("", text) }
        guard let open = text.lastIndex(of: "<") else { return nil }
        var name = text[..<open].drop { $0 == " " }
        while name.last == " " { name.removeLast() }
        if name.count >= 2, name.first == "\"", name.last == "\"" { name = name.dropFirst().dropLast() }
        return (String(name), String(text[text.index(after: open)...].dropLast()))
    }

    /// Dot-strings of RFC 5321 4.1.2 and their extension by RFC 6531; quoted local parts are not taken.
    private static func isAddress(_ text: String) -> Bool {
        let sides = text.split(separator: "@", omittingEmptySubsequences: false)
        guard sides.count == 2, (1...64).contains(sides[0].utf8.count), (1...255).contains(sides[1].utf8.count) else {
            return false
        }
        let isLocal = sides[0].unicodeScalars.allSatisfy { scalar in
            isLetter(scalar) || "!#$%&'*+-/=?^_`{|}~.".unicodeScalars.contains(scalar)
        }
        let isDomain = sides[1].unicodeScalars.allSatisfy { isLetter($0) || "-.[]:".unicodeScalars.contains($0) }
        return isLocal && isDomain && !sides[0].hasPrefix(".") && !sides[0].hasSuffix(".")
            && !sides[0].contains("..") && !sides[1].hasPrefix(".") && !sides[1].contains("..")
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "0"..."9", "a"..."z", "A"..."Z": true
        default: scalar.value >= 0xA0 && scalar.properties.isAlphabetic
        }
    }
}
