import Synchronization

/// All rows of a table at one moment, ready to be filtered, searched, sorted and paged.
///
/// Immutable to its readers; columns are encoded and orders made when they are first asked for, and kept. Any number
/// of tasks may read at once; what several of them need is made once.
public final class Listing<Record: Sendable>: Sendable {
    /// The table's description.
    public let schema: ListSchema<Record>
    /// The rows as they were given, by identity.
    private let base: [Record]
    /// Rows that were replaced since, by place.
    private let replaced: [Int: Record]
    private let ids: [RowID]
    private let caches: Mutex<Caches>
    // What is made is made by one reader, the others wait; always taken in this order.
    private let ordering = Mutex(())
    private let folding = Mutex(())
    private let encoding = Mutex(())

    /// Orders kept at a time; more than any dashboard uses.
    private static var ordersMax: Int { 16 }
    /// Replaced rows that are carried along before the rows are copied.
    private static var replacedMax: Int { 512 }

    private struct Caches {
        var columns: [Int: EncodedColumn] = [:]
        var texts: [Int: SearchText] = [:]
        var orders: [(terms: [SortTerm], order: RowOrder)] = []
    }

    /// A table of these rows, in any order; of rows with the same identity one is kept.
    public convenience init(_ rows: [Record], schema: ListSchema<Record>) {
        let ids = rows.map(schema.id)
        if zip(ids, ids.dropFirst()).allSatisfy({ $0 < $1 }) {
            self.init(schema, rows, [:], ids, Caches())
            return
        }
        // Places are sorted instead of rows, which are large.
        var places: [Int] = []
        for place in rows.indices.sorted(by: { (ids[$0], $0) < (ids[$1], $1) })
        where places.last.map({ ids[$0] != ids[place] }) ?? true {
            places.append(place)
        }
        self.init(schema, places.map { rows[$0] }, [:], places.map { ids[$0] }, Caches())
    }

    private init(
        _ schema: ListSchema<Record>, _ base: [Record], _ replaced: [Int: Record], _ ids: [RowID],
        _ caches: sending Caches
    ) {
        self.schema = schema
        self.base = base
        self.replaced = replaced
        self.ids = ids
        self.caches = Mutex(caches)
    }

    /// The rows, by identity; a copy of all of them where some were replaced.
    public var rows: [Record] {
        replaced.isEmpty ? base : base.indices.map(record)
    }

    /// How many rows there are.
    public var count: Int { base.count }

    /// The row of this identity; nil where there is none.
    public func row(_ id: RowID) -> Record? {
        place(of: id).map(record)
    }

    /// The same table with another row of the same identity; nil where there is no such row.
    ///
    /// Costs little: rows, columns and orders are shared, and mended where the row differs.
    public func replacing(_ record: Record) -> Listing? {
        guard let place = place(of: schema.id(record)) else { return nil }
        var known = caches.withLock { $0 }
        for (position, column) in known.columns {
            let cell = schema.columns[position].value(record)
            guard column.cell(at: place) != cell else { continue }
            let mended = column.replacing(place, with: cell)
            known.columns[position] = mended
            if mended.distinct.count != column.distinct.count { known.texts[position] = nil }
        }
        known.orders = known.orders.map { terms, order in
            (terms, order.moving(place, steps: steps(terms) { known.columns[$0] ?? encoded($0) }))
        }
        var replaced = replaced
        replaced[place] = record
        guard replaced.count > Self.replacedMax else { return Listing(schema, base, replaced, ids, known) }
        var rows = base
        for (place, record) in replaced { rows[place] = record }
        return Listing(schema, rows, [:], ids, known)
    }

    /// What queries of this state made necessary.
    public var warmth: ListingWarmth {
        caches.withLock { ListingWarmth(columns: $0.columns.keys.sorted(), orders: $0.orders.map(\.terms)) }
    }

    /// Does ahead of time what queries of a state before made necessary, so that the first is not slow.
    public func warm(_ warmth: ListingWarmth) {
        for position in warmth.columns where schema.columns.indices.contains(position) { _ = encoded(position) }
        for terms in warmth.orders { _ = order(terms) }
    }

    func record(_ place: Int) -> Record {
        replaced.isEmpty ? base[place] : replaced[place] ?? base[place]
    }

    func encoded(_ position: Int) -> EncodedColumn {
        if let known = caches.withLock({ $0.columns[position] }) { return known }
        return encoding.withLock { _ in
            if let known = caches.withLock({ $0.columns[position] }) { return known }
            let value = schema.columns[position].value
            let column = EncodedColumn(count: count) { value(record($0)) }
            caches.withLock { $0.columns[position] = column }
            return column
        }
    }

    func searchText(_ position: Int) -> SearchText {
        if let known = caches.withLock({ $0.texts[position] }) { return known }
        return folding.withLock { _ in
            if let known = caches.withLock({ $0.texts[position] }) { return known }
            let text = SearchText(encoded(position).distinct)
            caches.withLock { $0.texts[position] = text }
            return text
        }
    }

    /// The order of a sort; columns that do not exist are skipped.
    func order(_ terms: [SortTerm]) -> RowOrder {
        if let known = kept(terms) { return known }
        return ordering.withLock { _ in
            if let known = kept(terms) { return known }
            let order = RowOrder(steps(terms) { encoded($0) }, rowCount: count)
            caches.withLock {
                if $0.orders.count >= Self.ordersMax { $0.orders.removeFirst() }
                $0.orders.append((terms, order))
            }
            return order
        }
    }

    private func kept(_ terms: [SortTerm]) -> RowOrder? {
        caches.withLock { $0.orders.first { $0.terms == terms }?.order }
    }

    private func steps(_ terms: [SortTerm], _ column: (Int) -> EncodedColumn) -> [RowOrder.Step] {
        terms.compactMap { term in
            schema.position(of: term.column).map {
                RowOrder.Step(column: column($0), descending: term.descending)
            }
        }
    }

    private func place(of id: RowID) -> Int? {
        let place = firstNewer(than: id) - 1
        return place >= 0 && ids[place] == id ? place : nil
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

/// What the queries of a table made necessary, without its rows.
public struct ListingWarmth: Sendable, Hashable {
    /// Positions of the columns that were looked at.
    let columns: [Int]
    /// The sorts that were asked for.
    let orders: [[SortTerm]]
}
