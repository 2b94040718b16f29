import Inventory
import Listing

/// An excluded time as the API shows it: with the names of what it is about.
struct ExclusionRow: Sendable {
    let exclusion: BaselineExclusion
    var deviceName: String?
    var interfaceName: String?
    let now: Timestamp

    /// The table of excluded times; by begin where a query does not say.
    static let schema = ListSchema<ExclusionRow>(
        "baseline_exclusions",
        columns: [
            Column("id", .identifier, "Identity.") { Cell($0.exclusion.id) },
            Column("scope", .text, "Whose traffic.", values: ExclusionWord.allCases.map(\.rawValue)) {
                .text(ExclusionWord($0.exclusion.scope).rawValue)
            },
            Column("device_id", .identifier, "The device, where it is about one.", nullable: true) {
                if case .device(let id) = $0.exclusion.scope { Cell(id) } else { .null }
            },
            Column("device_name", .text, "Name of the device, or of the interface's.", nullable: true, uses: .all) {
                Cell($0.deviceName)
            },
            Column("interface_id", .identifier, "The interface, where it is about one.", nullable: true) {
                if case .interface(let id) = $0.exclusion.scope { Cell(id) } else { .null }
            },
            Column("if_name", .text, "Name of the interface.", nullable: true, uses: .all) { Cell($0.interfaceName) },
            Column("tag", .text, "The tag of devices, where it is about one.", nullable: true, uses: .all) {
                if case .tag(let tag) = $0.exclusion.scope { .text(tag) } else { .null }
            },
            Column("from", .time, "Its first moment.") { .time($0.exclusion.from) },
            Column("to", .time, "The moment after its last.") { .time($0.exclusion.to) },
            Column("is_now", .boolean, "Whether it holds now.") {
                .boolean($0.exclusion.from <= $0.now && $0.now < $0.exclusion.to)
            },
            Column("reason", .text, "Why, in the operator's words.", nullable: true, uses: .all) {
                Cell($0.exclusion.reason)
            },
            Column("created_at", .time, "When it was entered.") { .time($0.exclusion.createdAt) },
        ], defaultSort: [SortTerm("from")], id: { RowID($0.exclusion.id) })
}

/// Whose traffic an exclusion is about, as a word.
enum ExclusionWord: String, Sendable, Hashable, CaseIterable {
    case all
    case device
    case interface
    case tag

    init(_ scope: ExclusionScope) {
        self =
            switch scope {
            case .all: .all
            case .device: .device
            case .interface: .interface
            case .tag: .tag
            }
    }
}

/// What an operator says of a time that is to be excluded.
struct ExclusionChange: Sendable {
    let scope: ExclusionScope
    let from: Timestamp
    let to: Timestamp
    let reason: String?

    private static let tagRule = TextRule.name(max: 64)
    private static let reasonRule = TextRule.text(max: 1_000)
    /// Days that an exclusion lasts at most: a longer one is a mistake, and would silence all for good.
    static let daysMax = 366

    /// Reads the body of a request.
    init(_ request: APIRequest, now: Timestamp) throws(Problem) {
        var fields = try BodyFields(request)
        let word = fields.required("scope", fields.choice("scope", ExclusionWord.self))
        let scope = Self.scope(word, &fields)
        let from = fields.required("from", fields.moment("from", now: now))
        let to = fields.required("to", fields.moment("to", now: now))
        reason = fields.text("reason", Self.reasonRule).value.flatMap { $0.isEmpty ? nil : $0 }
        try fields.finish()
        guard let scope, let from, let to else { throw .badBody(fields.errors) }
        self.scope = scope
        (self.from, self.to) = (from, to)
        try Self.check(from, to)
    }

    private static func scope(_ word: ExclusionWord?, _ fields: inout BodyFields) -> ExclusionScope? {
        let device = fields.identifier("device_id", of: Device.self)
        let interface = fields.identifier("interface_id", of: Interface.self)
        let tag = fields.text("tag", tagRule)
        let given: [(word: ExclusionWord, name: String, isGiven: Bool)] = [
            (.device, "device_id", device.value != nil), (.interface, "interface_id", interface.value != nil),
            (.tag, "tag", tag.value != nil),
        ]
        for one in given where one.isGiven && word != nil && one.word != word {
            fields.conflict(one.name, "it goes with scope \(one.word.rawValue) only; leave it out")
        }
        switch word {
        case .all: return .all
        case .device: return fields.needed("device_id", device, by: "scope device").map(ExclusionScope.device)
        case .interface:
            return fields.needed("interface_id", interface, by: "scope interface").map(ExclusionScope.interface)
        case .tag: return fields.needed("tag", tag, by: "scope tag").map(ExclusionScope.tag)
        case nil: return nil
        }
    }

    private static func check(_ from: Timestamp, _ to: Timestamp) throws(Problem) {
        let lasting = to.secondsSince(from)
        guard lasting > 0, lasting <= Double(daysMax) * 86_400 else {
            let detail =
                lasting > 0
                ? "the time lasts longer than \(daysMax) days; enter shorter ones"
                : "the time begins at \(from) and ends at \(to); give a to after from"
            throw .impossible([ProblemError(field: "to", value: to.description, detail: detail)])
        }
    }

    static var schema: JSONValue {
        let moment = MomentAhead.schema
        return Schema.object(
            [
                ("scope", Schema.choice(ExclusionWord.allCases.map(\.rawValue), doc: "Whose traffic.")),
                ("device_id", Schema.documented(Schema.nullable(Schema.identifier), "With scope device.")),
                ("interface_id", Schema.documented(Schema.nullable(Schema.identifier), "With scope interface.")),
                ("tag", Schema.documented(Schema.nullable(tagRule.schema), "With scope tag: a tag of devices.")),
                ("from", Schema.documented(moment, "Its first moment; may be past, or ahead.")),
                ("to", Schema.documented(moment, "The moment after its last, such as 2h: two hours from now.")),
                ("reason", Schema.nullable(reasonRule.schema)),
            ], required: ["scope", "from", "to"])
    }
}
