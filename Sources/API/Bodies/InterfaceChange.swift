import Inventory
import Listing

/// What an operator sets of an interface; `null` goes back to rules and discovery.
struct InterfaceChange: Sendable {
    var interfaceType: Given<InterfaceType>
    /// An empty text says that there is no provider.
    var ispProvider: Given<String>
    var isCritical: Given<Bool>
    var monitoringEnabled: Given<Bool>
    var enabled: Bool?
    var notes: Given<String>

    private static let notesRule = TextRule.text(max: 4000)

    /// Reads the body of a request.
    init(_ request: APIRequest) throws(Problem) {
        var fields = try BodyFields(request)
        interfaceType = fields.choice("interface_type", InterfaceType.self)
        ispProvider = fields.text("isp_provider", .provider)
        isCritical = fields.boolean("is_critical")
        monitoringEnabled = fields.boolean("monitoring_enabled")
        enabled = fields.notNull("enabled", fields.boolean("enabled"))
        notes = fields.text("notes", Self.notesRule)
        try fields.finish()
    }

    static var schema: JSONValue {
        Schema.object(
            [
                ("interface_type", Schema.nullable(Schema.choice(InterfaceType.allCases.map(\.rawValue)))),
                (
                    "isp_provider",
                    Schema.documented(
                        Schema.nullable(TextRule.provider.schema), "Id of the provider; an empty text: there is none.")
                ),
                ("is_critical", Schema.nullable(Schema.boolean())),
                ("monitoring_enabled", Schema.nullable(Schema.boolean())),
                ("enabled", Schema.boolean("The operator's switch for the row as a whole.")),
                ("notes", Schema.nullable(notesRule.schema)),
            ], required: [])
    }

    /// The row as it is after this change; `verdict` is what the rules say of it now.
    func applied(to stored: Interface, verdict: RowVerdict, at now: Timestamp) -> Interface {
        var row = stored
        set(interfaceType, .interfaceType, &row) { row, type in
            row.interfaceType = type
            row.classificationConfidence = 1
            row.classificationRule = "operator"
        }
        set(ispProvider, .ispProvider, &row) { $0.ispProvider = $1.isEmpty ? nil : $1 }
        set(isCritical, .isCritical, &row) { $0.isCritical = $1 }
        set(monitoringEnabled, .monitoringEnabled, &row) { $0.monitoringEnabled = $1 }
        if interfaceType.isGiven || ispProvider.isGiven || isCritical.isGiven || monitoringEnabled.isGiven {
            verdict.apply(&row)
        }
        if let enabled { row.enabled = enabled }
        switch notes {
        case .absent: break
        case .null: row.notes = nil
        case .value(let text): row.notes = text.isEmpty ? nil : text
        }
        if row != stored { row.updatedAt = now }
        return row
    }

    private func set<Value>(
        _ given: Given<Value>, _ field: OverridableField, _ row: inout Interface,
        _ write: (inout Interface, Value) -> Void
    ) {
        switch given {
        case .absent: break
        case .null: row.overrides.remove(field)
        case .value(let value):
            row.overrides.insert(field)
            write(&row, value)
        }
    }
}

/// Writes what the rules say of a row into it, except what its operator set.
struct RowVerdict {
    let apply: (inout Interface) -> Void
}
