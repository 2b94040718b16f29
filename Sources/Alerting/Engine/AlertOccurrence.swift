public import Inventory

/// Something that was found outside of polls of status and traffic: of a device, an interface or WARD FLUX itself.
public struct AlertOccurrence: Sendable, Hashable {
    /// The entity and the condition.
    public var key: AlertKey
    /// Whether it is so; false where it has ceased to be.
    public var holds: Bool
    /// When it was found.
    public var at: Timestamp
    /// One line for the operator; empty for the usual words.
    public var message: String
    /// What was measured; nil where there is no number.
    ///
    /// Where the condition has a threshold, whether it holds is found from this.
    public var value: Double?
    /// How much it matters, for a rule that follows what is found.
    public var severity: AlertSeverity?
    /// What else is known of it.
    public var facts: [AlertFact]

    /// Something that was found.
    public init(
        _ key: AlertKey, holds: Bool = true, at time: Timestamp, message: String = "", value: Double? = nil,
        severity: AlertSeverity? = nil, facts: [AlertFact] = []
    ) {
        self.key = key
        self.holds = holds
        at = time
        self.message = message
        self.value = value
        self.severity = severity
        self.facts = facts
    }
}

/// What happened of late, for the evidence of alerts: the latest of each device.
struct RecentEvents: Sendable {
    /// Most devices of which anything is kept.
    static let devicesMax = 10_000
    static let seconds = 1_800.0
    static let mostOfAlert = 12

    private var events: [DeviceID: [AlertEvent]] = [:]

    mutating func add(_ event: AlertEvent) {
        guard let device = event.deviceID else { return }
        if events[device] == nil, events.count >= Self.devicesMax { forget(before: event.at) }
        var own = events[device] ?? []
        if own.count >= 2 * Self.mostOfAlert { own.removeFirst(own.count - Self.mostOfAlert) }
        own.append(event)
        events[device] = own
    }

    /// Makes room: what is too old to be told goes first; in a storm within the half hour, all of it.
    private mutating func forget(before now: Timestamp) {
        let from = now.advanced(bySeconds: -Self.seconds)
        events = events.filter { $0.value.last.map { $0.at >= from } ?? false }
        if events.count >= Self.devicesMax { events = [:] }
    }

    /// What happened at some devices in the 30 minutes before a time, the latest first.
    func before(_ time: Timestamp, at devices: Set<DeviceID>) -> [AlertEvent] {
        let from = time.advanced(bySeconds: -Self.seconds)
        let found = devices.flatMap { events[$0] ?? [] }.filter { $0.at >= from && $0.at <= time }
        return Array(found.sorted { ($1.at, $0.text) < ($0.at, $1.text) }.prefix(Self.mostOfAlert))
    }
}
