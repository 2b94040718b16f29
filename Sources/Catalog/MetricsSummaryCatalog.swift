public import Inventory

/// The last 24 hours of every interface: rows of `interface_metrics_summary`.
///
/// A summary goes with its interface. Nothing written here moves the revision of lists.
public protocol MetricsSummaryCatalog: Sendable {
    /// Adds summaries or replaces those of the same interfaces; those of unknown interfaces are left out.
    ///
    /// Summaries of interfaces that are not named stay. Of two of the same interface the last one counts. Throws
    /// `invalidValue` where a number does not fit its column, and then keeps none of them.
    func saveMetricsSummaries(_ summaries: [MetricsSummary]) async throws(CatalogError)

    /// The summary of one interface; nil where there is none.
    func metricsSummary(of interface: InterfaceID) async throws(CatalogError) -> MetricsSummary?

    /// At most `limit` summaries of interfaces with ids above `after`, ordered by that id: to read all in pieces.
    func metricsSummaries(after: InterfaceID?, limit: Int) async throws(CatalogError) -> [MetricsSummary]

    /// The at most `limit` highest summaries of an order, the highest first, equal ones ordered by interface id.
    ///
    /// Interfaces without a speed have no place in the order of utilization and are left out of it.
    func topMetricsSummaries(
        by order: MetricsOrder, limit: Int
    ) async throws(CatalogError) -> [MetricsSummary]
}
