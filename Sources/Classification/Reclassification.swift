/// An interface that two sets of rules see differently.
public struct Reclassification: Sendable, Hashable, Codable {
    /// Place of the interface in the list given, from 0.
    public var index: Int
    /// What the old rules say.
    public var old: Classification
    /// What the new rules say.
    public var new: Classification

    /// Which of type, provider, critical and monitoring differ.
    public var changes: [String] {
        var changes: [String] = []
        if old.type != new.type { changes.append("type") }
        if old.provider != new.provider { changes.append("provider") }
        if old.isCritical != new.isCritical { changes.append("critical") }
        if old.monitoring != new.monitoring { changes.append("monitoring") }
        return changes
    }
}

extension RuleSet {
    /// What new rules would change, before they are applied.
    ///
    /// Interfaces whose type, provider, criticality or
    /// monitoring differ, in the order given. A change of confidence or deciding rule alone is not one.
    public static func diff(
        from old: RuleSet, to new: RuleSet, over inputs: [ClassificationInput]
    ) -> [Reclassification] {
        inputs.enumerated().compactMap { index, input in
            let change = Reclassification(index: index, old: old.classify(input), new: new.classify(input))
            return change.changes.isEmpty ? nil : change
        }
    }
}
