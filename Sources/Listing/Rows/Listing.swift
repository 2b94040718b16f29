import Synchronization

/// All rows of a table at one moment, ready to be filtered, searched, sorted and paged.
///
/// Immutable to its readers; columns are encoded and orders made when they are first asked for, and kept. Any number
/// of tasks may read at once.
public final class Listing<Record: Sendable>: Sendable {
    /// The table's description.
    public let schema: ListSchema<Record>
    /// The rows, by identity.
    public let rows: [Record]
    private let ids: [RowID]
    private let caches = Mutex(Caches())

    /// Orders kept at a time; more than any dashboard uses.
    private static var ordersMax: Int { 16 }

    private struct Caches {
        var columns: [Int: EncodedColumn] = [:]
        var texts: [Int: SearchText] = [:]
        var orders: [(terms: [SortTerm], order: RowOrder)] = []
    }

    /// A table of these rows, in any order; of rows with the same identity one is kept.
    public init(_ rows: [Record], schema: ListSchema<Record>) {
        self.schema = schema
        let ids = rows.map(schema.id)
        guard !zip(ids, ids.dropFirst()).allSatisfy({ $0 < $1 }) else {
            self.rows = rows
            self.ids = ids
            return
        }
        // Places are sorted instead of rows, which are large.
        var places: [Int] = []
        for place in rows.indices.sorted(by: { (ids[$0], $0) < (ids[$1], $1) })
        where places.last.map({ ids[$0] != ids[place] }) ?? true {
            places.append(place)
        }
        self.rows = places.map { rows[$0] }
        self.ids = places.map { ids[$0] }
    }

    /// The row of this identity; nil where there is none.
    public func row(_ id: RowID) -> Record? {
        let place = firstNewer(than: id) - 1
        return place >= 0 && ids[place] == id ? rows[place] : nil
    }

    /// Does ahead of time what queries of another state of this table made necessary, so that the first is not slow.
    public func warm(like other: Listing<Record>) {
        let (columns, orders) = other.caches.withLock { (Array($0.columns.keys), $0.orders.map(\.terms)) }
        for position in columns { _ = encoded(position) }
        for terms in orders { _ = order(terms) }
    }

    func encoded(_ position: Int) -> EncodedColumn {
        if let known = caches.withLock({ $0.columns[position] }) { return known }
        let column = EncodedColumn(rows, schema.columns[position].value)
        caches.withLock { $0.columns[position] = column }
        return column
    }

    func searchText(_ position: Int) -> SearchText {
        if let known = caches.withLock({ $0.texts[position] }) { return known }
        let text = SearchText(encoded(position).distinct)
        caches.withLock { $0.texts[position] = text }
        return text
    }

    /// The order of a sort; columns that do not exist are skipped.
    func order(_ terms: [SortTerm]) -> RowOrder {
        if let known = caches.withLock({ $0.orders.first { $0.terms == terms }?.order }) { return known }
        let steps = terms.compactMap { term in
            schema.position(of: term.column).map {
                RowOrder.Step(column: encoded($0), descending: term.descending)
            }
        }
        let order = RowOrder(steps, rowCount: rows.count)
        caches.withLock {
            if $0.orders.count >= Self.ordersMax { $0.orders.removeFirst() }
            $0.orders.append((terms, order))
        }
        return order
    }

    /// Number of the first row whose identity is larger than `id`.
    func firstNewer(than id: RowID) -> Int {
        var (low, high) = (0, ids.count)
        while low < high {
            let middle = (low + high) / 2
            if ids[middle] <= id { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
