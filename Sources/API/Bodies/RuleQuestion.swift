import Classification
import Listing

/// An interface as someone describes it, to ask what the rules make of it.
struct RuleQuestion {
    let input: ClassificationInput

    private static let textRule = TextRule.text(max: 4000)
    private static let types = 0...1_000_000
    private static let speeds = 0...100_000_000
    private static let statuses = 0...255

    /// Reads the body of a request.
    init(_ request: APIRequest) throws(Problem) {
        var fields = try BodyFields(request)
        let name = fields.text("name", Self.textRule).value ?? ""
        let descr = fields.text("descr", Self.textRule).value ?? ""
        let alias = fields.text("alias", Self.textRule).value ?? ""
        let ifType = fields.integer("if_type", in: Self.types).value
        let speed = fields.integer("speed_mbps", in: Self.speeds).value
        let admin = fields.integer("if_admin_status", in: Self.statuses).value
        let oper = fields.integer("if_oper_status", in: Self.statuses).value
        try fields.finish()
        input = ClassificationInput(
            name: name, descr: descr, alias: alias, ifType: ifType, speedBps: speed.map { Int64($0) * 1_000_000 },
            adminStatus: admin, operStatus: oper)
    }

    static var schema: JSONValue {
        let text = Schema.nullable(textRule.schema)
        return Schema.object(
            [
                ("name", Schema.documented(text, "ifName.")), ("descr", Schema.documented(text, "ifDescr.")),
                ("alias", Schema.documented(text, "ifAlias.")),
                ("if_type", Schema.nullable(Schema.integer(types, doc: "ifType, IANA number."))),
                ("speed_mbps", Schema.nullable(Schema.integer(speeds, doc: "Speed in 10^6 bit/s."))),
                ("if_admin_status", Schema.nullable(Schema.integer(statuses))),
                ("if_oper_status", Schema.nullable(Schema.integer(statuses))),
            ], required: [])
    }
}
