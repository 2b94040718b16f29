/// One column of a table for people.
struct TableColumn: Sendable {
    /// Where the text of a cell stands.
    enum Alignment: Sendable {
        /// Text.
        case left
        /// Numbers.
        case right
    }

    /// What stands over it.
    var title: String
    /// Where its cells stand.
    var alignment: Alignment = .left
    /// Narrowest it may become where the terminal is too narrow; nil means it is never cut.
    var minimumWidth: Int?
    /// Widest it is where there is no terminal; nil means it is never cut there.
    var maximumWidth: Int?
    /// Whether, and in which order, it is left out where the terminal is too narrow even for what may not be cut.
    var leftOut: Int?
    /// The text of a cell.
    var cell: @Sendable (JSONValue) -> String
    /// The colour of a cell by its row; used on a terminal that has colours.
    var colour: (@Sendable (JSONValue) -> Colour?)?

    /// A column that shows one member of each row.
    init(
        _ title: String, _ member: String, _ alignment: Alignment = .left, minimumWidth: Int? = nil,
        colour: (@Sendable (JSONValue) -> Colour?)? = nil, format: (@Sendable (JSONValue) -> String)? = nil
    ) {
        self.title = title
        self.alignment = alignment
        self.minimumWidth = minimumWidth
        self.colour = colour
        cell = { row in
            guard let value = row[member], !value.isNull else { return "" }
            return format?(value) ?? value.plainText
        }
    }

    /// The column, cut to a width where there is no terminal, and left out of a table that is too wide for its terminal.
    func with(maximumWidth: Int? = nil, leftOut: Int? = nil) -> TableColumn {
        var column = self
        column.maximumWidth = maximumWidth
        column.leftOut = leftOut
        return column
    }

    /// The column, its cells coloured by their rows.
    func coloured(_ colour: @escaping @Sendable (JSONValue) -> Colour?) -> TableColumn {
        var column = self
        column.colour = colour
        return column
    }

    /// A column made from the whole row.
    init(
        _ title: String, _ alignment: Alignment = .left, minimumWidth: Int? = nil,
        row: @escaping @Sendable (JSONValue) -> String
    ) {
        self.title = title
        self.alignment = alignment
        self.minimumWidth = minimumWidth
        cell = row
    }
}

/// Colours of cells on a terminal (ECMA-48 SGR).
enum Colour: String, Sendable {
    /// Good.
    case green = "32"
    /// Bad.
    case red = "31"
    /// Needs a look.
    case yellow = "33"
    /// Less important.
    case dim = "2"

    func paint(_ text: String) -> String { "\u{1B}[\(rawValue)m\(text)\u{1B}[0m" }
}

/// Rows under titles, aligned, for people.
struct Table: Sendable {
    /// The columns from left to right.
    var columns: [TableColumn]
    /// One object for each row.
    var rows: [JSONValue]

    /// The table as text, a line for each row, without a line break at the end.
    ///
    /// - Parameters:
    ///   - width: columns of the terminal; nil where there is none, and then only columns with a `maximumWidth` are cut.
    ///   - colours: whether cells are coloured.
    func render(width: Int? = nil, colours: Bool = false) -> String {
        let cells = rows.map { row in columns.map { TextWidth.safe($0.cell(row)) } }
        let widths = fittedWidths(cells, width: width)
        if let width, Self.total(widths) > width, let narrower = narrower {
            return narrower.render(width: width, colours: colours)
        }
        var lines = [line(columns.map(\.title), widths: widths, row: .none)]
        for (row, texts) in zip(rows, cells) {
            // Not `nil`, which is also a JSON value.
            lines.append(line(texts, widths: widths, row: colours ? .some(row) : .none))
        }
        return lines.joined(separator: "\n")
    }

    /// The table without the column that is left out first; nil where none may be.
    private var narrower: Table? {
        let candidates = columns.indices.filter { columns[$0].leftOut != nil }
        guard let first = candidates.min(by: { columns[$0].leftOut ?? 0 < columns[$1].leftOut ?? 0 }) else {
            return nil
        }
        var table = self
        table.columns.remove(at: first)
        return table
    }

    /// Columns of the terminal that columns of these widths take.
    private static func total(_ widths: [Int]) -> Int { widths.reduce(0, +) + 2 * (widths.count - 1) }

    private func line(_ texts: [String], widths: [Int], row: JSONValue?) -> String {
        var line = ""
        for (position, column) in columns.enumerated() {
            let text = TextWidth.cut(texts[position], to: widths[position])
            let padding = String(repeating: " ", count: max(0, widths[position] - TextWidth.columns(of: text)))
            let painted = row.flatMap { column.colour?($0) }?.paint(text) ?? text
            let isLast = position == columns.count - 1
            switch column.alignment {
            case .left: line += painted + (isLast ? "" : padding)
            case .right: line += padding + painted
            }
            if !isLast { line += "  " }
        }
        while line.last == " " { line.removeLast() }
        return line
    }

    /// Widths of the columns: as wide as their widest cell, then the widest that may be cut made narrower.
    private func fittedWidths(_ cells: [[String]], width: Int?) -> [Int] {
        var widths = columns.map { TextWidth.columns(of: $0.title) }
        for row in cells {
            for (position, text) in row.enumerated() {
                widths[position] = max(widths[position], TextWidth.columns(of: text))
            }
        }
        guard let width else { return zip(widths, columns).map { min($0, $1.maximumWidth ?? $0) } }
        var excess = Self.total(widths) - width
        while excess > 0 {
            let candidates = columns.indices.filter { position in
                columns[position].minimumWidth.map { widths[position] > $0 } ?? false
            }
            guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { break }
            widths[widest] -= 1
            excess -= 1
        }
        return widths
    }
}
