/// What an operator said of anomalies: a row of `anomaly_actions`.
public struct AnomalyAction: Codable, Sendable, Hashable {
    /// Identity.
    public var id: AnomalyActionID
    /// What was said.
    public var kind: AnomalyActionKind
    /// The anomaly it was said of; nil where it was said of an interface as such.
    public var anomalyID: AnomalyID?
    /// The interface.
    public var interfaceID: InterfaceID
    /// Which of its rates; nil for all.
    public var side: TrafficSide?
    /// Until when it holds; nil for an act done once.
    public var until: Timestamp?
    /// Why, in the operator's words.
    public var note: String?
    /// Who said it; nil where access needs no token.
    public var author: String?
    /// When it was said: it counts for samples after it.
    public var createdAt: Timestamp

    /// An action.
    public init(
        id: AnomalyActionID = .random(), kind: AnomalyActionKind, interfaceID: InterfaceID, at now: Timestamp
    ) {
        self.id = id
        self.kind = kind
        self.interfaceID = interfaceID
        createdAt = now
    }
}

/// What an operator can say of an anomaly.
public enum AnomalyActionKind: String, CaseIterable, Codable, Sendable, Hashable {
    /// It was to be expected: it counts as a false alarm, and its limit rises.
    case expected
    /// This is the new normal: levels move to where the traffic is.
    case newNormal = "new_normal"
    /// Say nothing of it until a time; it is scored and learnt from as ever.
    case mute
}

/// A time that is neither alarmed nor learnt: a row of `baseline_exclusions`.
public struct BaselineExclusion: Codable, Sendable, Hashable {
    /// Identity.
    public var id: BaselineExclusionID
    /// Whose traffic.
    public var scope: ExclusionScope
    /// Its first moment.
    public var from: Timestamp
    /// The moment after its last.
    public var to: Timestamp
    /// Why, in the operator's words.
    public var reason: String?
    /// When it was entered.
    public var createdAt: Timestamp

    /// An exclusion.
    public init(
        id: BaselineExclusionID = .random(), scope: ExclusionScope, from: Timestamp, to: Timestamp, at now: Timestamp
    ) {
        self.id = id
        self.scope = scope
        self.from = from
        self.to = to
        createdAt = now
    }
}

/// Whose traffic an exclusion is about.
public enum ExclusionScope: Codable, Sendable, Hashable {
    /// All of it.
    case all
    /// Every interface of a device.
    case device(DeviceID)
    /// One interface.
    case interface(InterfaceID)
    /// Every interface of devices with a tag.
    case tag(String)
}
