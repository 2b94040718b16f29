import Alerting
import Catalog
import Inventory
import Jobs
import Traffic

/// What the desk last saw of the catalog.
struct AlertIntake {
    var isLoaded = false
    /// Whether all interfaces are to be looked at, because the inventory or the rules changed.
    var isUnjudged = false
    /// Seconds the last evaluation of news took.
    var newsSeconds = 0.0
    /// Whether an alert waits for whether other devices answer.
    var isVerifying = false
    /// What was found and not judged yet.
    var unjudged: Set<AlertKey> = []
    var laws: AlertLaws?
    var inventory = AlertInventory()
    var revision: CatalogRevision?
    /// When the inventory was last read, and how long that took.
    var readAt: Timestamp?
    var readSeconds = 0.0
    var topology: TopologyState?
    var place: DeviceID?
    /// The revision of the topology that was last looked at, and when it was made.
    var topologyRevision: (number: Int64, at: Timestamp)?
    var silences: [Silence] = []
    var windows: [MaintenanceWindow] = []
    /// The last action that was applied to the engine.
    var action: Int64 = 0
    /// What polls and traps said of interfaces and the catalog may not know yet.
    var statuses: [InterfaceID: KnownStatus] = [:]
    /// What silent devices notified of their ports; it counts once they answer.
    var unproved: [DeviceID: [InterfaceID: InterfaceStatusChange]] = [:]
    /// When silent devices were asked because they notified.
    var askedAt: [DeviceID: Timestamp] = [:]
    /// Why the last look failed; nil where it did not.
    var fault: String?
    /// Interfaces that are watched.
    var watched = 0

    /// Reading the inventory takes at most this share of the time.
    private static let share = 0.02
    private static let pauseSecondsMax = 300.0
    private static let statusSeconds = 600.0

    /// Whether the inventory may be read again.
    func isInventoryDue(at now: Timestamp, secondsMin: Double) -> Bool {
        guard let readAt else { return true }
        return abs(now.secondsSince(readAt)) >= max(secondsMin, min(readSeconds / Self.share, Self.pauseSecondsMax))
    }

    // MARK: - Status

    /// Takes what a poll or a trap said of an interface; false where something newer is known.
    mutating func take(_ id: InterfaceID, _ status: LinkStatus, at time: Timestamp, now: Timestamp) -> Bool {
        let before = statuses[id]
        // A time to come was noted while a clock ran ahead.
        if let before, before.at > time, before.at <= now { return false }
        let row = before.map(\.row) ?? inventory.interfaces[id].map { LinkStatus($0.facts) }
        statuses[id] = KnownStatus(status: before.map { status.filled(from: $0.status) } ?? status, at: time, row: row)
        return true
    }

    /// Takes what rates say of the status of an interface of which something was heard before.
    mutating func take(_ reading: CounterReading, of id: InterfaceID) {
        guard let known = statuses[id], reading.at >= known.at, reading.operStatus > 0 else { return }
        let status = LinkStatus(admin: reading.adminStatus, oper: reading.operStatus)
        statuses[id] = KnownStatus(status: status.filled(from: known.status), at: reading.at, row: known.row)
    }

    /// Remembers what alerts say of ports, where rows may not know it: polls write them a moment after an alert, and traps
    /// never do.
    mutating func remember(_ alerts: some Sequence<Alert>) {
        for alert in alerts.sorted(by: { ($0.startedAt, $0.id) < ($1.startedAt, $1.id) }) {
            guard alert.condition == .interfaceDown, let id = alert.entity.interfaceID else { continue }
            if let end = alert.resolvedAt ?? alert.context.clearSince {
                statuses[id] = KnownStatus(status: LinkStatus(oper: 1), at: end)
            } else {
                statuses[id] = KnownStatus(status: LinkStatus(admin: 1, oper: 2), at: alert.lastSeenAt)
            }
        }
    }

    /// Puts right what is older in the catalog than what polls and traps said.
    ///
    /// What the catalog has caught up with is forgotten after a while.
    mutating func correct(_ interfaces: inout [Interface], at now: Timestamp) {
        guard !statuses.isEmpty else { return }
        var kept: [InterfaceID: KnownStatus] = [:]
        for place in interfaces.indices {
            let row = interfaces[place]
            guard var known = statuses[row.id], !known.isOlder(than: row) else { continue }
            let read = LinkStatus(row.facts)
            known.row = read
            let status = known.status.filled(from: read)
            let isOld = abs(now.secondsSince(known.at)) > Self.statusSeconds
            if status != read || !isOld { kept[row.id] = known }
            if status.admin > 0 { interfaces[place].facts.adminStatus = Int(status.admin) }
            if status.oper > 0 { interfaces[place].facts.operStatus = Int(status.oper) }
        }
        statuses = kept
    }
}

/// The status of an interface as it was last heard.
struct KnownStatus: Sendable {
    var status: LinkStatus
    var at: Timestamp
    /// The status in the catalog when it was last read; nil before the first time.
    var row: LinkStatus?

    /// Whether a row tells something newer.
    ///
    /// Its time moves with whatever is written: an operator who edits a row says nothing of the port. So its status must be
    /// another one than before.
    func isOlder(than row: Interface) -> Bool {
        row.updatedAt > at && (self.row.map { $0 != LinkStatus(row.facts) } ?? true)
    }
}

extension QuietBook {
    /// Silences and windows with the times of schedules; a window whose schedule or zone cannot be read never begins.
    init(_ silences: [Silence], _ windows: [MaintenanceWindow]) {
        var plans: [MaintenanceWindowID: (schedule: Schedule, zone: ZoneRules)] = [:]
        for window in windows {
            guard case .schedule(let text) = window.begins, let schedule = try? Schedule(parsing: text),
                let zone = try? ZoneRules.named(window.zone)
            else { continue }
            plans[window.id] = (schedule, zone)
        }
        let known = plans
        self.init(silences: silences, windows: windows) { window, time in
            known[window.id].map { $0.schedule.next(after: time, in: $0.zone) }
        }
    }
}
