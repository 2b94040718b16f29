import Baselines
import Glibc
import Inventory

/// Series of one's own with labels: `NAME.csv` (`timestamp,value…`) with `NAME.labels.csv` (`series,start,end,kind`).
///
/// A series is a column; times without a zone are UTC; the spacing is the median one, and where no row is, there is no
/// sample. Values of which half are below 10^5 are taken for Mbit/s. The first 28 days, or the first third where that
/// is less, are for learning.
enum LabelledFolder {
    static func series(_ folder: String) throws -> [TrafficSeries] {
        let names = try files(folder).filter { $0.hasSuffix(".csv") && !$0.hasSuffix(".labels.csv") }
        guard !names.isEmpty else { throw DriverError("no NAME.csv in '\(folder)'") }
        return try names.flatMap { name in
            let base = String(name.dropLast(4))
            let table = try columns("\(folder)/\(name)")
            let labels = try labels("\(folder)/\(base).labels.csv")
            let known = Set(table.map(\.name))
            if let stranger = labels.first(where: { !known.contains($0.series) }) {
                throw DriverError("'\(base).labels.csv' names series '\(stranger.series)', which '\(name)' has not")
            }
            return table.compactMap { column in made(column, labels.filter { $0.series == column.name }, base) }
        }
    }

    private struct Column {
        var name: String
        var samples: [(at: Timestamp, value: Double)]
    }

    private struct Label {
        var series: String
        var start: Timestamp
        var end: Timestamp
        var kind: String
    }

    private static func files(_ folder: String) throws -> [String] {
        guard let listing = opendir(folder) else { throw DriverError("'\(folder)' cannot be read") }
        defer { closedir(listing) }
        var names: [String] = []
        while let entry = readdir(listing) {
            names.append(
                withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                    pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                })
        }
        return names.sorted()
    }

    private static func octets(_ path: String) throws -> [UInt8] {
        guard let file = fopen(path, "r") else { throw DriverError("'\(path)' cannot be read") }
        defer { fclose(file) }
        var octets: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&piece, 1, piece.count, file)
            if count == 0 { return octets }
            octets += piece[..<count]
        }
    }

    private static func columns(_ path: String) throws -> [Column] {
        var reader = TrafficTableReader(zone: .utc)
        reader.append(try octets(path))
        reader.end()
        var columns: [Column] = []
        while let row = try reader.next() {
            if columns.isEmpty { columns = reader.columns.map { Column(name: $0, samples: []) } }
            for place in columns.indices { columns[place].samples.append((row.at, row.values[place])) }
        }
        return columns
    }

    private static func labels(_ path: String) throws -> [Label] {
        let text = String(decoding: try octets(path), as: UTF8.self)
        var labels: [Label] = []
        for (number, line) in text.split(whereSeparator: \.isNewline).enumerated() {
            let fields = line.split(separator: ",", omittingEmptySubsequences: false).map { field in
                String(field.drop { $0 == " " })
            }
            if number == 0, fields.first == "series" { continue }
            guard fields.count >= 4, let start = TrafficTableReader.time(fields[1], zone: .utc),
                let end = TrafficTableReader.time(fields[2], zone: .utc)
            else { throw DriverError("'\(path)' line \(number + 1) is not series,start,end,kind: '\(line)'") }
            labels.append(Label(series: fields[0], start: start, end: end, kind: fields[3]))
        }
        return labels
    }

    private static func made(_ column: Column, _ labels: [Label], _ base: String) -> TrafficSeries? {
        let times = column.samples.map(\.at)
        let spacings = zip(times.dropFirst(), times).map { $0.secondsSince($1) }.sorted()
        guard spacings.count > 50, let start = times.first, let end = times.last else { return nil }
        let interval = max(1, Int(spacings[spacings.count / 2].rounded()))
        let index = { (at: Timestamp) in Int((at.secondsSince(start) / Double(interval)).rounded()) }
        var rates = [Double](repeating: .nan, count: index(end) + 1)
        let sorted = column.samples.map(\.value).filter { !$0.isNaN }.sorted()
        guard !sorted.isEmpty else { return nil }
        let unit = sorted[sorted.count / 2] < 1e5 ? 1e6 : 1
        for sample in column.samples where sample.value >= 0 { rates[index(sample.at)] = sample.value * unit }
        var series = TrafficSeries(
            name: "\(base)/\(column.name)", start: start, intervalSeconds: interval, rates: rates, capacity: nil,
            natural: [], clock: SampleClock())
        series.natural = Hindsight.natural(rates, perHour: series.perHour)
        series.testFrom = min(28 * series.perDay, rates.count / 3)
        series.events = labels.compactMap { label in
            let (first, last) = (max(0, index(label.start)), min(rates.count, index(label.end)))
            return first < last ? LabelledEvent(kind: label.kind, range: first..<last) : nil
        }
        return series
    }
}
