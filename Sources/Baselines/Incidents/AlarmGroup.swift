public import Inventory

/// Interfaces that have a budget of their own.
public enum AlarmGroup: Sendable, Hashable {
    /// Those of one type.
    case type(InterfaceType)
    /// Those of one provider, by its id.
    case provider(String)
    /// Those of devices with a tag.
    case tag(String)
    /// Those of devices of one site.
    case site(String)

    /// Reads `type:isp`, `provider:magti`, `tag:core` or `site:tbilisi`; nil for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[1].isEmpty else { return nil }
        let name = String(parts[1])
        switch parts[0] {
        case "type":
            guard let type = InterfaceType(rawValue: name) else { return nil }
            self = .type(type)
        case "provider": self = .provider(name)
        case "tag": self = .tag(name)
        case "site": self = .site(name)
        default: return nil
        }
    }

    /// The form that is read.
    public var text: String {
        switch self {
        case .type(let type): "type:\(type.rawValue)"
        case .provider(let name): "provider:\(name)"
        case .tag(let name): "tag:\(name)"
        case .site(let name): "site:\(name)"
        }
    }

    /// Whether an interface is one of them.
    public func holds(_ place: InterfacePlace) -> Bool {
        switch self {
        case .type(let type): place.interfaceType == type
        case .provider(let name): place.provider == name
        case .tag(let name): place.tags.contains(name)
        case .site(let name): place.site == name
        }
    }
}
