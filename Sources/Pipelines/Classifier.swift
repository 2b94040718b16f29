public import Classification
public import Discovery

/// Says what an interface is for.
public typealias Classifier = @Sendable (ClassificationSubject) -> InterfaceVerdict

extension RuleSet {
    /// These rules as discovery asks them.
    public var classifier: Classifier {
        { subject in
            let decision = classify(ClassificationInput(facts: subject.facts, neighbour: subject.neighbour))
            return InterfaceVerdict(
                type: decision.type, provider: decision.provider, isCritical: decision.isCritical,
                monitoring: decision.monitoring, confidence: decision.confidence, rule: decision.rule)
        }
    }
}
