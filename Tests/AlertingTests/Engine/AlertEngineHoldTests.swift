import Inventory
import Testing
import Traffic

@testable import Alerting

/// What is kept back because of something else, and what becomes of it when that is over.
@Suite struct AlertEngineHoldTests {
    private let net = SmallNetwork()

    private func hear(_ engine: inout AlertEngine, _ names: [String], _ second: Double) throws {
        for name in names { engine.heard(try net.device(name), at: net.at(second)) }
    }

    /// The core dies, as the port to it tells and its silence confirms.
    private func engineWithDeadCore() throws -> AlertEngine {
        var engine = try net.engine()
        engine.take(status: try net.port("ADM>CORE"), admin: 1, oper: 2, at: net.at(1))
        _ = engine.evaluate(at: net.at(1), isFull: false)
        engine.failed(try net.device("CORE"), askedAt: net.at(1), at: net.at(1.6))
        #expect(net.told(engine.evaluate(at: net.at(1.7))) == ["Device CORE unreachable (CRITICAL)"])
        return engine
    }

    private func rates(_ port: InterfaceID, _ second: Double, percent: Double, oper: UInt8 = 1) -> InterfaceRates {
        var reading = CounterReading(at: net.at(second))
        (reading.ifSpeed, reading.adminStatus, reading.operStatus) = (1_000_000_000, 1, oper)
        reading.intervalSeconds = 300
        var step = CounterStep(from: net.at(second - 300), to: net.at(second))
        step.seconds = 300
        (step.known, step.rated) = ([CounterSet(.inOctets)], [CounterSet(.inOctets)])
        step.increases[Int(CounterKind.inOctets.rawValue)] = UInt64(percent / 100 * 1e9 / 8 * 300)
        return InterfaceRates(port, reading, step: step)
    }

    // MARK: - Ports

    /// The core is back; its neighbour's port is up again, which is read some polls later.
    @Test(arguments: [1_001.5, 1_060, 1_119])
    func aPortThatWasExplainedIsNotToldBeforeItWasReadAgain(readAt: Double) throws {
        var engine = try engineWithDeadCore()
        try hear(&engine, ["ADM", "CORE"], 1_001)
        var all = net.told(engine.evaluate(at: net.at(1_001)))
        for second in stride(from: 1_002.0, to: readAt, by: 10) {
            try hear(&engine, ["ADM", "CORE"], second)
            all += net.told(engine.evaluate(at: net.at(second)))
        }
        engine.take(status: try net.port("ADM>CORE"), admin: 1, oper: 1, at: net.at(readAt))
        for second in stride(from: readAt, to: 1_400, by: 20) {
            try hear(&engine, ["ADM", "CORE"], second)
            all += net.told(engine.evaluate(at: net.at(second)))
        }
        #expect(all == ["over: Device CORE unreachable (CRITICAL)"])
    }

    @Test(arguments: [true, false])
    func aPortThatStaysDownIsToldWhenItWasReadOrTwoPollsLater(isRead: Bool) throws {
        var engine = try engineWithDeadCore()
        var told: [Double: [String]] = [:]
        for second in stride(from: 1_000.0, through: 1_200, by: 10) {
            try hear(&engine, ["ADM", "CORE"], second)
            if isRead, second == 1_020 {
                engine.take(status: try net.port("ADM>CORE"), admin: 1, oper: 2, at: net.at(1_019))
            }
            told[second] = net.told(engine.evaluate(at: net.at(second)))
        }
        let port = "Interface to CORE down on ADM (CRITICAL)"
        let at = try #require(told.first { $0.value.contains(port) }).key
        #expect(isRead ? at == 1_020 : (1_110...1_130).contains(at), "\(at)")
    }

    /// A poll of before the return comes in after it, and is the first to tell of a port.
    @Test func aStatusOfBeforeTheReturnIsNotNews() throws {
        var engine = try engineWithDeadCore()
        engine.take(status: try net.port("ADM>CORE"), admin: 1, oper: 1, at: net.at(1_000))
        try hear(&engine, ["ADM", "CORE", "BR-1"], 1_001)
        #expect(net.told(engine.evaluate(at: net.at(1_001))) == ["over: Device CORE unreachable (CRITICAL)"])
        engine.take(status: try net.port("BR-1>CORE"), admin: 1, oper: 2, at: net.at(999))
        try hear(&engine, ["ADM", "CORE", "BR-1"], 1_003)
        var all = net.told(engine.evaluate(at: net.at(1_003)))
        engine.take(status: try net.port("BR-1>CORE"), admin: 1, oper: 1, at: net.at(1_020))
        try hear(&engine, ["ADM", "CORE", "BR-1"], 1_021)
        all += net.told(engine.evaluate(at: net.at(1_021)))
        #expect(all == [])
        // One that goes down later is told at once.
        engine.take(status: try net.port("BR-1>CORE"), admin: 1, oper: 2, at: net.at(1_100))
        _ = engine.evaluate(at: net.at(1_100))
        try hear(&engine, ["CORE"], 1_101)
        #expect(net.told(engine.evaluate(at: net.at(1_101))) == ["Interface to CORE down on BR-1 (CRITICAL)"])
    }

    /// An alert that is kept open for its restlessness tells of nothing that is now.
    @Test func whatIsOnlyKeptOpenHidesNothing() throws {
        var engine = try net.engine()
        let key = AlertKey(entity: .device(try net.device("CORE")), condition: .deviceUnreachable)
        var second = 0.0
        for _ in 0..<5 {
            second += 100
            try hear(&engine, ["ADM", "BR-1", "BR-2"], second)
            engine.silent(try net.device("CORE"), at: net.at(second))
            _ = engine.evaluate(at: net.at(second))
            try hear(&engine, ["CORE"], second + 50)
            _ = engine.evaluate(at: net.at(second + 50))
        }
        #expect(engine.ledger.open[key]?.context.clearSince != nil)
        engine.take([rates(try net.port("CORE>ADM"), second + 60, percent: 95)])
        #expect(net.told(engine.evaluate(at: net.at(second + 61))) == ["High utilization on CORE to ADM (95%)"])
    }

    @Test func aPortIsDeadSinceItWentDownLast() throws {
        var engine = try net.engine()
        for second in stride(from: 0.0, through: 400, by: 100) {
            engine.take(status: try net.port("ADM>CORE"), admin: 1, oper: 2, at: net.at(second))
            try hear(&engine, ["CORE"], second + 10)
            _ = engine.evaluate(at: net.at(second + 20))
            engine.take(status: try net.port("ADM>CORE"), admin: 1, oper: 1, at: net.at(second + 50))
            _ = engine.evaluate(at: net.at(second + 50))
        }
        engine.take(status: try net.port("ADM>CORE"), admin: 1, oper: 2, at: net.at(500))
        _ = engine.evaluate(at: net.at(500))
        #expect(engine.network.deadPorts.values.map(\.since) == [net.at(500)])
    }

    // MARK: - What follows

    @Test(arguments: [AlertCondition.anomaly, .neighborLost, .speedChanged])
    func whatFollowsFromASilentDeviceAtTheFarEndIsNotToldBesides(_ condition: AlertCondition) throws {
        var engine = try engineWithDeadCore()
        let key = AlertKey(
            entity: .interface(try net.port("BR-1>CORE"), of: try net.device("BR-1")), condition: condition)
        engine.take(AlertOccurrence(key, at: net.at(30), message: "it is another one"))
        try hear(&engine, ["ADM", "BR-1"], 31)
        var all = net.told(engine.evaluate(at: net.at(31)))
        let core = engine.ledger.open.values.first { $0.message.contains("CORE unreach") }
        #expect(engine.ledger.open[key]?.causeID == core?.id && engine.ledger.open[key]?.hold == .explained)
        try hear(&engine, ["ADM", "BR-1", "CORE"], 500)
        engine.take(status: try net.port("ADM>CORE"), admin: 1, oper: 1, at: net.at(500))
        for second in stride(from: 500.0, through: 1_700, by: 60) {
            try hear(&engine, ["ADM", "BR-1", "CORE"], second)
            all += net.told(engine.evaluate(at: net.at(second)))
        }
        engine.take(AlertOccurrence(key, holds: false, at: net.at(1_800)))
        all += net.told(engine.evaluate(at: net.at(1_800)))
        #expect(all == ["over: Device CORE unreachable (CRITICAL)"])
    }

    @Test func whatFollowsFromADeadPortIsNotToldBesides() throws {
        var engine = try net.engine()
        engine.take(status: try net.port("ADM>CORE"), admin: 1, oper: 2, at: net.at(1))
        _ = engine.evaluate(at: net.at(1))
        try hear(&engine, ["ADM", "CORE"], 1.5)
        #expect(net.told(engine.evaluate(at: net.at(2))) == ["Interface to CORE down on ADM (CRITICAL)"])
        let entity = AlertEntity.interface(try net.port("ADM>CORE"), of: try net.device("ADM"))
        let anomaly = AlertKey(entity: entity, condition: .anomaly)
        engine.take(AlertOccurrence(anomaly, at: net.at(300), message: "Drop on ADM to CORE"))
        #expect(net.told(engine.evaluate(at: net.at(301))) == [])
        #expect(engine.ledger.open[anomaly]?.context.cause?.reason == "The interface is down.")
        // What goes on when the port is up again is told, in its time.
        engine.take(status: try net.port("ADM>CORE"), admin: 1, oper: 1, at: net.at(400))
        #expect(net.told(engine.evaluate(at: net.at(400))) == ["over: Interface to CORE down on ADM (CRITICAL)"])
        #expect(engine.ledger.open[anomaly]?.hold == .verifying)
        #expect(net.told(engine.evaluate(at: net.at(3_900))) == [])
        #expect(net.told(engine.evaluate(at: net.at(4_001))) == ["Drop on ADM to CORE"])
    }

    @Test func aRateOfAnOutageIsNotToldAfterItBeforeItIsReadAgain() throws {
        var engine = try engineWithDeadCore()
        let port = try net.port("ADM>CORE")
        engine.take([rates(port, 300, percent: 95, oper: 2)])
        _ = engine.evaluate(at: net.at(301))
        #expect(net.open(engine).contains("High utilization on ADM to CORE (95%) [explained]"))
        engine.take(status: try net.port("ADM>CORE"), admin: 1, oper: 1, at: net.at(400))
        try hear(&engine, ["ADM", "CORE"], 400)
        var all = net.told(engine.evaluate(at: net.at(400)))
        for second in stride(from: 420.0, to: 600, by: 60) { all += net.told(engine.evaluate(at: net.at(second))) }
        engine.take([rates(port, 600, percent: 20)])
        all += net.told(engine.evaluate(at: net.at(600)))
        #expect(all == ["over: Device CORE unreachable (CRITICAL)"])
    }

    /// Whoever lost its power with the core tells that it started anew: that is the same incident.
    @Test func aRestartAfterAnOutageIsPartOfIt() throws {
        var engine = try engineWithDeadCore()
        for name in ["BR-1", "BR-2"] {
            engine.failed(try net.device(name), askedAt: net.at(150), at: net.at(160))
            engine.silent(try net.device(name), at: net.at(160))
        }
        try hear(&engine, ["ADM"], 170)
        _ = engine.evaluate(at: net.at(180))
        var all: [String] = []
        for (name, second) in [("CORE", 500.0), ("BR-1", 530), ("BR-2", 560)] {
            let key = AlertKey(entity: .device(try net.device(name)), condition: .deviceRestarted)
            engine.take(AlertOccurrence(key, at: net.at(second)))
            try hear(&engine, ["ADM", name], second)
            engine.take(status: try net.port("ADM>CORE"), admin: 1, oper: 1, at: net.at(second))
            all += net.told(engine.evaluate(at: net.at(second)))
        }
        for second in stride(from: 600.0, through: 9_000, by: 300) {
            all += net.told(engine.evaluate(at: net.at(second)))
        }
        #expect(all == ["over: Device CORE unreachable (CRITICAL)"])
        let alone = AlertKey(entity: .device(try net.device("BR-1")), condition: .deviceRestarted)
        engine.take(AlertOccurrence(alone, at: net.at(9_100)))
        #expect(net.told(engine.evaluate(at: net.at(9_100))).count == 1, "nothing explains this one")
    }

    // MARK: - What nobody looks at

    @Test(arguments: [AlertCondition.anomaly, .neighborLost], [true, false])
    func whatIsOfAnInterfaceThatIsNotWatchedIsOver(_ condition: AlertCondition, _ isMissing: Bool) throws {
        var engine = try net.engine()
        let id = try net.port("ADM>CORE")
        let key = AlertKey(entity: .interface(id, of: try net.device("ADM")), condition: condition)
        engine.take(AlertOccurrence(key, at: net.at(1), message: "it is out of the usual"))
        _ = engine.evaluate(at: net.at(1))
        #expect(engine.ledger.open[key] != nil)
        var inventory = net.inventory
        if isMissing {
            inventory.interfaces[id]?.missingSince = net.at(2)
        } else {
            inventory.interfaces[id]?.monitoringEnabled = false
        }
        engine.revise(inventory, rules: AlertRuleBook(AlertFile.shipped), at: net.at(3))
        engine.take(AlertOccurrence(key, at: net.at(3), message: "it is out of the usual"))
        let news = engine.evaluate(at: net.at(3)).news
        #expect(engine.ledger.open[key] == nil)
        let reason = isMissing ? "the interface is gone" : "the interface is not monitored any more"
        #expect(news.changes.filter { $0.kind == .resolved }.map(\.text) == [reason])
    }
}
