public import Inventory

/// What is usual, hour by hour of the week: rows of `interface_baselines`.
///
/// They go with their interface. Nothing written here moves the revision of lists.
public protocol BaselineCatalog: Sendable {
    /// Puts what was learnt in the place of all that was known of the named interfaces, in one transaction.
    ///
    /// A row keeps the id that its (interface, hour, day) had before; of two rows for one hour the last is stored. Rows
    /// of unknown interfaces are left out; those of interfaces not named throw `invalidValue`, as do numbers out of
    /// their range (NaN and infinity among them). Throws `conflict` where a new row has the id of another hour's.
    /// Returns how many rows were stored.
    func replaceBaselines(
        of interfaces: [InterfaceID], with baselines: [Baseline]
    ) async throws(CatalogError) -> Int

    /// The baselines of one interface, ordered by day, then hour; empty where nothing was learnt.
    func baselines(of interface: InterfaceID) async throws(CatalogError) -> [Baseline]

    /// At most `limit` interfaces' baselines, of ids above `after`, ordered by interface, day and hour: to read all.
    func baselines(
        after: InterfaceID?, limit: Int
    ) async throws(CatalogError) -> [Baseline]

    /// How many there are and how far they can be trusted.
    func baselineStatistics() async throws(CatalogError) -> BaselineStatistics
}

/// Baselines in numbers.
public struct BaselineStatistics: Sendable, Hashable {
    /// Rows.
    public var total: Int
    /// Interfaces they are of.
    public var interfaces: Int
    /// Mean confidence, 0 to 1; 0 where there are none.
    public var averageConfidence: Double
    /// Rows of a confidence of 0.8 and more.
    public var reliable: Int
    /// When the latest was learnt; nil where there are none.
    public var lastUpdated: Timestamp?

    /// Baselines in numbers.
    public init(
        total: Int = 0, interfaces: Int = 0, averageConfidence: Double = 0, reliable: Int = 0,
        lastUpdated: Timestamp? = nil
    ) {
        self.total = total
        self.interfaces = interfaces
        self.averageConfidence = averageConfidence
        self.reliable = reliable
        self.lastUpdated = lastUpdated
    }
}
