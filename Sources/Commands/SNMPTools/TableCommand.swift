import ArgumentParser
import ObjectNames
import SNMP

/// `wardflux table`.
struct TableCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "table",
        abstract: "Print a table of a device with a line for each row, as snmptable does.",
        discussion: """
            Ends with 0 where all of it was read, 3 where columns are not complete (each is named), 4 where nothing \
            could be read. Columns the device does not have are left out. In CSV and JSON numbers stay numbers.
            """)

    @OptionGroup var agent: AgentOptions
    @OptionGroup var credential: CredentialOptions
    @OptionGroup var options: ReadOptions

    @Argument(
        help: "A table known by name, such as ifTable, ifXTable, entPhysicalTable, lldpRemTable, cdpCacheTable.",
        transform: TableArgument.parse)
    var table: TableArgument

    @Option(
        name: .long,
        help: ArgumentHelp("Only these columns, separated by commas, in this order.", valueName: "names"))
    var columns: String?

    @OptionGroup var bulk: BulkOptions

    @Flag(name: .long, help: "Print CSV (RFC 4180).")
    var csv = false

    @Option(name: .long, help: ArgumentHelp("At most this many rows.", valueName: "count"))
    var limit = 100_000

    mutating func validate() throws {
        if options.json && csv { throw ValidationError("--json and --csv exclude each other; give one of them.") }
        if limit < 1 { throw ValidationError("--limit is at least 1.") }
        _ = try table.columns(columns)
    }

    func run() async throws {
        let columns = try table.columns(columns)
        let request = TableRequest(columns: columns.map(\.oid), rowLimit: limit)
        var sheet = TableSheet(table: table.object, columns: columns)
        sheet.reading = try await options.read(agent, as: credential, change: bulk.apply) {
            (engine, target) async throws(SNMPError) in
            let table = try await engine.table(request, from: target)
            sheet.fill(table)
            return AgentReading(tolerated: ToleratedNames.names(table.tolerated, engine.statistics))
        }
        sheet.conclude()
        show(sheet)
        options.tell(sheet.reading)
        try sheet.reading.conclude()
    }

    private func show(_ sheet: TableSheet) {
        let console = Console.current
        if options.json {
            console.line(JSONWriter.pretty(sheet.json))
        } else if csv {
            console.write(CSVWriter.write(sheet.rows(forPeople: false), columns: sheet.titles))
        } else if sheet.reading.status != .failed {
            console.line(sheet.text)
        }
        guard !options.json else { return }
        for line in sheet.warnings { console.errorLine("warning: \(line)") }
    }
}

/// A table by its name or object identifier.
struct TableArgument: Hashable, Sendable {
    /// The table.
    let object: NamedObject

    /// Reads a table; one whose columns are not known is refused with what to do instead.
    @Sendable static func parse(_ text: String) throws(ValidationError) -> TableArgument {
        let oid = try ObjectArgument.parse(text).oid
        let names = ObjectNames.standard
        guard let object = names.object(at: oid), object.oid == oid, !names.columns(under: object).isEmpty else {
            throw ValidationError("'\(text)' is no table known here; read it with walk")
        }
        return TableArgument(object: object)
    }

    /// The columns asked for by name, all of the table where none is.
    func columns(_ wanted: String?) throws(ValidationError) -> [NamedObject] {
        let all = ObjectNames.standard.columns(under: object)
        guard let wanted else { return all }
        var chosen: [NamedObject] = []
        for name in wanted.split(separator: ",").map({ String($0.filter { $0 != " " }) }) {
            guard let column = all.first(where: { $0.name == name || $0.qualifiedName == name }) else {
                let known = all.map(\.name).joined(separator: ", ")
                throw ValidationError("\(object.name) has no column '\(name)'; it has \(known)")
            }
            chosen.append(column)
        }
        guard !chosen.isEmpty else { throw ValidationError("--columns names no column.") }
        return chosen
    }
}
