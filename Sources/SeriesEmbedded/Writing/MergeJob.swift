import Inventory
import Series

/// Readings that are to be merged, in the order of chunk, interface and time, and how far the merging got.
struct MergeJob: Sendable {
    /// One reading's place in the order.
    private struct Key: Sendable {
        var chunk: Int64
        var number: UInt32
        var place: Int32
        var at: Int64

        static func precedes(_ one: Key, _ other: Key) -> Bool {
            if one.chunk != other.chunk { return one.chunk < other.chunk }
            if one.number != other.number { return one.number < other.number }
            return (one.at, one.place) < (other.at, other.place)
        }
    }

    /// The readings of one interface in one chunk, ascending, one of a time.
    struct Piece: Sendable {
        var number: UInt32
        var readings: [CounterReading]
    }

    private let readings: [SeriesReading]
    private var keys: [Key] = []
    private var position = 0
    var outcome = AppendOutcome()
    /// Chunks that are written straight to blocks.
    var direct: Set<Chunk> = []
    /// Files that were written.
    var touched: Set<BlockFileName> = []
    /// By interface: the last reading of the last chunk that was written; the next chunk's first rate begins there.
    var carry: [UInt32: (chunk: Chunk, reading: CounterReading)] = [:]
    /// The chunk to look at next for interfaces whose readings before it changed.
    var following: Chunk?

    /// `numbers` are those of the readings; nil for a reading that is left out.
    init(_ readings: [SeriesReading], numbers: [UInt32?]) {
        self.readings = readings
        keys.reserveCapacity(readings.count)
        for (place, number) in numbers.enumerated() {
            guard let number else { continue }
            let at = readings[place].reading.at
            keys.append(
                Key(chunk: Chunk(containing: at).index, number: number, place: Int32(place), at: at.milliseconds))
        }
        keys.sort(by: Key.precedes)
    }

    /// The chunks in it, ascending.
    var chunks: [Chunk] {
        var chunks: [Chunk] = []
        for key in keys where chunks.last?.index != key.chunk { chunks.append(Chunk(index: key.chunk)) }
        return chunks
    }

    /// The chunk of the next readings; nil where all were handed over.
    var nextChunk: Chunk? {
        position < keys.count ? Chunk(index: keys[position].chunk) : nil
    }

    /// The next interfaces of one chunk.
    mutating func nextPieces(count: Int) -> [Piece] {
        guard let chunk = nextChunk else { return [] }
        var pieces: [Piece] = []
        while position < keys.count, keys[position].chunk == chunk.index {
            let number = keys[position].number
            if pieces.count == count, pieces.last?.number != number { break }
            let reading = readings[Int(keys[position].place)].reading
            position += 1
            if pieces.last?.number != number {
                pieces.append(Piece(number: number, readings: [reading]))
            } else if pieces[pieces.count - 1].readings.last?.at == reading.at {
                pieces[pieces.count - 1].readings[pieces[pieces.count - 1].readings.count - 1] = reading
            } else {
                pieces[pieces.count - 1].readings.append(reading)
            }
        }
        return pieces
    }
}
