import Inventory
import Series

/// Puts the samples of many series together again as readings of interfaces.
struct ReadingAssembly {
    private struct Piece {
        var column: Int
        var values: [UInt64?]
        var times: [Int64]
    }

    private var pieces: [InterfaceID: [Piece]] = [:]
    private var rest: [UInt8] = []
    /// Lines that could not be read.
    private(set) var damagedLines = 0

    /// The interfaces that came.
    var interfaces: [InterfaceID] { pieces.keys.sorted() }

    /// Takes the next piece of an export, which ends anywhere.
    mutating func add(_ octets: ArraySlice<UInt8>) {
        rest += octets
        var start = rest.startIndex
        while let end = rest[start...].firstIndex(of: UInt8(ascii: "\n")) {
            take(rest[start..<end])
            start = end + 1
        }
        rest.removeSubrange(..<start)
    }

    /// The export is over.
    mutating func finish() {
        take(rest[...])
        rest = []
    }

    private mutating func take(_ line: ArraySlice<UInt8>) {
        guard !line.isEmpty else { return }
        guard let line = ExportLine(line), let interface = line.interface else {
            damagedLines += 1
            return
        }
        pieces[interface, default: []].append(Piece(column: line.column, values: line.values, times: line.times))
    }

    /// The readings of an interface, ascending; `kept` are those of the outbox, which are exact and stand before others.
    func readings(of interface: InterfaceID, kept: [CounterReading]) -> [CounterReading] {
        let pieces = pieces[interface] ?? []
        let times = Set(pieces.lazy.flatMap(\.times)).union(kept.map(\.at.milliseconds)).sorted()
        var readings = times.map { CounterReading(at: Timestamp(milliseconds: $0)) }
        for piece in pieces {
            var position = 0
            for (index, time) in piece.times.enumerated() {
                while position < times.count, times[position] < time { position += 1 }
                // Lines of one series follow each other by time, but need not: look again from the start.
                if position == times.count || times[position] > time { position = Self.find(time, times) }
                if let value = piece.values[index] { SeriesColumn.set(piece.column, value, in: &readings[position]) }
            }
        }
        for reading in kept { readings[Self.find(reading.at.milliseconds, times)] = reading }
        return readings
    }

    private static func find(_ time: Int64, _ times: [Int64]) -> Int {
        var (low, high) = (0, times.count)
        while low < high {
            let middle = (low + high) / 2
            if times[middle] < time { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
