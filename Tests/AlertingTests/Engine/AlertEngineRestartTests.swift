import Inventory
import Testing

@testable import Alerting

/// An engine that goes on from stored alerts: nobody was heard by it yet, and everybody was heard before.
@Suite struct AlertEngineRestartTests {
    private let net = SmallNetwork()

    /// The network with what the catalog knows: when devices last answered.
    private func inventory(seenAt: Double, _ change: (inout AlertInventory) throws -> Void = { _ in }) rethrows
        -> AlertInventory
    {
        var inventory = net.inventory
        for id in inventory.devices.keys { inventory.devices[id]?.lastSeenAt = net.at(seenAt) }
        try change(&inventory)
        return inventory
    }

    private func fail(_ engine: inout AlertEngine, _ names: [String], _ second: Double, isSilent: Bool) throws {
        for name in names {
            engine.failed(try net.device(name), askedAt: net.at(second - 2), at: net.at(second))
            if isSilent { engine.silent(try net.device(name), at: net.at(second)) }
        }
    }

    @Test func delaysAndRecordedRulesAreKnownBeforeAnythingIsHeard() throws {
        var down = AlertRule(id: "down", condition: .interfaceDown, severity: .critical)
        (down.forSeconds, down.clearSeconds) = (600, 600)
        var flaps = AlertRule(id: "flaps", condition: .interfaceFlapping, severity: .high)
        flaps.isSent = false
        var restarts = AlertRule(id: "restarts", condition: .deviceRestarted, severity: .medium)
        restarts.clearSeconds = 1_800
        let rules = [down, flaps, restarts]
        func alert(_ condition: AlertCondition, _ entity: AlertEntity, firedAt: Timestamp?) -> Alert {
            var alert = Alert(entity: entity, condition: condition, rule: "", severity: .high, at: net.at(-60))
            (alert.firedAt, alert.state) = (firedAt, firedAt == nil ? .pending : .firing)
            return alert
        }
        let entity = AlertEntity.interface(try net.port("user"), of: try net.device("ADM"))
        let stored = [
            alert(.interfaceDown, entity, firedAt: nil), alert(.interfaceFlapping, entity, firedAt: net.at(-60)),
            alert(.deviceRestarted, .device(try net.device("ADM")), firedAt: net.at(-60)),
        ]
        var known = net.inventory
        known.interfaces[try net.port("user")]?.facts.operStatus = 2
        var engine = try net.engine(stored, known, rules: rules, hasHeard: false)
        let outcome = engine.evaluate(at: net.at(1))
        let open = engine.ledger.open.values
        #expect(open.first { $0.condition == .interfaceDown }?.state == .pending)
        #expect(open.first { $0.condition == .interfaceFlapping }?.hold == .recordOnly)
        #expect(open.contains { $0.condition == .deviceRestarted }, "it is over half an hour after")
        #expect(outcome.deliveries.flatMap(\.alerts).allSatisfy { $0.condition == .deviceRestarted })
        // The same where only the rules change.
        var never = flaps
        never.isSent = true
        engine.revise(net.inventory, rules: AlertRuleBook([down, never, restarts]), at: net.at(2))
        _ = engine.evaluate(at: net.at(2))
        #expect(engine.ledger.open.values.first { $0.condition == .interfaceFlapping }?.hold == nil)
    }

    /// The core dies, the process restarts half a minute later: who never answers to it was there before.
    @Test func whoDidNotAnswerSinceTheStartWasHeardBefore() throws {
        var engine = try net.engine([], inventory(seenAt: -86_400), hasHeard: false)
        var all: [String] = []
        for (second, isSilent) in [(60.0, false), (120, false), (180, true)] {
            engine.heard(try net.device("ADM"), at: net.at(second - 5))
            try fail(&engine, ["BR-1", "BR-2", "CORE"], second, isSilent: isSilent)
            all += net.told(engine.evaluate(at: net.at(second)))
        }
        for second in stride(from: 190.0, through: 600, by: 10) {
            engine.heard(try net.device("ADM"), at: net.at(second - 1))
            try fail(&engine, ["BR-1", "BR-2", "CORE"], second, isSilent: true)
            all += net.told(engine.evaluate(at: net.at(second)))
        }
        #expect(all == ["Device CORE unreachable (CRITICAL)"])
        let core = try #require(engine.ledger.open.values.first { $0.message.contains("CORE") })
        #expect(core.context.facts.first { $0.name == "last heard" }?.text == "before \(net.start)")
    }

    @Test func thePollersOwnLineThatIsDownAtTheStartIsOneIncident() throws {
        var engine = try net.engine([], inventory(seenAt: -86_400), hasHeard: false)
        var all: [String] = []
        for second in stride(from: 10.0, through: 900, by: 10) {
            // Polls are spread over the minute, and it takes three of them.
            for (place, name) in ["ADM", "CORE", "BR-1", "BR-2"].enumerated()
            where Int(second) % 60 == place * 10 {
                try fail(&engine, [name], second, isSilent: second > 120)
            }
            all += net.told(engine.evaluate(at: net.at(second)))
        }
        #expect(all.count == 1 && all.first?.contains("etwork") == true, "\(all)")
    }

    /// The port to the core died at once, the core was found silent by polls three minutes later.
    @Test func aPortIsNotTakenForTheCauseOfADeviceThatWasNotHeardSince() throws {
        var engine = try net.engine()
        engine.take(status: try net.port("ADM>CORE"), admin: 1, oper: 2, at: net.at(0))
        _ = engine.evaluate(at: net.at(0.1))
        try fail(&engine, ["CORE"], 180, isSilent: true)
        engine.heard(try net.device("ADM"), at: net.at(181))
        _ = engine.evaluate(at: net.at(182))
        #expect(net.open(engine).contains("Device CORE unreachable (CRITICAL)"))
        let stored = Array(engine.ledger.open.values)
        var again = try net.engine(
            stored,
            inventory(seenAt: -60) { inventory in
                inventory.interfaces[try net.port("ADM>CORE")]?.facts.operStatus = 2
            }, at: 200, hasHeard: false)
        var all: [String] = []
        for second in stride(from: 201.0, through: 900, by: 20) {
            again.heard(try net.device("ADM"), at: net.at(second - 1))
            try fail(&again, ["CORE", "BR-1", "BR-2"], second, isSilent: second > 380)
            all += net.told(again.evaluate(at: net.at(second)))
        }
        #expect(all == [])
        #expect(net.open(again).contains("Interface to CORE down on ADM (CRITICAL) [explained]"))
    }

    /// Devices were found silent over a minute; what explains all of them goes on.
    @Test func theNetworkStaysTheCauseOverARestart() throws {
        var engine = try net.engine()
        for (place, name) in ["ADM", "CORE", "BR-1", "BR-2"].enumerated() {
            try fail(&engine, [name], 180 + Double(place) * 20, isSilent: true)
            _ = engine.evaluate(at: net.at(180 + Double(place) * 20))
        }
        _ = engine.evaluate(at: net.at(330))
        #expect(net.open(engine).filter { !$0.hasSuffix("[explained]") }.count == 1, "\(net.open(engine))")
        var again = try net.engine(
            Array(engine.ledger.open.values), inventory(seenAt: -60), at: 340, hasHeard: false)
        var all: [String] = []
        for second in stride(from: 341.0, through: 900, by: 20) {
            try fail(&again, ["ADM", "CORE", "BR-1", "BR-2"], second, isSilent: true)
            all += net.told(again.evaluate(at: net.at(second)))
        }
        #expect(all == [])
        #expect(net.open(again).filter { !$0.hasSuffix("[explained]") }.count == 1)
    }

    /// Right after a start nobody was heard by this process; that is no failure of the network.
    @Test func severalSilentDevicesAreNoFailureOfTheNetworkBeforeOthersHadTimeToAnswer() throws {
        var engine = try net.engine()
        for second in stride(from: 100.0, through: 300, by: 20) {
            for name in ["ADM", "CORE"] { engine.heard(try net.device(name), at: net.at(second - 1)) }
            try fail(&engine, ["BR-1", "BR-2"], second, isSilent: second >= 180)
            _ = engine.evaluate(at: net.at(second))
        }
        var again = try net.engine(
            Array(engine.ledger.open.values), inventory(seenAt: -60), at: 400, hasHeard: false)
        var all = net.told(again.evaluate(at: net.at(400)))
        for second in stride(from: 430.0, through: 700, by: 30) {
            for name in ["ADM", "CORE"] { again.heard(try net.device(name), at: net.at(second - 1)) }
            try fail(&again, ["BR-1", "BR-2"], second, isSilent: true)
            all += net.told(again.evaluate(at: net.at(second)))
        }
        #expect(all == [])
    }

    @Test func aClockThatIsSetBackKeepsNobodySilent() throws {
        var engine = try net.engine(at: 0)
        try fail(&engine, ["BR-1"], 3_600, isSilent: true)
        for name in ["ADM", "CORE", "BR-2"] { engine.heard(try net.device(name), at: net.at(3_610)) }
        _ = engine.evaluate(at: net.at(3_611))
        try fail(&engine, ["BR-1"], 3_613, isSilent: true)
        #expect(net.told(engine.evaluate(at: net.at(3_614))) == ["Device BR-1 unreachable (CRITICAL)"])
        engine.heard(try net.device("BR-1"), at: net.at(30))
        #expect(net.told(engine.evaluate(at: net.at(31))) == ["over: Device BR-1 unreachable (CRITICAL)"])
        // What fails next is found as soon as ever.
        try fail(&engine, ["BR-2"], 200, isSilent: true)
        for name in ["ADM", "CORE", "BR-1"] { engine.heard(try net.device(name), at: net.at(210)) }
        _ = engine.evaluate(at: net.at(211))
        try fail(&engine, ["BR-2"], 213, isSilent: true)
        #expect(net.told(engine.evaluate(at: net.at(214))) == ["Device BR-2 unreachable (CRITICAL)"])
    }
}
