public import Inventory

/// Something that was found outside of polls of status and traffic: of a device, an interface or WARD FLUX itself.
public struct AlertOccurrence: Sendable, Hashable {
    /// The entity and the condition.
    public var key: AlertKey
    /// Whether it is so; false where it has ceased to be.
    public var holds: Bool
    /// When it was found.
    public var at: Timestamp
    /// One line for the operator; empty for the usual words.
    public var message: String
    /// What was measured; nil where there is no number.
    ///
    /// Where the condition has a threshold, whether it holds is found from this.
    public var value: Double?
    /// How much it matters, for a rule that follows what is found.
    public var severity: AlertSeverity?
    /// What else is known of it.
    public var facts: [AlertFact]

    /// Something that was found.
    public init(
        _ key: AlertKey, holds: Bool = true, at time: Timestamp, message: String = "", value: Double? = nil,
        severity: AlertSeverity? = nil, facts: [AlertFact] = []
    ) {
        self.key = key
        self.holds = holds
        at = time
        self.message = message
        self.value = value
        self.severity = severity
        self.facts = facts
    }
}
