import API
import Catalog
import Discovery
import Inventory
import Pipelines
import Topology

/// Which device of the inventory stands next to the poller.
struct PollerPlace: Sendable {
    /// Name, address or id of the device the operator named; nil leaves it to the gateways.
    let configured: String?
    /// The default gateways of this host, the preferred one first; asked anew each time, as routes change.
    let gateways: @Sendable () -> [String]

    /// The operator's device, else the one that has the address of a default gateway.
    ///
    /// Nil where a gateway's address is no device's, or several devices', and where the device the operator named is
    /// not known.
    func device(in book: TopologyBook) -> DeviceID? {
        if let configured { return Self.device(named: configured, in: book) }
        for gateway in gateways().compactMap({ NetworkAddress($0) }) {
            let owners = Self.owners(of: gateway, in: book)
            if owners.count == 1 { return owners[0] }
        }
        return nil
    }

    /// By id, by name, then by address; upper and lower case are the same where only one device is meant.
    private static func device(named text: String, in book: TopologyBook) -> DeviceID? {
        if let id = DeviceID(text), book.devices.contains(where: { $0.id == id }) { return id }
        let name = text.lowercased()
        let named = book.devices.filter { $0.name.lowercased() == name }
        if let exact = named.first(where: { $0.name == text }) { return exact.id }
        if !named.isEmpty { return named.count == 1 ? named[0].id : nil }
        let found =
            NetworkAddress(text).map { owners(of: $0, in: book) }
            ?? book.devices.filter { $0.address.lowercased() == name }.map(\.id)
        return found.count == 1 ? found[0] : nil
    }

    /// Devices that are known by an address, else those that say it is theirs.
    private static func owners(of address: NetworkAddress, in book: TopologyBook) -> [DeviceID] {
        let known = book.devices.filter { NetworkAddress($0.address)?.unmapped == address.unmapped }
        if !known.isEmpty { return known.map(\.id) }
        return book.devices.map(\.id).filter { id in
            book.descriptions[id]?.addresses.contains("\(address.unmapped)") ?? false
        }
    }
}

extension TopologySource {
    /// What the API knows of the place of this process.
    init(_ configuration: ServerConfiguration) {
        let place = PollerPlace(configuration)
        self.init(settings: configuration.pipelines.topology, place: { place.device(in: $0) })
    }
}
