import Catalog
import Inventory
import Listing

/// What all routes share.
final class APIState: Sendable {
    let services: APIServices
    let settings: APISettings
    let events: EventHub
    let devices: SnapshotCache<Listing<Device>>
    let interfaces: SnapshotCache<InterfaceSnapshot>

    init(services: APIServices, settings: APISettings) {
        self.services = services
        self.settings = settings
        events = EventHub(epoch: services.now().milliseconds, streamsMax: settings.eventStreamsMax)
        let catalog = services.catalog
        devices = SnapshotCache(catalog: catalog, staleSecondsMax: settings.staleSecondsMax) { previous in
            let listing = Listing(try await catalog.devices(.all), schema: DeviceColumns.schema)
            if let previous { listing.warm(like: previous) }
            return listing
        }
        interfaces = SnapshotCache(catalog: catalog, staleSecondsMax: settings.staleSecondsMax) { previous in
            try await InterfaceSnapshot.load(from: catalog, like: previous)
        }
    }

    /// What this API changed is shown by the next list.
    func inventoryChanged() {
        devices.invalidate()
        interfaces.invalidate()
    }
}
