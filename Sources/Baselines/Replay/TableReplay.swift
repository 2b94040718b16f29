import Inventory

/// A table of traffic, replayed piece by piece: octets in, lines out, in memory that does not grow with its length.
public struct TableReplay: Sendable {
    /// Hands on a line and its time as the table writes it.
    public typealias Sink = (ReplayLine, [UInt8]) -> Void

    /// How the table is replayed; its interval is the one in use once rows were judged.
    public private(set) var options: TableReplayOptions
    /// What was wrong so far.
    public private(set) var faults = TableFaults()
    /// Values that were known and believed so far.
    public private(set) var sampleCount = 0
    /// Seconds between rows as most of the first ones are apart; nil before it is known.
    public private(set) var spacingSeconds: Int?

    private var reader: TrafficTableReader
    private var spacing = RowSpacing()
    /// Rows that wait for the interval.
    private var waiting: [TrafficTableRow] = []
    /// A series for each column; nil before its first known value.
    private var runs: [ReplayRun?] = []
    /// For each column the most that its line carries; below 0 for one that is not replayed.
    private var maxima: [Double] = []

    /// A table of which nothing was read.
    public init(_ options: TableReplayOptions) {
        self.options = options
        reader = TrafficTableReader(zone: options.settings.zone)
    }

    /// Names of the columns besides the time; empty until the first line was read.
    public var columns: [String] { reader.columns }

    /// Columns that are replayed and hold words, never a number: names, states, figures with their units.
    public var wordColumns: [String] { replayed(reader.wordColumns) }

    /// Columns that are replayed and whose names tell another unit than bit/s, as which their values are taken.
    public var foreignUnits: [String] { replayed(reader.columns).filter(ColumnUnit.isForeign) }

    private func replayed(_ names: [String]) -> [String] {
        names.filter { options.columns?.contains($0) ?? true }
    }

    /// Takes the next octets.
    ///
    /// Throws where it is no table in the order of time, or its interval is none that is judged.
    public mutating func take(_ octets: [UInt8], _ sink: Sink) throws(TrafficTableError) {
        reader.append(octets)
        try takeRows(sink)
    }

    /// Takes what follows the last line break; throws as `take`, and where the table holds no value that is known.
    public mutating func finish(_ sink: Sink) throws(TrafficTableError) {
        reader.end()
        try takeRows(sink)
        if spacingSeconds == nil { try settleInterval(sink) }
        if sampleCount == 0, options.columns.map({ !$0.isDisjoint(with: columns) }) ?? true { throw noSamples() }
    }

    private func noSamples() -> TrafficTableError {
        let words = faults.unreadableValues
        guard words.count > 0 else {
            return TrafficTableError("no value is known", remedy: "Values are bit/s, such as 94500000.")
        }
        return TrafficTableError(
            "no value is a number, the first is '\(words.firstText)' in line \(words.firstLine)",
            remedy: "Write bit/s as 1234567.8, without units, thousands separators and decimal commas: 1,234 could be "
                + "either.")
    }

    private mutating func takeRows(_ sink: Sink) throws(TrafficTableError) {
        while let row = try reader.next() {
            if spacingSeconds != nil {
                judge(row, sink)
                continue
            }
            spacing.take(row.at)
            if options.guessesInterval { waiting.append(row) } else { judge(row, sink) }
            if spacing.isKnown { try settleInterval(sink) }
        }
        gatherFaults()
        if spacingSeconds == nil { try requireOrder(below: RowSpacing.rowsMax) }
    }

    private mutating func gatherFaults() {
        reader.faults.negativeValues = faults.negativeValues
        reader.faults.absurdValues = faults.absurdValues
        faults = reader.faults
    }

    /// Refuses a table most of whose lines are left out.
    private func requireOrder(below rows: Int) throws(TrafficTableError) {
        if reader.faults.earlierTimes.count > rows { throw Self.newestFirst }
        if reader.faults.repeatedTimes.count > rows { throw Self.sameTimes }
    }

    /// Settles how far rows are apart, and judges those that waited for it.
    private mutating func settleInterval(_ sink: Sink) throws(TrafficTableError) {
        try requireOrder(below: spacing.count)
        let seconds = spacing.seconds ?? options.settings.intervalSeconds
        spacingSeconds = seconds
        guard options.guessesInterval || seconds < 1 else { return }
        guard (10...3600).contains(seconds) else {
            throw TrafficTableError(
                "most rows are \(seconds) s apart; 10 to 3600 s are judged",
                remedy: seconds < 10
                    ? "Is the first field the time, and no number of the row or of days? Else take means of longer "
                        + "times first."
                    : "Use what was measured more often.")
        }
        options.settings.intervalSeconds = seconds
        for row in waiting { judge(row, sink) }
        waiting = []
    }

    private static let newestFirst = TrafficTableError(
        "most rows are earlier than those above them",
        remedy: "Sort them by time, the oldest first, for example with 'sort' or 'tac'.")

    private static let sameTimes = TrafficTableError(
        "most rows have the time of the row above them",
        remedy: "A row is a time and a column for each series; series one below the other are not read.")

    private mutating func judge(_ row: TrafficTableRow, _ sink: Sink) {
        if runs.isEmpty {
            runs = [ReplayRun?](repeating: nil, count: row.values.count)
            maxima = columns.map(options.maximum)
        }
        for column in row.values.indices where maxima[column] >= 0 {
            let value = believed(row.values[column], maximum: maxima[column], line: row.line)
            if runs[column] == nil {
                if value.isNaN && !options.settings.everySample { continue }
                runs[column] = options.run(of: columns[column])
            }
            if let line = runs[column]?.take(at: row.at, value: value) { sink(line, row.time) }
        }
    }

    /// A value that is counted as a sample; NaN where it is none, which is counted as what it is instead.
    private mutating func believed(_ value: Double, maximum: Double, line: Int) -> Double {
        if value >= 0 && value <= maximum {
            sampleCount += 1
            return value
        }
        if !value.isNaN { faults.note(value < 0 ? \.negativeValues : \.absurdValues, line: line) }
        return .nan
    }
}

/// What decides how a table is replayed.
public struct TableReplayOptions: Sendable {
    /// How each series is replayed.
    public var settings: ReplaySettings
    /// Whether the interval is found from the times of the first rows, in place of the settings'.
    public var guessesInterval = false
    /// What lines of the named columns carry, bit/s, in place of the settings' capacity.
    public var capacities: [String: Double] = [:]
    /// The columns that are replayed; all where nil.
    public var columns: Set<String>?

    /// Options around settings.
    public init(settings: ReplaySettings) {
        self.settings = settings
    }

    func run(of column: String) -> ReplayRun {
        var settings = settings
        settings.capacity = capacity(of: column)
        return ReplayRun(series: column, settings: settings)
    }

    /// The most that the line of a column carries; below 0 for a column that is not replayed.
    func maximum(of column: String) -> Double {
        guard columns?.contains(column) ?? true else { return -1 }
        return ReplayRun.valueMaximum(capacity: capacity(of: column))
    }

    private func capacity(of column: String) -> Double? { capacities[column] ?? settings.capacity }
}

/// How far the first rows of a table are apart.
struct RowSpacing: Sendable {
    /// Rows that are looked at.
    static let rowsMax = 100

    private var last: Timestamp?
    private var milliseconds: [Int64] = []

    /// Rows that were taken, the first one aside.
    var count: Int { milliseconds.count }
    /// Whether enough was seen.
    var isKnown: Bool { count >= Self.rowsMax }

    mutating func take(_ at: Timestamp) {
        if let last { milliseconds.append(at.milliseconds - last.milliseconds) }
        last = at
    }

    /// The median distance, whole seconds; nil where there are fewer than two rows.
    var seconds: Int? {
        guard !milliseconds.isEmpty else { return nil }
        let median = milliseconds.sorted()[milliseconds.count / 2]
        return Int((Double(median) / 1000).rounded())
    }
}
