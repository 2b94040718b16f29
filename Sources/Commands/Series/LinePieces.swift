/// Cuts a long text into pieces of whole lines, each with the number of its first line.
///
/// A line of CSV may hold line breaks inside quotes; there it is not cut. Holds about one piece in memory.
struct LinePieces {
    /// Some whole lines.
    struct Piece: Hashable, Sendable {
        var bytes: [UInt8]
        /// Number of the first line, from 1.
        var firstLine: Int
    }

    private let bytesMax: Int
    private let hasQuotes: Bool
    private var pending: [UInt8] = []
    private var firstLine = 1
    private var isQuoted = false
    /// Octets of `pending` that were looked at.
    private var seen = 0
    /// Where the last whole line of `pending` ends, and how many lines end before it.
    private var end = 0
    private var lines = 0
    private var linesSeen = 0

    /// The longest line that is taken; a longer one is no reading, or a quote is missing before it.
    static let lineOctetsMax = 16 << 20

    /// The number of a line that does not end where it should; nil where all is well.
    var endlessLine: Int? { pending.count - end > Self.lineOctetsMax ? firstLine + lines : nil }

    /// Pieces of about this many octets; `hasQuotes` for CSV.
    init(bytesMax: Int, hasQuotes: Bool) {
        self.bytesMax = bytesMax
        self.hasQuotes = hasQuotes
    }

    /// Takes octets, and returns a piece where there is enough for one.
    mutating func take(_ bytes: some Sequence<UInt8>) -> Piece? {
        pending += bytes
        while seen < pending.count {
            let octet = pending[seen]
            seen += 1
            if octet == 34, hasQuotes { isQuoted.toggle() }
            guard octet == 10 else { continue }
            linesSeen += 1
            if !isQuoted {
                end = seen
                lines = linesSeen
            }
        }
        return pending.count >= bytesMax ? cut(end, lines) : nil
    }

    /// The last piece; nil where nothing is left.
    mutating func finish() -> Piece? { cut(pending.count, linesSeen) }

    private mutating func cut(_ end: Int, _ lines: Int) -> Piece? {
        guard end > 0 else { return nil }
        let piece = Piece(bytes: Array(pending[..<end]), firstLine: firstLine)
        pending.removeFirst(end)
        firstLine += lines
        seen -= end
        linesSeen -= lines
        self.end = 0
        self.lines = 0
        return piece
    }
}
