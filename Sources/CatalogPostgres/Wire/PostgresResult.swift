#if PostgreSQL
    import CPQ
    import CatalogRows
    import FoundationEssentials
    import Inventory

    /// What a statement answered: its rows, read where libpq keeps them.
    ///
    /// Proof: nothing changes the result after it was made, and libpq lets any thread read one.
    final class PostgresResult: @unchecked Sendable {
        private let result: OpaquePointer
        /// How many rows it has.
        let count: Int

        /// Takes over a result.
        init(_ result: OpaquePointer) {
            self.result = result
            count = Int(PQntuples(result))
        }

        deinit {
            PQclear(result)
        }

        /// How many rows the statement wrote.
        var affected: Int {
            PQcmdTuples(result).flatMap { Int(String(cString: $0)) } ?? 0
        }

        /// What the statement was, such as `COMMIT` or `INSERT 0 1`.
        var tag: String {
            PQcmdStatus(result).map { String(cString: $0) } ?? ""
        }

        /// Calls `body` for each row.
        func forEach(_ body: (inout ResultReader) throws -> Void) throws {
            for row in 0..<count {
                var reader = ResultReader(result, row: Int32(row))
                try body(&reader)
            }
        }

        /// The rows as values.
        func rows<Row: TableRow>(_ type: Row.Type = Row.self) throws -> [Row] {
            var rows: [Row] = []
            rows.reserveCapacity(count)
            do {
                try forEach { reader in rows.append(try Row(reading: &reader)) }
            } catch let error as UnreadableValue {
                throw error.of(Row.table)
            }
            return rows
        }

        /// The first column of the first row as a whole number; 0 where there is none.
        var number: Int64 {
            guard count > 0 else { return 0 }
            var reader = ResultReader(result, row: 0)
            return reader.integer() ?? 0
        }

        /// All values as text, of an answer that was asked for as text.
        var texts: [[String?]] {
            (0..<Int32(count)).map { row in
                (0..<PQnfields(result)).map { column in
                    guard PQgetisnull(result, row, column) == 0 else { return nil }
                    return PQgetvalue(result, row, column).map { String(cString: $0) }
                }
            }
        }
    }

    /// Reads the columns of one row of an answer in binary form, one after the other.
    struct ResultReader: ColumnReading {
        private let result: OpaquePointer
        private let row: Int32
        private var position: Int32 = 0

        init(_ result: OpaquePointer, row: Int32) {
            self.result = result
            self.row = row
        }

        mutating func text() -> String? {
            octets { String(decoding: $0, as: UTF8.self) }
        }

        mutating func integer() -> Int64? {
            value { octets in
                switch octets.count {
                case 8: BinaryForm.number(octets) as Int64
                case 4: Int64(BinaryForm.number(octets) as Int32)
                case 2: Int64(BinaryForm.number(octets) as Int16)
                default: octets.first.map { Int64($0) } ?? 0
                }
            }
        }

        mutating func optionalReal() -> Double? {
            value { Double(bitPattern: BinaryForm.number($0)) }
        }

        mutating func optionalFlag() -> Bool? {
            value { $0.first != 0 }
        }

        mutating func bytes() -> [UInt8] {
            value { Array($0) } ?? []
        }

        mutating func time() throws -> Timestamp? {
            guard let read = value({ BinaryForm.time($0) }) else { return nil }
            guard let time = read else { throw unreadable(expected: "a time") }
            return time
        }

        mutating func id<Entity>(_ entity: Entity.Type) throws -> Identifier<Entity>? {
            value { octets in
                Identifier(UUID(uuid: octets.loadUnaligned(as: uuid_t.self)))
            }
        }

        mutating func octets<Outcome>(
            _ body: (UnsafeBufferPointer<UInt8>) throws -> Outcome
        ) rethrows -> Outcome? {
            try value { raw in
                try raw.withMemoryRebound(to: UInt8.self) { octets in
                    guard let plain = BinaryForm.unescaped(octets) else { return try body(octets) }
                    return try plain.withUnsafeBufferPointer(body)
                }
            }
        }

        func unreadable(expected: String) -> UnreadableValue {
            let column = position - 1
            let name = PQfname(result, column).map { String(cString: $0) } ?? "?"
            var reader = self
            reader.position = column
            let text = PQftype(result, column) == ValueKind.text.type ? reader.text() ?? "NULL" : "something else"
            return UnreadableValue(
                column: name, text: text.count > 200 ? "\(text.prefix(200))…" : text, expected: expected)
        }

        private mutating func value<Outcome>(
            _ body: (UnsafeRawBufferPointer) throws -> Outcome
        ) rethrows -> Outcome? {
            defer { position += 1 }
            guard PQgetisnull(result, row, position) == 0, let start = PQgetvalue(result, row, position) else {
                return nil
            }
            let count = Int(PQgetlength(result, row, position))
            return try body(UnsafeRawBufferPointer(start: start, count: count))
        }
    }
#endif
