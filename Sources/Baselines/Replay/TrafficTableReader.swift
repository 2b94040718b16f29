public import Inventory

/// One line of a table of traffic.
public struct TrafficTableRow: Sendable {
    /// Its number, from 1.
    public var line: Int
    /// Its time.
    public var at: Timestamp
    /// Its time as the table writes it.
    public var time: [UInt8]
    /// A value for each column, as the table says it, also where no line carries as much; NaN where it is not known.
    public var values: [Double]
}

/// Reads a table of traffic, `timestamp,value,…`, piece by piece in constant memory.
///
/// Separators `,` `;` and tab, told by the first row or a line `sep=;`; CRLF, a byte order mark, quotes (RFC 4180, but
/// a line ends where it ends), lines that begin with `#` and empty lines. The last line of words above the first row
/// names the columns, those above it are left out; without one they are `value`, or `value_1` and so on. A first column
/// that numbers the rows is left out. Lines come in the order of time: one that does not is left out.
public struct TrafficTableReader: Sendable {
    /// Names of the columns besides the time, no two the same; empty until the first line was read.
    public private(set) var columns: [String] = []
    /// What was wrong so far.
    public internal(set) var faults = TableFaults()
    /// Lines that were read as rows.
    public private(set) var rowCount = 0

    /// The longest line that is read, octets.
    public static let lineOctetsMax = 1 << 20
    /// The most columns that are read.
    public static let columnsMax = 4096
    /// Lines without a time, before any that has one, after which reading ends.
    private static let hopelessLinesMax = 100

    private var time: TableTime
    private var splitter = FieldSplitter()
    private var head = TableHead()
    /// In which field the times are.
    private var timeField = 0
    /// In which field of the first line without a time in the first there is one, from 0; nil for none.
    private var strayTime: Int?
    private var pending: [UInt8] = []
    /// Where the next line begins in `pending`, and up to where no line break follows it.
    private var start = 0
    private var seen = 0
    private var isEnded = false
    private var line = 0
    private var last: Timestamp?
    private var values: [Double] = []
    /// For each column whether it has a number, and whether it has what is none.
    private var (hasNumbers, hasWords): ([Bool], [Bool]) = ([], [])

    /// A reader whose times without a zone are local ones of this.
    public init(zone: ZoneRules) {
        time = TableTime(zone: zone)
    }

    /// A time as such tables write it, local time of a zone where it names none; nil where it is none.
    public static func time(_ text: String, zone: ZoneRules) -> Timestamp? {
        var time = TableTime(zone: zone)
        let octets = Array(text.utf8)
        return time.read(octets, octets.indices, after: nil)
    }

    /// Takes the next octets.
    public mutating func append(_ octets: [UInt8]) {
        if start == pending.count {
            pending = octets
        } else {
            pending.removeFirst(start)
            pending += octets
        }
        seen -= start
        start = 0
    }

    /// Says that nothing follows: what stands after the last line break is a line.
    public mutating func end() { isEnded = true }

    /// The next row that is whole; nil where there is none before more octets come, and none any more after the end.
    ///
    /// Throws where it is no table: octets that are no text, a line without an end, one column alone, no times.
    public mutating func next() throws(TrafficTableError) -> TrafficTableRow? {
        while let range = nextLine() {
            if let row = try row(of: range) { return row }
        }
        if seen - start > Self.lineOctetsMax {
            throw TrafficTableError(
                "line \(line + 1) has no end within \(Self.lineOctetsMax >> 20) MiB",
                remedy: "Is that a table of measurements?")
        }
        if isEnded, rowCount == 0 { throw noRows() }
        return nil
    }

    /// Columns that hold words and never a number so far.
    public var wordColumns: [String] {
        columns.indices.filter { $0 < hasWords.count && hasWords[$0] && !hasNumbers[$0] }.map { columns[$0] }
    }

    /// Where the next line is, without its line break.
    private mutating func nextLine() -> Range<Int>? {
        while seen < pending.count, pending[seen] != 10 { seen += 1 }
        guard seen < pending.count || (isEnded && start < seen) else { return nil }
        let range = start..<seen
        seen = min(seen + 1, pending.count)
        start = seen
        line += 1
        return range
    }

    private mutating func row(of line: Range<Int>) throws(TrafficTableError) -> TrafficTableRow? {
        var range = line
        if self.line == 1, pending[range].starts(with: [0xEF, 0xBB, 0xBF]) { range = range.dropFirst(3) }
        while let end = range.last, pending[end] == 13 || pending[end] == 32 { range = range.dropLast() }
        guard let first = range.first, pending[first] != 35 else { return nil }
        if rowCount > 0 {
            splitter.split(pending, range)
        } else {
            guard try isFirstRow(range) else { return nil }
        }
        guard splitter.fields.count > timeField, let at = time.read(pending, splitter.fields[timeField], after: last)
        else {
            noteUnreadable()
            return nil
        }
        if let last, at <= last {
            faults.note(at == last ? \.repeatedTimes : \.earlierTimes, line: self.line)
            return nil
        }
        last = at
        rowCount += 1
        readValues()
        let octets = Array(pending[splitter.fields[timeField]])
        return TrafficTableRow(line: self.line, at: at, time: octets, values: values)
    }

    private mutating func readValues() {
        for column in values.indices {
            let place = column + timeField + 1
            guard place < splitter.fields.count else {
                values[column] = .nan
                continue
            }
            switch TableNumber.field(pending, splitter.fields[place]) {
            case .number(let number):
                values[column] = number
                hasNumbers[column] = true
            case .unknown: values[column] = .nan
            case .unreadable:
                values[column] = .nan
                hasWords[column] = true
                faults.note(\.unreadableValues, line: line, text: splitter.text(pending, splitter.fields[place]))
            }
        }
        if splitter.fields.count != columns.count + timeField + 1 { faults.note(\.unevenLines, line: line) }
    }

    private mutating func noteUnreadable() {
        let first = splitter.fields.first.map { splitter.text(pending, $0) } ?? ""
        faults.note(\.unreadableTimes, line: line, text: first)
    }
}

// What stands above the rows.
extension TrafficTableReader {
    /// Looks at a line above which there is no row: whether it is the first one, else it is taken as what it is.
    private mutating func isFirstRow(_ range: Range<Int>) throws(TrafficTableError) -> Bool {
        try requireText(range)
        if head.takeSeparator(pending[range]) { return false }
        split(range)
        guard splitter.fields.count <= Self.columnsMax + 1 else {
            throw TrafficTableError(
                "line \(line) has \(splitter.fields.count - 1) columns, at most \(Self.columnsMax) are read",
                remedy: "Split the table.")
        }
        if splitter.fields.count > 1, time.read(pending, splitter.fields[0], after: nil) != nil, begin() { return true }
        let numbers = splitter.fields.dropFirst().map { TableNumber.field(pending, $0) }
        let hasNumbers = numbers.contains { if case .number = $0 { true } else { false } }
        let fields = splitter.fields.map { splitter.text(pending, $0) }
        let stray = placeOfTime(fields)
        if head.take(fields, hasFigures: hasNumbers || stray != nil, line: line) {
            faults.unreadableTimes = TableFaults.Count()
            strayTime = nil
        } else {
            if faults.unreadableTimes.count == 0 { strayTime = stray }
            noteUnreadable()
        }
        if head.lineCount >= Self.hopelessLinesMax { throw noRows() }
        return false
    }

    /// Cuts a line into fields: by what the table says, as the line above it where that gives as many, else by what it
    /// holds.
    private mutating func split(_ range: Range<Int>) {
        if let separator = head.separator {
            splitter.separator = separator
        } else if head.hasFields {
            let count = splitter.fields.count
            splitter.split(pending, range)
            if splitter.fields.count == count, count > 1 { return }
            splitter.separator = FieldSplitter.separator(pending, range)
        } else {
            splitter.separator = FieldSplitter.separator(pending, range)
        }
        splitter.split(pending, range)
    }

    private func requireText(_ range: Range<Int>) throws(TrafficTableError) {
        let remedy = "Convert it, for example with iconv -f UTF-16 -t UTF-8."
        if line == 1, pending[range].starts(with: [0xFF, 0xFE]) || pending[range].starts(with: [0xFE, 0xFF]) {
            throw TrafficTableError("the text is UTF-16", remedy: remedy)
        }
        if pending[range].contains(0) {
            throw TrafficTableError("line \(line) holds octets 0: that is no UTF-8 text", remedy: remedy)
        }
        if pending[range].contains(13) {
            throw TrafficTableError(
                "lines end with CR alone", remedy: "Convert them, for example with tr '\\r' '\\n'.")
        }
    }

    /// Settles where times are and what the columns are called, by the first row; false where its first field is
    /// something else that could be a time.
    private mutating func begin() -> Bool {
        let count = splitter.fields.count
        let names = head.names(above: count)
        let numbers = splitter.fields.prefix(2).map { TableNumber.number(pending, $0) }
        let isDate = TableTime.isDate(pending, splitter.fields[1])
        let place = count > 2 ? head.timeField(names: names, first: numbers[0], second: isDate, number: numbers[1]) : 0
        guard let place else { return false }
        timeField = place
        if !head.hasFields { faults.unreadableTimes = TableFaults.Count() }
        let own = names.isEmpty ? [String](repeating: "", count: count) : names
        columns = ColumnNames.distinct(Array(own.dropFirst(place + 1)))
        values = [Double](repeating: .nan, count: columns.count)
        hasNumbers = [Bool](repeating: false, count: columns.count)
        hasWords = hasNumbers
        return true
    }

    /// The field after the first in which a line has its time; nil where none is one.
    private func placeOfTime(_ fields: [String]) -> Int? {
        let names = head.names(above: fields.count)
        return splitter.fields.indices.dropFirst().first { place in
            let field = splitter.fields[place]
            if TableTime.isDate(pending, field) { return true }
            let number = field.isEmpty ? nil : TableNumber.number(pending, field)
            return place < names.count && TableHead.isTime(names[place]) && (number ?? 0) >= 1e8
        }
    }

    /// Why there are no rows.
    private func noRows() -> TrafficTableError {
        let example = "A line is a time and a value in bit/s, such as 2026-03-01T04:00:00Z,94500000."
        guard head.lineCount > 0 else { return TrafficTableError("there are no samples", remedy: example) }
        guard head.hasFields else {
            return TrafficTableError(
                "line \(head.firstLine) has one field",
                remedy: "A line is a time and a value, separated by ',' ';' or a tab.")
        }
        let fault = faults.unreadableTimes
        if fault.count == 0, head.lineCount == 1 || head.namesTime {
            return TrafficTableError("there are no samples below the names of the columns", remedy: example)
        }
        if let strayTime {
            return TrafficTableError(
                "no line begins with a time; the time of line \(fault.firstLine) is its field \(strayTime + 1)",
                remedy: "Put the time first and a column for each series after it; series one below the other are not "
                    + "read.")
        }
        let (line, text) = fault.count > 0 ? (fault.firstLine, fault.firstText) : (head.namesLine, head.firstName)
        return TrafficTableError(
            "no line begins with a time, line \(line) begins with '\(text)'",
            remedy: "Times are seconds or milliseconds since 1970, ISO 8601 such as 2026-03-01T04:00:00Z, "
                + "20260301040000 or 01.03.2026 04:00; in 3/1/2026 day and month could be either.")
    }
}
