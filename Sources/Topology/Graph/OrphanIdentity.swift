import Inventory

/// Tells which rows of neighbours speak of one and the same stranger.
struct OrphanIdentity {
    /// The one chassis that announces a name; nil where several do.
    private var chassisByName: [String: String?] = [:]

    /// Learns from rows which names go with which chassis, so that a row of CDP joins that of LLDP.
    init(_ rows: some Sequence<NeighbourReading>) {
        for row in rows {
            guard let chassis = row.chassis?.text, let name = row.systemName?.lowercased() else { continue }
            if let known = chassisByName[name], known != chassis {
                chassisByName[name] = .some(nil)
            } else {
                chassisByName[name] = chassis
            }
        }
    }

    /// What identifies a stranger: chassis id, else name, else address, else the port it was heard on.
    func key(of reading: NeighbourReading, heardBy device: DeviceID) -> String {
        if let chassis = reading.chassis { return chassis.text }
        if let name = reading.systemName?.lowercased() { return (chassisByName[name] ?? nil) ?? name }
        return reading.managementAddresses.first ?? "\(device)/\(reading.localPort)"
    }
}
