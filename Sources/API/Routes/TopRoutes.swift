import Catalog
import Inventory
import Listing
import Traffic

/// `/interfaces/top`: the busiest interfaces, and those with the most errors.
struct TopRoutes: RouteGroup {
    let state: APIState
    private static let limitMax = 1_000

    var routes: [Route] {
        [
            Route(
                method: "GET", path: "/interfaces/top", operation: "listTopInterfaces", tag: "metrics",
                summary: "The interfaces with the most traffic, utilization, errors or discards.",
                doc: "Of window=now those that were read within two intervals; of window=24h as last summed up.",
                query: Self.parameters,
                answers: [
                    AnswerDescriptions.list("TopInterfaces", "The interfaces, the highest first."),
                    CommonAnswers.problem(422, "What is asked for is not known of that time."),
                ]
            ) { call in try await top(call) }
        ]
    }

    private static let parameters = [
        QueryParameter(
            name: "by", doc: "What puts them in order; discards are known for now only.",
            schema: Schema.choice(TopOrder.allCases.map(\.rawValue))),
        QueryParameter(name: "window", doc: "Now, or the last 24 hours.", schema: Schema.choice(["now", "24h"])),
        QueryParameter(
            name: "limit", doc: "Most interfaces of an answer.",
            schema: [
                "type": "integer", "minimum": 1, "maximum": .integer(Int64(limitMax)), "default": 10,
            ]),
        QueryParameter(
            name: "interface_type", doc: "Only of this type.",
            schema: Schema.choice(InterfaceType.allCases.map(\.rawValue))),
        QueryParameter(
            name: "isp_provider", doc: "Only of this provider.",
            schema: ["type": "string", "maxLength": 200, "pattern": .string(Schema.noNUL)]),
        QueryParameter(name: "device_id", doc: "Only of this device.", schema: Schema.identifier),
        QueryParameter(name: "is_critical", doc: "Only critical ones, or only others.", schema: Schema.boolean()),
        QueryParameter(
            name: "format", doc: "The form of the answer; by default as Accept asks, else JSON.",
            schema: Schema.choice(["json", "csv"])),
    ]

    private func top(_ call: Call) async throws -> APIResponse {
        let order =
            TopOrder(
                rawValue: try call.choice("by", of: TopOrder.allCases.map(\.rawValue), default: "traffic")) ?? .traffic
        let window = try call.choice("window", of: ["now", "24h"], default: "now")
        let limit = try call.number("limit", in: 1...Self.limitMax, default: 10)
        let filter = try RowFilter(call)
        let isCSV = try Answers.wantsCSV(call)
        let listing = try await state.interfaces.value().listing
        let rows =
            window == "now"
            ? now(order, limit, filter, listing) : try await day(order, limit, filter, listing)
        return isCSV ? Answers.csv(TopInterface.schema.csv(rows)) : Self.document(rows, order, window)
    }

    private func now(
        _ order: TopOrder, _ limit: Int, _ filter: RowFilter, _ listing: Listing<InterfaceRow>
    ) -> [TopInterface] {
        let now = state.services.now()
        let rates = state.services.metrics.allRates()
        var places: [(value: Double, id: RowID, place: Int)] = []
        for (place, one) in rates.enumerated() {
            guard !MetricsSource.isStale(one.reading, at: now), let value = one.value(by: order), value.isFinite else {
                continue
            }
            places.append((value, RowID(one.interfaceID), place))
        }
        places.sort { ($0.value, $1.id) > ($1.value, $0.id) }
        var rows: [TopInterface] = []
        for (_, id, place) in places where rows.count < limit {
            guard let row = listing.row(id), filter.takes(row.interface) else { continue }
            rows.append(TopInterface(row, rates[place]))
        }
        return rows
    }

    private func day(
        _ order: TopOrder, _ limit: Int, _ filter: RowFilter, _ listing: Listing<InterfaceRow>
    ) async throws -> [TopInterface] {
        guard let ofDay = order.ofDay else {
            let detail = "discards are known for window=now only; give traffic, utilization or errors"
            throw Problem.impossible([ProblemError(field: "by", value: order.rawValue, detail: detail)])
        }
        let wanted = filter.takesAll ? limit : listing.count
        let summaries = try await state.services.catalog.topMetricsSummaries(by: ofDay, limit: wanted)
        var rows: [TopInterface] = []
        for summary in summaries where rows.count < limit {
            guard let row = listing.row(RowID(summary.interfaceID)), filter.takes(row.interface) else { continue }
            rows.append(TopInterface(row, summary))
        }
        return rows
    }

    private static func document(_ rows: [TopInterface], _ order: TopOrder, _ window: String) -> APIResponse {
        var writer = JSONWriter(reserving: 700 * (rows.count + 1))
        writer.beginObject()
        writer.member("by", order.rawValue)
        writer.member("window", window)
        writer.key("items")
        writer.beginArray()
        for row in rows { TopInterface.schema.write(row, to: &writer) }
        writer.endArray()
        writer.endObject()
        return Answers.json(writer.bytes)
    }

    /// The schemas of these answers.
    static let schemas: [JSONMember] = [
        JSONMember("TopInterface", TopInterface.schema.rowSchema),
        JSONMember(
            "TopInterfaces",
            Schema.object([
                ("by", Schema.choice(TopOrder.allCases.map(\.rawValue))), ("window", Schema.choice(["now", "24h"])),
                ("items", Schema.array(Schema.reference("TopInterface"))),
            ])),
    ]
}

/// Which interfaces a short list is about.
struct RowFilter: Sendable {
    private var type: String?
    private var provider: String?
    private var device: DeviceID?
    private var isCritical: Bool?
    private static let providerMax = 200

    /// Reads the filters of a call.
    init(_ call: Call) throws(Problem) {
        if call.value("interface_type") != nil {
            type = try call.choice("interface_type", of: InterfaceType.allCases.map(\.rawValue), default: "")
        }
        provider = call.value("isp_provider")
        if let provider, provider.unicodeScalars.count > Self.providerMax {
            let detail = "give at most \(Self.providerMax) characters"
            throw .badQuery([ProblemError(field: "isp_provider", value: provider, detail: detail)])
        }
        if let text = call.value("device_id") {
            guard text.utf8.count == 36, let id = DeviceID(text) else {
                let detail = "give a UUID such as 6fa459ea-ee8a-4ca4-894e-db77e160355e"
                throw .badQuery([ProblemError(field: "device_id", value: text, detail: detail)])
            }
            device = id
        }
        if call.value("is_critical") != nil { isCritical = try call.flag("is_critical", default: false) }
    }

    var takesAll: Bool { type == nil && provider == nil && device == nil && isCritical == nil }

    func takes(_ interface: Interface) -> Bool {
        (type == nil || interface.interfaceType.rawValue == type)
            && (provider == nil || interface.ispProvider == provider)
            && (device == nil || interface.deviceID == device)
            && (isCritical == nil || interface.isCritical == isCritical)
    }
}
