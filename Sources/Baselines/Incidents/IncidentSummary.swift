import Inventory

/// What holds anomalies together and how that is called, from where their interfaces are.
struct IncidentSummary {
    /// The narrowest scope that fits.
    let scope: IncidentScope
    /// The device, where the scope is one and an interface of it is a member.
    let deviceID: DeviceID?
    /// The site, where all members are of one.
    let site: String?
    /// One line.
    let title: String

    /// The summary of members; there is one at least.
    init(_ members: [IncidentMember]) {
        var places: [InterfaceID: InterfacePlace] = [:]
        for member in members { places[member.place.interfaceID] = member.place }
        let ordered = places.values.sorted { $0.interfaceID < $1.interfaceID }
        let devices = Set(ordered.map(\.deviceID))
        let sites = Set(ordered.map(\.site))
        site = sites.count == 1 ? sites.first ?? nil : nil
        let hub = Self.hub(ordered)
        scope = Self.scope(ordered, devices, site: site, hub: hub)
        let named = devices.count == 1 ? devices.first : scope == .device ? hub : nil
        deviceID = named.flatMap { devices.contains($0) ? $0 : nil }
        title = "\(Self.what(members)) \(Self.place(ordered, scope, site: site, hub: hub))"
    }

    private static func scope(
        _ places: [InterfacePlace], _ devices: Set<DeviceID>, site: String?, hub: DeviceID?
    ) -> IncidentScope {
        if places.count == 1 { return .interface }
        if places.count == 2, places[0].peer == places[1].interfaceID || places[1].peer == places[0].interfaceID {
            return .link
        }
        if devices.count == 1 || hub != nil { return .device }
        return site != nil ? .site : .common
    }

    /// The device that every interface belongs to or leads to; nil where there is none.
    private static func hub(_ places: [InterfacePlace]) -> DeviceID? {
        guard let first = places.first else { return nil }
        let candidates = [first.deviceID, first.peerDevice].compactMap { $0 }
        let fitting = candidates.filter { device in
            places.allSatisfy { $0.deviceID == device || $0.peerDevice == device }
        }
        return fitting.max { own(places, $0) < own(places, $1) }
    }

    /// How many of the interfaces are a device's own; of two that fit, the one with more of them is meant.
    private static func own(_ places: [InterfacePlace], _ device: DeviceID) -> Int {
        places.count { $0.deviceID == device }
    }

    /// `Traffic drop`, `Outage`, or what covers all.
    private static func what(_ members: [IncidentMember]) -> String {
        let patterns = Set(members.map(\.anomaly.pattern))
        if patterns.count == 1, let pattern = patterns.first { return headline(pattern) }
        let kinds = Set(members.map(\.anomaly.kind))
        if kinds.count == 1, let kind = kinds.first { return kind.headline }
        let falls = members.count(where: \.isFall)
        return falls == members.count ? "Traffic drop" : falls == 0 ? "Traffic spike" : "Unusual traffic"
    }

    private static func headline(_ pattern: AnomalyPattern) -> String {
        switch pattern {
        case .spike: "Traffic spike"
        case .drop: "Traffic drop"
        case .outage: "Outage"
        case .flapping: "Flapping"
        case .saturation: "Saturation"
        case .levelShift: "New traffic level"
        case .drift: "Traffic drift"
        case .unusual: "Unusual pattern"
        }
    }

    private static func place(
        _ places: [InterfacePlace], _ scope: IncidentScope, site: String?, hub: DeviceID?
    ) -> String {
        let devices = Set(places.map(\.deviceID)).count
        switch scope {
        case .interface: return "on \(places.first.map { IncidentEvidence.name(of: $0) } ?? "unnamed")"
        case .link:
            return "on the link \(places.map { IncidentEvidence.name(of: $0) }.joined(separator: " – "))"
        case .device:
            if devices == 1, let first = places.first {
                return "on \(places.count) interfaces of \(LabelText.shown(first.deviceName))"
            }
            return "on \(places.count) interfaces of or to \(hubName(places, hub))"
        case .site:
            let name = LabelText.shown(site ?? "")
            return "on \(places.count) interfaces of \(devices) devices at \(name)"
        case .common:
            let sites = Set(places.compactMap(\.site)).count
            let spread = sites > 1 ? " at \(sites) sites" : ""
            return "on \(places.count) interfaces of \(devices) devices\(spread)"
        }
    }

    private static func hubName(_ places: [InterfacePlace], _ hub: DeviceID?) -> String {
        let own = places.first { $0.deviceID == hub }?.deviceName
        let told = places.first { $0.peerDevice == hub && $0.peerDeviceName != nil }?.peerDeviceName
        return (own ?? told).map { LabelText.shown($0) } ?? "one device"
    }
}
