import Catalog
import Inventory
import Listing

/// What all routes share.
final class APIState: Sendable {
    let services: APIServices
    let settings: APISettings
    let events: EventHub
    let traps = TrapJournal()
    let devices: SnapshotCache<Listing<Device>>
    let interfaces: SnapshotCache<InterfaceSnapshot>

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
    }
}
