import Discovery
import Inventory
import Topology

/// What is known of the device that an orphan is: pure.
struct OrphanAdoption: Sendable {
    private let orphan: TopologyOrphan

    init(_ orphan: TopologyOrphan) {
        self.orphan = orphan
    }

    /// What the operator says, with what the neighbour tells of itself where the operator says nothing.
    ///
    /// Throws 422 where neither tells a name or an address.
    func completed(_ change: DeviceChange) throws(Problem) -> DeviceChange {
        var change = change
        var errors: [ProblemError] = []
        if change.name == nil {
            change.name = name
            if change.name == nil { errors.append(Self.missing("name", "tells no name that a device can have")) }
        }
        if change.address == nil {
            change.address = address
            if change.address == nil { errors.append(Self.missing("ip", "tells no management address")) }
        }
        guard errors.isEmpty else {
            throw .refused(
                errors.map { "\($0.field): \($0.detail)" }.joined(separator: "; "),
                remedy: "Send the fields named in errors.", errors: errors)
        }
        if change.deviceType == nil { change.deviceType = type }
        return change
    }

    /// Its name, where a device can have it.
    private var name: String? {
        orphan.seenFrom.lazy.compactMap(\.reading.systemName).first { TextRule.name().refusal(of: $0) == nil }
    }

    /// The first address it tells by which it can be reached from here.
    private var address: String? {
        orphan.seenFrom.lazy.flatMap(\.reading.managementAddresses).first {
            NetworkAddress($0).map { !$0.isLinkLocal } ?? false
        }
    }

    /// What its capabilities make it; nil where they do not say.
    ///
    /// What bridges and routes is a switch: routers seldom bridge, and most switches route.
    private var type: DeviceType? {
        let capabilities = orphan.seenFrom.reduce(into: Set<NeighbourCapability>()) {
            $0.formUnion($1.reading.capabilities)
        }
        if capabilities.contains(.telephone) { return .phone }
        if capabilities.contains(.wlanAP) { return .accessPoint }
        if capabilities.contains(.bridge) { return .switch }
        return capabilities.contains(.router) ? .router : nil
    }

    private static func missing(_ field: String, _ detail: String) -> ProblemError {
        ProblemError(field: field, value: nil, detail: "give it; the neighbour \(detail)")
    }
}
