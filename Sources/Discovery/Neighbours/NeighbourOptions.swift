/// What is read of a device's neighbours, and how much at most.
public struct NeighbourOptions: Sendable, Hashable {
    /// Whether the bridges' forwarding tables are read too: thousands of rows, of use only where links are inferred.
    public var readsForwarding: Bool
    /// Whether what tells the device from others is read too, its addresses and aggregates; matching needs it.
    public var describesDevice: Bool
    /// The most neighbours kept of one table, 1 or more; the rest are counted as `NeighbourDrop.tooMany`.
    public var neighboursMax: Int
    /// The most rows read of one column; a table that has more counts as not read to its end.
    public var rowsMax: Int
    /// The most requests of a round: enough for the names of 20,000 interfaces, or for as long a forwarding table.
    public var requestsMax: Int

    /// Options; the limits fit the largest tables known several times over.
    public init(
        readsForwarding: Bool = false, describesDevice: Bool = true, neighboursMax: Int = 20_000, rowsMax: Int = 100_000
    ) {
        self.readsForwarding = readsForwarding
        self.describesDevice = describesDevice
        self.neighboursMax = max(1, neighboursMax)
        self.rowsMax = max(1, rowsMax)
        requestsMax = readsForwarding ? 20_000 : 5_000
    }
}
