import Alerting
import Inventory
import Jobs

/// When a maintenance window begins and ends, by its schedule and the clocks of its zone.
///
/// A schedule or a zone that cannot be read never comes: such a window is shown, and holds nothing back.
struct WindowTimes: Sendable {
    private let window: MaintenanceWindow
    private let schedule: Schedule?
    private let zone: ZoneRules?

    init(_ window: MaintenanceWindow) {
        self.window = window
        zone = try? ZoneRules.named(window.zone)
        schedule = if case .schedule(let text) = window.begins { try? Schedule(parsing: text) } else { nil }
    }

    /// When it next begins after a time; nil where it does not any more.
    func start(after time: Timestamp) -> Timestamp? {
        let start: Timestamp?
        switch window.begins {
        case .at(let moment): start = moment > time ? moment : nil
        case .schedule: start = due(after: time)
        }
        return start.flatMap { start in window.endsAt.map { start <= $0 } ?? true ? start : nil }
    }

    /// The next times it begins after a time, at most so many.
    func starts(after time: Timestamp, count: Int) -> [Timestamp] {
        var starts: [Timestamp] = []
        while starts.count < count, let next = start(after: starts.last ?? time) { starts.append(next) }
        return starts
    }

    /// When it ends, where it is open at a time.
    func end(at now: Timestamp) -> Timestamp? {
        QuietBook { _, time in due(after: time) }.end(of: window, at: now)
    }

    private func due(after time: Timestamp) -> Timestamp? {
        guard let schedule, let zone else { return nil }
        return schedule.next(after: time, in: zone)
    }
}
