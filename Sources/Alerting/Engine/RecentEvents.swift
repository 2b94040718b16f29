import Inventory

/// What happened of late, for the evidence of alerts: the latest of each device.
///
/// What happens to many interfaces of a device one after the other is one thing to a reader: it is told in one sentence,
/// and does not push out what happened before.
struct RecentEvents: Sendable {
    /// Most devices of which anything is kept.
    static let devicesMax = 10_000
    static let seconds = 1_800.0
    static let mostOfAlert = 12
    /// Most interfaces that a sentence names.
    static let namesMax = 3
    /// Seconds after which the same is told as something new.
    static let togetherSeconds = 60.0

    /// What interfaces of a device have in common.
    enum Kind: String, Sendable {
        case down = "went down"
        case up = "went up"
        case speed = "changed their speed"
        case duplex = "changed their duplex mode"
    }

    /// Something that happened to one interface or to several in a row.
    private struct Happening {
        var event: AlertEvent
        var kind: Kind?
        var device = ""
        var names: [String] = []
        var count = 1
        var lastAt: Timestamp

        func takes(_ kind: Kind, of interface: InterfaceID?, at time: Timestamp) -> Bool {
            self.kind == kind && interface != event.interfaceID
                && abs(time.secondsSince(lastAt)) <= RecentEvents.togetherSeconds
        }

        mutating func add(_ name: String, of interface: InterfaceID?, at time: Timestamp) {
            count += 1
            if names.count < RecentEvents.namesMax { names.append(name) }
            (lastAt, event.interfaceID) = (max(lastAt, time), interface)
        }

        /// As evidence: several interfaces are counted, and the first of them named.
        var told: AlertEvent {
            guard count > 1, let kind else { return event }
            let more = count > names.count ? " and \(count - names.count) more" : ""
            let text = "\(count) interfaces of \(device) \(kind.rawValue): \(names.joined(separator: ", "))\(more)"
            return AlertEvent(at: lastAt, deviceID: event.deviceID, text)
        }
    }

    private var happenings: [DeviceID: [Happening]] = [:]

    /// Takes something that happened at a device; what is of none is nobody's evidence.
    mutating func add(_ event: AlertEvent) {
        add(Happening(event: event, lastAt: event.at))
    }

    /// Takes what happened to an interface of a device, `event` where it stays the only one.
    mutating func add(_ event: AlertEvent, _ kind: Kind, to interface: Interface, of device: Device) {
        let last = (happenings[device.id]?.count ?? 0) - 1
        if happenings[device.id]?.last?.takes(kind, of: interface.id, at: event.at) == true {
            happenings[device.id]?[last].add(interface.displayName, of: interface.id, at: event.at)
        } else {
            add(
                Happening(
                    event: event, kind: kind, device: device.name, names: [interface.displayName], lastAt: event.at))
        }
    }

    private mutating func add(_ new: Happening) {
        guard let device = new.event.deviceID else { return }
        if happenings[device] == nil, happenings.count >= Self.devicesMax { forget(before: new.lastAt) }
        happenings[device, default: []].append(new)
        guard let count = happenings[device]?.count, count > 2 * Self.mostOfAlert else { return }
        happenings[device]?.removeFirst(count - Self.mostOfAlert)
    }

    /// Makes room: what is too old to be told goes first; in a storm within the half hour, all of it.
    private mutating func forget(before now: Timestamp) {
        let from = now.advanced(bySeconds: -Self.seconds)
        happenings = happenings.filter { $0.value.last.map { $0.lastAt >= from } ?? false }
        if happenings.count >= Self.devicesMax { happenings = [:] }
    }

    /// What happened at some devices in the 30 minutes before a time, the latest first.
    func before(_ time: Timestamp, at devices: Set<DeviceID>) -> [AlertEvent] {
        let from = time.advanced(bySeconds: -Self.seconds)
        let found = devices.flatMap { happenings[$0] ?? [] }.filter { $0.lastAt >= from && $0.event.at <= time }
            .map(\.told)
        return Array(found.sorted { ($1.at, $0.text) < ($0.at, $1.text) }.prefix(Self.mostOfAlert))
    }
}
