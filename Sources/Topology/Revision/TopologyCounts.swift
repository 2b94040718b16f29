/// The sums of one run of topology discovery: what its log lines and its summary say.
public struct TopologyCounts: Sendable, Hashable {
    /// Devices whose neighbour tables were read.
    public var devicesRead = 0
    /// Devices that did not answer, whose rows were kept.
    public var devicesFailed = 0
    /// Rows of neighbours after the run: an interface's neighbour each.
    public var connections = 0
    /// Rows that are mapped to a device of the inventory.
    public var mapped = 0
    /// Neighbours that are no devices of the inventory, each counted once however many see it.
    public var orphans = 0
    /// Rows that are mapped to no device.
    public var orphanRows = 0
    /// Rows for which several devices match equally well; they are among `orphanRows`.
    public var ambiguousRows = 0
    /// Rows that could not be put on an interface of the catalog.
    public var rowsWithoutPort = 0
    /// Cables between devices of the inventory.
    public var links = 0
    /// Cables of which both ends tell.
    public var linksSeenFromBothSides = 0
    /// Devices with at least one cable to another device.
    public var connectedDevices = 0
    /// Testimonies that cannot all be true.
    public var contradictions = 0
    /// Links that appeared with this run.
    public var appeared = 0
    /// Links that vanished with this run.
    public var vanished = 0
    /// Rows of neighbours added, changed but for their seen-time, and removed.
    public var rowsChanged = 0

    /// Nothing counted yet.
    public init() {}
}
