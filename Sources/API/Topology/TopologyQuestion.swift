import Inventory
import Listing
import Topology

/// Which part of the wiring, of which time, a query asks for.
struct TopologyQuestion: Sendable {
    private let depth: Int
    private let types: Set<DeviceType>
    private let tags: Set<String>
    /// The time; nil for now.
    let time: Timestamp?

    static let depths = 0...100
    private static let tagMax = 64

    static let parameters: [QueryParameter] =
        [
            QueryParameter(
                name: "around", doc: "Only this device, by id or name, and those near it.",
                schema: TopologyFinder.deviceSchema),
            QueryParameter(
                name: "depth", doc: "With around: at most so many cables away.",
                schema: [
                    "type": "integer", "minimum": .integer(Int64(depths.lowerBound)),
                    "maximum": .integer(Int64(depths.upperBound)), "default": 1,
                ]),
            QueryParameter(
                name: "device_type", doc: "Only devices of these types, and the cables among them.",
                schema: Schema.array(Schema.choice(DeviceType.allCases.map(\.rawValue)), count: 1...8),
                takesSeveral: true),
            QueryParameter(
                name: "tag", doc: "Only devices with one of these tags, and the cables among them.",
                schema: Schema.array(
                    [
                        "type": "string", "minLength": 1, "maxLength": .integer(Int64(tagMax)),
                        "pattern": "^[^\\u0000,\\\\]*$",
                    ], count: 1...64), takesSeveral: true),
            timeParameter,
        ]

    static let timeParameter = QueryParameter(
        name: "as_of",
        doc: "The wiring as it was then: RFC 3339, a date, or relative such as -24h; now where not given.",
        schema: MomentText.schema)

    /// Reads the question of a call, as far as it can be read without a graph.
    init(_ call: Call, now: Timestamp) throws(Problem) {
        depth = try call.number("depth", in: Self.depths, default: 1)
        types = try Self.types(call)
        tags = try Self.tags(call)
        time = try Self.time(call, now: now)
        if call.value("depth") != nil, call.value("around") == nil {
            throw .impossible([
                ProblemError(field: "depth", value: call.value("depth"), detail: "give around too: a device")
            ])
        }
    }

    /// Whether all of it is asked for.
    func isWhole(_ call: Call) -> Bool {
        call.value("around") == nil && types.isEmpty && tags.isEmpty
    }

    /// The part of a graph that is asked for.
    func part(of snapshot: TopologySnapshot, _ call: Call) throws(Problem) -> TopologyGraph {
        var graph = snapshot.graph
        if let device = try TopologyFinder(snapshot: snapshot).device("around", call) {
            graph = GraphFocus(graph).around(device, depth: depth)
        }
        guard !types.isEmpty || !tags.isEmpty else { return graph }
        return GraphFocus(graph).filtered(types: types, tags: tags)
    }

    private static func types(_ call: Call) throws(Problem) -> Set<DeviceType> {
        guard let text = call.value("device_type") else { return [] }
        var types: Set<DeviceType> = []
        for word in CommaList.split(text) {
            guard let type = DeviceType(rawValue: word) else {
                let words = DeviceType.allCases.map(\.rawValue).joined(separator: ", ")
                throw .badQuery([
                    ProblemError(field: "device_type", value: text, detail: "'\(word)' is not one of \(words)")
                ])
            }
            types.insert(type)
        }
        return types
    }

    private static func tags(_ call: Call) throws(Problem) -> Set<String> {
        guard let text = call.value("tag") else { return [] }
        let tags = CommaList.split(text)
        guard tags.allSatisfy({ (1...tagMax).contains($0.unicodeScalars.count) }) else {
            let detail = "give tags of 1 to \(tagMax) characters, separated by commas"
            throw .badQuery([ProblemError(field: "tag", value: text, detail: detail)])
        }
        return Set(tags)
    }

    private static func time(_ call: Call, now: Timestamp) throws(Problem) -> Timestamp? {
        guard let text = call.value("as_of") else { return nil }
        if let moment = MomentText.read(text, now: now) { return moment >= now ? nil : moment }
        let error = ProblemError(field: "as_of", value: text, detail: MomentText.remedy)
        guard MomentText.isWellFormed(text) else { throw .badQuery([error]) }
        throw .impossible([error])
    }
}
