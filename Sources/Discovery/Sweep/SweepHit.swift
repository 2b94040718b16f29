public import Inventory

/// What a sweep asks at each address.
public struct SweepQuestion: Sendable, Hashable {
    /// The address.
    public var address: NetworkAddress
    /// UDP port.
    public var port: Int
    /// Name of the credential profile to ask with.
    public var profile: String

    /// A question.
    public init(address: NetworkAddress, port: Int = 161, profile: String) {
        self.address = address
        self.port = port
        self.profile = profile
    }
}

/// A device that answered a sweep.
public struct SweepHit: Sendable, Hashable {
    /// Where it answered.
    public var address: NetworkAddress
    /// The port it answered at.
    public var port: Int
    /// Name of the credential profile it answered to; the first that worked.
    public var profile: String
    /// What it says of itself.
    public var system: SystemFacts

    /// A hit.
    public init(address: NetworkAddress, port: Int, profile: String, system: SystemFacts) {
        self.address = address
        self.port = port
        self.profile = profile
        self.system = system
    }
}

/// How a hit stands to the devices that are known.
public enum SweepMatch: Sendable, Hashable {
    /// The known device with this address and port.
    case known(DeviceID)
    /// Probably the known device with this sysName, at another of its addresses.
    case sameName(DeviceID)
    /// No known device; the draft to adopt it by.
    case new(DeviceDraft)
}

/// Sets the hits of a sweep beside the devices that are known.
public enum SweepMatching {
    /// One match for each hit, in the order of the hits.
    ///
    /// A known device has the hit's address and port, else its sysName or name is the hit's sysName, in any case, and
    /// the sysObjectID, where both are known, is equal. Names of drafts are unique among the known and each other.
    public static func match(_ hits: [SweepHit], with devices: [Device]) -> [SweepMatch] {
        var byPlace: [String: DeviceID] = [:]
        var byName: [String: [Device]] = [:]
        for device in devices {
            byPlace[DevicePlace.key(address: device.address, port: device.port)] = device.id
            let names = Set([device.sysName, device.name].compactMap { $0?.lowercased() })
            for name in names where !name.isEmpty { byName[name, default: []].append(device) }
        }
        var taken = Set(devices.map { $0.name.lowercased() })
        return hits.map { hit in
            if let id = byPlace[DevicePlace.key(address: hit.address.description, port: hit.port)] { return .known(id) }
            let namesakes = byName[(hit.system.sysName ?? "").lowercased()] ?? []
            if namesakes.count == 1, isSameModel(namesakes[0], hit) { return .sameName(namesakes[0].id) }
            return .new(draft(for: hit, taken: &taken))
        }
    }

    private static func isSameModel(_ device: Device, _ hit: SweepHit) -> Bool {
        guard let known = device.sysObjectID, let found = hit.system.sysObjectID else { return true }
        return known == found
    }

    private static func draft(for hit: SweepHit, taken: inout Set<String>) -> DeviceDraft {
        let address = hit.address.description
        let place = hit.port == 161 ? address : "\(address):\(hit.port)"
        let sysName = hit.system.sysName ?? ""
        var name = sysName.isEmpty ? place : sysName
        if taken.contains(name.lowercased()) { name = sysName.isEmpty ? name : "\(sysName) (\(place))" }
        taken.insert(name.lowercased())
        var draft = DeviceDraft(name: name, address: address)
        draft.port = hit.port
        draft.profile = hit.profile
        return draft
    }
}
