/// What stands above the rows of a table: what tools say of it, and the names of its columns.
///
/// The names are in the last line of words before the first row, so that titles and figures above them (Cacti) are
/// left out; a line `sep=;` (spreadsheets, Grafana) says what separates fields.
struct TableHead: Sendable {
    /// What a line `sep=` says.
    private(set) var separator: UInt8?
    /// Lines that are no rows.
    private(set) var lineCount = 0
    /// Whether one of them has more than one field.
    private(set) var hasFields = false
    /// The first of them, and that of the names.
    private(set) var (firstLine, namesLine) = (0, 0)

    private var names: [String] = []
    private var latest: [String] = []

    /// Names of a first column that is a number of the row, as data frames and databases write it.
    private static let rowNames: Set<String> = ["", "index", "id", "row", "no", "nr", "#", "level_0", "unnamed: 0"]
    /// Names of columns of times.
    private static let timeNames: Set<String> = [
        "time", "timestamp", "date", "datetime", "date time", "clock", "ts", "ds", "_time", "epoch",
    ]

    /// Takes a line `sep=`; false where it is none.
    mutating func takeSeparator(_ octets: ArraySlice<UInt8>) -> Bool {
        let plain = octets.filter { $0 != 34 }
        guard lineCount == 0, plain.count == 5, plain.starts(with: Array("sep=".utf8)), let mark = plain.last else {
            return false
        }
        separator = mark
        return true
    }

    /// Takes a line that is no row; true where it names the columns, so that those above it are none of the table.
    ///
    /// Numbers and dates among its fields are no names, but for the first line.
    mutating func take(_ fields: [String], hasFigures: Bool, line: Int) -> Bool {
        defer { lineCount += 1 }
        if lineCount == 0 { firstLine = line }
        guard fields.count > 1 else { return false }
        let isFirst = !hasFields
        hasFields = true
        latest = fields
        let isWords = !hasFigures && fields[0] != "" && fields.dropFirst().contains { $0 != "" }
        guard isFirst || isWords else { return false }
        (names, namesLine) = (fields, line)
        return true
    }

    /// The names above a row of some fields, that of the time among them; none where there are no names.
    func names(above count: Int) -> [String] {
        names.count != count && latest.count == count ? latest : names
    }

    /// Whether the names tell that times follow.
    var namesTime: Bool { names.first.map(Self.isTime) ?? false }

    /// The first field of the line of the names.
    var firstName: String { String((names.first ?? "").prefix(40)) }

    /// In which field the times are, told by the first row, whose first field could be one; nil where that is unclear.
    ///
    /// - Parameters:
    ///   - first: the first field as a number; nil where it is none.
    ///   - second: whether the second field is a date.
    ///   - number: the second field as a number; nil where it is none.
    func timeField(names: [String], first: Double?, second: Bool, number: Double?) -> Int? {
        guard let first, first.magnitude < 1e8, names.isEmpty || names.count > 2 else { return 0 }
        let isNamed = names.count > 1 && Self.isTime(names[1]) && (number ?? 0) >= 1e8
        guard second || isNamed else { return 0 }
        let name = names.first ?? ""
        return Self.rowNames.contains(name.lowercased()) ? 1 : nil
    }

    static func isTime(_ name: String) -> Bool { timeNames.contains(name.lowercased()) }
}

/// Units in names of columns.
enum ColumnUnit {
    private static let words = [
        "kbit", "mbit", "gbit", "tbit", "kbps", "mbps", "gbps", "tbps", "kb/s", "mb/s", "gb/s", "kib/s", "mib/s",
        "gib/s", "byte", "kilobyte", "megabyte", "gigabyte", "kilobit", "megabit", "octet", "pps", "packets",
    ]

    /// Whether a name tells another unit than bit/s; what follows a number, such as `10Gbps uplink`, is a line speed.
    static func isForeign(_ name: String) -> Bool {
        let plain = Array(name.lowercased().utf8)
        return words.contains { occurs(Array($0.utf8), in: plain) } || occurs(Array("B/s".utf8), in: Array(name.utf8))
    }

    /// Whether a word begins in a name where neither a letter nor a number of its own stands before it.
    private static func occurs(_ word: [UInt8], in name: [UInt8]) -> Bool {
        guard name.count >= word.count else { return false }
        return (0...name.count - word.count).contains { place in
            guard name[place..<place + word.count].elementsEqual(word) else { return false }
            if place > 0, isLetter(name[place - 1]) { return false }
            return !endsWithNumber(name[..<place])
        }
    }

    /// Whether a text ends with a number that is no part of a name such as `Gi0/1`.
    private static func endsWithNumber(_ text: ArraySlice<UInt8>) -> Bool {
        let plain = text[..<((text.lastIndex { $0 != 32 } ?? text.startIndex - 1) + 1)]
        guard let last = plain.last, last &- 48 <= 9 else { return false }
        let before = plain.last { !($0 &- 48 <= 9 || $0 == 46) }
        return before == nil || before == 32 || before == 40
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (97...122).contains(byte | 32) }
}
