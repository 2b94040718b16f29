import FoundationEssentials
import Inventory
import Listing

/// A list that the catalog pages in one order, the latest start first; any other order is made here.
///
/// What the catalog can choose and order costs a page; for the rest, what the catalog chooses is read as a whole, up to
/// a bound.
struct CatalogList<Record: Sendable>: Sendable {
    /// Its columns; the default sort is the catalog's order.
    let schema: ListSchema<Record>
    /// At most so many rows that come after a place.
    let rows: @Sendable (_ after: CatalogPlace?, _ limit: Int) async throws -> [Record]
    /// How many rows the catalog chooses.
    let count: @Sendable () async throws -> Int
    /// The place of a row.
    let place: @Sendable (Record) -> CatalogPlace
    /// Appends a row.
    let write: @Sendable (Record, inout JSONWriter) -> Void

    /// Rows that are read for an order or a filter that the catalog does not know.
    static var rowsMax: Int { 20_000 }

    /// The page that a query asks for; `isExact` tells whether the catalog's choice is the whole of its filters.
    func answer(_ query: ListQuery, isExact: Bool, isCSV: Bool, isWhole: Bool) async throws -> APIResponse {
        let isOrdered = query.sort == schema.defaultSort && query.search?.isEmpty ?? true
        let isFile = isCSV && isWhole && query.cursor == nil
        guard isExact, isOrdered, !isFile else {
            let listing = try await listing()
            guard !isFile else { return Answers.csv(schema.csv(listing.all(query))) }
            let page = try listing.page(query)
            return document(page.items, page.total, page.nextCursor, isCSV)
        }
        return try await page(query, isCSV)
    }

    private func listing() async throws -> Listing<Record> {
        let found = try await rows(nil, Self.rowsMax + 1)
        guard found.count <= Self.rowsMax else {
            throw Problem.refused(
                "more than \(Self.rowsMax) rows would have to be put in order for this answer",
                remedy: "Narrow it with from and to, or leave out sort, q and filters other than state, is_over, "
                    + "from and to.")
        }
        return Listing(found, schema: schema)
    }

    private func page(_ query: ListQuery, _ isCSV: Bool) async throws -> APIResponse {
        var after: CatalogPlace?
        if let text = query.cursor { after = try CatalogPlace.read(text, table: schema.name) }
        var found = try await rows(after, query.limit + 1)
        let hasMore = found.count > query.limit
        if hasMore { found.removeLast() }
        let next = hasMore ? found.last.map { place($0).cursor(table: schema.name) } : nil
        return document(found, try await count(), next, isCSV)
    }

    private func document(_ items: [Record], _ total: Int, _ next: String?, _ isCSV: Bool) -> APIResponse {
        guard !isCSV else {
            var response = Answers.csv(schema.csv(items))
            response.headers.append(APIHeader("Total-Count", String(total)))
            if let next { response.headers.append(APIHeader("Next-Cursor", next)) }
            return response
        }
        var writer = JSONWriter(reserving: 2_000 * (items.count + 1))
        writer.beginObject()
        writer.array("items", items) { write($1, &$0) }
        writer.member("next_cursor", next)
        writer.member("total", Int64(total))
        writer.endObject()
        return Answers.json(writer.bytes)
    }
}

/// A place in the catalog's order: the latest start first, then the smaller id.
struct CatalogPlace: Sendable, Hashable {
    var startedAt: Timestamp
    var id: UUID

    /// The place as the cursor of a table.
    func cursor(table: String) -> String {
        "\(table)-\(startedAt.milliseconds)-\(id.uuidString.lowercased())"
    }

    /// Reads the cursor of a table; throws where it is of another one, or of another order.
    static func read(_ text: String, table: String) throws(ListError) -> CatalogPlace {
        let parts = text.split(separator: "-", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == table, let milliseconds = Int64(parts[1]), parts[2].utf8.count == 36,
            let id = UUID(uuidString: String(parts[2]))
        else {
            let detail =
                "this is no cursor of this order; give the next_cursor of the page before with the same sort and "
                + "filters, or leave it out"
            throw ListError([ListProblem(parameter: "cursor", value: text, detail: detail)])
        }
        return CatalogPlace(startedAt: Timestamp(milliseconds: milliseconds), id: id)
    }
}
