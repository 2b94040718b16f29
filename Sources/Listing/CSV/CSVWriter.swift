import Inventory

/// Writes a table as CSV (RFC 4180): UTF-8, CRLF, a header line, quotes where needed.
///
/// A spreadsheet runs a text that begins with `=`, `+`, `-`, `@`, a tab or a carriage return as a formula, and such a text may
/// come from any device on the network; an apostrophe before it makes it text again. Numbers are never touched;
/// programs that want the exact text read the JSON form. A missing value is an empty field, a list is joined by
/// semicolons.
public struct CSVWriter: Sendable {
    /// What was written so far.
    public private(set) var bytes: [UInt8] = []

    /// An empty file.
    public init(reserving capacity: Int = 0) {
        if capacity > 0 { bytes.reserveCapacity(capacity) }
    }

    /// Writes one line.
    public mutating func line(_ cells: [Cell]) {
        for (position, cell) in cells.enumerated() {
            if position > 0 { bytes.append(44) }
            field(cell)
        }
        bytes += [13, 10]
    }

    private mutating func field(_ cell: Cell) {
        switch cell {
        case .null: break
        case .text(let text): self.text(text)
        case .identifier(let id): id.write(to: &bytes)
        case .integer(let number): bytes.append(contentsOf: number.description.utf8)
        case .real(let number): if number.isFinite { bytes.append(contentsOf: number.description.utf8) }
        case .boolean(let flag): bytes.append(contentsOf: (flag ? "true" : "false").utf8)
        case .time(let moment): TimeText.append(moment, to: &bytes)
        case .list(let texts): text(texts.joined(separator: ";"))
        case .counts(let counts):
            text(counts.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ";"))
        }
    }

    private mutating func text(_ text: String) {
        let content = Array(text.utf8)
        let isFormula = content.first.map { [61, 43, 45, 64, 9, 13].contains($0) } ?? false
        // An empty text is quoted, so that it differs from a missing value.
        let isQuoted = content.isEmpty || content.contains { $0 == 34 || $0 == 44 || $0 == 13 || $0 == 10 }
        if isQuoted { bytes.append(34) }
        if isFormula { bytes.append(39) }
        for byte in content {
            if byte == 34 { bytes.append(34) }
            bytes.append(byte)
        }
        if isQuoted { bytes.append(34) }
    }
}

extension ListSchema {
    /// The rows as a CSV file with all columns in order.
    public func csv(_ records: [Record]) -> [UInt8] {
        var writer = CSVWriter(reserving: 512 * (records.count + 1))
        writer.line(columns.map { .text($0.name) })
        for record in records { writer.line(columns.map { $0.value(record) }) }
        return writer.bytes
    }
}
