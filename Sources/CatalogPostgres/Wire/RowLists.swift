#if PostgreSQL
    import CatalogRows
    import Inventory

    /// Takes one row as the parameters of a statement.
    struct ParameterSink: ColumnSink {
        private(set) var parameters: [Parameter] = []

        static func parameters(of row: some BoundRow) -> [Parameter] {
            var sink = ParameterSink()
            row.write(to: &sink)
            return sink.parameters
        }

        mutating func text(_ value: String?) { parameters.append(.text(value)) }
        mutating func integer(_ value: Int64?) { parameters.append(.integer(value)) }
        mutating func real(_ value: Double?) { parameters.append(.real(value)) }
        mutating func flag(_ value: Bool?) { parameters.append(.flag(value)) }
        mutating func bytes(_ value: [UInt8]) { parameters.append(.bytes(value)) }
        mutating func time(_ value: Timestamp?) { parameters.append(.time(value)) }
        mutating func id<Entity>(_ value: Identifier<Entity>?) { parameters.append(.id(value)) }
    }

    /// Takes many rows as one list for each column, for `unnest`.
    struct RowLists: ColumnSink {
        private var lists: [ListWriter] = []
        /// The kinds of the columns, as the first row told them.
        private(set) var kinds: [ValueKind] = []
        private var column = 0

        /// The lists of some rows.
        static func of<Row: BoundRow>(_ rows: some Collection<Row>) -> RowLists {
            var sink = RowLists()
            for row in rows { sink.add(row) }
            return sink
        }

        mutating func add(_ row: some BoundRow) {
            column = 0
            row.write(to: &self)
        }

        /// Adds a row that `write` hands over.
        mutating func addRow(_ write: (inout RowLists) -> Void) {
            column = 0
            write(&self)
        }

        /// One list for each column.
        var parameters: [Parameter] { lists.map(\.parameter) }

        mutating func text(_ value: String?) {
            put(.text, value) { BinaryForm.text($0, to: &$1) }
        }

        mutating func integer(_ value: Int64?) {
            put(.integer, value) { BinaryForm.integer($0, to: &$1) }
        }

        mutating func real(_ value: Double?) {
            put(.real, value) { BinaryForm.real($0, to: &$1) }
        }

        mutating func flag(_ value: Bool?) {
            put(.flag, value) { $1.append($0 ? 1 : 0) }
        }

        mutating func bytes(_ value: [UInt8]) {
            put(.bytes, value) { $1 += $0 }
        }

        mutating func time(_ value: Timestamp?) {
            put(.time, value) { BinaryForm.time($0, to: &$1) }
        }

        mutating func id<Entity>(_ value: Identifier<Entity>?) {
            put(.id, value?.uuid) { BinaryForm.id($0, to: &$1) }
        }

        private mutating func put<Value>(_ kind: ValueKind, _ value: Value?, _ write: (Value, inout [UInt8]) -> Void) {
            if column == lists.count {
                lists.append(ListWriter(kind: kind))
                kinds.append(kind)
            }
            if let value { lists[column].add { write(value, &$0) } } else { lists[column].addNull() }
            column += 1
        }
    }
#endif
