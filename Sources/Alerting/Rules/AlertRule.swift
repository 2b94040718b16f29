public import Inventory

/// When something is wrong, how much it matters, and whether it is told.
///
/// Of the rules for a condition the first in the file that fits an entity decides about it; where none fits, the condition is
/// not looked at.
public struct AlertRule: Sendable, Hashable {
    /// Name, unique in the file: `uplink-utilization`.
    public var id: String
    /// What it is about.
    public var condition: AlertCondition
    /// What it fits: any of them; none fits everything.
    public var scopes: [AlertScope]
    /// How much it matters.
    public var severity: AlertSeverity
    /// Whether what is found says how much it matters (an anomaly's severity), and `severity` is the least.
    public var followsSeverity: Bool
    /// The condition holds above this (below it for `disk_space`): percent; nil where the condition has no number.
    public var threshold: Double?
    /// It is over at or below this (at or above it for `disk_space`); the same side of `threshold` or equal to it.
    public var clear: Double?
    /// Errors or discards between two polls below which their rate is not believed; nil for none.
    public var minimumCount: Int?
    /// Seconds for which it must hold before it fires.
    public var forSeconds: Int
    /// Seconds for which it must be gone before it is over; for events, seconds after which it is over.
    public var clearSeconds: Int
    /// Changes of oper status within `withinSeconds` from which an interface flaps.
    public var changes: Int?
    /// The time in which changes are counted.
    public var withinSeconds: Int?
    /// Whether it is told, or only recorded.
    public var isSent: Bool
    /// Further labels of its alerts, for routing.
    public var labels: [String: String]
    /// What to do about it, in the operator's words; a text or a link.
    public var remedy: String?

    /// A rule that fits everything, fires at once and is told.
    public init(id: String, condition: AlertCondition, severity: AlertSeverity) {
        self.id = id
        self.condition = condition
        self.severity = severity
        scopes = []
        followsSeverity = false
        forSeconds = 0
        clearSeconds = 0
        isSent = true
        labels = [:]
    }
}

/// Which entities a rule fits: all that is said must hold; of each list any entry.
///
/// Names are compared without case; `*` stands for any text, `?` for any character.
public struct AlertScope: Sendable, Hashable {
    /// What interfaces are for.
    public var types: Set<InterfaceType> = []
    /// Ids of providers of interfaces.
    public var providers: [String] = []
    /// Whether interfaces are critical.
    public var isCritical: Bool?
    /// Names of interfaces (ifName or ifDescr).
    public var interfaces: [String] = []
    /// Texts of interfaces (ifAlias).
    public var aliases: [String] = []
    /// Names of devices.
    public var devices: [String] = []
    /// What devices are.
    public var deviceTypes: Set<DeviceType> = []
    /// Tags of devices.
    public var tags: [String] = []
    /// Where devices are.
    public var locations: [String] = []
    /// Parts of WARD FLUX: `disk`, `series`, `job:*`.
    public var systems: [String] = []

    /// Everything.
    public init() {}
}
