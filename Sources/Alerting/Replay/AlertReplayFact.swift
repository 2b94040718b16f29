public import Inventory

/// Something that was read, heard or found in the past, as the engine is told it.
public enum AlertReplayFact: Sendable {
    /// A poll read counters and status of an interface; rates are made from it and the one before.
    case reading(InterfaceID, CounterReading)
    /// A poll of status or a trap told ifAdminStatus and ifOperStatus; 0 for what is not known.
    case status(InterfaceID, admin: UInt8, oper: UInt8, at: Timestamp)
    /// A device was heard.
    case heard(DeviceID, at: Timestamp)
    /// A device was asked and did not answer.
    case failed(DeviceID, askedAt: Timestamp, at: Timestamp)
    /// As many questions in a row as it takes failed.
    case silent(DeviceID, at: Timestamp)
    /// Something was found outside of polls.
    case occurrence(AlertOccurrence)
    /// What is found depends on the alerts that are open then.
    case findings(at: Timestamp, @Sendable (Set<AlertKey>) -> [AlertOccurrence])
    /// Something happened, for the evidence of alerts to come.
    case event(AlertEvent)
    /// From now on devices are wired like this.
    case wiring(ReachabilityGraph, at: Timestamp)

    /// When it was so.
    public var at: Timestamp {
        switch self {
        case .reading(_, let reading): reading.at
        case .status(_, _, _, let time), .heard(_, let time), .failed(_, _, let time), .silent(_, let time),
            .findings(let time, _), .wiring(_, let time):
            time
        case .occurrence(let one): one.at
        case .event(let event): event.at
        }
    }
}

/// By what the past is judged and told.
public struct AlertReplayLaw: Sendable {
    /// Which conditions are looked at, in the order in which rules are asked.
    public var rules: AlertRuleBook
    /// Who is told of what.
    public var routes: RouteTree
    /// Names of receivers that keep alerts of their own: they are told of each at once, ungrouped.
    public var keepsState: Set<String>

    /// Rules, and whom they tell.
    public init(rules: AlertRuleBook, routes: RouteTree = .toNobody, keepsState: Set<String> = []) {
        self.rules = rules
        self.routes = routes
        self.keepsState = keepsState
    }
}

/// How the past is run through the engine.
public struct AlertReplaySettings: Sendable, Hashable {
    /// The first moment that is told of; what comes before it only lets the engine know how things stood.
    public var from: Timestamp
    /// The moment after the last.
    public var to: Timestamp
    /// Seconds between two looks at all interfaces, 1 or more; what is news is looked at when it comes.
    public var checkSeconds = 60.0
    /// Milliseconds news waits for more of it, as it does live.
    public var settleMilliseconds = 50
    /// Seconds a verdict about a cause waits for devices that were not heard yet.
    public var waitSeconds = 60
    /// Whether polls that are missing tell that a device did not answer, and those that come that it would have.
    public var infersSilence = true
    /// Most alerts that are told one by one; all are counted.
    public var alertsMax = 10_000

    /// A range of time, judged as it would have been live.
    public init(from: Timestamp, to: Timestamp) {
        self.from = from
        self.to = to
    }
}
