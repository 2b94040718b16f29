/// One page of a table.
public struct Page<Record: Sendable>: Sendable {
    /// The rows, in the order asked for.
    public var items: [Record]
    /// How many rows the query chooses, on all pages.
    public var total: Int
    /// Where the next page begins; nil on the last one.
    public var nextCursor: String?
}

extension Listing {
    /// The page of rows that a query asks for; throws where its cursor is broken or belongs to another order.
    public func page(_ query: ListQuery) throws(ListError) -> Page<Record> {
        let order = order(query.sort)
        let mask = mask(query)
        var position = try start(query, in: order)
        var chosen: [Int] = []
        while position < order.rows.count, chosen.count <= query.limit {
            let row = Int(order.rows[position])
            if mask.isChosen[row] { chosen.append(row) }
            position += 1
        }
        let hasMore = chosen.count > query.limit
        if hasMore { chosen.removeLast() }
        let next = hasMore ? chosen.last.map { cursor(at: $0, query, order).text } : nil
        return Page(items: chosen.map(record), total: mask.count, nextCursor: next)
    }

    /// All rows that a query chooses, in its order; its limit and cursor are ignored.
    public func all(_ query: ListQuery) -> [Record] {
        let mask = mask(query)
        return order(query.sort).rows.lazy.map { Int($0) }.filter { mask.isChosen[$0] }.map(record)
    }

    private func mask(_ query: ListQuery) -> RowMask {
        var mask = RowMask(all: count)
        for filter in query.filters {
            guard let position = schema.position(of: filter.column) else { continue }
            let column = encoded(position)
            mask.keep(column, where: column.allowed(by: filter) { searchText(position) })
        }
        for word in (query.search ?? "").split(whereSeparator: \.isWhitespace) {
            mask.formIntersection(rowsHolding(String(word)))
        }
        return mask
    }

    private func rowsHolding(_ word: String) -> RowMask {
        let searchable = schema.columns.indices.filter { schema.columns[$0].uses.contains(.search) }
        let columns = searchable.map { position in
            (column: encoded(position), isAllowed: searchText(position).holding(word) + [false])
        }
        return RowMask.any(columns, count: count)
    }

    private func cursor(at row: Int, _ query: ListQuery, _ order: RowOrder) -> Cursor {
        let cells = order.steps.map { step in
            step.column.cell(at: row)
        }
        return Cursor(order: orderName(query), cells: cells, id: schema.id(record(row)))
    }

    private func start(_ query: ListQuery, in order: RowOrder) throws(ListError) -> Int {
        guard let text = query.cursor else { return 0 }
        guard let cursor = Cursor(text) else {
            throw refusal(
                text, "this is no cursor; give the next_cursor of the page before, unchanged, or leave it out")
        }
        guard cursor.order == orderName(query), cursor.cells.count == order.steps.count else {
            throw refusal(
                text,
                "this cursor belongs to '\(cursor.order)' and the query asks for '\(orderName(query))'; "
                    + "keep table and sort while paging, or start again without a cursor")
        }
        return order.position(after: cursor.cells, firstNewer: firstNewer(than: cursor.id))
    }

    private func orderName(_ query: ListQuery) -> String {
        "\(schema.name):\(query.sort.map(\.description).joined(separator: ","))"
    }

    private func refusal(_ cursor: String, _ detail: String) -> ListError {
        ListError([ListProblem(parameter: "cursor", value: cursor, detail: detail)])
    }
}

extension Page {
    /// Appends `{"items": […], "next_cursor": …, "total": N}`.
    public func write(_ schema: ListSchema<Record>, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("items")
        writer.beginArray()
        for item in items { schema.write(item, to: &writer) }
        writer.endArray()
        writer.key("next_cursor")
        writer.cell(Cell(nextCursor))
        writer.key("total")
        writer.integer(Int64(total))
        writer.endObject()
    }
}
