import Inventory
import Listing

/// Answers that many routes give.
enum Answers {
    static func json(_ bytes: [UInt8], status: Int = 200, headers: [APIHeader] = []) -> APIResponse {
        APIResponse(
            status: status, headers: [APIHeader("Content-Type", "application/json")] + headers, body: .bytes(bytes))
    }

    static func json(_ value: JSONValue, status: Int = 200, headers: [APIHeader] = []) -> APIResponse {
        json(value.bytes, status: status, headers: headers)
    }

    static func row<Record>(
        _ record: Record, _ schema: ListSchema<Record>, status: Int = 200, headers: [APIHeader] = []
    ) -> APIResponse {
        var writer = JSONWriter(reserving: 2048)
        schema.write(record, to: &writer)
        return json(writer.bytes, status: status, headers: headers)
    }

    static let nothing = APIResponse(status: 204)

    /// An accepted run, with the place where it can be followed.
    static func accepted(_ run: JobRun) -> APIResponse {
        row(
            run, JobRunColumns.schema, status: 202,
            headers: [APIHeader("Location", "\(RouteTable.prefix)/jobs/\(run.id)")])
    }

    /// A page of a list, or CSV where that is asked for; throws all that is wrong with the query.
    static func list<Record>(
        _ listing: Listing<Record>, _ call: Call, adding filters: [Filter] = [], limitDefault: Int = 100
    ) throws -> APIResponse {
        var query = try call.listQuery(listing.schema)
        let isCSV = try wantsCSV(call)
        if call.value("limit") == nil { query.limit = limitDefault }
        query.filters += filters
        if isCSV { return try csv(listing, query, isWhole: call.value("limit") == nil) }
        let page = try listing.page(query)
        var writer = JSONWriter(reserving: 1200 * (page.items.count + 1))
        page.write(listing.schema, to: &writer)
        return json(writer.bytes)
    }

    /// A file of comma-separated values.
    static func csv(_ bytes: [UInt8]) -> APIResponse {
        APIResponse(
            status: 200, headers: [APIHeader("Content-Type", "text/csv; charset=utf-8; header=present")],
            body: .bytes(bytes))
    }

    /// A page that the catalog made, as JSON or as CSV with its total and its next cursor in header fields.
    static func page<Record>(
        _ items: [Record], total: Int, next: String?, _ schema: ListSchema<Record>, _ isCSV: Bool
    ) -> APIResponse {
        guard !isCSV else {
            var response = csv(schema.csv(items))
            response.headers.append(APIHeader("Total-Count", String(total)))
            if let next { response.headers.append(APIHeader("Next-Cursor", next)) }
            return response
        }
        var writer = JSONWriter(reserving: 1_200 * (items.count + 1))
        writer.beginObject()
        writer.array("items", items) { schema.write($1, to: &$0) }
        writer.member("next_cursor", next)
        writer.member("total", Int64(total))
        writer.endObject()
        return json(writer.bytes)
    }

    private static func csv<Record>(
        _ listing: Listing<Record>, _ query: ListQuery, isWhole: Bool
    ) throws -> APIResponse {
        var headers = [APIHeader("Content-Type", "text/csv; charset=utf-8; header=present")]
        guard !isWhole || query.cursor != nil else {
            return APIResponse(status: 200, headers: headers, body: .bytes(listing.schema.csv(listing.all(query))))
        }
        let page = try listing.page(query)
        headers.append(APIHeader("Total-Count", String(page.total)))
        if let cursor = page.nextCursor { headers.append(APIHeader("Next-Cursor", cursor)) }
        return APIResponse(status: 200, headers: headers, body: .bytes(listing.schema.csv(page.items)))
    }

    static func wantsCSV(_ call: Call) throws(Problem) -> Bool {
        let accept = (call.request.header("Accept") ?? "").lowercased()
        let standard = accept.contains("text/csv") && !accept.contains("application/json") ? "csv" : "json"
        return try call.choice("format", of: ["json", "csv"], default: standard) == "csv"
    }
}

/// What these answers look like in the document.
enum AnswerDescriptions {
    static func json(_ schema: String, _ doc: String, status: Int = 200) -> AnswerDescription {
        AnswerDescription(status: status, doc: doc, contents: [("application/json", Schema.reference(schema))])
    }

    static func list(_ schema: String, _ doc: String) -> AnswerDescription {
        AnswerDescription(
            status: 200, doc: doc,
            contents: [("application/json", Schema.reference(schema)), ("text/csv", ["type": "string"])])
    }

    static let nothing = AnswerDescription(status: 204, doc: "Done.")

    static let accepted = AnswerDescription(
        status: 202, doc: "The run was accepted, or is at work already; follow it at Location.",
        contents: [("application/json", Schema.reference("JobRun"))],
        headers: [("Location", "Path of the run.")])
}

/// Parameters that many routes have.
enum PathParameters {
    static func id(_ doc: String) -> PathParameter {
        PathParameter(name: "id", doc: doc, schema: Schema.identifier)
    }
}
