import Catalog
import Inventory
import Listing

/// What all routes share.
final class APIState: Sendable {
    let services: APIServices
    let settings: APISettings
    let events: EventHub
    let traps = TrapJournal()
    /// Stored histories are judged again one at a time: each takes a processor for a while.
    let histories = BodyGate()
    /// Outlooks of uplinks are computed by one at a time, besides: they read two months of each, and who waits finds
    /// them done.
    let outlooks = BodyGate()
    /// Alert rules are run over the past by one at a time, besides: who looks at a chart does not wait for minutes.
    let alertReplays = BodyGate()
    let forecasts = ForecastBook()
    let uplinkTrends = UplinkTrends()
    let uplinkMonths = UplinkMonths()
    let devices: SnapshotCache<Listing<Device>>
    let interfaces: SnapshotCache<InterfaceSnapshot>
    let topology: SnapshotCache<TopologySnapshot>
    let topologyHistory: TopologyHistory

    init(services: APIServices, settings: APISettings) {
        self.services = services
        self.settings = settings
        events = EventHub(epoch: services.now().milliseconds, streamsMax: settings.eventStreamsMax)
        let catalog = services.catalog
        devices = SnapshotCache(
            revision: { try await catalog.revision() }, staleSecondsMax: settings.staleSecondsMax,
            load: { Listing(try await catalog.devices(.all), schema: DeviceColumns.schema) },
            prepare: { $0.warm($1.warmth) })
        interfaces = SnapshotCache(
            revision: { try await catalog.revision() }, staleSecondsMax: settings.staleSecondsMax,
            load: { try await InterfaceSnapshot.load(from: catalog) },
            prepare: { $0.listing.warm($1.listing.warmth) })
        topology = SnapshotCache(
            revision: { try await Self.topologyRevision(catalog) }, staleSecondsMax: settings.staleSecondsMax,
            load: { try await TopologySnapshot.present(services) },
            prepare: { $0.orphans.warm($1.orphans.warmth) })
        topologyHistory = TopologyHistory { try await TopologySnapshot.past(services, at: $0) }
    }

    /// A number that differs whenever devices, interfaces or any table of topology may have changed.
    static func topologyRevision(_ catalog: any Catalog) async throws -> CatalogRevision {
        let inventory = try await catalog.revision()
        let topology = try await catalog.topologyState()
        // Both only rise, and so does their sum.
        return CatalogRevision(inventory.number &+ topology.edition)
    }

    /// The wiring now, or as it was at a time.
    func topology(at time: Timestamp?) async throws -> TopologySnapshot {
        guard let time else { return try await topology.value() }
        let revision = try await Self.topologyRevision(services.catalog)
        return try await topologyHistory.snapshot(at: time, revision)
    }

    /// An interface that this API changed between two revisions is shown by the next list, without a load.
    func interfaceChanged(_ row: InterfaceRow, from before: CatalogRevision, to after: CatalogRevision) {
        devices.amend(from: before, to: after) { $0 }
        interfaces.amend(from: before, to: after) { $0.replacing(row) }
    }

    /// What this API changed is shown by the next list.
    func inventoryChanged() {
        devices.invalidate()
        interfaces.invalidate()
        topology.invalidate()
    }
}
