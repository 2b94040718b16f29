#if PostgreSQL
    import CatalogRows
    import Inventory

    /// Conditions of a query, with the values of their parameters in the order of their numbers.
    struct Conditions: Sendable {
        private var texts: [String] = []
        /// The values.
        private(set) var parameters: [Parameter] = []

        /// `WHERE` and all conditions; empty where there are none.
        var sql: String {
            texts.isEmpty ? "" : "WHERE " + texts.joined(separator: " AND ")
        }

        /// Adds a condition.
        mutating func add(_ text: String) {
            texts.append(text)
        }

        /// The number of a value.
        mutating func number(_ value: Parameter) -> String {
            parameters.append(value)
            return "$\(parameters.count)"
        }

        /// The number of a time; one beyond what can be stored becomes the nearest that can.
        mutating func number(_ time: Timestamp) -> String {
            number(.time(time.clamped))
        }

        /// Adds that a column holds one of some ids; none of them holds for no row.
        mutating func add<Entity>(_ column: String, in ids: [Identifier<Entity>]) {
            add("\(column) = ANY(\(number(.ids(ids))))")
        }

        /// Adds that a column holds one of some words; an empty set lets all pass.
        mutating func add<Word: RawRepresentable<String>>(_ column: String, in words: Set<Word>) {
            guard !words.isEmpty else { return }
            add("\(column) = ANY(\(number(.texts(words.map(\.rawValue).sorted()))))")
        }

        /// Adds that what began at `started_at` and was over at `ended_at` lasted into a time; nil ends are open.
        mutating func add(from: Timestamp?, to: Timestamp?, isOver: Bool?) {
            if let isOver { add("ended_at IS \(isOver ? "NOT " : "")NULL") }
            if let from {
                let bound = number(from)
                add("(ended_at IS NULL OR ended_at > \(bound) OR started_at >= \(bound))")
            }
            if let to { add("started_at < \(number(to))") }
        }

        /// Adds that a row comes after a place in the order `started_at DESC, id`.
        mutating func add<Entity>(after start: Timestamp, _ id: Identifier<Entity>) {
            let (time, id) = (number(start), number(.id(id)))
            add("started_at <= \(time) AND (started_at < \(time) OR id > \(id))")
        }

        /// The order of a page, and its limit, of which at least one row is answered.
        mutating func latestFirst(_ limit: Int) -> String {
            "ORDER BY started_at DESC, id LIMIT \(number(.count(max(1, limit))))"
        }

        /// A statement: `text`, the conditions, and what follows them.
        func statement(_ text: String, _ rest: String = "") -> Statement {
            Statement("\(text) \(sql) \(rest)", parameters)
        }
    }
#endif
