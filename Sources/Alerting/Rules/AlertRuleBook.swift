public import Inventory

/// Rules in the order in which they are asked: the first for a condition that fits decides.
public struct AlertRuleBook: Sendable {
    /// All rules, in order.
    public let rules: [AlertRule]
    /// Differs between books of different rules.
    let revision: Int
    private let byCondition: [AlertCondition: [Int]]
    private let scopes: [[CompiledScope]]

    /// Rules in order; the user's before the shipped ones.
    public init(_ rules: [AlertRule]) {
        self.rules = rules
        revision = rules.hashValue
        byCondition = Dictionary(grouping: rules.indices) { rules[$0].condition }
        scopes = rules.map { $0.scopes.map(CompiledScope.init) }
    }

    /// The rule that decides about a condition of an interface; nil where none does.
    public func rule(for condition: AlertCondition, of interface: Interface, on device: Device) -> AlertRule? {
        place(for: condition) { $0.fits(interface, on: device) }.map { rules[$0] }
    }

    /// The rule that decides about a condition of a device; nil where none does.
    public func rule(for condition: AlertCondition, of device: Device) -> AlertRule? {
        place(for: condition) { $0.fits(device) }.map { rules[$0] }
    }

    /// The rule that decides about a condition of a part of WARD FLUX; nil where none does.
    public func rule(for condition: AlertCondition, ofSystem name: String) -> AlertRule? {
        place(for: condition) { $0.fits(system: name) }.map { rules[$0] }
    }

    /// The places of the rules for all conditions of an interface, by `AlertCondition.portPlace`; -1 for none.
    func places(of interface: Interface, on device: Device) -> SIMD16<Int16> {
        var places = SIMD16<Int16>(repeating: -1)
        for (condition, _) in byCondition {
            guard let slot = condition.portPlace else { continue }
            let found = place(for: condition) { $0.fits(interface, on: device) }
            places[slot] = found.map { Int16(clamping: $0) } ?? -1
        }
        return places
    }

    private func place(for condition: AlertCondition, _ fits: (CompiledScope) -> Bool) -> Int? {
        byCondition[condition]?.first { scopes[$0].isEmpty || scopes[$0].contains(where: fits) }
    }
}

extension AlertCondition {
    /// Conditions of interfaces, in the order of their bits and places.
    static let ofPorts: [AlertCondition] = allCases.filter { $0.subject == .interface }

    /// Its place among them.
    var portPlace: Int? {
        switch self {
        case .interfaceDown: 0
        case .highUtilization: 1
        case .highErrorRate: 2
        case .highDiscardRate: 3
        case .interfaceFlapping: 4
        case .speedChanged: 5
        case .duplexChanged: 6
        case .neighborChanged: 7
        case .neighborLost: 8
        case .anomaly: 9
        case .deviceUnreachable, .deviceRestarted, .networkUnreachable, .diskSpace, .storeTrouble, .jobTrouble: nil
        }
    }
}
