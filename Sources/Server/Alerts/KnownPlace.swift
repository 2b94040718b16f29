import Catalog
import Inventory
import Jobs

/// The poller's place, looked for anew only where that may change something: it is asked for every few seconds.
actor KnownPlace {
    private struct Found: Sendable {
        var device: DeviceID?
        var topology: TopologyState
        var revision: CatalogRevision
        var gateways: [String]
        var at: Timestamp
    }

    /// Names and addresses of devices are looked at again after this time.
    private static let keptSeconds = 300.0
    private let place: PollerPlace
    private let catalog: any Catalog
    private let clock: any WallClock
    private var found: Found?

    init(_ place: PollerPlace, catalog: any Catalog, clock: any WallClock) {
        self.place = place
        self.catalog = catalog
        self.clock = clock
    }

    /// The device next to the poller; the one of before where the catalog cannot be read.
    func device() async -> DeviceID? {
        do throws(CatalogError) {
            let topology = try await catalog.topologyState()
            let revision = try await catalog.revision()
            let gateways = place.gateways()
            if let found, isCurrent(found, topology, revision, gateways) { return found.device }
            let now = clock.now
            let book = try await catalog.topologyBook()
            let device = place.device(in: book)
            found = Found(device: device, topology: topology, revision: revision, gateways: gateways, at: now)
            return device
        } catch {
            return found?.device
        }
    }

    private func isCurrent(
        _ found: Found, _ topology: TopologyState, _ revision: CatalogRevision, _ gateways: [String]
    ) -> Bool {
        guard found.topology == topology, found.gateways == gateways else { return false }
        return found.revision == revision || abs(clock.now.secondsSince(found.at)) < Self.keptSeconds
    }
}
