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
/// Separators `,` `;` and tab, told by the first line; CRLF, a byte order mark, quotes (RFC 4180, but a line ends where
/// it ends), lines that begin with `#` and empty lines. The first line names the columns where its first field is no
/// time; else they are `value`, or `value_1` and so on. Lines come in the order of time: one that does not is left out.
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
    private var pending: [UInt8] = []
    /// Where the next line begins in `pending`, and up to where no line break follows it.
    private var start = 0
    private var seen = 0
    private var isEnded = false
    private var line = 0
    private var isBegun = false
    private var last: Timestamp?
    private var values: [Double] = []

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
        if isEnded, rowCount == 0 { throw faults.unreadableTimes.count > 0 ? hopeless() : Self.nothing(isBegun) }
        return nil
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
        if isBegun { splitter.split(pending, range) } else { try begin(range) }
        guard !splitter.fields.isEmpty else { return nil }
        guard let at = time.read(pending, splitter.fields[0], after: last) else {
            try noteUnreadable()
            return nil
        }
        if let last, at <= last {
            faults.note(at == last ? \.repeatedTimes : \.earlierTimes, line: self.line)
            return nil
        }
        last = at
        rowCount += 1
        readValues()
        return TrafficTableRow(line: self.line, at: at, time: Array(pending[splitter.fields[0]]), values: values)
    }

    private mutating func readValues() {
        for column in values.indices {
            guard column + 1 < splitter.fields.count else {
                values[column] = .nan
                continue
            }
            switch TableNumber.field(pending, splitter.fields[column + 1]) {
            case .number(let number): values[column] = number
            case .unknown: values[column] = .nan
            case .unreadable:
                values[column] = .nan
                faults.note(\.unreadableValues, line: line)
            }
        }
        if splitter.fields.count != columns.count + 1 { faults.note(\.unevenLines, line: line) }
    }

    private mutating func noteUnreadable() throws(TrafficTableError) {
        faults.note(\.unreadableTimes, line: line)
        if rowCount == 0, faults.unreadableTimes.count >= Self.hopelessLinesMax { throw hopeless() }
    }

    private static func nothing(_ isBegun: Bool) -> TrafficTableError {
        TrafficTableError(
            isBegun ? "there are no samples below the names of the columns" : "there are no samples",
            remedy: "A line is a time and a value in bit/s, such as 2026-03-01T04:00:00Z,94500000.")
    }

    private func hopeless() -> TrafficTableError {
        TrafficTableError(
            "no line begins with a time, the first that does not is line \(faults.unreadableTimes.firstLine)",
            remedy: "Times are seconds or milliseconds since 1970, or ISO 8601 such as 2026-03-01T04:00:00Z.")
    }

    /// Reads the first line: the separator and the names of the columns; leaves no fields where it holds names.
    private mutating func begin(_ range: Range<Int>) throws(TrafficTableError) {
        guard !pending[range].contains(0) else {
            throw TrafficTableError(
                "line \(line) holds octets 0: that is no UTF-8 text",
                remedy: "Convert it, for example with iconv -f UTF-16 -t UTF-8.")
        }
        isBegun = true
        splitter.separator = FieldSplitter.separator(pending, range)
        splitter.split(pending, range)
        let count = splitter.fields.count - 1
        guard count > 0 else {
            throw TrafficTableError(
                "line \(line) has one field", remedy: "A line is a time and a value, separated by ',' ';' or a tab.")
        }
        guard count <= Self.columnsMax else {
            throw TrafficTableError(
                "line \(line) has \(count) columns, at most \(Self.columnsMax) are read", remedy: "Split the table.")
        }
        let isData = time.read(pending, splitter.fields[0], after: nil) != nil
        let names = splitter.fields.dropFirst().map { isData ? "" : splitter.text(pending, $0) }
        columns = ColumnNames.distinct(names)
        values = [Double](repeating: .nan, count: count)
        if !isData { splitter.fields = [] }
    }
}
