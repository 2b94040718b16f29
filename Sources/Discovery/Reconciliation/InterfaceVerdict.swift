public import Inventory

/// What an interface is classified by.
public struct ClassificationSubject: Sendable, Hashable {
    /// What the device says of it.
    public var facts: InterfaceFacts
    /// What LLDP or CDP tells of its far end: the infrastructure neighbour where there are several.
    public var neighbour: NeighbourFacts?

    /// An interface with its neighbour.
    public init(facts: InterfaceFacts, neighbour: NeighbourFacts? = nil) {
        self.facts = facts
        self.neighbour = neighbour
    }
}

/// What the rules say of one interface.
public struct InterfaceVerdict: Sendable, Hashable {
    /// What it is for.
    public var type: InterfaceType
    /// Id of the provider at its far end, nil where there is none.
    public var provider: String?
    /// Whether it is watched most closely; `isp` always is.
    public var isCritical: Bool
    /// What a rule says of monitoring; nil leaves it to the automatic rule.
    public var monitoring: Bool?
    /// How sure the rule is, 0 to 1.
    public var confidence: Double
    /// Id of the rule that decided.
    public var rule: String

    /// A verdict.
    public init(
        type: InterfaceType, provider: String? = nil, isCritical: Bool = false, monitoring: Bool? = nil,
        confidence: Double, rule: String
    ) {
        self.type = type
        self.provider = provider
        self.isCritical = isCritical
        self.monitoring = monitoring
        self.confidence = confidence
        self.rule = rule
    }
}

extension InterfaceVerdict {
    /// Decimals to which a confidence is stored, so that a number computed in another order is not a change.
    private static let confidenceScale = 10_000.0

    /// Writes the verdict into a row, except what its operator set.
    ///
    /// Where the operator set the type, what depends on the type follows the operator's: `isp` is critical, and only
    /// `isp` has a provider from the rules. Monitoring is what a rule says, else on, except for loopbacks and for ports
    /// that are administratively down and never were up.
    public func apply(to row: inout Interface) {
        let overridden = row.overrides
        let typeIsSet = overridden.contains(.interfaceType)
        if !typeIsSet {
            row.interfaceType = type
            row.classificationConfidence = (confidence * Self.confidenceScale).rounded() / Self.confidenceScale
            row.classificationRule = rule
        }
        if !overridden.contains(.ispProvider) {
            row.ispProvider = typeIsSet && row.interfaceType != .isp ? nil : provider
        }
        if !overridden.contains(.isCritical) {
            row.isCritical = row.interfaceType == .isp || (isCritical && !(typeIsSet && type == .isp))
        }
        if !overridden.contains(.monitoringEnabled) {
            row.monitoringEnabled = monitoring ?? Self.isMonitoredByDefault(row)
        }
    }

    private static func isMonitoredByDefault(_ row: Interface) -> Bool {
        let softwareLoopback = 24
        let isLoopback =
            row.interfaceType == .loopback
            || (row.facts.ifType == softwareLoopback && !row.overrides.contains(.interfaceType))
        let isUnused = row.facts.adminStatus == InterfaceStatus.down.rawValue && !row.wasUp
        return !isLoopback && !isUnused
    }
}
