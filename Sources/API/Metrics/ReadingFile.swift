import Inventory
import Listing

/// The lines of a file of readings, as texts by name: CSV, or JSON lines.
enum ReadingFile {
    /// One line that could be taken apart.
    struct Line {
        var number: Int
        var texts: [String: String]
    }

    /// The lines of CSV under a header line; `first` is the number of the first line.
    static func csv(_ octets: [UInt8], first: Int) -> (lines: [Line], errors: [ProblemError]) {
        var table = OctetTable(octets, line: first)
        guard let header = table.next() else { return ([], [error(first, "body", nil, "there is no header line")]) }
        let known = Set(ReadingForm.labelColumns + ReadingForm.columns)
        var errors = header.fields.filter { !known.contains($0) }.map { name in
            let hint = NearestName.of(name, among: Array(known).sorted()).map { "; did you mean '\($0)'?" } ?? ""
            return error(header.line, name, nil, "there is no such column\(hint)")
        }
        for name in ["interface_id", "at"] where !header.fields.contains(name) {
            errors.append(error(header.line, name, nil, "the column is missing"))
        }
        var lines: [Line] = []
        guard errors.isEmpty else { return ([], errors) }
        while let record = table.next() {
            guard record.fields.count == header.fields.count else {
                let detail = "the line has \(record.fields.count) fields and the header \(header.fields.count)"
                errors.append(error(record.line, "body", nil, detail))
                continue
            }
            let pairs = zip(header.fields, record.fields).filter { !$1.isEmpty }
            lines.append(Line(number: record.line, texts: Dictionary(pairs, uniquingKeysWith: { _, last in last })))
        }
        if let fault = table.fault { errors.append(error(fault.line, "body", nil, fault.detail)) }
        return (lines, errors)
    }

    /// Lines of JSON objects; `first` is the number of the first line.
    static func jsonLines(_ octets: [UInt8], first: Int) -> (lines: [Line], errors: [ProblemError]) {
        var lines: [Line] = []
        var errors: [ProblemError] = []
        var number = first - 1
        for piece in octets.split(separator: 10, omittingEmptySubsequences: false) {
            number += 1
            guard piece.contains(where: { $0 != 32 && $0 != 13 && $0 != 9 }) else { continue }
            do throws(JSONParseError) {
                guard case .object(let members) = try JSONParser.parse(Array(piece)) else {
                    errors.append(error(number, "body", nil, "a JSON object is expected on each line"))
                    continue
                }
                lines.append(Line(number: number, texts: texts(members, number, &errors)))
            } catch {
                errors.append(
                    ProblemError(field: "body", value: nil, detail: error.reason, line: number, column: error.column))
            }
        }
        return (lines, errors)
    }

    private static func texts(_ members: [JSONMember], _ line: Int, _ errors: inout [ProblemError]) -> [String: String]
    {
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
                errors.append(error(line, member.name, nil, detail))
            }
        }
        return texts
    }

    private static func error(_ line: Int, _ field: String, _ value: String?, _ detail: String) -> ProblemError {
        ProblemError(field: field, value: value, detail: detail, line: line)
    }
}

/// CSV (RFC 4180) taken apart line by line, on octets.
struct OctetTable {
    private let octets: [UInt8]
    private var position = 0
    private var line: Int
    /// Why it ended early.
    private(set) var fault: (line: Int, detail: String)?

    init(_ octets: [UInt8], line: Int) {
        self.octets = octets
        self.line = line
        if octets.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    /// The next line that is not empty; nil at the end, and after a fault.
    mutating func next() -> (line: Int, fields: [String])? {
        while position < octets.count, octets[position] == 10 || octets[position] == 13 {
            if octets[position] == 10 { line += 1 }
            position += 1
        }
        guard position < octets.count, fault == nil else { return nil }
        let number = line
        var fields: [String] = []
        while true {
            guard let (field, isLast) = field(number) else { return nil }
            fields.append(field)
            if isLast { return (number, fields) }
        }
    }

    /// One field, and whether the line ends after it.
    private mutating func field(_ number: Int) -> (String, Bool)? {
        var content: [UInt8] = []
        var isQuoted = false
        while position < octets.count {
            let octet = octets[position]
            position += 1
            switch octet {
            case 34 where isQuoted && position < octets.count && octets[position] == 34:
                content.append(34)
                position += 1
            case 34: isQuoted.toggle()
            case 44 where !isQuoted: return text(content, number).map { ($0, false) }
            case 10:
                line += 1
                if !isQuoted { return text(content, number).map { ($0, true) } }
                content.append(octet)
            case 13 where !isQuoted: continue
            default: content.append(octet)
            }
        }
        guard !isQuoted else {
            fault = (number, "the file ends inside a quoted field that begins on this line")
            return nil
        }
        return text(content, number).map { ($0, true) }
    }

    private mutating func text(_ content: [UInt8], _ number: Int) -> String? {
        if let text = String(validating: content, as: UTF8.self) { return text }
        fault = (number, "the line is not UTF-8 text")
        return nil
    }
}
