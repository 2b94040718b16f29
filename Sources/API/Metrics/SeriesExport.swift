import Inventory
import Listing
import Series

/// Writes readings of many interfaces piece by piece, as its reader asks for them.
actor SeriesExport {
    /// The forms of an export.
    enum Format: String, Sendable, Hashable, CaseIterable {
        case jsonl
        case csv
        case prometheus

        var contentType: String {
            switch self {
            case .jsonl: "application/x-ndjson"
            case .csv: "text/csv; charset=utf-8; header=present"
            case .prometheus: "text/plain; version=0.0.4; charset=utf-8"
            }
        }
    }

    private let store: any SeriesStore
    private let range: TimeRange
    private let format: Format
    private let rows: [InterfaceRow]
    private let sliceSize: Int
    private var place = 0
    private var isBegun = false
    /// What was read and is not written yet.
    private var pending: [(row: InterfaceRow, readings: ArraySlice<CounterReading>)] = []

    /// Readings held in memory at a time, about; those of one interface are read at once.
    private static let readingsMax = 20_000
    /// Readings of a piece at most: a slow reader holds no more text than that.
    private static let pieceSize = 4_096

    init(
        _ store: any SeriesStore, _ range: TimeRange, _ format: Format, rows: [InterfaceRow], intervalSeconds: Int
    ) {
        self.store = store
        self.range = range
        self.format = format
        self.rows = rows
        let each = max(1, Int(range.to.secondsSince(range.from)) / max(1, intervalSeconds))
        sliceSize = max(1, Self.readingsMax / each)
    }

    /// The next piece; nil after the last.
    func next() async throws -> [UInt8]? {
        if !isBegun {
            isBegun = true
            if format == .csv { return header }
        }
        while pending.isEmpty, place < rows.count {
            let slice = rows[place..<min(place + sliceSize, rows.count)]
            place += slice.count
            pending = try await read(slice)
        }
        return pending.isEmpty ? nil : text(take())
    }

    private var header: [UInt8] {
        var writer = CSVWriter()
        writer.line((ReadingForm.labelColumns + ReadingForm.columns).map(Cell.text))
        return writer.bytes
    }

    /// The readings of some interfaces, the last of them first.
    private func read(
        _ slice: ArraySlice<InterfaceRow>
    ) async throws -> [(row: InterfaceRow, readings: ArraySlice<CounterReading>)] {
        let found = Gathered<SeriesRun>()
        let query = SeriesQuery(.ids(slice.map(\.interface.id)), from: range.from, to: range.to)
        _ = try await store.scan(query) { found.add([$0]) }
        let runs = Dictionary(found.all.map { ($0.interface, $0.readings) }, uniquingKeysWith: { first, _ in first })
        return slice.reversed().compactMap { row in runs[row.interface.id].map { (row, $0[...]) } }
    }

    /// As many of the pending readings as a piece has.
    private func take() -> [(row: InterfaceRow, readings: ArraySlice<CounterReading>)] {
        var taken: [(row: InterfaceRow, readings: ArraySlice<CounterReading>)] = []
        var room = Self.pieceSize
        while room > 0, let (row, readings) = pending.popLast() {
            taken.append((row, readings.prefix(room)))
            if readings.count > room { pending.append((row, readings.dropFirst(room))) }
            room -= min(room, readings.count)
        }
        return taken
    }

    private func text(_ taken: [(row: InterfaceRow, readings: ArraySlice<CounterReading>)]) -> [UInt8] {
        var bytes: [UInt8] = []
        var table = CSVWriter()
        for (row, readings) in taken {
            let labels = SeriesLabels(row.interface, deviceName: row.deviceName)
            let rendered = format == .prometheus ? Exposition.labels(labels) : []
            for reading in readings {
                switch format {
                case .csv: ReadingForm.write(reading, labels: labels, to: &table)
                case .jsonl: Self.writeLine(reading, labels, to: &bytes)
                case .prometheus:
                    for kind in CounterKind.allCases {
                        Exposition.write(kind, rendered, reading, .prometheus, to: &bytes)
                    }
                }
            }
        }
        return format == .csv ? table.bytes : bytes
    }

    private static func writeLine(_ reading: CounterReading, _ labels: SeriesLabels, to bytes: inout [UInt8]) {
        var writer = JSONWriter(reserving: 800)
        ReadingForm.write(reading, labels: labels, to: &writer)
        bytes += writer.bytes
        bytes.append(10)
    }
}
