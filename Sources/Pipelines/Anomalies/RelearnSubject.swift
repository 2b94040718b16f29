import Baselines
import Inventory

/// What is learnt anew: the subject of a run of `relearn-baselines`, as a text.
struct RelearnSubject: Sendable, Hashable, CustomStringConvertible {
    let scope: ExclusionScope

    init(_ scope: ExclusionScope) { self.scope = scope }

    /// Reads `all`, the id of an interface, `device:<id>` or `tag:<name>`; nil for anything else.
    init?(_ text: String) {
        if text == "all" {
            scope = .all
        } else if let id = InterfaceID(text) {
            scope = .interface(id)
        } else if text.hasPrefix("device:"), let id = DeviceID(text.dropFirst(7)) {
            scope = .device(id)
        } else if text.hasPrefix("tag:"), text.count > 4 {
            scope = .tag(String(text.dropFirst(4)))
        } else {
            return nil
        }
    }

    /// The form that is read.
    var text: String {
        switch scope {
        case .all: "all"
        case .interface(let id): "\(id)"
        case .device(let id): "device:\(id)"
        case .tag(let name): "tag:\(name)"
        }
    }

    /// As it is said to people.
    var description: String {
        switch scope {
        case .all: "everything"
        case .interface(let id): "the interface \(id)"
        case .device(let id): "the device \(id)"
        case .tag(let name): "what has the tag \(name.prefix(64))"
        }
    }

    func holds(_ port: WatchedPort) -> Bool {
        switch scope {
        case .all: true
        case .interface(let id): port.id == id
        case .device(let id): port.place.deviceID == id
        case .tag(let name): port.place.tags.contains(name)
        }
    }
}
