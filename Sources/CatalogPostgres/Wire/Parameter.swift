#if PostgreSQL
    import CatalogRows
    import FoundationEssentials
    import Inventory

    extension ValueKind {
        /// The server's number of the type.
        var type: UInt32 {
            switch self {
            case .flag: 16
            case .bytes: 17
            case .integer: 20
            case .text: 25
            case .real: 701
            case .time: 1184
            case .id: 2950
            }
        }

        /// The server's number of the type of a list of it.
        var listType: UInt32 {
            switch self {
            case .flag: 1000
            case .bytes: 1001
            case .integer: 1016
            case .text: 1009
            case .real: 1022
            case .time: 1185
            case .id: 2951
            }
        }

        /// The name of the type in SQL.
        var name: String {
            switch self {
            case .flag: "boolean"
            case .bytes: "bytea"
            case .integer: "bigint"
            case .text: "text"
            case .real: "double precision"
            case .time: "timestamptz"
            case .id: "uuid"
            }
        }
    }

    /// A value of a statement, in the server's binary form.
    struct Parameter: Sendable {
        /// The server's number of its type.
        var type: UInt32
        /// nil for NULL.
        var octets: [UInt8]?

        init(type: UInt32, octets: [UInt8]?) {
            self.type = type
            self.octets = octets
        }

        private init(_ kind: ValueKind, _ write: (inout [UInt8]) -> Void) {
            var octets: [UInt8] = []
            write(&octets)
            self.init(type: kind.type, octets: octets)
        }

        private static func null(_ kind: ValueKind) -> Parameter {
            Parameter(type: kind.type, octets: nil)
        }

        static func text(_ value: String?) -> Parameter {
            value.map { value in Parameter(.text) { BinaryForm.text(value, to: &$0) } } ?? null(.text)
        }

        static func integer(_ value: Int64?) -> Parameter {
            value.map { value in Parameter(.integer) { BinaryForm.integer(value, to: &$0) } } ?? null(.integer)
        }

        static func count(_ value: Int) -> Parameter {
            integer(Int64(max(0, value)))
        }

        static func real(_ value: Double?) -> Parameter {
            value.map { value in Parameter(.real) { BinaryForm.real(value, to: &$0) } } ?? null(.real)
        }

        static func flag(_ value: Bool?) -> Parameter {
            value.map { Parameter(type: ValueKind.flag.type, octets: [$0 ? 1 : 0]) } ?? null(.flag)
        }

        static func bytes(_ value: [UInt8]) -> Parameter {
            Parameter(type: ValueKind.bytes.type, octets: value)
        }

        static func time(_ value: Timestamp?) -> Parameter {
            value.map { value in Parameter(.time) { BinaryForm.time(value, to: &$0) } } ?? null(.time)
        }

        static func id<Entity>(_ value: Identifier<Entity>?) -> Parameter {
            value.map { value in Parameter(.id) { BinaryForm.id(value.uuid, to: &$0) } } ?? null(.id)
        }

        static func ids<Entity>(_ values: some Collection<Identifier<Entity>>) -> Parameter {
            var list = ListWriter(kind: .id)
            for value in values { list.add { BinaryForm.id(value.uuid, to: &$0) } }
            return list.parameter
        }

        static func texts(_ values: some Collection<String>) -> Parameter {
            var list = ListWriter(kind: .text)
            for value in values { list.add { BinaryForm.text(value, to: &$0) } }
            return list.parameter
        }

        static func integers(_ values: some Collection<Int64>) -> Parameter {
            var list = ListWriter(kind: .integer)
            for value in values { list.add { BinaryForm.integer(value, to: &$0) } }
            return list.parameter
        }
    }

    /// Writes the binary form of a list of one dimension, value by value.
    struct ListWriter {
        private let kind: ValueKind
        private var octets: [UInt8]
        private var count: Int32 = 0
        private var hasNull = false

        init(kind: ValueKind, reserving capacity: Int = 0) {
            self.kind = kind
            octets = []
            octets.reserveCapacity(20 + capacity)
            octets.append(contentsOf: repeatElement(0, count: 20))
        }

        /// Adds NULL.
        mutating func addNull() {
            count += 1
            hasNull = true
            BinaryForm.append(Int32(-1), to: &octets)
        }

        /// Adds what `write` appends.
        mutating func add(_ write: (inout [UInt8]) -> Void) {
            count += 1
            let start = octets.count
            BinaryForm.append(Int32(0), to: &octets)
            write(&octets)
            BinaryForm.put(Int32(octets.count - start - 4), at: start, in: &octets)
        }

        /// The list.
        var parameter: Parameter {
            var octets = octets
            // Dimensions, whether there are NULLs, the type of the values, their count, the number of the first.
            let head = [count == 0 ? 0 : 1, hasNull ? 1 : 0, Int32(kind.type), count, 1]
            for (place, word) in head.enumerated() { BinaryForm.put(word, at: 4 * place, in: &octets) }
            if count == 0 { octets.removeLast(8) }
            return Parameter(type: kind.listType, octets: octets)
        }
    }
#endif
