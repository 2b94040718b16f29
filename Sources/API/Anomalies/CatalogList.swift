import FoundationEssentials
import Inventory
import Listing

/// A list that the catalog pages in one order, the latest start first; any other order is made here.
///
/// What the catalog can choose and order costs a page; for the rest, what the catalog chooses is read as a whole, up to
/// a bound.
protocol CatalogList: Sendable {
    /// What the catalog is asked.
    associatedtype Query: RangedQuery
    /// A row of the list.
    associatedtype Record: Sendable

    /// Its columns; the default sort is the catalog's order.
    static var schema: ListSchema<Record> { get }
    /// What all routes share.
    var state: APIState { get }

    /// At most so many rows that come after a place.
    func rows(_ query: Query, after place: CatalogPlace?, limit: Int) async throws -> [Record]
    /// How many rows the catalog chooses.
    func count(_ query: Query) async throws -> Int
    /// The place of a row.
    static func place(of record: Record) -> CatalogPlace
    /// Appends a row.
    static func write(_ record: Record, to writer: inout JSONWriter)
}

extension CatalogList {
    /// The parameters of the list.
    static var parameters: [QueryParameter] { schema.listParameters() + OpenRange.parameters }

    /// The list that a call asks for, of what a question chooses.
    func answer(_ call: Call, of question: Query = Query(limit: 1)) async throws -> APIResponse {
        let (query, range) = try call.rangedQuery(Self.schema, now: state.services.now())
        let isCSV = try Answers.wantsCSV(call)
        var question = question
        (question.from, question.to) = (range.from, range.to)
        var isExact = true
        for filter in query.filters where !question.take(filter) { isExact = false }
        let isOrdered = query.sort == Self.schema.defaultSort && query.search?.isEmpty ?? true
        let isFile = isCSV && call.value("limit") == nil && query.cursor == nil
        guard isExact, isOrdered, !isFile else {
            let listing = try await listing(question)
            guard !isFile else { return Answers.csv(Self.schema.csv(listing.all(query))) }
            let page = try listing.page(query)
            return document(page.items, page.total, page.nextCursor, isCSV)
        }
        return try await page(question, query, isCSV)
    }

    private func listing(_ question: Query) async throws -> Listing<Record> {
        let most = state.settings.orderedRowsMax
        let found = try await rows(question, after: nil, limit: most + 1)
        guard found.count <= most else {
            let names = (Query.choices.map(\.column) + ["from"]).joined(separator: ", ") + " and to"
            throw Problem.refused(
                "more than \(most) rows would have to be put in order for this answer",
                remedy: "Narrow it with \(names), or leave out sort, q and other filters.")
        }
        return Listing(found, schema: Self.schema)
    }

    private func page(_ question: Query, _ query: ListQuery, _ isCSV: Bool) async throws -> APIResponse {
        var after: CatalogPlace?
        if let text = query.cursor { after = try CatalogPlace.read(text, table: Self.schema.name) }
        var found = try await rows(question, after: after, limit: query.limit + 1)
        let hasMore = found.count > query.limit
        if hasMore { found.removeLast() }
        let next = hasMore ? found.last.map { Self.place(of: $0).cursor(table: Self.schema.name) } : nil
        return document(found, try await count(question), next, isCSV)
    }

    private func document(_ items: [Record], _ total: Int, _ next: String?, _ isCSV: Bool) -> APIResponse {
        guard !isCSV else {
            var response = Answers.csv(Self.schema.csv(items))
            response.headers.append(APIHeader("Total-Count", String(total)))
            if let next { response.headers.append(APIHeader("Next-Cursor", next)) }
            return response
        }
        var writer = JSONWriter(reserving: 1_500 * (items.count + 1))
        writer.beginObject()
        writer.array("items", items) { Self.write($1, to: &$0) }
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
