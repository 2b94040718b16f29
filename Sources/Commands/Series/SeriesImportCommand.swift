import ArgumentParser
import Glibc

/// `wardflux series import`.
struct SeriesImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Add readings of a file that 'series export' wrote; again changes nothing.",
        discussion: """
            A reading belongs to the interface of its id, else to the one of its device's and its own name. The file may \
            be of any length; it is added in pieces, and where a line is wrong the pieces before it are kept.
            """)

    @Argument(help: "The file; '-' is standard input.", completion: .file())
    var file: String

    @Option(name: .long, help: "Form of the file; otherwise as its name ends and as it begins.")
    var format: Format?

    @OptionGroup var connection: ConnectionOptions

    /// The forms of a file.
    enum Format: String, ExpressibleByArgument, CaseIterable, Sendable {
        case csv
        case jsonl

        var contentType: String { self == .csv ? "text/csv" : "application/x-ndjson" }
    }

    /// Octets of a piece, about.
    private static let pieceBytes = 4 << 20

    func run() async throws {
        try await connection.withAPI(creating: false) { client in
            var sum = ImportSum()
            let source = try InputPieces(file)
            defer { source.close() }
            var first = try source.next()
            let form = try format ?? Self.guess(name: file, bytes: first)
            if first.starts(with: [0xEF, 0xBB, 0xBF]) { first.removeFirst(3) }
            var pieces = LinePieces(bytesMax: Self.pieceBytes, hasQuotes: form == .csv)
            var importer = PieceImport(client: client, form: form)
            var bytes = first
            while !bytes.isEmpty {
                if let piece = pieces.take(bytes) { try await importer.add(piece, &sum) }
                if let line = pieces.endlessLine { throw Self.endless(file, line, form, sum) }
                bytes = try source.next()
            }
            if let piece = pieces.finish() { try await importer.add(piece, &sum) }
            Console.current.line(sum.text)
            for name in sum.unknown {
                Console.current.errorLine("\(file): not in the inventory: \(TextWidth.safe(name))")
            }
            if sum.isPartial { throw QuietExit(status: .partial) }
        }
    }

    private static func endless(_ file: String, _ line: Int, _ form: Format, _ sum: ImportSum) -> CommandFailure {
        CommandFailure(
            "\(file): line \(line) has no end within \(LinePieces.lineOctetsMax >> 20) MiB",
            details: sum.count("readings") > 0 ? ["before this: \(sum.text)"] : [],
            remedy: form == .csv ? "Is a closing quote missing there?" : "Is that a file of 'series export'?")
    }

    /// The form that a name or the first octets show.
    static func guess(name: String, bytes: [UInt8]) throws(CommandFailure) -> Format {
        if name.hasSuffix(".csv") { return .csv }
        if name.hasSuffix(".jsonl") || name.hasSuffix(".ndjson") { return .jsonl }
        let begin = bytes.drop { [0xEF, 0xBB, 0xBF, 32, 9, 10, 13].contains($0) }
        if begin.starts(with: "interface_if_".utf8) || begin.first == 35 {
            throw CommandFailure(
                "\(name) is Prometheus text, which holds counters alone",
                remedy: "Export as csv or jsonl: those hold all of a reading.", status: .usage)
        }
        return begin.first == 123 ? .jsonl : .csv
    }
}

/// What came of the pieces of a file.
struct ImportSum: Sendable, Hashable {
    private var counts: [String: Int64] = [:]
    /// Interfaces that are not in the inventory, the first of them.
    private(set) var unknown: [String] = []

    private static let names = [
        "readings", "accepted", "repeated", "out_of_order", "out_of_range", "unknown_readings",
    ]

    mutating func add(_ report: JSONValue) {
        for name in Self.names { counts[name, default: 0] += report[name]?.integer ?? 0 }
        let more = (report["unknown_interfaces"]?.items ?? []).compactMap(\.string)
        for name in more where unknown.count < 20 && !unknown.contains(name) { unknown.append(name) }
    }

    func count(_ name: String) -> Int64 { counts[name] ?? 0 }

    /// Whether something was left out.
    var isPartial: Bool { count("out_of_order") + count("out_of_range") + count("unknown_readings") > 0 }

    /// A line for people.
    var text: String {
        var text = "imported \(Units.count(count("readings"), "reading")): \(Units.count(count("accepted"))) added, "
        text += "\(Units.count(count("repeated"))) there already"
        let left = [
            ("out_of_order", "out of order"), ("out_of_range", "out of range"),
            ("unknown_readings", "of unknown interfaces"),
        ]
        for (name, words) in left where count(name) > 0 { text += ", \(Units.count(count(name))) \(words)" }
        return text
    }
}

/// Sends the pieces of a file.
struct PieceImport: Sendable {
    let client: APIClient
    let form: SeriesImportCommand.Format
    private var header: [UInt8] = []

    init(client: APIClient, form: SeriesImportCommand.Format) {
        self.client = client
        self.form = form
    }

    /// Sends a piece; a piece of CSV gets the header line of the first.
    mutating func add(_ piece: LinePieces.Piece, _ sum: inout ImportSum) async throws {
        var piece = piece
        if form == .csv {
            if header.isEmpty {
                header = Array(piece.bytes.prefix { $0 != 10 }) + [10]
            } else {
                piece.bytes = header + piece.bytes
                piece.firstLine -= 1
            }
        }
        let query = [(name: "format", value: form.rawValue), (name: "first_line", value: String(piece.firstLine))]
        do {
            sum.add(
                try await client.send(
                    "POST", Routes.seriesImport, bytes: piece.bytes, contentType: form.contentType, query: query))
        } catch var failure as CommandFailure {
            if sum.count("readings") > 0 {
                failure.details.append("before this: \(sum.text)")
            }
            throw failure
        }
    }
}

/// Reads a file, or standard input, piece by piece.
final class InputPieces: Sendable {
    private static let pieceBytes = 1 << 20
    private let name: String
    private let descriptor: Int32
    private let isOwned: Bool
    /// All of standard input, where it has no descriptor.
    private let whole: OneShot?

    init(_ path: String) throws {
        name = path == "-" ? "standard input" : path
        guard path == "-" else {
            descriptor = open(path, O_RDONLY | O_CLOEXEC)
            isOwned = true
            whole = nil
            guard descriptor >= 0 else {
                throw CommandFailure("cannot read \(path): \(String(cString: strerror(errno)))")
            }
            return
        }
        descriptor = Console.current.inputDescriptor ?? -1
        isOwned = false
        whole = descriptor < 0 ? OneShot(try Console.current.readInput()) : nil
    }

    /// The next octets; none at the end.
    func next() throws(CommandFailure) -> [UInt8] {
        if let whole { return whole.take() }
        var buffer = [UInt8](repeating: 0, count: Self.pieceBytes)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            if count >= 0 { return Array(buffer[..<count]) }
            guard errno == EINTR else {
                throw CommandFailure("cannot read \(name): \(String(cString: strerror(errno)))")
            }
        }
    }

    func close() {
        if isOwned { Glibc.close(descriptor) }
    }
}
