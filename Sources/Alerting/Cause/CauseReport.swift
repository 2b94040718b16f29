public import Inventory

/// What is to be told of a silent device or a dead port.
public enum CauseVerdict: Sendable, Hashable {
    /// It is a failure of its own.
    case root
    /// Others explain it: all of them together cut it off; the one nearest to the poller first, never none.
    ///
    /// They are devices, ports, or `CauseReport.network`.
    case explained(by: [AlertEntity])
    /// It cannot be told yet; at this time at the latest it is, if `CauseFinder.judge` is asked again.
    case waiting(until: Timestamp)
}

/// What follows from the facts at one time: which failures there are, and what each explains.
///
/// Deterministic: the same graph, facts, state and time give the same report in the same order. Words are made when
/// they are asked for.
public struct CauseReport: Sendable {
    /// What stands for the network as a whole in verdicts: the poller is cut off.
    public static let network = AlertEntity.system("network")

    /// A silent device or a dead port, and what is to be told of it.
    public struct Finding: Sendable, Hashable {
        /// The device or interface.
        public let entity: AlertEntity
        /// What is to be told.
        public let verdict: CauseVerdict
        let ground: Ground
    }

    /// A failure of its own.
    public struct Root: Sendable, Hashable {
        /// What failed: a device, an interface, or `CauseReport.network`.
        public let entity: AlertEntity
        /// The devices it explains, alone or with others, in the order of the findings.
        public internal(set) var devices: [DeviceID] = []
        /// The interfaces it explains, likewise.
        public internal(set) var ports: [InterfaceID] = []
    }

    /// A failure that was told as one of its own, and is found to follow from others.
    public struct Move: Sendable, Hashable {
        /// What was told.
        public let entity: AlertEntity
        /// What explains it now.
        public let causes: [AlertEntity]
    }

    /// When this was found.
    public let at: Timestamp
    /// Silent devices in the order of the graph, then those not in it by id; then dead ports by device and id.
    public let findings: [Finding]
    /// The failures, the network first, then in the order of the findings.
    public let roots: [Root]
    /// What was a failure before and is explained now, in the order of the findings.
    public let moves: [Move]
    /// Devices to be asked at once, the nearest to the poller first, at most `CauseFinder.probesMax`.
    public let probes: [DeviceID]
    /// Devices among the findings that were not found silent yet, but are: they did not answer when they were asked,
    /// and a dead port or a silent device says the same.
    public let presumedSilent: [DeviceID]
    /// Since when nothing answers at all; nil while the poller is not cut off.
    public let networkSince: Timestamp?
    /// When the first verdict that waits is due; nil where none waits.
    public let nextAt: Timestamp?
    /// What is to be given to the next evaluation.
    public let state: CauseState

    let graph: ReachabilityGraph
    let deadPorts: [InterfaceID: DeadPort]
    let places: FindingPlaces

    /// What is to be told of a device or interface; nil where it is neither silent nor down.
    public func verdict(of entity: AlertEntity) -> CauseVerdict? {
        places.place(of: entity, graph).map { findings[$0].verdict }
    }

    /// Why a finding is what it is, by numbers of the graph.
    enum Ground: Sendable, Hashable {
        case device(DeviceJudgement.Ground)
        /// A silent device without a cable in the graph.
        case stranger(wasHeard: Bool)
        case port(PortJudgement.Ground)
        /// It is in the causes.
        case explained
        case waiting
    }
}
