/// A delimited text (RFC 4180) taken apart.
///
/// Fields may be quoted, then hold delimiters, line breaks and doubled quotes. Lines end with LF, CRLF or CR; a byte
/// order mark is skipped; the delimiter is whichever of comma, semicolon and tab the first line has most of. Lines
/// without any character are left out. White space around unquoted fields is not part of them.
struct DelimitedText {
    /// One field with its place.
    struct Field: Hashable {
        var text: String
        var line: Int
        var column: Int
    }

    /// The delimiter found.
    private(set) var delimiter: Unicode.Scalar = ","
    /// Lines, each with at least one field.
    private(set) var records: [[Field]] = []
    /// What is wrong with the text itself.
    private(set) var problems: [ImportProblem] = []

    private let scalars: [Unicode.Scalar]
    private var position = 0
    private var line = 1
    private var column = 1

    /// Takes a text apart; every input gives a result.
    init(_ octets: [UInt8]) {
        guard let text = String(validating: octets, as: UTF8.self) else {
            scalars = []
            problems = [
                ImportProblem(
                    at: Self.placeOfInvalidOctet(octets), "the file is not UTF-8 text; save it with the encoding UTF-8")
            ]
            return
        }
        let all = Array(text.unicodeScalars)
        scalars = all.first == "\u{FEFF}" ? Array(all.dropFirst()) : all
        delimiter = Self.delimiter(of: scalars)
        while position < scalars.count { readRecord() }
    }

    private static func delimiter(of scalars: [Unicode.Scalar]) -> Unicode.Scalar {
        var counts: [Unicode.Scalar: Int] = [:]
        var isQuoted = false
        for scalar in scalars {
            if scalar == "\"" { isQuoted.toggle() }
            if isQuoted { continue }
            if scalar == "\n" || scalar == "\r" { break }
            counts[scalar, default: 0] += 1
        }
        let candidates: [Unicode.Scalar] = [",", ";", "\t"]
        return candidates.max { counts[$0, default: 0] < counts[$1, default: 0] } ?? ","
    }

    /// Where the first octet stands that is not part of valid UTF-8.
    private static func placeOfInvalidOctet(_ octets: [UInt8]) -> ImportPlace {
        var decoder = UTF8()
        var iterator = octets.makeIterator()
        var place = ImportPlace(line: 1, column: 1)
        while case .scalarValue(let scalar) = decoder.decode(&iterator) {
            if scalar == "\n" { place.line = (place.line ?? 0) + 1 }
            place.column = scalar == "\n" ? 1 : (place.column ?? 0) + 1
        }
        return place
    }

    private mutating func readRecord() {
        var fields: [Field] = []
        while true {
            fields.append(readField())
            guard position < scalars.count, scalars[position] == delimiter else { break }
            advance()
        }
        skipLineBreak()
        if fields.count > 1 || !(fields[0].text.isEmpty) { records.append(fields) }
    }

    private mutating func readField() -> Field {
        while position < scalars.count, scalars[position] == " " { advance() }
        let start = (line, column)
        if position < scalars.count, scalars[position] == "\"" {
            return Field(text: readQuoted(), line: start.0, column: start.1)
        }
        return Field(text: readPlain(), line: start.0, column: start.1)
    }

    private mutating func readPlain() -> String {
        var text = String.UnicodeScalarView()
        while position < scalars.count, scalars[position] != delimiter, !isLineBreak {
            text.append(scalars[position])
            advance()
        }
        while let last = text.last, last.properties.isWhitespace { text.removeLast() }
        return String(text)
    }

    private mutating func readQuoted() -> String {
        let start = ImportPlace(line: line, column: column)
        var text = String.UnicodeScalarView()
        advance()
        while position < scalars.count {
            let scalar = scalars[position]
            advance()
            if scalar != "\"" {
                text.append(scalar)
            } else if position < scalars.count, scalars[position] == "\"" {
                text.append(scalar)
                advance()
            } else {
                checkAfterQuote()
                return String(text)
            }
        }
        problems.append(
            ImportProblem(at: start, "the quotation mark is never closed; close it, or double it inside text"))
        return String(text)
    }

    private mutating func checkAfterQuote() {
        while position < scalars.count, scalars[position] == " " { advance() }
        guard position < scalars.count, scalars[position] != delimiter, !isLineBreak else { return }
        problems.append(
            ImportProblem(
                at: ImportPlace(line: line, column: column),
                "text follows the closing quotation mark; double quotation marks that belong to the text"))
        _ = readPlain()
    }

    private var isLineBreak: Bool { scalars[position] == "\n" || scalars[position] == "\r" }

    private mutating func skipLineBreak() {
        guard position < scalars.count else { return }
        advance()
    }

    /// Goes one scalar on; CRLF counts as one.
    private mutating func advance() {
        let scalar = scalars[position]
        position += 1
        if scalar == "\r", position < scalars.count, scalars[position] == "\n" { position += 1 }
        if scalar == "\n" || scalar == "\r" {
            line += 1
            column = 1
        } else {
            column += 1
        }
    }
}
