import Baselines
import Inventory

/// What is learnt anew: the subject of a run of `relearn-baselines`, as a text.
struct RelearnSubject: Sendable, Hashable, CustomStringConvertible {
    /// Nil for what exclusions in the past are about, all of it that was not learnt anew yet.
    let scope: ExclusionScope?

    init(_ scope: ExclusionScope) { self.scope = scope }

    /// What several exclusions in the past are about.
    static let exclusions = RelearnSubject(scope: nil)

    private init(scope: ExclusionScope?) { self.scope = scope }

    /// Reads `all`, the id of an interface, `device:<id>`, `tag:<name>` or `exclusions`; nil for anything else.
    init?(_ text: String) {
        if text == "all" {
            scope = .all
        } else if text == "exclusions" {
            scope = nil
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
        case nil: "exclusions"
        }
    }

    /// As it is said to people.
    var description: String {
        switch scope {
        case .all: "everything"
        case .interface(let id): "the interface \(id)"
        case .device(let id): "the device \(id)"
        case .tag(let name): "what has the tag \(name.prefix(64))"
        case nil: "what was excluded in the past"
        }
    }

    func holds(_ port: WatchedPort) -> Bool {
        switch scope {
        case .all: true
        case .interface(let id): port.id == id
        case .device(let id): port.place.deviceID == id
        case .tag(let name): port.place.tags.contains(name)
        case nil: false
        }
    }
}
