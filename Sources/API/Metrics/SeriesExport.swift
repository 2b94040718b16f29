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

    /// Readings held in memory at a time, about.
    private static let readingsMax = 20_000

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
        while place < rows.count {
            let slice = rows[place..<min(place + sliceSize, rows.count)]
            place += slice.count
            let piece = try await piece(slice)
            if !piece.isEmpty { return piece }
        }
        return nil
    }

    private var header: [UInt8] {
        var writer = CSVWriter()
        writer.line((ReadingForm.labelColumns + ReadingForm.columns).map(Cell.text))
        return writer.bytes
    }

    private func piece(_ slice: ArraySlice<InterfaceRow>) async throws -> [UInt8] {
        let found = Gathered<SeriesRun>()
        let query = SeriesQuery(.ids(slice.map(\.interface.id)), from: range.from, to: range.to)
        _ = try await store.scan(query) { found.add([$0]) }
        let runs = Dictionary(found.all.map { ($0.interface, $0.readings) }, uniquingKeysWith: { $0 + $1 })
        switch format {
        case .jsonl: return jsonLines(slice, runs)
        case .csv: return table(slice, runs)
        case .prometheus: return exposition(slice, runs)
        }
    }

    private func jsonLines(_ slice: ArraySlice<InterfaceRow>, _ runs: [InterfaceID: [CounterReading]]) -> [UInt8] {
        var bytes: [UInt8] = []
        for row in slice {
            let labels = SeriesLabels(row.interface, deviceName: row.deviceName)
            for reading in runs[row.interface.id] ?? [] {
                var writer = JSONWriter(reserving: 800)
                ReadingForm.write(reading, labels: labels, to: &writer)
                bytes += writer.bytes
                bytes.append(10)
            }
        }
        return bytes
    }

    private func table(_ slice: ArraySlice<InterfaceRow>, _ runs: [InterfaceID: [CounterReading]]) -> [UInt8] {
        var writer = CSVWriter()
        for row in slice {
            let labels = SeriesLabels(row.interface, deviceName: row.deviceName)
            for reading in runs[row.interface.id] ?? [] { ReadingForm.write(reading, labels: labels, to: &writer) }
        }
        return writer.bytes
    }

    private func exposition(_ slice: ArraySlice<InterfaceRow>, _ runs: [InterfaceID: [CounterReading]]) -> [UInt8] {
        var bytes: [UInt8] = []
        for row in slice {
            let labels = Exposition.labels(SeriesLabels(row.interface, deviceName: row.deviceName))
            for reading in runs[row.interface.id] ?? [] {
                for kind in CounterKind.allCases { Exposition.write(kind, labels, reading, .prometheus, to: &bytes) }
            }
        }
        return bytes
    }
}
