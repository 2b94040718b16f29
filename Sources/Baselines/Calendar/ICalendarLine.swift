/// A content line of an iCalendar file: `DTSTART;VALUE=DATE:20261225` (RFC 5545, section 3.1).
struct ICalendarLine {
    /// Where it begins, 1 for the first line.
    let number: Int
    /// The property's name in capitals.
    let name: String
    /// Its parameters by name in capitals; of several values, as they stand.
    let parameters: [String: String]
    /// What follows the colon; octets that are no UTF-8 are replaced.
    let value: String

    /// An error at this line.
    func refusal(_ reason: String, _ remedy: String) -> CalendarError {
        CalendarError(line: number, property: name, reason: reason, remedy: remedy)
    }

    /// A line from its octets, unfolded.
    init(number: Int, octets: [UInt8]) throws(CalendarError) {
        self.number = number
        guard let end = octets.firstIndex(where: { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ";") }), end > 0,
            octets[..<end].allSatisfy(Self.isNameOctet)
        else { throw Self.noLine(number, octets) }
        name = String(decoding: octets[..<end], as: UTF8.self).uppercased()
        var parameters: [String: String] = [:]
        var place = end
        while place < octets.count, octets[place] == UInt8(ascii: ";") {
            let next = Self.endOfParameter(octets, after: place + 1)
            let part = String(decoding: octets[(place + 1)..<next], as: UTF8.self)
            let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard halves.count == 2 else { throw Self.noLine(number, octets) }
            parameters[halves[0].uppercased()] = String(halves[1].filter { $0 != "\"" })
            place = next
        }
        guard place < octets.count else { throw Self.noLine(number, octets) }
        self.parameters = parameters
        value = String(decoding: octets[(place + 1)...], as: UTF8.self)
    }

    /// Where a parameter ends: at the next `;` or `:` that is not quoted.
    private static func endOfParameter(_ octets: [UInt8], after start: Int) -> Int {
        var isQuoted = false
        for place in start..<octets.count {
            switch octets[place] {
            case UInt8(ascii: "\""): isQuoted.toggle()
            case UInt8(ascii: ";"), UInt8(ascii: ":"): if !isQuoted { return place }
            default: break
            }
        }
        return octets.count
    }

    private static func isNameOctet(_ octet: UInt8) -> Bool {
        switch octet {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
        default: false
        }
    }

    private static func noLine(_ number: Int, _ octets: [UInt8]) -> CalendarError {
        CalendarError(
            line: number, property: CalendarError.clipped(String(decoding: octets.prefix(60), as: UTF8.self)),
            reason: "this is no iCalendar line (NAME:value)",
            remedy: "export the calendar again as an iCalendar (.ics) file")
    }

    /// The lines of a file as octets with their numbers, folded ones put together (RFC 5545, section 3.1).
    ///
    /// Lines end in CRLF or LF; a byte order mark is skipped, and so are empty lines.
    static func unfolded(_ file: [UInt8]) -> [(number: Int, octets: [UInt8])] {
        var lines: [(number: Int, octets: [UInt8])] = []
        var start = file.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        var number = 0
        while start < file.count {
            number += 1
            let end = file[start...].firstIndex(of: UInt8(ascii: "\n")) ?? file.count
            var octets = file[start..<end]
            start = end + 1
            if octets.last == UInt8(ascii: "\r") { octets = octets.dropLast() }
            let isFolded = octets.first == UInt8(ascii: " ") || octets.first == UInt8(ascii: "\t")
            if isFolded, !lines.isEmpty {
                lines[lines.count - 1].octets += octets.dropFirst()
            } else if !octets.isEmpty {
                lines.append((number, Array(octets)))
            }
        }
        return lines
    }
}
