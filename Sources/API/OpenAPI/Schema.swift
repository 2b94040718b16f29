import Listing

/// JSON Schemas (draft 2020-12, as OpenAPI 3.1 uses it) of what the API takes and answers.
enum Schema {
    /// What texts of a query may hold.
    static let noNUL = "^[^\\u0000]*$"

    static func reference(_ name: String) -> JSONValue {
        ["$ref": .string("#/components/schemas/\(name)")]
    }

    static func object(
        _ properties: [(name: String, schema: JSONValue)], required: [String]? = nil, isOpen: Bool = false
    ) -> JSONValue {
        [
            "type": "object",
            "properties": .object(properties.map { JSONMember($0.name, $0.schema) }),
            "required": .array((required ?? properties.map(\.name)).map(JSONValue.string)),
            "additionalProperties": .boolean(isOpen),
        ]
    }

    static func array(_ items: JSONValue, count: ClosedRange<Int>? = nil) -> JSONValue {
        guard let count else { return ["type": "array", "items": items] }
        return [
            "type": "array", "items": items, "minItems": .integer(Int64(count.lowerBound)),
            "maxItems": .integer(Int64(count.upperBound)),
        ]
    }

    static func choice(_ words: [String], doc: String? = nil) -> JSONValue {
        documented(["type": "string", "enum": .array(words.map(JSONValue.string))], doc)
    }

    static func integer(_ range: ClosedRange<Int>, doc: String? = nil) -> JSONValue {
        documented(
            [
                "type": "integer", "minimum": .integer(Int64(range.lowerBound)),
                "maximum": .integer(Int64(range.upperBound)),
            ], doc)
    }

    static func string(_ doc: String? = nil) -> JSONValue { documented(["type": "string"], doc) }
    static func boolean(_ doc: String? = nil) -> JSONValue { documented(["type": "boolean"], doc) }
    static func number(_ doc: String? = nil) -> JSONValue { documented(["type": "number"], doc) }
    static func count(_ doc: String? = nil) -> JSONValue { documented(["type": "integer", "minimum": 0], doc) }
    static let identifier: JSONValue = ["type": "string", "format": "uuid"]
    static let time: JSONValue = ["type": "string", "format": "date-time"]
    static let counts: JSONValue = ["type": "object", "additionalProperties": ["type": "integer"]]

    /// The same schema, or `null`.
    static func nullable(_ schema: JSONValue) -> JSONValue {
        guard case .object(var members) = schema else { return schema }
        if let place = members.firstIndex(where: { $0.name == "enum" }), case .array(let words) = members[place].value {
            members[place].value = .array(words + [.null])
        }
        if let place = members.firstIndex(where: { $0.name == "type" }) {
            members[place].value = .array([members[place].value, "null"])
            return .object(members)
        }
        return ["anyOf": .array([schema, ["type": "null"]])]
    }

    static func documented(_ schema: JSONValue, _ doc: String?) -> JSONValue {
        guard let doc, case .object(let members) = schema else { return schema }
        return .object([JSONMember("description", .string(doc))] + members)
    }

    /// The values of a kind of column.
    static func of(_ kind: CellKind) -> JSONValue {
        switch kind {
        case .text: ["type": "string"]
        case .identifier: identifier
        case .integer: ["type": "integer", "format": "int64"]
        case .real: ["type": "number"]
        case .boolean: ["type": "boolean"]
        case .time: time
        case .list: ["type": "array", "items": ["type": "string"]]
        case .counts: counts
        }
    }
}

extension ListSchema {
    /// The schema of one row.
    var rowSchema: JSONValue { Schema.object(properties) }

    /// The members of one row with their schemas.
    var properties: [(name: String, schema: JSONValue)] {
        columns.map { column in
            var schema = column.values.isEmpty ? Schema.of(column.kind) : Schema.choice(column.values)
            if column.isNullable { schema = Schema.nullable(schema) }
            return (column.name, Schema.documented(schema, column.doc))
        }
    }

    /// The schema of a page of rows.
    func pageSchema(of row: String) -> JSONValue { Schema.object(pageProperties(of: row)) }

    /// The members of a page of rows with their schemas.
    func pageProperties(of row: String) -> [(name: String, schema: JSONValue)] {
        [
            ("items", Schema.array(Schema.reference(row))),
            (
                "next_cursor",
                Schema.documented(
                    Schema.nullable(Schema.string()), "Where the next page begins; null on the last one.")
            ),
            ("total", Schema.count("How many rows there are on all pages.")),
        ]
    }

    /// The parameters of a list, in the order of the columns.
    func listParameters(limitDefault: Int = 100) -> [QueryParameter] {
        let words = sortableColumns.flatMap { [$0, "-\($0)"] }
        return [
            QueryParameter(
                name: "limit", doc: "Rows in a page; CSV without a limit has all rows.",
                schema: .object(
                    [JSONMember("type", "integer"), JSONMember("minimum", 1)]
                        + [
                            JSONMember("maximum", .integer(Int64(ListQuery.limitMax))),
                            JSONMember("default", .integer(Int64(limitDefault))),
                        ])),
            QueryParameter(
                name: "cursor", doc: "The next_cursor of the page before; keep the sort the same.",
                schema: ["type": "string", "pattern": "^[A-Za-z0-9_-]+$"]),
            QueryParameter(
                name: "sort",
                doc: "Columns to sort by, the most important first; a leading minus puts the largest first.",
                schema: ["type": "array", "items": Schema.choice(words), "minItems": 1], takesSeveral: true),
            QueryParameter(
                name: "q", doc: "Words that must all occur in a row, case ignored.",
                schema: ["type": "string", "maxLength": 200, "pattern": .string(Schema.noNUL)]),
            formatParameter,
        ] + filterParameters.map(\.query)
    }

    private var formatParameter: QueryParameter {
        QueryParameter(
            name: "format", doc: "The form of the answer; by default as Accept asks, else JSON.",
            schema: Schema.choice(["json", "csv"]))
    }
}

extension ListParameter {
    var query: QueryParameter {
        let value = schemaOfOne
        return QueryParameter(
            name: name, doc: doc, schema: takesSeveral ? ["type": "array", "items": value, "minItems": 1] : value,
            takesSeveral: takesSeveral)
    }

    private var schemaOfOne: JSONValue {
        if !values.isEmpty { return Schema.choice(values) }
        switch kind {
        case .integer:
            return [
                "type": "integer", "format": "int64", "minimum": .integer(Int64.min), "maximum": .integer(Int64.max),
            ]
        case .list, .text: return ["type": "string", "pattern": .string(Schema.noNUL)]
        default: return Schema.of(kind)
        }
    }
}
