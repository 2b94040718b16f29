/// A condition on one label of an alert: `type="isp"`, `device!~"LAB-.*"`.
///
/// Labels are those of `AlertLabels`; one that an alert lacks is the empty text, as in Alertmanager.
public struct AlertMatcher: Codable, Sendable, Hashable {
    /// How a label is compared.
    public enum Comparison: String, CaseIterable, Codable, Sendable, Hashable {
        /// It is this text.
        case equal = "="
        /// It is not this text.
        case notEqual = "!="
        /// The whole of it matches this pattern (RE2).
        case matches = "=~"
        /// The whole of it does not match this pattern.
        case matchesNot = "!~"
    }

    /// The label.
    public var label: String
    /// How it is compared.
    public var comparison: Comparison
    /// With what.
    public var value: String

    /// A condition.
    public init(_ label: String, _ comparison: Comparison, _ value: String) {
        self.label = label
        self.comparison = comparison
        self.value = value
    }

    /// A label that is a text.
    public init(_ label: String, _ value: String) {
        self.init(label, .equal, value)
    }
}
