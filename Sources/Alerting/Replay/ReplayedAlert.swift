public import Inventory

/// An alert that would have been, as it was at the end of the range or when it was over.
public struct ReplayedAlert: Sendable, Hashable, Identifiable {
    /// The alert; its id is that of the live one where it would have begun at the same time.
    public internal(set) var alert: Alert
    /// Why it was held back, and when; in order.
    public internal(set) var holds: [Hold] = []
    /// How often somebody would have been told something of it in the range.
    public internal(set) var tellings = 0

    /// A time in which an alert was held back.
    public struct Hold: Sendable, Hashable {
        /// Why.
        public var hold: AlertHold
        /// In a sentence.
        public var reason: String
        /// From when.
        public var from: Timestamp
        /// Until when; nil for until the end.
        public var to: Timestamp?
    }

    init(_ alert: Alert) { self.alert = alert }

    /// Identity of the alert.
    public var id: AlertID { alert.id }
    /// What it is of.
    public var entity: AlertEntity { alert.entity }
    /// What is wrong.
    public var condition: AlertCondition { alert.condition }
    /// Id of the rule that decides about it.
    public var rule: String { alert.rule }
    /// How much it matters, at its worst.
    public var severity: AlertSeverity { alert.severity }
    /// One line.
    public var message: String { alert.message }
    /// Name of the device; nil for WARD FLUX itself.
    public var deviceName: String? { alert.context.device?.name }
    /// Name of the interface, where it is of one.
    public var interfaceName: String? { alert.context.interface?.name }
    /// When the condition began; a time before the range where it held already.
    public var startedAt: Timestamp { alert.startedAt }
    /// When it had held for as long as its rule asks; nil where it never did.
    public var firedAt: Timestamp? { alert.firedAt }
    /// When it was over; nil where it goes on beyond the range.
    public var endedAt: Timestamp? { alert.resolvedAt }
    /// The worst value; nil where the condition has no number.
    public var worst: Double? { alert.context.worst }
    /// What it is compared with.
    public var threshold: Double? { alert.threshold }
    /// How often the condition came back before the alert was over.
    public var relapses: Int { alert.context.relapses }
    /// Name of what explained it last; nil where nothing did.
    public var causeName: String? { alert.context.cause?.name }
    /// When somebody would first have been told; nil where nobody would.
    public var toldAt: Timestamp? { alert.notifiedAt }
    /// Who would have been told, ordered by name.
    public var receivers: [String] { Set(alert.tellings.map(\.receiver)).sorted() }

    /// What became of it, in a word.
    public var standing: Standing {
        if firedAt == nil { return .pending }
        if toldAt != nil { return .told }
        switch holds.last?.hold {
        case .recordOnly: return .recorded
        case .explained: return .explained
        case .maintenance: return .maintenance
        case .silenced: return .silenced
        case .verifying, nil: return .untold
        }
    }

    /// What becomes of an alert.
    public enum Standing: String, CaseIterable, Sendable, Hashable {
        /// Somebody would have been told.
        case told
        /// Its rule records and does not send.
        case recorded = "record_only"
        /// Another alert explains it.
        case explained
        /// A maintenance window covers it.
        case maintenance
        /// A silence matches it.
        case silenced
        /// It fires, and no route leads to anybody, or it was over before anybody was told.
        case untold
        /// It never held for as long as its rule asks.
        case pending
    }
}
