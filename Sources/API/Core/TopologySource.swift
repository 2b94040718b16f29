public import Catalog
public import Inventory
public import Topology

/// What the API knows of topology besides the catalog: how it is made, and where in the network the poller stands.
public struct TopologySource: Sendable {
    /// How neighbours are matched again when an operator adopts an orphan or enters a link.
    public var settings: TopologySettings
    /// The device next to the poller, from which failures are seen; nil where it is not known.
    ///
    /// Asked once for each state of the topology, off the path of requests; a device that the operator names goes
    /// before the one at the default gateway.
    public var place: @Sendable (TopologyBook) async -> DeviceID?

    /// A source; without a function the poller's place is not known.
    public init(
        settings: TopologySettings = TopologySettings(),
        place: @escaping @Sendable (TopologyBook) async -> DeviceID? = { _ in nil }
    ) {
        self.settings = settings
        self.place = place
    }
}
