import ArgumentParser

/// `--json` and `--csv`: output for programs.
struct OutputOptions: ParsableArguments {
    @Flag(name: .long, help: "Print JSON; members are named as the API's.")
    var json = false

    @Flag(name: .long, help: "Print CSV (RFC 4180); columns are named as the API's.")
    var csv = false

    mutating func validate() throws {
        if json && csv { throw ValidationError("--json and --csv exclude each other; give one of them.") }
    }

    /// Prints rows as a table, as CSV, or as JSON.
    ///
    /// - Parameters:
    ///   - rows: one object for each row.
    ///   - whole: what `--json` prints; nil means the list of rows.
    ///   - empty: what a person is told where there are no rows.
    func print(rows: [JSONValue], columns: [TableColumn], whole: JSONValue? = nil, empty: String) {
        let console = Console.current
        if json {
            console.line(JSONWriter.pretty(whole ?? .array(rows)))
        } else if csv {
            console.write(CSVWriter.write(rows))
        } else if rows.isEmpty {
            console.errorLine(empty)
        } else {
            let table = Table(columns: columns, rows: rows)
            console.line(table.render(width: console.outputWidth, colours: console.colours))
        }
    }

    /// Prints one object as names and values, as CSV, or as JSON.
    func print(object: JSONValue) {
        let console = Console.current
        if json {
            console.line(JSONWriter.pretty(object))
        } else if csv {
            console.write(CSVWriter.write([object]))
        } else {
            console.line(ObjectSheet.render(object))
        }
    }
}

/// One object for people: a name and a value on each line, values aligned.
enum ObjectSheet {
    /// The lines, without a line break at the end; members that are null are left out, inner objects indented.
    static func render(_ object: JSONValue, indent: Int = 0) -> String {
        let members = (object.members ?? []).filter { !$0.value.isNull }
        let plain = members.filter { $0.value.members == nil }
        let width = plain.map { $0.name.count }.max() ?? 0
        let margin = String(repeating: " ", count: indent)
        var lines: [String] = []
        for member in members {
            if member.value.members != nil {
                lines.append(margin + member.name)
                lines.append(render(member.value, indent: indent + 2))
            } else {
                let padding = String(repeating: " ", count: width - member.name.count + 2)
                lines.append(margin + member.name + padding + TextWidth.safe(member.value.plainText))
            }
        }
        return lines.filter { !$0.isEmpty }.joined(separator: "\n")
    }
}
