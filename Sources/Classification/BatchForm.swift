public import Inventory

/// An interface in a batch of interfaces to classify, and the form of its answer.
///
/// The form is a JSON list of objects with the keys `id`, `name`, `descr`, `alias`, `if_type`, `speed_mbps`, `admin`,
/// `oper` and `neighbour` (`protocol`, `capabilities`, `platform`, `name`). Every key may be absent or null; unknown
/// keys and capabilities are passed over, so that labelled rows can be read as they are.
public struct BatchInterface: Sendable, Hashable, Decodable {
    /// Name of the row, handed back in the answer; empty where the row has none.
    public var id: String
    /// What is known of the interface.
    public var input: ClassificationInput

    /// A named interface.
    public init(id: String, input: ClassificationInput) {
        self.id = id
        self.input = input
    }

    /// Reads one row of the list.
    public init(from decoder: any Decoder) throws {
        let row = try decoder.container(keyedBy: Key.self)
        if let number = try? row.decode(Int.self, forKey: .id) {
            id = "\(number)"
        } else {
            id = try row.decodeIfPresent(String.self, forKey: .id) ?? ""
        }
        let speed = try row.decodeIfPresent(Double.self, forKey: .speed) ?? 0
        input = ClassificationInput(
            name: try row.decodeIfPresent(String.self, forKey: .name) ?? "",
            descr: try row.decodeIfPresent(String.self, forKey: .descr) ?? "",
            alias: try row.decodeIfPresent(String.self, forKey: .alias) ?? "",
            ifType: try row.decodeIfPresent(Int.self, forKey: .ifType),
            speedBps: speed > 0 && speed < 9e12 ? Int64(speed * 1_000_000) : nil,
            adminStatus: Self.status(try row.decodeIfPresent(String.self, forKey: .admin)),
            operStatus: Self.status(try row.decodeIfPresent(String.self, forKey: .oper)),
            neighbour: try row.decodeIfPresent(Neighbour.self, forKey: .neighbour)?.facts)
    }

    private enum Key: String, CodingKey {
        case id, name, descr, alias, admin, oper, neighbour
        case ifType = "if_type"
        case speed = "speed_mbps"
    }

    private static func status(_ name: String?) -> Int? {
        guard let name else { return nil }
        return ["up", "down", "testing", "unknown", "dormant", "notPresent", "lowerLayerDown"]
            .firstIndex(of: name).map { $0 + 1 }
    }

    private struct Neighbour: Decodable {
        let facts: NeighbourFacts

        init(from decoder: any Decoder) throws {
            let row = try decoder.container(keyedBy: Key.self)
            let names = try row.decodeIfPresent([String].self, forKey: .capabilities) ?? []
            facts = NeighbourFacts(
                protocolName: try row.decodeIfPresent(String.self, forKey: .protocolName) ?? "",
                capabilities: Set(names.compactMap(NeighbourCapability.init(rawValue:))),
                platform: try row.decodeIfPresent(String.self, forKey: .platform),
                name: try row.decodeIfPresent(String.self, forKey: .name))
        }

        private enum Key: String, CodingKey {
            case protocolName = "protocol"
            case capabilities, platform, name
        }
    }
}

/// The answer for one interface of a batch.
public struct BatchAnswer: Sendable, Hashable, Codable {
    /// Name of the row as given.
    public var id: String
    /// The type decided on.
    public var type: InterfaceType
    /// Id of the provider at the far end; null where none is known.
    public var provider: String?
    /// How likely the type is right, 0 to 1.
    public var confidence: Double
    /// Id of the rule that decided.
    public var rule: String
    /// The signs that spoke for the decision.
    public var evidence: [Evidence]

    /// Writes all keys, null where there is no provider.
    public func encode(to encoder: any Encoder) throws {
        var row = encoder.container(keyedBy: CodingKeys.self)
        try row.encode(id, forKey: .id)
        try row.encode(type, forKey: .type)
        try row.encode(provider, forKey: .provider)
        try row.encode(confidence, forKey: .confidence)
        try row.encode(rule, forKey: .rule)
        try row.encode(evidence, forKey: .evidence)
    }
}

extension RuleSet {
    /// Classifies a batch; answers stand in the order of the rows.
    public func answer(_ batch: [BatchInterface]) -> [BatchAnswer] {
        batch.map { row in
            let decided = classify(row.input)
            return BatchAnswer(
                id: row.id, type: decided.type, provider: decided.provider, confidence: decided.confidence,
                rule: decided.rule, evidence: decided.evidence)
        }
    }
}
