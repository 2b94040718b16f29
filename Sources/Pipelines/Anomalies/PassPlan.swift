import Baselines
import Inventory
import Series
import Synchronization
import Traffic

/// What the threads of a scan need to judge any interface; each is judged once.
final class PassPlan: Sendable {
    private struct Counts {
        var taken: Set<InterfaceID> = []
        var readings = 0
        var own = 0
        var others = 0
    }

    private let detector: Detector
    private let law = RateLaw()
    private let clock: HourClock
    private let exclusions: ExclusionIndex
    private let settings: AnomalySettings
    let watched: [InterfaceID: WatchedInterface]
    private let ports: [InterfaceID: WatchedPort]
    private let events: [InterfaceID: [StateEvent]]
    private let counts = Mutex(Counts())

    init(
        detector: Detector, clock: HourClock, exclusions: ExclusionIndex, settings: AnomalySettings,
        watched: [InterfaceID: WatchedInterface], ports: [InterfaceID: WatchedPort],
        events: [InterfaceID: [StateEvent]]
    ) {
        self.detector = detector
        self.clock = clock
        self.exclusions = exclusions
        self.settings = settings
        self.watched = watched
        self.ports = ports
        self.events = events
    }

    /// The same for other states.
    func with(_ watched: [InterfaceID: WatchedInterface]) -> PassPlan {
        PassPlan(
            detector: detector, clock: clock, exclusions: exclusions, settings: settings, watched: watched,
            ports: ports, events: events)
    }

    /// Readings taken in.
    var readings: Int { counts.withLock { $0.readings } }

    /// Interfaces to which happened what was to happen.
    var takenEvents: Set<InterfaceID> { counts.withLock(\.taken) }

    /// Anomalies that began, by the method in force and by the other.
    var begun: (own: Int, others: Int) { counts.withLock { ($0.own, $0.others) } }

    /// Takes the readings of an interface in; nil where it is not watched or nothing is to be told.
    func take(_ run: SeriesRun) -> InterfaceFindings? {
        guard let one = watched[run.interface], let pass = pass(run.interface) else { return nil }
        let (outcome, isRebuilt) = one.entry.withLock { entry in
            let isRebuilt = entry.state.cursor == nil
            return (pass.take(run.readings, &entry), isRebuilt)
        }
        counts.withLock { counts in
            if !pass.events.isEmpty { counts.taken.insert(run.interface) }
            counts.readings += outcome.readings
            counts.own += outcome.begun
            counts.others += outcome.othersBegun
        }
        guard !outcome.findings.isEmpty || isRebuilt else { return nil }
        return InterfaceFindings(interface: run.interface, findings: outcome.findings, isRebuilt: isRebuilt)
    }

    /// Lets happen what happened to interfaces of which nothing was read.
    func applyRest() {
        let taken = counts.withLock(\.taken)
        for (id, _) in events where !taken.contains(id) {
            guard let one = watched[id], let pass = pass(id) else { continue }
            one.entry.withLock { _ = pass.take([], &$0) }
            counts.withLock { _ = $0.taken.insert(id) }
        }
    }

    /// How an interface is judged.
    func pass(_ id: InterfaceID) -> InterfacePass? {
        guard let port = ports[id] else { return nil }
        return InterfacePass(
            detector: detector, law: law, clock: clock,
            excluded: exclusions.times(of: id, on: port.place.deviceID, tags: port.place.tags),
            raising: settings.mode(of: id, type: port.place.interfaceType), events: events[id] ?? [])
    }
}
