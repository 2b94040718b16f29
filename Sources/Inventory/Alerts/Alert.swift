/// Identity of an alert: the same one found again after a restart has the same.
public typealias AlertID = Identifier<Alert>

/// One thing that is or was wrong: a row of `alert_history`.
public struct Alert: Sendable, Hashable {
    /// Identity.
    public var id: AlertID
    /// What it is of.
    public var entity: AlertEntity
    /// What is wrong.
    public var condition: AlertCondition
    /// Id of the rule that decides about it.
    public var rule: String
    /// How much it matters; it may rise, and does not fall while the alert is open.
    public var severity: AlertSeverity
    /// One line: `Interface Gi0/0/1 down on CORE-SW-03 (CRITICAL)`.
    public var message: String
    /// What was measured last, percent for rates; nil where the condition has no number.
    public var value: Double?
    /// What it is compared with.
    public var threshold: Double?
    /// Where it is in its life.
    public var state: AlertState
    /// When the condition began.
    public var startedAt: Timestamp
    /// When it had held for as long as its rule asks; nil while it is pending.
    public var firedAt: Timestamp?
    /// When the condition was last seen to hold.
    public var lastSeenAt: Timestamp
    /// When it was over; nil while it is open.
    public var resolvedAt: Timestamp?
    /// Who sees to it; nil where nobody does, or the time they asked for is over.
    public var acknowledgement: AlertAcknowledgement?
    /// Why it is not sent; nil where it is.
    public var hold: AlertHold?
    /// The alert that explains it; kept when both are over.
    public var causeID: AlertID?
    /// When it was first sent to somebody; nil where it was not.
    public var notifiedAt: Timestamp?
    /// Who was told what of it, by receiver.
    public var tellings: [AlertTelling]
    /// What was known when it fired, kept as it was then.
    public var context: AlertContext {
        _read { yield kept.value }
        _modify {
            if !isKnownUniquelyReferenced(&kept) { kept = KeptContext(kept.value) }
            yield &kept.value
        }
    }
    /// Alerts are copied often, and their contexts rarely changed.
    private var kept = KeptContext(AlertContext())

    /// An alert that begins; what is known later is filled in by the caller.
    public init(
        id: AlertID = .random(), entity: AlertEntity, condition: AlertCondition, rule: String,
        severity: AlertSeverity, at start: Timestamp
    ) {
        self.id = id
        self.entity = entity
        self.condition = condition
        self.rule = rule
        self.severity = severity
        message = ""
        state = .pending
        (startedAt, lastSeenAt) = (start, start)
        tellings = []
    }

    /// Whether it is not over.
    public var isOpen: Bool { state != .resolved }

    /// Whether it is over and somebody who was told of it does not know yet.
    public var owesRecovery: Bool { !isOpen && tellings.contains { !$0.isOver } }

    /// Which of an entity and a condition it is: no two open alerts have the same.
    public var key: AlertKey { AlertKey(entity: entity, condition: condition) }
}

/// A context behind one reference.
///
/// Proof: it is private to `Alert`, which changes it only where it holds the one reference to it, and reads it otherwise.
private final class KeptContext: @unchecked Sendable, Hashable {
    var value: AlertContext

    init(_ value: AlertContext) {
        self.value = value
    }

    static func == (left: KeptContext, right: KeptContext) -> Bool { left === right || left.value == right.value }

    func hash(into hasher: inout Hasher) { hasher.combine(value) }
}

/// How much an alert matters, `low` to `critical`.
public typealias AlertSeverity = AnomalySeverity

/// An entity and what is wrong with it.
public struct AlertKey: Codable, Sendable, Hashable {
    /// What it is of.
    public var entity: AlertEntity
    /// What is wrong.
    public var condition: AlertCondition

    /// A pair.
    public init(entity: AlertEntity, condition: AlertCondition) {
        self.entity = entity
        self.condition = condition
    }
}

/// What an alert is of.
public enum AlertEntity: Codable, Sendable, Hashable {
    /// A device.
    case device(DeviceID)
    /// An interface, and its device.
    case interface(InterfaceID, of: DeviceID)
    /// A part of WARD FLUX: `disk`, `catalog`, `series`, `job:discover-topology`.
    case system(String)

    /// The device, or that of the interface.
    public var deviceID: DeviceID? {
        switch self {
        case .device(let id), .interface(_, of: let id): id
        case .system: nil
        }
    }

    /// The interface.
    public var interfaceID: InterfaceID? {
        if case .interface(let id, _) = self { id } else { nil }
    }

    /// As it is stored and written: `device:…`, `interface:…`, `system:…`.
    public var key: String {
        switch self {
        case .device(let id): "device:\(id)"
        case .interface(let id, _): "interface:\(id)"
        case .system(let name): "system:\(name)"
        }
    }
}

/// Somebody sees to an alert.
public struct AlertAcknowledgement: Codable, Sendable, Hashable {
    /// When it was said.
    public var at: Timestamp
    /// Who said it; nil where access needs no token.
    public var by: String?
    /// In their words.
    public var note: String?
    /// When it ends and the alert fires again; nil for when the alert is over.
    public var until: Timestamp?

    /// An acknowledgement.
    public init(at now: Timestamp, by author: String? = nil, note: String? = nil, until: Timestamp? = nil) {
        at = now
        by = author
        self.note = note
        self.until = until
    }
}

/// What a receiver was told of an alert.
public struct AlertTelling: Codable, Sendable, Hashable {
    /// Name of the receiver.
    public var receiver: String
    /// When it was last told.
    public var at: Timestamp
    /// How much it mattered then.
    public var severity: AlertSeverity
    /// Whether it was told that it is over.
    public var isOver: Bool
    /// The group it was told in; empty where all is told together.
    public var group: String
    /// Whether it was only counted, as one of more than a message spells out.
    public var isCounted = false
    /// Whether it is to be told again though nothing changed.
    public var isDue = false
    /// What it was told before; nil where this is the first.
    public var before: Earlier?

    /// What a receiver was told earlier.
    public struct Earlier: Codable, Sendable, Hashable {
        /// When.
        public var at: Timestamp
        /// How much it mattered then.
        public var severity: AlertSeverity

        /// What it was told.
        public init(at time: Timestamp, severity: AlertSeverity) {
            at = time
            self.severity = severity
        }
    }

    /// What a receiver is told.
    public init(
        _ receiver: String, at time: Timestamp, severity: AlertSeverity, isOver: Bool = false, group: String = ""
    ) {
        self.receiver = receiver
        at = time
        self.severity = severity
        self.isOver = isOver
        self.group = group
    }
}
