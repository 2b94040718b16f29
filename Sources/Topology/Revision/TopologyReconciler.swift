public import Catalog
public import Discovery
public import Inventory

/// What a run of topology discovery changes in the catalog: pure, deterministic but for the identities it is given.
public enum TopologyReconciler {
    /// Compares what devices said with what the catalog holds.
    ///
    /// `arrivals` are the devices that answered, `failed` those that were asked and did not; a device in neither was
    /// not asked, and keeps its rows like a failed one. Where no link appears or vanishes, the revision of the change
    /// has the book's own number: the catalog then updates that row in place. A book without a revision gets its first.
    public static func reconcile(
        book: TopologyBook,
        arrivals: [DeviceID: DeviceNeighbours],
        failed: Set<DeviceID>,
        at now: Timestamp,
        settings: TopologySettings = TopologySettings(),
        makeNeighbourID: () -> NeighbourRowID = NeighbourRowID.random,
        makeLinkID: () -> LinkRecordID = LinkRecordID.random
    ) -> (change: TopologyChange, counts: TopologyCounts) {
        var run = TopologyRun(book, arrivals, failed: failed, at: now, settings)
        run.mergeRows(makeNeighbourID)
        run.buildLinks(makeLinkID)
        run.connect()
        run.draw()
        let unread = failed.count { run.index.number(of: $0) != nil && arrivals[$0] == nil }
        let counts = run.counts(failed: unread)
        return (run.change(counting: counts), counts)
    }
}
