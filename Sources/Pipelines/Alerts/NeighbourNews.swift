import Alerting
import Inventory

/// What a new topology means for the neighbours of interfaces; pure.
struct NeighbourNews {
    private let inventory: AlertInventory
    private let now: [InterfaceID: [Link]]
    private let open: Set<AlertKey>

    /// - Parameters:
    ///   - links: what is there now.
    ///   - open: the alerts that are open.
    init(_ links: [Link], _ inventory: AlertInventory, open: Set<AlertKey>) {
        var now: [InterfaceID: [Link]] = [:]
        for link in links where link.origin == .heard {
            for end in [link.a, link.b] { if let port = end.interfaceID { now[port, default: []].append(link) } }
        }
        self.now = now
        self.inventory = inventory
        self.open = open
    }

    /// Whose neighbour changed, was lost or came back with what appeared and vanished after a revision.
    func occurrences(_ records: [LinkRecord], after revision: Int64) -> [AlertOccurrence] {
        var found: [AlertOccurrence] = []
        for record in records where record.link.origin == .heard {
            for (end, far) in [(record.link.a, record.link.b), (record.link.b, record.link.a)] {
                guard let device = end.deviceID, let port = end.interfaceID, inventory.interfaces[port] != nil else {
                    continue
                }
                let entity = AlertEntity.interface(port, of: device)
                if let at = record.vanishedAt, record.vanishedRevision.map({ $0 > revision }) == true {
                    if let one = vanished(entity, end, far, at) { found.append(one) }
                } else if record.vanishedAt == nil, record.appearedRevision > revision {
                    let lost = AlertKey(entity: entity, condition: .neighborLost)
                    if open.contains(lost) {
                        found.append(AlertOccurrence(lost, holds: false, at: record.appearedAt))
                    }
                }
            }
        }
        return found.sorted { ($0.at, $0.key.entity.key) < ($1.at, $1.key.entity.key) }
    }

    private func vanished(_ entity: AlertEntity, _ end: LinkEnd, _ far: LinkEnd, _ at: Timestamp) -> AlertOccurrence? {
        let name = place(entity, end)
        let successors = (end.interfaceID.flatMap { now[$0] } ?? []).map {
            $0.a.interfaceID == end.interfaceID ? $0.b : $0.a
        }
        guard let next = successors.first else {
            guard !isExplained(entity, far) else { return nil }
            let message = "Neighbor \(Self.text(far)) of \(name) is not heard any more"
            return AlertOccurrence(AlertKey(entity: entity, condition: .neighborLost), at: at, message: message)
        }
        guard !successors.contains(where: { Self.isSame($0, far) }) else { return nil }
        let message = "Neighbor of \(name) changed from \(Self.text(far)) to \(Self.text(next))"
        return AlertOccurrence(AlertKey(entity: entity, condition: .neighborChanged), at: at, message: message)
    }

    /// A neighbour beyond a dead port, or one that does not answer at all, is told of already.
    private func isExplained(_ entity: AlertEntity, _ far: LinkEnd) -> Bool {
        let devices = [entity.deviceID, far.deviceID].compactMap(\.self)
        return open.contains(AlertKey(entity: entity, condition: .interfaceDown))
            || devices.contains { open.contains(AlertKey(entity: .device($0), condition: .deviceUnreachable)) }
    }

    private func place(_ entity: AlertEntity, _ end: LinkEnd) -> String {
        let port = entity.interfaceID.flatMap { inventory.interfaces[$0]?.displayName } ?? end.port ?? "an interface"
        let device = entity.deviceID.flatMap { inventory.devices[$0]?.name } ?? end.deviceName
        return "\(port) on \(device)"
    }

    private static func isSame(_ one: LinkEnd, _ other: LinkEnd) -> Bool {
        let isDevice = one.deviceID != nil ? one.deviceID == other.deviceID : one.deviceName == other.deviceName
        let isPort = one.interfaceID != nil ? one.interfaceID == other.interfaceID : one.port == other.port
        return isDevice && isPort
    }

    /// `DIST-04 Te1/1`.
    private static func text(_ end: LinkEnd) -> String {
        [end.deviceName, end.port].compactMap(\.self).filter { !$0.isEmpty }.joined(separator: " ")
    }
}
