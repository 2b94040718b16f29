/// Reads the parameters of a query against a table's description; reports all that is wrong at once.
struct ListQueryReader<Record: Sendable> {
    let schema: ListSchema<Record>
    private(set) var query = ListQuery()
    private(set) var problems: [ListProblem] = []
    static var searchLengthMax: Int { 200 }

    init(_ schema: ListSchema<Record>) {
        self.schema = schema
        query.sort = schema.defaultSort
    }

    mutating func read(_ name: String, _ value: String) {
        switch name {
        case "limit": readLimit(value)
        case "cursor": query.cursor = value
        case "sort": readSort(value)
        case "q": readSearch(value)
        default:
            guard let parameter = schema.filtersByName[name] else { return refuse(name, value, unknown(name)) }
            readFilter(parameter, value)
        }
    }

    private mutating func readLimit(_ value: String) {
        guard let limit = Int(value), (1...ListQuery.limitMax).contains(limit) else {
            return refuse("limit", value, "give a whole number from 1 to \(ListQuery.limitMax)")
        }
        query.limit = limit
    }

    private mutating func readSearch(_ value: String) {
        guard value.unicodeScalars.count <= Self.searchLengthMax else {
            return refuse("q", value, "give at most \(Self.searchLengthMax) characters")
        }
        query.search = value
    }

    private mutating func readSort(_ value: String) {
        var terms: [SortTerm] = []
        for part in value.split(separator: ",", omittingEmptySubsequences: false) {
            let descending = part.hasPrefix("-")
            let name = String(descending ? part.dropFirst() : part)
            guard let column = schema.column(name), column.uses.contains(.sort) else {
                let names = schema.sortableColumns
                let hint = NearestName.of(name, among: names).map { "; did you mean '\($0)'?" } ?? ""
                return refuse("sort", value, "'\(name)' is no column to sort by\(hint)")
            }
            // A column that decided already decides nothing more.
            if !terms.contains(where: { $0.column == name }) {
                terms.append(SortTerm(name, descending: descending))
            }
        }
        query.sort = terms
    }

    private mutating func readFilter(_ parameter: ListParameter, _ value: String) {
        let texts = parameter.takesSeveral ? CommaList.split(value) : [value]
        var cells: [Cell] = []
        for text in texts {
            guard let cell = parameter.kind.parse(text) else {
                return refuse(parameter.name, value, "'\(text)' is not \(parameter.kind.example)")
            }
            guard parameter.values.isEmpty || parameter.values.contains(text) else {
                return refuse(
                    parameter.name, value,
                    "'\(text)' is not one of \(parameter.values.joined(separator: ", "))")
            }
            cells.append(cell)
        }
        query.filters.append(Filter(parameter.column, parameter.operation, cells))
    }

    private func unknown(_ name: String) -> String {
        let names = ["limit", "cursor", "sort", "q"] + schema.filterParameters.map(\.name)
        let hint = NearestName.of(name, among: names).map { "; did you mean '\($0)'?" } ?? ""
        return "this list knows no such parameter\(hint)"
    }

    private mutating func refuse(_ name: String, _ value: String, _ detail: String) {
        problems.append(ListProblem(parameter: name, value: value, detail: detail))
    }
}

extension ListSchema {
    /// Reads a query from decoded parameters; throws everything that is wrong with it.
    public func query(from parameters: [(name: String, value: String)]) throws(ListError) -> ListQuery {
        var reader = ListQueryReader(self)
        for (name, value) in parameters { reader.read(name, value) }
        guard reader.problems.isEmpty else { throw ListError(reader.problems) }
        return reader.query
    }
}
