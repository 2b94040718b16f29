import Inventory
import RuleText
import Yams

extension AlertFileParser {
    static let scopeKeys = [
        "types", "providers", "critical", "interfaces", "aliases", "devices", "device_types", "tags", "locations",
        "systems",
    ]

    mutating func scopes(_ node: Node?, of subject: AlertSubject) -> [AlertScope] {
        guard let node else { return [] }
        refuseEmpty(node, "`where`")
        let nodes = if case .sequence(let sequence) = node { Array(sequence) } else { [node] }
        return nodes.compactMap { scope($0, of: subject) }
    }

    private mutating func scope(_ node: Node, of subject: AlertSubject) -> AlertScope? {
        guard let fields = reader.fields(node, of: "`where`", known: Self.scopeKeys) else { return nil }
        refuseEmpty(node, "`where`")
        for (key, value) in fields {
            refuseEmpty(value, "`\(key)`")
            refuseUnlessOf(subject, key, value)
        }
        var scope = AlertScope()
        scope.types = choices(fields["types"], of: "`types`")
        scope.deviceTypes = choices(fields["device_types"], of: "`device_types`")
        scope.isCritical = reader.flag(fields["critical"], of: "`critical`")
        scope.providers = reader.texts(fields["providers"], of: "`providers`").map(\.value)
        scope.interfaces = reader.texts(fields["interfaces"], of: "`interfaces`").map(\.value)
        scope.aliases = reader.texts(fields["aliases"], of: "`aliases`").map(\.value)
        scope.devices = reader.texts(fields["devices"], of: "`devices`").map(\.value)
        scope.tags = reader.texts(fields["tags"], of: "`tags`").map(\.value)
        scope.locations = reader.texts(fields["locations"], of: "`locations`").map(\.value)
        scope.systems = reader.texts(fields["systems"], of: "`systems`").map(\.value)
        return scope
    }

    /// What can never be said of the condition's subject: such a rule would decide about nothing.
    private mutating func refuseUnlessOf(_ subject: AlertSubject, _ key: String, _ node: Node) {
        guard !subject.scopeKeys.contains(key) else { return }
        reader.problems.error(
            "wrong-value", at: reader.position(node), "`\(key)` fits nothing: the condition is of \(subject.words)",
            remedy: "use \(subject.scopeKeys.joined(separator: ", ")), or leave `where` out")
    }

    private mutating func choices<Value: RawRepresentable & CaseIterable & Hashable>(
        _ node: Node?, of what: String
    ) -> Set<Value> where Value.RawValue == String {
        guard let node else { return [] }
        let nodes = if case .scalar = node { [node] } else { reader.items(node, of: what) }
        return Set(nodes.compactMap { reader.choice($0, of: what, code: "unknown-type", as: Value.self) })
    }
}

extension AlertSubject {
    /// What `where` can say of it.
    fileprivate var scopeKeys: [String] {
        switch self {
        case .interface: AlertFileParser.scopeKeys.filter { $0 != "systems" }
        case .device: ["devices", "device_types", "tags", "locations"]
        case .system: ["systems"]
        }
    }

    fileprivate var words: String {
        switch self {
        case .interface: "interfaces"
        case .device: "devices"
        case .system: "parts of WARD FLUX"
        }
    }
}
