public import Inventory

/// What was said last of each silent device and dead port, so that a verdict changes only where the truth does.
///
/// A plain value, and small: it holds what is silent or down. After a restart it can be made anew from the open alerts.
public struct CauseState: Codable, Sendable, Hashable {
    /// What was said of one of them.
    struct Standing: Codable, Sendable, Hashable {
        enum Kind: String, Codable, Sendable { case root, explained, waiting }

        var kind: Kind
        /// For a device: from when on it counts as silent.
        var fellAt: Timestamp?
        /// When what had explained it was gone; nil where nothing had.
        var releasedAt: Timestamp?
        /// When it was first found to have failed itself, while it is asked once more.
        var provenAt: Timestamp?
    }

    var devices: [DeviceID: Standing]
    var ports: [InterfaceID: Standing]

    /// Nothing was said yet.
    public init() {
        devices = [:]
        ports = [:]
    }

    /// What open alerts of silent devices and dead ports say: the failures that were told, and what was explained by
    /// others.
    ///
    /// Alerts of the system are passed over.
    public init(roots: [AlertEntity], explained: [AlertEntity]) {
        self.init()
        for (entities, kind) in [(explained, Standing.Kind.explained), (roots, .root)] {
            for entity in entities {
                switch entity {
                case .device(let id): devices[id] = Standing(kind: kind)
                case .interface(let id, _): ports[id] = Standing(kind: kind)
                case .system: break
                }
            }
        }
    }
}
