import Inventory
import Series

/// What a scan reads: which interfaces, which chunks, and what of them is in memory.
struct ScanPlan: Sendable {
    /// Ten years.
    private static let leadSecondsMax = 10 * 366 * 86_400

    let query: SeriesQuery
    /// The interfaces, ascending by number.
    let numbers: [UInt32]
    let ids: [InterfaceID?]
    let chunks: ClosedRange<Int64>
    let open: [Chunk: OpenChunk]
    let files: [BlockFileName]

    /// A consistent view of the store; nil where the range is empty.
    init?(_ query: SeriesQuery, kind: BlockFileName.Kind, state: OpenState, files: [BlockFileName]) {
        var query = query
        query.from = max(query.from, Chunk.earliest)
        query.to = min(query.to, Chunk.latest)
        query.leadSeconds = max(0, min(query.leadSeconds, Self.leadSecondsMax))
        guard query.from < query.to else { return nil }
        self.query = query
        ids = state.directory.ids
        switch query.interfaces {
        case .all: numbers = state.directory.all
        case .ids(let ids): numbers = Set(ids.compactMap { state.directory.number(of: $0) }).sorted()
        }
        let lead = kind == .readings ? query.leadSeconds : 0
        let first = Chunk(containing: query.from.advanced(bySeconds: Double(-lead)))
        let last = Chunk(containing: Timestamp(milliseconds: query.to.milliseconds - 1))
        chunks = first.index...max(first.index, last.index)
        open = state.chunks
        let range = chunks
        self.files = files.filter {
            $0.kind == kind && $0.first.index <= range.upperBound && $0.end.index > range.lowerBound
        }
    }

    /// Chunks in a row that are read from the same place.
    enum Stretch: Sendable {
        case memory(Chunk)
        case file(BlockFileName, [Chunk])
    }

    /// The chunks in the order of time, those of one file together.
    var stretches: [Stretch] {
        let inMemory = open.keys.filter { chunks.contains($0.index) }
        var stretches: [(first: Chunk, stretch: Stretch)] = inMemory.map { ($0, .memory($0)) }
        for file in files {
            var row: [Chunk] = []
            let range = max(file.first.index, chunks.lowerBound)...min(file.end.index - 1, chunks.upperBound)
            for chunk in range.lazy.map({ Chunk(index: $0) }) {
                if open[chunk] == nil { row.append(chunk) }
                if let first = row.first, open[chunk] != nil || chunk.index == range.upperBound {
                    stretches.append((first, .file(file, row)))
                    row = []
                }
            }
        }
        return stretches.sorted { $0.first < $1.first }.map(\.stretch)
    }

    /// Interfaces that are read together: their readings stay within some megabytes.
    var sliceCount: Int {
        max(8, min(256, 16_384 / (24 * chunks.count)))
    }
}
