import Inventory
import Listing

/// What is wrong with a file: the first errors, and how many there are.
struct FileErrors {
    private(set) var first: [ProblemError] = []
    private(set) var count = 0

    /// Adds errors; beyond those that an answer lists they are only counted.
    mutating func add(_ errors: [ProblemError]) {
        count += errors.count
        first += errors.prefix(max(0, Problem.errorsMax - first.count))
    }

    mutating func add(_ line: Int, _ field: String, _ detail: String, column: Int? = nil) {
        add([ProblemError(field: field, value: nil, detail: detail, line: line, column: column)])
    }
}

/// The lines of a file of readings, as texts by name: CSV, or JSON lines.
enum ReadingFile {
    /// One line that could be taken apart.
    struct Line {
        var number: Int
        var texts: [String: String]
    }

    /// What takes the lines, one after the other, so that they are never all in memory.
    typealias Take = (Line, inout FileErrors) -> Void

    /// Octets of a line at most; a reading has about a thousand.
    static let lineOctetsMax = 65_536
    static let tooLong = "the line is longer than \(lineOctetsMax) octets, which no reading is"

    /// The lines of CSV under a header line; `first` is the number of the first line.
    static func csv(_ octets: [UInt8], first: Int, _ errors: inout FileErrors, _ take: Take) {
        var table = OctetTable(octets, line: first)
        defer { if let fault = table.fault { errors.add(fault.line, "body", fault.detail) } }
        guard let header = table.next() else {
            if table.fault == nil { errors.add(first, "body", "there is no header line") }
            return
        }
        check(header, &errors)
        guard errors.count == 0 else { return }
        while let record = table.next() {
            guard record.fields.count == header.fields.count else {
                let detail = "the line has \(record.fields.count) fields and the header \(header.fields.count)"
                errors.add(record.line, "body", detail)
                continue
            }
            let pairs = zip(header.fields, record.fields).filter { !$1.isEmpty }
            take(
                Line(number: record.line, texts: Dictionary(pairs, uniquingKeysWith: { _, last in last })), &errors)
        }
    }

    private static func check(_ header: (line: Int, fields: [String]), _ errors: inout FileErrors) {
        let known = Set(ReadingForm.labelColumns + ReadingForm.columns)
        for name in header.fields where !known.contains(name) {
            let hint = NearestName.of(name, among: Array(known).sorted()).map { "; did you mean '\($0)'?" } ?? ""
            errors.add(header.line, name, "there is no such column\(hint)")
        }
        for name in ["interface_id", "at"] where !header.fields.contains(name) {
            errors.add(header.line, name, "the column is missing")
        }
    }

    /// Lines of JSON objects; `first` is the number of the first line.
    static func jsonLines(_ octets: [UInt8], first: Int, _ errors: inout FileErrors, _ take: Take) {
        var number = first - 1
        var start = 0
        while start < octets.count {
            let end = octets[start...].firstIndex(of: 10) ?? octets.count
            let piece = octets[start..<end]
            start = end + 1
            number += 1
            guard piece.contains(where: { $0 != 32 && $0 != 13 && $0 != 9 }) else { continue }
            guard piece.count <= lineOctetsMax else {
                errors.add(number, "body", tooLong)
                continue
            }
            do throws(JSONParseError) {
                guard case .object(let members) = try JSONParser.parse(Array(piece)) else {
                    errors.add(number, "body", "a JSON object is expected on each line")
                    continue
                }
                let line = Line(number: number, texts: texts(members, number, &errors))
                take(line, &errors)
            } catch {
                errors.add(number, "body", error.reason, column: error.column)
            }
        }
    }

    private static func texts(_ members: [JSONMember], _ line: Int, _ errors: inout FileErrors) -> [String: String] {
        var texts: [String: String] = [:]
        for member in members {
            switch member.value {
            case .null: continue
            case .string(let text): if !text.isEmpty { texts[member.name] = text }
            case .integer(let number): texts[member.name] = String(number)
            case .boolean(let flag): texts[member.name] = flag ? "true" : "false"
            case .array(let items):
                texts[member.name] = items.map { if case .string(let text) = $0 { text } else { "?" } }
                    .joined(separator: ";")
            case .real, .object:
                let detail = "\(member.value.kindName) is not expected; counters above 2^63 - 1 are written as texts"
                errors.add(line, member.name, detail)
            }
        }
        return texts
    }
}
