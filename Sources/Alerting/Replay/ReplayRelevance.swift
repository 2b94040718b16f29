import Inventory

/// Which facts may change what an evaluation says: live, each is looked at as it comes; of the past, only these are.
///
/// To be wrong here is to find an alert up to a minute late, with the next look at all interfaces.
struct ReplayRelevance {
    private let laws: [PortLaw]
    private let waitSeconds: Double
    /// Seconds for which rules count how often a port goes up and down.
    private let flapSeconds: Double
    /// When the status of a port last changed, by place.
    private var turnedAt: [Int: Timestamp] = [:]
    /// Whether a verdict waits for whether other devices answer.
    private var isVerifying = false
    /// When a device last fell silent, or what is said of causes last changed; nil where nothing is amiss.
    private var faultAt: Timestamp?
    private var causes = CauseState()
    /// Interfaces of which something fires, or is told, when they are read again.
    private var awaited: Set<InterfaceID> = []

    private static let network = AlertKey(entity: CauseReport.network, condition: .networkUnreachable)
    private static let downPlace = AlertCondition.interfaceDown.portPlace ?? 0
    private static let flappingPlace = AlertCondition.interfaceFlapping.portPlace ?? 0

    /// - Parameter waitSeconds: seconds a verdict about a cause waits.
    init(_ book: AlertRuleBook, waitSeconds: Int) {
        self.waitSeconds = Double(waitSeconds)
        laws = book.rules.map(PortLaw.init)
        let flapping = book.rules.filter { $0.condition == .interfaceFlapping }
        flapSeconds = flapping.map { Double($0.withinSeconds ?? 600) }.max() ?? 0
    }

    // MARK: - Devices

    /// A device was found silent.
    mutating func noteSilence(at time: Timestamp) { faultAt = time }

    /// An evaluation came to its conclusions.
    mutating func noteEvaluation(of engine: AlertEngine, at now: Timestamp) {
        isVerifying = engine.causes.isUnsettled || engine.ledger.open[Self.network] != nil
        let unsure = engine.ledger.open.values.lazy.filter { $0.firedAt == nil || $0.hold == .verifying }
        awaited = Set(unsure.compactMap(\.entity.interfaceID))
        guard engine.causes != causes else { return }
        causes = engine.causes
        faultAt = causes == CauseState() ? nil : now
    }

    /// Whether an answer of a device may tell something, as the last before it came then.
    ///
    /// Causes are found by what came before faults and what after. So while no verdict waits, only the first answer of
    /// a device after the last fault counts.
    func isAnswerTelling(after last: Timestamp?) -> Bool {
        if isVerifying { return true }
        guard let faultAt else { return false }
        return last.map { $0 <= faultAt } ?? true
    }

    /// Whether a question without an answer may tell something, as the last before it was given up then.
    ///
    /// Devices are asked again and again while a verdict could wait: each of those counts.
    func isFailureTelling(after last: Timestamp?) -> Bool {
        if isVerifying { return true }
        guard let faultAt else { return false }
        return last.map { $0.secondsSince(faultAt) <= waitSeconds } ?? true
    }

    // MARK: - Interfaces

    /// Whether what was read of an interface may tell something.
    mutating func isTelling(from before: WatchedPort, to after: WatchedPort, place: Int, at time: Timestamp) -> Bool {
        if before.oper > 0, before.oper != after.oper { turnedAt[place] = time }
        let isOther = before.oper != after.oper || before.admin != after.admin || before.speed != after.speed
        // Of a port that is down it counts when it was last read.
        if isOther || isVerifying && after.isHolding(Self.downPlace) || awaited.contains(after.id) { return true }
        return mayFlap(after, place, at: time) || after.isAboutToChange(laws, at: time.milliseconds)
    }

    /// Whether the port went up or down of late: how often it did is counted anew with whatever is read of it.
    private mutating func mayFlap(_ port: WatchedPort, _ place: Int, at time: Timestamp) -> Bool {
        guard let turned = turnedAt[place] else { return false }
        if port.isHolding(Self.flappingPlace) || time.secondsSince(turned) <= flapSeconds { return true }
        turnedAt[place] = nil
        return false
    }
}

extension WatchedPort {
    fileprivate func isHolding(_ place: Int) -> Bool { holding & 1 << UInt16(place) != 0 }

    /// Whether a condition that compares what was read holds and did not, or the other way round.
    fileprivate func isAboutToChange(_ laws: [PortLaw], at now: Int64) -> Bool {
        for place in 0..<4 where rules[place] >= 0 {
            guard let holds = holds(place, laws[Int(rules[place])], at: now) else { continue }
            if holds != isHolding(place) { return true }
        }
        return false
    }
}

extension CauseState {
    /// Whether anything that is heard now may change what is said.
    fileprivate var isUnsettled: Bool {
        func isOpen(_ one: Standing) -> Bool { one.kind == .waiting || one.releasedAt != nil || one.provenAt != nil }
        return devices.values.contains(where: isOpen) || ports.values.contains(where: isOpen)
    }
}
