package import Catalog
package import Inventory

extension InterfaceRevision {
    /// Throws where it touches another device than the one it names, or one whose rows `decide` was not shown.
    package func requireConsistent(selected: Set<DeviceID>) throws {
        if let stranger = (inserted + updated).first(where: { $0.deviceID != deviceID }) {
            throw refusal("interface \(stranger.id) of device \(stranger.deviceID)")
        }
        if let device, device.id != deviceID { throw refusal("device \(device.id)") }
        guard selected.contains(deviceID) else {
            throw CatalogError(
                .invalidValue, operation: "saving interfaces",
                message: "device \(deviceID) is revised but was not among those read; read it first")
        }
    }

    private func refusal(_ what: String) -> CatalogError {
        CatalogError(
            .invalidValue, operation: "saving interfaces",
            message: "\(what) is in the revision of device \(deviceID); give it a revision of its own")
    }
}

extension [Neighbour] {
    /// The neighbour that speaks for each interface, by device; those of no known interface are left out.
    package var speaking: [DeviceID: [InterfaceID: NeighbourReading]] {
        var speaking: [DeviceID: [InterfaceID: NeighbourReading]] = [:]
        for neighbour in self {
            guard let interface = neighbour.interfaceID else { continue }
            let known = speaking[neighbour.deviceID]?[interface]
            guard known.map({ neighbour.reading.speaks(before: $0) }) ?? true else { continue }
            speaking[neighbour.deviceID, default: [:]][interface] = neighbour.reading
        }
        return speaking
    }
}

extension NeighbourReading {
    /// Whether of two neighbours on one interface this one speaks for it.
    fileprivate func speaks(before other: NeighbourReading) -> Bool {
        (precedence, heardBy, displayName) < (other.precedence, other.heardBy, other.displayName)
    }
}
