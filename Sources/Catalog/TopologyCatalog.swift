public import Inventory

/// How devices are wired: rows of `interface_neighbours`, `device_descriptions`, `topology_links`,
/// `topology_revisions`, `topology_positions` and `manual_links`.
public protocol TopologyCatalog: Sendable {
    /// Reads all that topology follows from, lets `decide` say what shall change, and writes that, in one transaction.
    ///
    /// A revision's number is the one after the last, or the last itself, whose row it then replaces; any other throws
    /// `invalidValue`. Rows that are stored already as they are given are not written. Rows about devices or interfaces
    /// that do not exist are left out; of a neighbour or a connection whose far end does not exist, that end alone. A
    /// link that vanishes may be about what is gone.
    func reviseTopology<Outcome: Sendable>(
        _ decide: @escaping @Sendable (TopologyBook) -> (TopologyChange?, Outcome)
    ) async throws(CatalogError) -> Outcome

    /// All that topology follows from, as it is now.
    func topologyBook() async throws(CatalogError) -> TopologyBook

    /// The number of the latest revision, 0 where there is none; cheap enough to ask before every answer.
    ///
    /// Manual links count: entering or removing one raises `TopologyState.edition`.
    func topologyState() async throws(CatalogError) -> TopologyState

    /// The neighbours of one device, ordered by local port as people count, then protocol, then id.
    func neighbours(of device: DeviceID) async throws(CatalogError) -> [Neighbour]

    /// Links that were there at a time, ordered by id: those that had appeared and had not yet vanished.
    func links(at time: Timestamp) async throws(CatalogError) -> [LinkRecord]

    /// Links that appeared or vanished after a time and not after another, the latest first, at most `limit`.
    ///
    /// A link that did both is there once, in the place of the later; of equal times the smaller id comes first.
    func linkChanges(after: Timestamp, until: Timestamp, limit: Int) async throws(CatalogError) -> [LinkRecord]

    /// The latest revisions, the last one first.
    func topologyRevisions(limit: Int) async throws(CatalogError) -> [TopologyRevisionRecord]

    /// Manual links, ordered by creation, then id.
    func manualLinks() async throws(CatalogError) -> [ManualLink]

    /// Adds a manual link or replaces the one of the same id.
    ///
    /// Throws `invalidValue` where a device or interface does not exist, an interface is not that device's, or both
    /// ends are one device. It goes with either device, and stays between them where an interface is removed.
    func saveManualLink(_ link: ManualLink) async throws(CatalogError)

    /// Removes a manual link; false where there was none.
    func removeManualLink(_ id: ManualLinkID) async throws(CatalogError) -> Bool

    /// Removes links that vanished before a time, and revisions older than it but the latest; returns how many links.
    func removeTopologyHistory(before time: Timestamp) async throws(CatalogError) -> Int
}

/// Which topology the catalog holds.
public struct TopologyState: Sendable, Hashable {
    /// Number of the latest revision; 0 where there is none.
    public var revision: Int64
    /// Rises with every write to any table of topology, of any process.
    public var edition: Int64

    /// A state.
    public init(revision: Int64, edition: Int64) {
        self.revision = revision
        self.edition = edition
    }
}

/// An interface as topology needs it.
public struct PortRecord: Sendable, Hashable {
    /// Identity.
    public var id: InterfaceID
    /// The device it belongs to.
    public var deviceID: DeviceID
    /// What the device said of it last.
    public var facts: InterfaceFacts
    /// What it is for.
    public var interfaceType: InterfaceType
    /// Whether it is gone since some discovery.
    public var isMissing: Bool
    /// What is stored of its far end.
    public var connection: InterfaceConnection

    /// An interface.
    public init(
        id: InterfaceID, deviceID: DeviceID, facts: InterfaceFacts, interfaceType: InterfaceType, isMissing: Bool,
        connection: InterfaceConnection
    ) {
        self.id = id
        self.deviceID = deviceID
        self.facts = facts
        self.interfaceType = interfaceType
        self.isMissing = isMissing
        self.connection = connection
    }
}

/// The columns of `device_interfaces` that topology fills: the infrastructure neighbour where there are several.
public struct InterfaceConnection: Sendable, Hashable {
    /// `connected_to_device_id`.
    public var deviceID: DeviceID?
    /// `connected_to_interface_id`.
    public var interfaceID: InterfaceID?
    /// `lldp_neighbor_name`.
    public var neighbourName: String?
    /// `lldp_neighbor_port`.
    public var neighbourPort: String?
    /// `neighbor_protocol`.
    public var neighbourProtocol: String?

    /// Nothing is connected.
    public init() {}
}

/// All that topology follows from.
public struct TopologyBook: Sendable {
    /// All devices, ordered by name.
    public var devices: [Device]
    /// What each says of itself; by device.
    public var descriptions: [DeviceID: LocalSystem]
    /// All interfaces, ordered by device, then ifIndex, then id.
    public var ports: [PortRecord]
    /// All neighbours, ordered by device, then id.
    public var neighbours: [Neighbour]
    /// Links that are there, ordered by id.
    public var links: [LinkRecord]
    /// Manual links, ordered by creation, then id.
    public var manualLinks: [ManualLink]
    /// Where devices are drawn; by device.
    public var positions: [DeviceID: NodePosition]
    /// The latest revision; nil where there is none.
    public var revision: TopologyRevisionRecord?

    /// An empty book.
    public init() {
        devices = []
        descriptions = [:]
        ports = []
        neighbours = []
        links = []
        manualLinks = []
        positions = [:]
    }
}

/// What a run of topology discovery changes.
public struct TopologyChange: Sendable {
    /// The revision it makes.
    public var revision: TopologyRevisionRecord
    /// Descriptions to add or replace.
    public var descriptions: [DeviceID: LocalSystem] = [:]
    /// Neighbours to add.
    public var insertedNeighbours: [Neighbour] = []
    /// Neighbours whose columns but `last_seen_at` changed, whole.
    public var updatedNeighbours: [Neighbour] = []
    /// Neighbours to remove.
    public var removedNeighbours: [NeighbourRowID] = []
    /// Devices all of whose remaining neighbours were heard at the revision's time.
    public var heardDevices: [DeviceID] = []
    /// Interfaces whose connection changed; `updated_at` of those becomes the revision's time.
    public var connections: [InterfaceID: InterfaceConnection] = [:]
    /// Links that appear, and links that are there and changed (confidence, witnesses, names) or vanish, found by id.
    public var savedLinks: [LinkRecord] = []
    /// Positions to add or replace.
    public var positions: [NodePosition] = []

    /// A revision in which nothing changes yet.
    public init(revision: TopologyRevisionRecord) {
        self.revision = revision
    }
}
