import Baselines
import Inventory

/// The anomalies that are not over, or were not long ago: where findings meet what is stored.
struct AnomalyBook: Sendable {
    /// One side of one interface: it has one anomaly at a time.
    struct Side: Hashable, Sendable {
        var interface: InterfaceID
        var side: TrafficSide

        init(_ interface: InterfaceID, _ side: TrafficSide) {
            self.interface = interface
            self.side = side
        }

        init(_ anomaly: Anomaly) { self.init(anomaly.interfaceID, anomaly.side) }
    }

    /// Seconds for which one that is over is remembered: it may go on within half an hour.
    static let memorySeconds = 7200.0

    private(set) var known: [AnomalyID: Anomaly] = [:]
    private(set) var open: [Side: AnomalyID] = [:]

    /// A book of what is stored.
    init(_ anomalies: [Anomaly] = []) {
        for anomaly in anomalies.sorted(by: { $0.startedAt < $1.startedAt }) { put(anomaly) }
    }

    var openCount: Int { open.count }

    /// Those that are not over, by start, then id.
    var openAnomalies: [Anomaly] {
        open.values.compactMap { known[$0] }.sorted { ($0.startedAt, $0.id) < ($1.startedAt, $1.id) }
    }

    /// The stored anomaly that an episode is: the same one found again, else the one that goes on on its side.
    ///
    /// A state that was rebuilt may see the begin of what goes on elsewhere than it was seen at first. What began after
    /// the other was last seen is another one.
    func stored(_ id: AnomalyID, on side: Side, startedAt: Timestamp) -> Anomaly? {
        if let same = known[id] { return same }
        return open[side].flatMap { known[$0] }.flatMap { startedAt <= $0.lastAt ? $0 : nil }
    }

    /// Puts an anomaly down; returns one that went on on its side until now, ended with its last sample.
    @discardableResult
    mutating func put(_ anomaly: Anomaly) -> Anomaly? {
        known[anomaly.id] = anomaly
        let side = Side(anomaly)
        guard !anomaly.isOver else {
            if open[side] == anomaly.id { open[side] = nil }
            return nil
        }
        let before = open.updateValue(anomaly.id, forKey: side)
        guard let before, before != anomaly.id, let displaced = known[before] else { return nil }
        known[before] = Self.ended(displaced)
        return known[before]
    }

    /// Forgets what was over long before a time, and what is of interfaces that are no longer there.
    mutating func forget(before now: Timestamp, isThere: (InterfaceID) -> Bool) {
        let limit = now.advanced(bySeconds: -Self.memorySeconds)
        for (id, anomaly) in known where anomaly.endedAt.map({ $0 < limit }) ?? !isThere(anomaly.interfaceID) {
            known[id] = nil
            if open[Side(anomaly)] == id { open[Side(anomaly)] = nil }
        }
    }

    /// The open ones that do not go on, ended with their last sample.
    func over(_ isGoing: (Anomaly) -> Bool) -> [Anomaly] {
        openAnomalies.filter { !isGoing($0) }.map(Self.ended)
    }

    private static func ended(_ anomaly: Anomaly) -> Anomaly {
        var anomaly = anomaly
        anomaly.endedAt = anomaly.lastAt
        return anomaly
    }
}

/// What scans found, until it is told: filled by the threads of a scan.
struct InterfaceFindings: Sendable {
    var interface: InterfaceID
    /// The last of each anomaly, in the order in which they began.
    var findings: [SideFinding]
    /// Whether the state was rebuilt from stored history: what was over in it is no news.
    var isRebuilt: Bool
}
