import FoundationEssentials
import Inventory

/// Headers of a mail (RFC 5322): folded, ASCII but for addresses that are not, and never more than one header each.
enum MailHeader {
    private static let lineMax = 76

    /// `Name: value`, folded at spaces, without the final line break.
    static func folded(_ name: String, _ words: [String]) -> String {
        var result = name + ":"
        var length = result.utf8.count
        for word in words {
            if length + 1 + word.utf8.count > lineMax, length > name.utf8.count + 1 {
                result += "\r\n"
                length = 0
            }
            result += " " + word
            length += 1 + word.utf8.count
        }
        return result
    }

    /// Free text: plain words where it is ASCII, else encoded words (RFC 2047).
    static func text(_ name: String, _ text: String) -> String {
        let line = PlainText.line(text, octetsMax: 500)
        let words = line.split(separator: " ").map(String.init)
        let isPlain = words.allSatisfy { word in
            word.utf8.count <= 60 && !word.contains("=?") && word.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
        }
        return folded(name, isPlain ? words : encodedWords(line))
    }

    /// Addresses with their names.
    static func addresses(_ name: String, _ addresses: [MailAddress]) -> String {
        var words: [String] = []
        for (index, address) in addresses.enumerated() {
            let comma = index + 1 < addresses.count ? "," : ""
            words += phrase(address.name)
            words.append("<\(address.address)>\(comma)")
        }
        return folded(name, words)
    }

    /// A date (RFC 5322 3.3), in UTC.
    static func date(_ time: Timestamp) -> String {
        let civil = CivilTime(secondsSince1970: time.seconds)
        let day = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][civil.dayOfWeek]
        let month = RetryAfter.months[Int(civil.month) - 1]
        return "Date: \(day), \(civil.day) \(month) \(civil.isoDate.prefix(4)) \(civil.isoTime) +0000"
    }

    /// A display name: a quoted text, or encoded words.
    private static func phrase(_ name: String) -> [String] {
        guard !name.isEmpty else { return [] }
        guard name.utf8.count <= 60, name.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }), !name.contains("=?") else {
            return encodedWords(name)
        }
        let quoted = name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return ["\"\(quoted)\""]
    }

    /// `=?UTF-8?B?…?=`, each at most 75 characters and of whole characters of Unicode (RFC 2047 2, 5).
    private static func encodedWords(_ text: String) -> [String] {
        var words: [String] = []
        var piece: [UInt8] = []
        func finish() {
            if !piece.isEmpty { words.append("=?UTF-8?B?\(Data(piece).base64EncodedString())?=") }
            piece = []
        }
        for scalar in text.unicodeScalars {
            let octets = Array(String(scalar).utf8)
            if piece.count + octets.count > 42 { finish() }
            piece += octets
        }
        finish()
        return words
    }
}
