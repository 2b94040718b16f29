import Inventory

/// A file of sealed blocks: readings of one UTC day, or roll-ups of one UTC month.
struct BlockFileName: Hashable, Comparable, Sendable, CustomStringConvertible {
    enum Kind: String, Sendable, CaseIterable {
        case readings
        case rollups
    }

    let kind: Kind
    /// Its first chunk.
    let first: Chunk
    /// The chunk after its last.
    let end: Chunk
    /// `2026-03-01` or `2026-03`.
    private let stem: String

    private init(_ kind: Kind, stem: String, from: CivilTime, to: CivilTime) {
        self.kind = kind
        self.stem = stem
        first = Chunk(containing: Timestamp(seconds: from.secondsSince1970))
        end = Chunk(containing: Timestamp(seconds: to.secondsSince1970))
    }

    /// The file of a day's readings.
    static func readings(_ chunk: Chunk) -> BlockFileName {
        let day = CivilTime(secondsSince1970: chunk.start.seconds)
        let begin = chunk.start.seconds - day.hour * 3600 - day.minute * 60 - day.second
        return BlockFileName(
            .readings, stem: day.isoDate, from: CivilTime(secondsSince1970: begin),
            to: CivilTime(secondsSince1970: begin + 86_400))
    }

    /// The file of a month's roll-ups.
    static func rollups(_ chunk: Chunk) -> BlockFileName {
        let day = CivilTime(secondsSince1970: chunk.start.seconds)
        let begin = chunk.start.seconds - (day.day - 1) * 86_400 - day.hour * 3600 - day.minute * 60 - day.second
        let following = CivilTime(secondsSince1970: begin + 31 * 86_400)
        let end = begin + 31 * 86_400 - (following.day - 1) * 86_400
        return BlockFileName(
            .rollups, stem: String(day.isoDate.prefix(7)), from: CivilTime(secondsSince1970: begin),
            to: CivilTime(secondsSince1970: end))
    }

    /// The file of a kind to which a chunk belongs.
    static func file(_ kind: Kind, of chunk: Chunk) -> BlockFileName {
        kind == .readings ? .readings(chunk) : .rollups(chunk)
    }

    /// Reads a file's name; nil for any other file.
    init?(fileName: String) {
        guard fileName.hasSuffix(".sqlite"), let dash = fileName.firstIndex(of: "-"),
            let kind = Kind(rawValue: String(fileName[..<dash])), fileName.utf8.count <= 26
        else { return nil }
        let stem = fileName[fileName.index(after: dash)...].dropLast(7)
        let parts = stem.split(separator: "-").compactMap { Int64($0) }
        guard parts.count == (kind == .readings ? 3 : 2),
            let day = CivilTime(year: parts[0], month: parts[1], day: kind == .readings ? parts[2] : 1)
        else { return nil }
        let name = Self.file(kind, of: Chunk(containing: Timestamp(seconds: day.secondsSince1970)))
        guard name.description == fileName else { return nil }
        self = name
    }

    /// When all in it has ended.
    var endTime: Timestamp { end.start }

    /// What its blocks are of: each of its days, and each of its chunks.
    var spans: [BlockSpan] {
        let days = (Day(of: first).index..<Day(of: end).index).map { Day(index: $0) }
        return days.flatMap { day in [.day(day)] + day.chunks.map { .chunk($0) } }
    }

    func contains(_ chunk: Chunk) -> Bool {
        first <= chunk && chunk < end
    }

    static func < (left: BlockFileName, right: BlockFileName) -> Bool {
        (left.first, left.kind.rawValue) < (right.first, right.kind.rawValue)
    }

    var description: String { "\(kind.rawValue)-\(stem).sqlite" }
}
